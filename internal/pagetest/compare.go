package pagetest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
)

// A spot is what a mark and a finding must agree in.
type spot struct {
	path    string
	line    int
	subject string
}

func (s spot) String() string {
	if s.line == 0 {
		return fmt.Sprintf("%s (as a whole): %q", s.path, s.subject)
	}
	return fmt.Sprintf("%s:%d: %q", s.path, s.line, s.subject)
}

// compare tells in what the findings of d differ from the marks.
func compare(e pages.Example, d *detect.Detector, o *detect.Observed) []string {
	var problems []string
	seen := spots(o.Of(d))
	for _, want := range marks(e) {
		if i := slices.Index(seen, want); i >= 0 {
			seen = slices.Delete(seen, i, i+1)
			continue
		}
		problems = append(problems, "not seen: "+want.String()+where(e, want))
	}
	for _, s := range seen {
		problems = append(problems, "seen but not marked: "+s.String()+where(e, s))
	}
	return append(problems, compareBlind(e, o.Blind(d))...)
}

func compareBlind(e pages.Example, blind []detect.BlindSpot) []string {
	var problems []string
	for _, f := range e.Files {
		is := func(b detect.BlindSpot) bool { return b.Path == clean(f.Path) }
		if f.Blind && !slices.ContainsFunc(blind, is) {
			problems = append(problems, fmt.Sprintf("not blind: %s", f.Path))
		}
	}
	for _, b := range blind {
		is := func(f pages.File) bool { return f.Blind && b.Path == clean(f.Path) }
		if !slices.ContainsFunc(e.Files, is) {
			problems = append(problems, fmt.Sprintf("blind but not marked: %s: %v", b.Path, b.Err))
		}
	}
	return problems
}

func marks(e pages.Example) []spot {
	var list []spot
	for _, f := range e.Files {
		for _, m := range f.Marks {
			list = append(list, spot{clean(f.Path), m.Line, m.Subject})
		}
	}
	return list
}

func spots(findings []detect.Finding) []spot {
	var list []spot
	for _, f := range findings {
		list = append(list, spot{f.At.Path, f.At.Start.Line, f.Subject})
	}
	return list
}

// where shows the line of the page that a spot lies on.
func where(e pages.Example, s spot) string {
	for _, f := range e.Files {
		if clean(f.Path) != s.path || s.line == 0 {
			continue
		}
		lines := strings.Split(string(f.Data), "\n")
		if s.line <= len(lines) {
			return fmt.Sprintf("\n\tline %d of the page: %s", f.Line+s.line-1, lines[s.line-1])
		}
	}
	return ""
}
