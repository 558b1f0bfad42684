// Package pagetest runs the pages of detectors as tests: each example is a
// small repository, scanned with the detectors of the family, and what the
// page's own detector saw is compared with the marks.
package pagetest

import (
	"slices"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
	"github.com/waymark-dev/waymark/internal/scan"
)

// Run tests the pages of the detectors of one family.
func Run(t *testing.T, family ...*detect.Detector) {
	for _, d := range family {
		t.Run(d.ID, func(t *testing.T) {
			t.Parallel()
			page(t, d, family)
		})
	}
}

func page(t *testing.T, d *detect.Detector, family []*detect.Detector) {
	for _, problem := range written(d) {
		t.Error(problem)
	}
	examples, err := pages.Examples(d.Doc)
	if err != nil {
		t.Fatalf("%s, %v", d.ID, err)
	}
	for _, e := range examples {
		t.Run(e.Title, func(t *testing.T) {
			for _, problem := range compare(e, d, observe(t, e, family)) {
				t.Error(problem)
			}
		})
	}
}

// written are the faults of how a page is written.
func written(d *detect.Detector) []string {
	var faults []string
	if title := pages.Title(d.Doc); title != d.ID {
		faults = append(faults, "the title of the page is "+title+" and must be the ID "+d.ID)
	}
	if pages.Summary(d.Doc) == "" {
		faults = append(faults, "the page has no summary: write one sentence below its title")
	}
	for _, title := range []string{"Why it matters", "How to mend", pages.Seen, pages.NotSeen} {
		if pages.Find(d.Doc, title) == "" {
			faults = append(faults, "the page has no section ## "+title)
		}
	}
	return append(faults, unmarked(d)...)
}

// unmarked are the examples that show nothing of what their section promises.
func unmarked(d *detect.Detector) []string {
	var faults []string
	examples, _ := pages.Examples(d.Doc)
	for _, e := range examples {
		marked := slices.ContainsFunc(e.Files, func(f pages.File) bool { return len(f.Marks) > 0 })
		blind := slices.ContainsFunc(e.Files, func(f pages.File) bool { return f.Blind })
		switch {
		case e.Kind == pages.Seen && !marked:
			faults = append(faults, e.Title+": no line is marked with a comment seen: subject")
		case e.Kind == pages.Blind && !blind:
			faults = append(faults, e.Title+": no block carries the word blind")
		}
	}
	return faults
}

func observe(t *testing.T, e pages.Example, family []*detect.Detector) *detect.Observed {
	t.Helper()
	repo, err := repository(e)
	if err != nil {
		t.Fatalf("%s (line %d of the page): %v", e.Title, e.Line, err)
	}
	o, err := scan.Run(t.Context(), repo, reader(e), family, scan.Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	return o
}
