package main

import (
	"fmt"
	"io"
	"path"
	"slices"
	"sort"
	"strings"
)

// A tally counts agreements and keeps the disagreements.
type tally struct {
	about    string
	counts   map[string]*count
	order    []string
	disagree []string
}

// A count is how often something agreed.
type count struct{ right, of int }

func newTally(about string) *tally { return &tally{about: about, counts: map[string]*count{}} }

func (t *tally) add(key string, right bool) {
	c := t.counts[key]
	if c == nil {
		c = &count{}
		t.counts[key] = c
		t.order = append(t.order, key)
	}
	c.of++
	if right {
		c.right++
	}
}

func (t *tally) differ(about, format string, args ...any) {
	if t.about == "" || t.about == about {
		t.disagree = append(t.disagree, about+"  "+fmt.Sprintf(format, args...))
	}
}

func (t *tally) compare(l label, s scanned) {
	t.compareRoles(l, s)
	t.compareCriteria(l, s)
	t.compareStage(l, s)
	t.compareFacts(l, s)
	t.compareLinks(l, s)
	t.compareGaps(l, s)
}

func (t *tally) compareRoles(l label, s scanned) {
	want := slices.Sorted(slices.Values(l.Roles))
	right := slices.Equal(want, s.roles())
	t.add("roles", right)
	if !right {
		t.differ("roles", "%s: label %v, program %v", l.Repo, want, s.roles())
	}
}

var steps = map[string]int{"unmet": 0, "partial": 1, "met": 2}

// near says whether two outcomes are equal or half a step apart.
func near(a, b string) bool {
	x, ok := steps[a]
	y, ok2 := steps[b]
	return a == b || ok && ok2 && (x-y == 1 || y-x == 1)
}

func (t *tally) compareCriteria(l label, s scanned) {
	for _, c := range s.Criteria {
		want, ok := l.Criteria[c.ID]
		if !ok {
			continue
		}
		kind, right := "unsure (within half a step)", near(want.Outcome, c.Outcome)
		if want.Sure {
			kind, right = "sure", want.Outcome == c.Outcome
		}
		t.add("criteria "+kind, right)
		t.add("stage "+stageOf(c.ID)+" "+kind, right)
		t.add("criterion "+c.ID+" "+kind, right)
		if !right {
			t.differ(c.ID, "%s: label %s (%s), program %s; %s", l.Repo, want.Outcome, kind, c.Outcome, c.Because)
		}
	}
}

func (t *tally) compareStage(l label, s scanned) {
	d := l.StageProven - s.Verdict.Stage
	if len(l.StageTight) == 0 {
		t.add("proven stage, where not tight", d == 0)
	} else {
		t.add("proven stage within one, where tight", d >= -1 && d <= 1)
	}
	if d != 0 {
		t.differ("stage", "%s: label %d (tight: %v), program %d", l.Repo, l.StageProven, len(l.StageTight) > 0, s.Verdict.Stage)
	}
}

func (t *tally) compareLinks(l label, s scanned) {
	var said []locus
	for _, g := range s.Gaps {
		if g.Check == "docs/dead-link" {
			said = append(said, locus{Path: g.Path, Line: g.Line, Why: g.Message})
		}
	}
	t.compareLoci("dead links", l.Repo, l.Docs.DeadLinks, said)
}

// compareLoci counts precision and recall of a list of places.
func (t *tally) compareLoci(what, repo string, want, said []locus) {
	for _, w := range want {
		found := slices.ContainsFunc(said, func(s locus) bool { return samePlace(w, s) })
		t.add(what+" found", found)
		if !found {
			t.differ(what, "%s: missed %s:%d %s", repo, w.Path, w.Line, w.Why)
		}
	}
	for _, s := range said {
		right := slices.ContainsFunc(want, func(w locus) bool { return samePlace(w, s) })
		t.add(what+" precise", right)
		if !right {
			t.differ(what, "%s: surplus %s:%d %s", repo, s.Path, s.Line, s.Why)
		}
	}
}

func samePlace(a, b locus) bool {
	return a.Path == b.Path && (a.Line == 0 || b.Line == 0 || a.Line-b.Line <= 2 && b.Line-a.Line <= 2)
}

// absences are the criteria of labels that say that something is nowhere. Such
// a label has no line, or that of whatever would name the thing; the program's
// gap has none.
var absences = map[string]string{
	"no-ci": "continuous-integration", "no-ci-pipeline": "continuous-integration", "no-ci-tests": "continuous-integration",
	"no-codeowners": "known-ownership", "no-dependency-updates": "guardrails-in-context",
	"no-automated-deployment": "automated-deployment", "manual-apply": "automated-deployment",
	"no-rollback": "automatic-rollback", "no-autoscaling": "usage-responsive", "no-drift-detection": "drift-control",
	"no-task-runner": "task-automation", "no-observability": "observability-access",
	"no-infrastructure-as-code": "infrastructure-as-code",
}

// lacks says whether the program names a criterion as one that nothing here
// meets: by a gap without a line.
func (s scanned) lacks(criterion string) bool {
	return slices.ContainsFunc(s.Gaps, func(g gap) bool { return g.Criterion == criterion && g.Line == 0 })
}

func (t *tally) compareGaps(l label, s scanned) {
	for _, w := range l.ClearGaps {
		found := s.lacks(absences[w.Check])
		for _, g := range s.Gaps {
			placed := w.Line == 0 || g.Line > 0 // a gap about a whole file tells of no line of it
			found = found || placed && samePlace(w, locus{Path: g.Path, Line: g.Line})
		}
		t.add("clear gaps found", found)
		if !found {
			t.differ("clear gaps", "%s: missed %s:%d %s %s", l.Repo, w.Path, w.Line, w.Check, w.Why)
		}
	}
	for _, w := range l.FalseFriends {
		taken := ""
		for _, g := range s.Gaps {
			if w.Line > 0 && g.Path == w.Path && g.Line == w.Line {
				taken = g.Check
			}
		}
		t.add("false friends not taken", taken == "")
		if taken != "" {
			t.differ("false friends", "%s: took %s:%d for %s; %s", l.Repo, w.Path, w.Line, taken, w.Why)
		}
	}
}

func (t *tally) print(w io.Writer) {
	sort.Strings(t.disagree)
	for _, d := range t.disagree {
		fmt.Fprintln(w, d)
	}
	fmt.Fprintln(w)
	sort.Strings(t.order)
	for _, k := range t.order {
		c := t.counts[k]
		fmt.Fprintf(w, "%-70s %4d of %4d  %5.1f %%\n", k, c.right, c.of, 100*float64(c.right)/float64(c.of))
	}
}

// kebab is a name as the program writes it: lower case, words joined by "-",
// nothing in brackets.
func kebab(s string) string {
	s, _, _ = strings.Cut(s, "(")
	s, _, _ = strings.Cut(s, ":")
	return strings.Join(strings.Fields(strings.ToLower(path.Clean(strings.TrimSpace(s)))), "-")
}
