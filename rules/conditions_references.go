package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// perishable says whether a document is expected to keep up.
func perishable(d docs.Document) bool {
	switch d.Kind {
	case docs.Decision, docs.Changelog, docs.Post:
		return false
	}
	return !slices.Contains([]string{"archived", "deprecated", "superseded"}, d.Notice) && !d.Generated && d.Words >= fewWords
}

// wrongInDocuments are the signs against each document, by its path.
func (s *Scene) wrongInDocuments() map[string][]Sign {
	wrong := map[string][]Sign{}
	add := func(f detect.Finding, c *Check, note, fix string) {
		sign := signOf(f, Bad, None).of("document "+f.At.Path).against(c, note)
		sign.Fix = fix
		wrong[f.At.Path] = append(wrong[f.At.Path], sign)
	}
	s.eachDeadReference(add)
	for _, f := range s.live(docs.Commands) {
		if c, ok := f.Value.(docs.Command); ok && c.Told && s.unknownTask(c) {
			add(f, checkDeadCommand, fmt.Sprintf("`%s` is not a task of %s here", untilTask(c), c.Runner), s.nearestTask(c))
		}
	}
	for _, f := range s.written(docs.DriftedVersions) {
		if d, ok := f.Value.(docs.Drift); ok {
			add(f, checkDriftedVersion, fmt.Sprintf("%s says %q, and %s:%d asks for %s", f.At.Path, d.Stated, d.PinnedAt.Path, d.PinnedAt.Start.Line, d.Pinned), "")
		}
	}
	for _, f := range s.written(docs.DriftedBlocks) {
		if d, ok := f.Value.(docs.BlockDrift); ok {
			add(f, checkDriftedBlock, fmt.Sprintf("the generated %s has drifted: %s", d.Kind, d), "")
		}
	}
	for _, f := range s.live(docs.Stale) {
		st, _ := f.Value.(docs.Staleness)
		note := fmt.Sprintf("last changed %s; %d later commits, until %s, changed what it describes (%s)",
			st.Changed.When.Format("2006-01-02"), st.Missed, st.Last.Format("2006-01-02"), SomeOf(st.Paths, shownNames))
		if len(st.Gone) > 0 {
			note += ", where " + SomeOf(st.Gone, shownNames) + " can no longer be found"
		}
		add(f, checkStale, note, "")
	}
	return wrong
}

// eachDeadReference calls a function with each reference of a document to what is
// not there.
func (s *Scene) eachDeadReference(add func(f detect.Finding, c *Check, note, fix string)) {
	for _, dead := range []struct {
		detector *detect.Detector
		check    *Check
	}{
		{docs.DeadLinks, checkDeadLink}, {docs.DeadAnchors, checkDeadAnchor}, {docs.DeadPaths, checkDeadPath}, {docs.DeadCommands, checkDeadCommand},
	} {
		for _, f := range s.written(dead.detector) {
			r, _ := f.Value.(docs.Reference)
			note, fix := referenceNote(r), referenceFix(r)
			switch dead.check {
			case checkDeadAnchor:
				note = r.Target + " leads nowhere: " + f.Note
			case checkDeadLink:
				fix = referenceFix(asLinked(r, f.At.Path))
			}
			add(f, dead.check, note, fix)
		}
	}
}

// untilTask is a command up to the name of its task: what follows are its
// arguments.
func untilTask(c docs.Command) string {
	if before, _, found := strings.Cut(c.Text, " "+c.Name); found {
		return before + " " + c.Name
	}
	return c.Text
}

func referenceNote(r docs.Reference) string {
	target, _, _ := strings.Cut(r.Target, "@")
	if target == "" || strings.Contains(r.Target, "://") {
		target = r.Target
	}
	note := target + " is not there"
	if strings.Contains(r.Target, "://") && r.Path != "" {
		note = fmt.Sprintf("%s, which %s names, is not there", strings.TrimPrefix(r.Path, "/"), r.Target)
	}
	switch {
	case strings.HasPrefix(r.Target, "file:"):
		return r.Target + " is a path on somebody's own machine"
	case r.Address:
		return r.Target + " has no https://, so that it is read as a path of this repository, where it is not"
	case r.Removed != nil && r.Removed.To != "":
		return fmt.Sprintf("%s; commit %.8s (%s) moved it to %s", note, r.Removed.Commit.ID, r.Removed.Commit.When.Format("2006-01-02"), r.Removed.To)
	case r.Removed != nil:
		return fmt.Sprintf("%s; commit %.8s (%s) removed it", note, r.Removed.Commit.ID, r.Removed.Commit.When.Format("2006-01-02"))
	}
	return note
}

// asLinked names what a dead link may have meant as the document has to write
// it: from its own folder, or from the root where the link starts there.
func asLinked(r docs.Reference, document string) docs.Reference {
	write := func(target string) string {
		if strings.HasPrefix(r.Target, "/") {
			return "/" + target
		}
		return relative(path.Dir(document), target)
	}
	if r.Nearest != "" && !r.Address {
		r.Nearest = write(r.Nearest)
	}
	if r.Removed != nil && r.Removed.To != "" {
		removed := *r.Removed
		removed.To = write(removed.To)
		r.Removed = &removed
	}
	return r
}

// relative is a path as written from a folder; both are given from the root.
func relative(folder, target string) string {
	from, to := strings.Split(path.Clean(folder), "/"), strings.Split(target, "/")
	if folder == "." {
		from = nil
	}
	same := 0
	for same < len(from) && same < len(to)-1 && from[same] == to[same] {
		same++
	}
	return strings.Repeat("../", len(from)-same) + strings.Join(to[same:], "/")
}

func referenceFix(r docs.Reference) string {
	switch {
	case r.Removed != nil && r.Removed.To != "":
		return "Name " + r.Removed.To + " instead."
	case r.Address:
		return "Name " + r.Nearest + " instead."
	case r.Nearest != "":
		return "Did you mean " + r.Nearest + "?"
	}
	return ""
}

// unknownTask says whether a documented command names a task that its runner
// does not know, where the runner's tasks can be seen.
func (s *Scene) unknownTask(c docs.Command) bool {
	if slices.Contains([]string{"gradle", "gradlew", "maven", "mvn", "mvnw", "sbt"}, c.Runner) {
		return false // their plug-ins bring tasks that no file of the repository names
	}
	known := s.tasksOf(c)
	return len(known) > 0 && !slices.ContainsFunc(known, func(t wiring.Task) bool { return t.Name == c.Name || t.Open })
}

// tasksOf are the tasks that a documented command could mean: of the runner,
// in the folder of the document or above it; none where that is unclear.
func (s *Scene) tasksOf(c docs.Command) []wiring.Task {
	var found []wiring.Task
	for _, t := range s.tasks {
		if t.Runner == c.Runner || isNodeRunner(t.Runner) && isNodeRunner(c.Runner) {
			if t.Name == c.Name {
				return []wiring.Task{t}
			}
			if t.Dir == c.Dir || t.Dir == "." || t.Dir == "" {
				found = append(found, t)
			}
		}
	}
	return found
}

func isNodeRunner(r string) bool { return slices.Contains([]string{"npm", "yarn", "pnpm", "bun"}, r) }

func (s *Scene) nearestTask(c docs.Command) string {
	var names []string
	for _, t := range s.tasksOf(c) {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return fmt.Sprintf("The tasks of %s are: %s.", c.Runner, SomeOf(slices.Compact(names), shownNames))
}
