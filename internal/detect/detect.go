// Package detect is the contract between detectors and the scan that runs
// them. It knows no file format and no rule; it imports only the standard
// library.
package detect

import (
	"iter"
	"slices"
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

// A Point is a position in a file. Lines and columns count from one, columns
// in Unicode code points; offsets count bytes from zero. The end of a span is
// the point just behind its last byte.
type Point struct{ Line, Column, Offset int }

// Observed is everything that one scan of a repository saw.
type Observed struct {
	Repo *Repo
	// Findings are sorted by detector, path, position and subject.
	Findings []Finding
	// BlindSpots are sorted by path and detector.
	BlindSpots []BlindSpot

	byDetector map[*Detector][]Finding
}

// NewObserved returns what a scan saw. Findings and blind spots must be sorted.
func NewObserved(r *Repo, findings []Finding, blind []BlindSpot) *Observed {
	o := &Observed{Repo: r, Findings: findings, BlindSpots: blind, byDetector: map[*Detector][]Finding{}}
	for from := 0; from < len(findings); {
		d, to := findings[from].Detector, from
		for to < len(findings) && findings[to].Detector == d {
			to++
		}
		o.byDetector[d] = findings[from:to:to]
		from = to
	}
	return o
}

// Of are the findings of the given detectors, in their order.
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
	var findings []Finding
	for _, f := range o.Findings {
		if f.At.Path == "" || keep(f.At.Path) {
			findings = append(findings, f)
		}
	}
	var blind []BlindSpot
	for _, b := range o.BlindSpots {
		if b.Path == "" || keep(b.Path) {
			blind = append(blind, b)
		}
	}
	return NewObserved(o.Repo, findings, blind)
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
