package docs

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed stale.md
var staleDoc string

// Stale sees documents that missed many changes to what they name. Its values
// are a Staleness each; the subject is the document's path.
var Stale = &detect.Detector{ID: "docs/stale-document", Doc: staleDoc, Repo: stale}

// A document is stale when, after its last substantive change, what it names
// had at least minMissed substantive commits in at least one in weekShare of
// the weeks in which the repository had any.
const (
	minMissed = 10
	weekShare = 10
)

func stale(p *detect.Pass) error {
	found := p.Findings(Documents)
	if len(found) == 0 {
		return nil
	}
	commits, err := p.Repo.History.Commits()
	if err != nil {
		return fmt.Errorf("whether documents are fresh cannot be told: %w", err)
	}
	a := ageing{repo: p.Repo, weeks: len(weeksOf(commits)), changes: map[string][]detect.Commit{}}
	for _, f := range found {
		d, ok := f.Value.(Document)
		if !ok || !d.lasting() || d.Generated || !f.Place.Read() || f.Place == detect.Template || ofSkill(f.At.Path) || d.little {
			continue
		}
		if s, ok, err := a.judge(f.At.Path, d); err != nil {
			return err
		} else if ok {
			p.Report(f.At.Path, f.At, fmt.Sprintf("missed %d changes since %s", s.Missed, s.Changed.When.Format("2006-01-02")), s)
		}
	}
	return nil
}

// ageing holds documents against the history of what they name.
type ageing struct {
	repo    *detect.Repo
	weeks   int // in which the repository had substantive commits
	changes map[string][]detect.Commit
}

// judge says whether the document at a path is stale.
func (a ageing) judge(document string, d Document) (Staleness, bool, error) {
	var s Staleness
	last, ok, err := a.lastSubstantive(document)
	if err != nil || !ok {
		return s, false, err
	}
	s.Changed = last
	missed := map[string]detect.Commit{}
	for _, named := range a.described(document, d) {
		after, err := a.after(named, last)
		if err != nil {
			return s, false, err
		}
		if len(after) > 0 {
			s.Paths = append(s.Paths, named)
		}
		for _, c := range after {
			missed[c.ID] = c
		}
	}
	s.Missed = len(missed)
	s.Weeks = len(weeksOf(missedCommits(missed)))
	for _, c := range missed {
		if c.When.After(s.Last) {
			s.Last = c.When
		}
	}
	if s.Missed < minMissed || s.Weeks*weekShare < a.weeks {
		return s, false, nil
	}
	since := a.since(s)
	s.Gone = since.gone(d)
	return s, since.other() || len(s.Gone) > 0, nil
}

// lastSubstantive is the newest change of a document by a person that was not
// sweeping and not white space only.
func (a ageing) lastSubstantive(document string) (detect.Commit, bool, error) {
	changes, err := a.repo.History.Changes(document)
	if err != nil {
		return detect.Commit{}, false, err
	}
	for _, c := range changes {
		if !c.Substantive() {
			continue
		}
		if blank, err := a.repo.History.Blank(c, document); err != nil || !blank {
			return c, true, nil // contents that are not there cannot be held against it
		}
	}
	return detect.Commit{}, false, nil
}

// described are the paths that a document describes: what it names, documents
// apart, and for a README in a sub-folder the files beside it. To name a pattern
// ("envs/<env>.tfvars") or a large folder is not to describe what is in it.
func (a ageing) described(document string, d Document) []string {
	var paths []string
	d.paths = slices.DeleteFunc(slices.Clone(d.paths), func(m mention) bool { return m.pattern })
	for _, n := range namesOf(a.repo.Tree, document, d) {
		if !isDocument(n) && len(a.repo.Tree.Under(n)) <= fewInside {
			paths = append(paths, n)
		}
	}
	dir := path.Dir(document)
	if d.Kind != Readme || dir == "." {
		return paths
	}
	for _, e := range a.repo.Tree.Under(dir) {
		beside := !strings.Contains(e.Path[len(dir)+1:], "/")
		if beside && !isDocument(e.Path) && !slices.Contains(paths, e.Path) {
			paths = append(paths, e.Path)
		}
	}
	return paths
}

// fewInside is how many files a folder may hold that a document describes by
// naming it.
const fewInside = 10

// after are the substantive commits to a path that landed after another one.
func (a ageing) after(named string, last detect.Commit) ([]detect.Commit, error) {
	changes, ok := a.changes[named]
	if !ok {
		var err error
		if changes, err = a.repo.History.Changes(named); err != nil {
			return nil, err
		}
		a.changes[named] = changes
	}
	var found []detect.Commit
	for _, c := range changes {
		if c.Substantive() && c.Landed.After(last.Landed) && c.When.After(last.When) && c.ID != last.ID {
			found = append(found, c)
		}
	}
	return found, nil
}

func missedCommits(missed map[string]detect.Commit) []detect.Commit {
	list := make([]detect.Commit, 0, len(missed))
	for _, c := range missed {
		list = append(list, c)
	}
	return list
}

// weeksOf are the weeks in which there were substantive commits.
func weeksOf(commits []detect.Commit) map[int64]bool {
	const week = int64(7 * 24 * time.Hour / time.Second)
	weeks := map[int64]bool{}
	for _, c := range commits {
		if c.Substantive() {
			weeks[c.When.Unix()/week] = true
		}
	}
	return weeks
}

// isDocument says whether a path is that of a document, a picture or a licence,
// which no other document describes.
func isDocument(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".erb", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".drawio", ".puml", ".webp":
		return true
	}
	return licence(p)
}
