// Package detect is the contract between detectors and the scan that runs
// them. It knows no file format and no rule; it imports only the standard
// library.
package detect

import (
	"iter"
	"slices"
	"strings"
)

// A Detector looks for one kind of thing. It reports what it sees as findings
// and never judges: rules decide what a finding speaks for or against.
type Detector struct {
	// ID is the family and a noun phrase for what is seen: "terraform/backend".
	ID string
	// Doc is the page of the detector in Markdown. Its first paragraph after
	// the title is the summary; its examples are run as tests.
	Doc string
	// Match are doublestar patterns, relative to the repository's root, of the
	// files that File wants to see.
	Match []string
	// File is called once for each matching file, possibly from several
	// goroutines at once. An error becomes a blind spot at the file.
	File func(*Pass, *File) error
	// Repo is called once, after every File of every detector has returned, to
	// correlate findings or to ask the history. An error becomes a blind spot
	// of the whole repository.
	Repo func(*Pass) error
}

// Family is the first part of the ID, which is the name of its folder:
// "terraform".
func (d *Detector) Family() string {
	family, _, _ := strings.Cut(d.ID, "/")
	return family
}

// A Finding is one located observation.
type Finding struct {
	Detector *Detector
	// Subject names the thing seen: "module.vpc", "Deployment/web", a path. It
	// joins findings, is shown to people and is part of the fingerprint; it
	// never holds a line number.
	Subject string
	At      Span
	// Place is the kind of place that At.Path lies in.
	Place Place
	// Note says, in a few words for people, what was seen. It never holds the
	// value of a secret.
	Note string
	// Value is the family's own type, documented with the detector; nil where
	// the subject says everything.
	Value any
}

// A BlindSpot is a place where a detector could not look, and why.
type BlindSpot struct {
	Detector *Detector
	// Path is empty where the whole repository is meant.
	Path string
	Err  error
}

// A Span is a range of a file. A zero Start means the whole file.
type Span struct {
	Path       string
	Start, End Point
}

// AtLine is the beginning of a line of a file that is not at hand, for what only
// knows the number of its line.
func AtLine(path string, line int) Span {
	at := Point{Line: line, Column: 1}
	return Span{Path: path, Start: at, End: at}
}

// A Point is a position in a file. Lines and columns count from one, columns
// in Unicode code points; offsets count bytes from zero. The end of a span is
// the point just behind its last byte.
type Point struct{ Line, Column, Offset int }

// Observed is everything that one scan of a repository saw.
type Observed struct {
	Repo *Repo
	// BlindSpots are sorted by path and detector.
	BlindSpots []BlindSpot

	// detectors are those that found something, in the order of their findings.
	detectors  []*Detector
	byDetector map[*Detector][]Finding
}

// NewObserved returns what a scan saw. The findings of each detector, and the blind
// spots, must be sorted.
func NewObserved(r *Repo, findings map[*Detector][]Finding, blind []BlindSpot) *Observed {
	o := &Observed{Repo: r, BlindSpots: blind, byDetector: findings}
	for d, found := range findings {
		if len(found) > 0 {
			o.detectors = append(o.detectors, d)
		}
	}
	slices.SortFunc(o.detectors, func(a, b *Detector) int { return strings.Compare(a.ID, b.ID) })
	return o
}

// Findings are all findings, sorted by detector, path, position and subject.
func (o *Observed) Findings() iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		for _, d := range o.detectors {
			for _, f := range o.byDetector[d] {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// Of are the findings of the given detectors, in their order. The slice must not
// be changed.
func (o *Observed) Of(ds ...*Detector) []Finding {
	if len(ds) == 1 {
		return o.byDetector[ds[0]]
	}
	var all []Finding
	for _, d := range ds {
		all = append(all, o.byDetector[d]...)
	}
	return all
}

// Only is what was seen in the paths that are kept, and of the repository as a
// whole. The tree stays.
func (o *Observed) Only(keep func(path string) bool) *Observed {
	findings := make(map[*Detector][]Finding, len(o.byDetector))
	for d, found := range o.byDetector {
		findings[d] = onlyIn(found, keep)
	}
	var blind []BlindSpot
	for _, b := range o.BlindSpots {
		if b.Path == "" || keep(b.Path) {
			blind = append(blind, b)
		}
	}
	return NewObserved(o.Repo, findings, blind)
}

// onlyIn are the findings in the paths that are kept; all of them are not copied.
func onlyIn(findings []Finding, keep func(path string) bool) []Finding {
	kept, n := make([]bool, len(findings)), 0
	for i, f := range findings {
		if i > 0 && f.At.Path == findings[i-1].At.Path {
			kept[i] = kept[i-1]
		} else {
			kept[i] = f.At.Path == "" || keep(f.At.Path)
		}
		if kept[i] {
			n++
		}
	}
	if n == len(findings) {
		return findings
	}
	only := make([]Finding, 0, n)
	for i, f := range findings {
		if kept[i] {
			only = append(only, f)
		}
	}
	return only
}

// In is what was seen in the paths that are kept, and the
// tree of them.
func (o *Observed) In(keep func(path string) bool) *Observed {
	inside := o.Only(keep)
	repo := *o.Repo
	repo.Tree = o.Repo.Tree.Only(keep)
	inside.Repo = &repo
	return inside
}

// Blind are the blind spots of the given detectors.
func (o *Observed) Blind(ds ...*Detector) []BlindSpot {
	var found []BlindSpot
	for _, b := range o.BlindSpots {
		if slices.Contains(ds, b.Detector) {
			found = append(found, b)
		}
	}
	return found
}

// BlindPlaces are the blind spots for people: each path and reason once. One
// that keeps several detectors from looking names none of them.
func (o *Observed) BlindPlaces() []BlindSpot {
	type place struct{ path, reason string }
	at := map[place]int{}
	var places []BlindSpot
	for _, b := range o.BlindSpots {
		key := place{b.Path, b.Err.Error()}
		if i, ok := at[key]; !ok {
			at[key] = len(places)
			places = append(places, b)
		} else if places[i].Detector != b.Detector {
			places[i].Detector = nil
		}
	}
	return places
}

// Each yields the findings of a detector whose value is a T, with that value.
func Each[T any](o *Observed, d *Detector) iter.Seq2[Finding, T] {
	return func(yield func(Finding, T) bool) {
		for _, f := range o.byDetector[d] {
			if v, ok := f.Value.(T); ok && !yield(f, v) {
				return
			}
		}
	}
}
