package pagetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
)

// words is a detector of lines that hold "yes"; "panic" and "no" fail it.
var words = &detect.Detector{ID: "test/word", Match: []string{"**/*.txt"}, File: func(p *detect.Pass, f *detect.File) error {
	for i, line := range strings.Split(string(f.Data), "\n") {
		switch strings.TrimSpace(line) {
		case "yes":
			p.Report("yes", f.Line(i+1), "", nil)
		case "no":
			return errors.New("said no")
		case "panic now":
			p.Report("far", detect.Span{Path: "elsewhere", Start: detect.Point{Line: 1}}, "", nil)
		case "now":
			var none []int
			_ = none[i]
		}
	}
	return nil
}}

func examples(t *testing.T, body string) []pages.Example {
	t.Helper()
	list, err := pages.Examples("# test/word\n\nA word.\n\n" + strings.ReplaceAll(body, "'''", "```"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"right":     {"## Seen\n\n'''text a.txt\nyes # seen: yes\n'''\n", nil},
		"missing":   {"## Seen\n\n'''text a.txt\nmaybe # seen: yes\n'''\n", []string{"not seen: a.txt:1: \"yes\"\n\tline 8 of the page: maybe"}},
		"surplus":   {"## Seen\n\n'''text a.txt\n\nyes\n'''\n", []string{"seen but not marked: a.txt:2: \"yes\"\n\tline 9 of the page: yes"}},
		"subject":   {"## Seen\n\n'''text a.txt\nyes # seen: other\n'''\n", []string{"not seen: a.txt:1: \"other\"\n\tline 8 of the page: yes", "seen but not marked: a.txt:1: \"yes\"\n\tline 8 of the page: yes"}},
		"whole":     {"## Seen\n\n'''text a.txt seen:0=x\n'''\n", []string{`not seen: a.txt (as a whole): "x"`}},
		"blind":     {"## Blind\n\n'''text a.txt blind\nno\n'''\n", nil},
		"not blind": {"## Blind\n\n'''text a.txt blind\n'''\n", []string{"not blind: a.txt"}},
		"too blind": {"## Blind\n\n'''text a.txt\nno\n'''\n", []string{"blind but not marked: a.txt: said no"}},
	} {
		e := examples(t, c.body)[0]
		if diff := cmp.Diff(c.want, compare(e, words, observe(t, e, []*detect.Detector{words}))); diff != "" {
			t.Errorf("%s: -want +is:\n%s", name, diff)
		}
	}
}

func TestFaultsOfPages(t *testing.T) {
	doc := "# test/other\n\n## Seen\n\n```text a.txt\nyes\n```\n\n## Blind\n\n```text a.txt\n```\n"
	want := []string{
		"the title of the page is test/other and must be the ID test/word", "the page has no summary: write one sentence below its title",
		"the page has no section ## Why it matters", "the page has no section ## How to mend", "the page has no section ## Not seen",
		"Seen: no line is marked with a comment seen: subject", "Blind: no block carries the word blind",
	}
	if diff := cmp.Diff(want, written(&detect.Detector{ID: "test/word", Doc: doc})); diff != "" {
		t.Error(diff)
	}
}

func TestBroken(t *testing.T) {
	e := examples(t, "## Seen\n\n'''text a.txt\npanic now\n'''\n\n### Fails\n\n'''text a.txt\nnow\n'''\n\n### Works\n\n'''text a.txt\nyes\n'''\n")
	for i, want := range []string{"outside of what is there", "the detector failed here", ""} {
		problems := strings.Join(broken(e[i], observe(t, e[i], []*detect.Detector{words})), "\n")
		if want == "" && problems != "" || !strings.Contains(problems, want) {
			t.Errorf("%s: %q", e[i].Title, problems)
		}
	}
	if n := len(wordsOf(e)); n != 4 {
		t.Errorf("%d words", n)
	}
}

func TestPast(t *testing.T) {
	e := examples(t, `## Seen

'''text docs/a.md 2024-03-10 2024-05-01x2=bob
'''

'''text b.txt 2024-01-05=updates[bot]
'''

'''text old.txt moved:2024-02-02=b.txt
'''

'''text undated.txt
'''

'''text ./ tag:v1=2024-04-30 tag:v2=2024-06-01
'''
`)[0]
	p, err := newPast(e)
	if err != nil {
		t.Fatal(err)
	}
	day := func(c detect.Commit) string { return c.When.Format(time.DateOnly) + " " + c.Author }
	head, _ := p.Head()
	last, _ := p.LastChange("docs")
	undated, _ := p.LastChange("undated.txt")
	changes, _ := p.Changes("docs/a.md")
	if day(head) != "2024-05-01 bob" || day(last) != "2024-05-01 bob" || day(undated) != "2024-01-05 updates[bot]" || !undated.Bot || len(changes) != 3 || day(changes[2]) != "2024-03-10 ann" {
		t.Errorf("%s, %s, %s, %d", day(head), day(last), day(undated), len(changes))
	}
	removal, ok, _ := p.Removal("old.txt")
	if !ok || removal.To != "b.txt" || day(removal.Commit) != "2024-02-02 ann" {
		t.Errorf("%+v", removal)
	}
	tags, _ := p.Tags()
	shipped, _ := p.Shipped(tags)
	if tags[0].Name != "v2" || day(tags[1].Commit) != "2024-04-24 bob" || len(shipped[0]) != 1 || len(shipped[1]) != 4 {
		t.Errorf("%v %d %d", tags, len(shipped[0]), len(shipped[1]))
	}
}

func TestNoDateIsNoPast(t *testing.T) {
	p, err := newPast(examples(t, "## Seen\n\n'''text a.txt\n'''\n")[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.LastChange("a.txt"); !errors.Is(err, detect.ErrNoHistory) {
		t.Error(err)
	}
	if _, err := newPast(examples(t, "## Seen\n\n'''text a.txt removed:yesterday\n'''\n")[0]); err == nil {
		t.Error("a day that is none was taken")
	}
}
