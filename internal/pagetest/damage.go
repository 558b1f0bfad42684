package pagetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/scan"
)

// maxDamages bounds how often one page is damaged; of a longer one, words at
// equal distances are taken.
const maxDamages = 400

var word = regex.New(`\S+`)

// Damage takes each word out of each example of the pages, one at a time, and
// demands that no detector fails and nothing points outside its file.
func Damage(t *testing.T, family ...*detect.Detector) {
	for _, d := range family {
		t.Run(d.ID, func(t *testing.T) {
			t.Parallel()
			examples, err := pages.Examples(d.Doc)
			if err != nil {
				t.Fatal(err)
			}
			words := wordsOf(examples)
			for i := 0; i < len(words); i += len(words)/maxDamages + 1 {
				words[i].remove(t, examples, family)
			}
		})
	}
}

// A place is a word of a file of an example.
type place struct{ example, file, start, end int }

func wordsOf(examples []pages.Example) []place {
	var list []place
	for e, example := range examples {
		for f, file := range example.Files {
			for _, m := range word.FindAllIndex(file.Data, -1) {
				list = append(list, place{e, f, m[0], m[1]})
			}
		}
	}
	return list
}

func (w place) remove(t *testing.T, examples []pages.Example, family []*detect.Detector) {
	t.Helper()
	e := examples[w.example]
	e.Files = slices.Clone(e.Files)
	f := &e.Files[w.file]
	removed := string(f.Data[w.start:w.end])
	f.Data = slices.Concat(f.Data[:w.start], f.Data[w.end:])
	for _, problem := range broken(e, observe(t, e, family)) {
		t.Errorf("%s: %s without the word %q: %s", e.Title, f.Path, removed, problem)
	}
}

// broken is what no input may lead to.
func broken(e pages.Example, o *detect.Observed) []string {
	var problems []string
	for _, b := range o.BlindSpots {
		if errors.Is(b.Err, scan.ErrFailed) {
			problems = append(problems, fmt.Sprintf("%s at %s: %v", b.Detector.ID, b.Path, b.Err))
		}
	}
	for f := range o.Findings() {
		if outside(e, o.Repo.Tree, f.At) {
			problems = append(problems, fmt.Sprintf("%s saw %q outside of what is there: %+v", f.Detector.ID, f.Subject, f.At))
		}
	}
	return problems
}

func outside(e pages.Example, tree *detect.Tree, at detect.Span) bool {
	if at.Start.Line == 0 {
		return !tree.Has(at.Path)
	}
	data, err := reader(e)(at.Path)
	file := detect.NewFile(at.Path, data)
	return err != nil || at.Start.Offset > at.End.Offset || at.End.Offset > len(file.Data) || at.End.Line > file.LineCount()
}
