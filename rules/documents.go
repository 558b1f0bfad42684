package rules

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/internal/detect"
)

// A Document is how fresh one document is.
type Document struct {
	Path string
	// LastChange is the commit of `git log -1 -- PATH`; Substantive the last one
	// by a person that was not sweeping. Zero where history cannot tell.
	LastChange, Substantive detect.Commit
	// State is "fresh", "stale", or "unjudged" where history cannot tell or the
	// document is not expected to be fresh.
	State string
	// Missed counts the commits to what it describes since Substantive.
	Missed int
}

// documentsIn are the documents of a scene by path, with their freshness.
func documentsIn(s *Scene) []Document {
	stale := map[string]docs.Staleness{}
	for f, st := range detect.Each[docs.Staleness](s.Observed, docs.Stale) {
		stale[f.At.Path] = st
	}
	var list []Document
	for f, d := range detect.Each[docs.Document](s.Observed, docs.Documents) {
		list = append(list, documentOf(s, f.At.Path, d, stale))
	}
	slices.SortFunc(list, func(a, b Document) int { return strings.Compare(a.Path, b.Path) })
	return list
}

func documentOf(s *Scene, p string, d docs.Document, stale map[string]docs.Staleness) Document {
	out := Document{Path: p, State: "unjudged"}
	last, err := s.Repo.History.LastChange(p)
	if err != nil {
		return out
	}
	out.LastChange = last
	if changes, err := s.Repo.History.Changes(p); err == nil {
		if i := slices.IndexFunc(changes, func(c detect.Commit) bool { return s.substantive(c, p) }); i >= 0 {
			out.Substantive = changes[i]
		}
	}
	if st, ok := stale[p]; ok {
		out.State, out.Missed = "stale", st.Missed
	} else if perishable(d) {
		out.State = "fresh"
	}
	return out
}

// substantive says that a commit tells something about a document: by a
// person, not sweeping, and more than white space.
func (s *Scene) substantive(c detect.Commit, p string) bool {
	if !c.Substantive() {
		return false
	}
	blank, err := s.Repo.History.Blank(c, p)
	return err == nil && !blank
}
