package rules

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

var checkAbsentPath = &Check{
	ID: "ci/absent-path", Criterion: agreedTools, Level: Note, Beside: true,
	Title: "A pipeline waits for changes of a file that is not here",
	Why:   "The filter was meant to start the pipeline when something changes, and never will.",
	Fix:   "Name the file as it is called now; for a folder, name what is in it: folder/**.",
}

// filteredPaths: the files that triggers of workflows name are there.
var filteredPaths = All("pipelines that wait for changes of files that are not here", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	told := map[detect.Span]bool{}
	for _, p := range s.livePipelines() {
		for _, t := range p.Triggers {
			for _, pattern := range sortedKeys(t.PathLines) {
				at := onLine(t.At, t.PathLines[pattern])
				if why := s.waitsInVain(pattern); why != "" && !told[at] {
					told[at] = true
					signs = append(signs, toolsTaken(at, s.seenBy[p.Path], checkAbsentPath, "waits for changes of "+pattern+why))
				}
			}
		}
	}
	return signs
})

// waitsInVain says why no file matches the path of a filter that holds no
// pattern: one of a name that is wrong or has gone; empty for others. A path that
// names a folder matches nothing in it.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
func (s *Scene) waitsInVain(filter string) string {
	tree := s.Repo.Tree
	switch {
	case filter == "" || strings.ContainsAny(filter, "*?[{+!$"):
		return ""
	case tree.Folder(filter):
		return ", a folder: only " + path.Clean(filter) + "/** matches what is in it"
	case tree.Has(filter):
		return ""
	}
	if other := otherEnding(filter); other != "" && tree.Has(other) {
		return ", which is called " + other
	}
	if gone, held, err := s.Repo.History.Removal(filter); held && err == nil {
		return ", which " + left(gone)
	}
	return ""
}

// otherEnding is the path of a YAML file with the other of the two endings; empty
// for other files.
func otherEnding(p string) string {
	switch ending := path.Ext(p); ending {
	case ".yml":
		return strings.TrimSuffix(p, ending) + ".yaml"
	case ".yaml":
		return strings.TrimSuffix(p, ending) + ".yml"
	}
	return ""
}
