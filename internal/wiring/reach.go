package wiring

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// For is the graph as one component of a monorepo has it: without what is
// done for the folders of other components alone. What names no folder, or
// one that the components share, is done for all of them.
func (g *Graph) For(dir string, others []string) *Graph {
	view := &Graph{used: g.used}
	for _, a := range g.acts {
		if a.concerns(dir, others) {
			view.acts = append(view.acts, a)
		}
	}
	for _, m := range g.missing {
		if !detect.Below(m.At.Path, others) {
			view.missing = append(view.missing, m)
		}
	}
	return view
}

// concerns says whether something may be done for a folder: where it runs or
// what it acts on is not in other components alone, and some change of the
// folder may start it.
func (a Act) concerns(dir string, others []string) bool {
	places := slices.Clone(a.Paths)
	if len(places) == 0 {
		places = []string{a.Dir}
	}
	if detect.Below(a.At.Path, others) || !slices.ContainsFunc(places, func(p string) bool { return !detect.Below(p, others) }) {
		return false
	}
	return len(a.Triggers) == 0 || slices.ContainsFunc(a.Triggers, func(t Trigger) bool { return t.startedBy(dir, others) })
}

// startedBy says whether a change of a folder may start a trigger: one whose
// path filter names other components and not this one is theirs alone.
func (t Trigger) startedBy(dir string, others []string) bool {
	foreign := false
	for _, pattern := range t.Paths {
		if strings.HasPrefix(pattern, "!") {
			continue
		}
		folder := literal(pattern)
		if folder == "" || detect.Below(folder, []string{dir}) || detect.Below(dir, []string{folder}) {
			return true
		}
		foreign = foreign || detect.Below(folder, others)
	}
	return !foreign
}

// literal is the folder, or file, that a pattern names before its first
// wildcard.
func literal(pattern string) string {
	pattern = strings.TrimPrefix(strings.TrimPrefix(pattern, "./"), "/")
	i := strings.IndexAny(pattern, "*?[{")
	if i < 0 {
		return strings.TrimSuffix(pattern, "/")
	}
	return pattern[:max(0, strings.LastIndexByte(pattern[:i], '/'))]
}
