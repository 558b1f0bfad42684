package rules

import (
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Suppression keeps gaps from being shown. It changes no outcome.
type Suppression struct {
	// Rule is the id of a check, in which * stands for any part of a name.
	Rule string
	// Path is a doublestar pattern of the files.
	Path string
	// Inline says that it is written beside the line: Line or the next one.
	Inline bool
	Reason string
	// Until is the last day on which it counts; zero for no end.
	Until time.Time
	// At and Line are where it is written.
	At   string
	Line int
}

// A Suppressing is a suppression with what became of it.
type Suppressing struct {
	*Suppression
	Use  Use
	Gaps int
}

// covers says whether a gap is one of those meant.
func (s *Suppression) covers(g Gap) bool {
	if ok, err := doublestar.Match(s.Rule, g.Check.ID); !ok || err != nil {
		return false
	}
	if s.Inline {
		line := g.At.Start.Line
		return s.Path == g.At.Path && (line == s.Line || line == s.Line+1)
	}
	ok, err := doublestar.Match(s.Path, g.At.Path)
	return ok && err == nil
}

// suppress marks the gaps that are not to be shown, and says what became of
// each suppression.
func (set Settings) suppress(results []Result) []Suppressing {
	list := make([]Suppressing, len(set.Suppressions))
	for i := range set.Suppressions {
		s := &set.Suppressions[i]
		list[i] = Suppressing{Suppression: s, Use: Unused}
		switch {
		case s.Reason == "":
			list[i].Use = Unexplained
		case expired(s.Until, set.AsOf):
			list[i].Use = Expired
		}
	}
	for i := range results {
		for j := range results[i].Gaps {
			mark(&results[i].Gaps[j], list)
		}
	}
	return list
}

// silent says that a comment does nothing in a place that is not live: an example
// of one, which nobody need be told of.
func (s *Scene) silent(x Suppressing) bool {
	return x.Inline && x.Use != Counts && s.Repo.Tree.Place(x.At) != detect.Live
}

// mark gives a gap the first suppression that covers it.
func mark(g *Gap, list []Suppressing) {
	for i := range list {
		if s := &list[i]; (s.Use == Unused || s.Use == Counts) && s.covers(*g) {
			g.Suppressed, s.Use = s.Suppression, Counts
			s.Gaps++
			return
		}
	}
}
