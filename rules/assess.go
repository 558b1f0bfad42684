package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

// An Assessment is everything that the rules say of one repository.
type Assessment struct {
	Scene     *Scene
	Results   []Result
	Verdict   Verdict
	Answers   []Answer
	Reading   Reading
	NextSteps []NextStep
	// Gaps are those of all criteria, worst first.
	Gaps []Gap
	// Documents are all documents, by path.
	Documents []Document
	// Remarks say, in a sentence each, what the verdict hangs on that the person
	// who asked can change.
	Remarks []string
	// Components are the folders that are judged by themselves, by path.
	Components []ComponentAssessment
	// Commit and Date are those of the scanned commit; empty without history.
	Commit string
	Date   time.Time
	// Heard and Suppressing are what became of answers and suppressions.
	Heard       []Heard
	Suppressing []Suppressing
	// Own are the organisation's own checks.
	Own []OwnCheck
}

// A NextStep is the next thing to do, best lever first.
type NextStep struct {
	Criterion *Criterion
	Text      string
	// At is where to start; zero where nothing is there yet.
	At detect.Span
}

// Assess judges what was observed. What every repository must have is asked of
// each component of a monorepo.
func Assess(o *detect.Observed, set Settings) *Assessment {
	scene := NewScene(o, set.Roles)
	scene.Scale = set.Scale
	set.AsOf = set.day(o.Repo.History)
	parts := scene.parts(set)
	if len(set.Roles) == 0 {
		scene.learnRoles(parts)
	}
	results := judgeAll(scene)
	set.own(scene, results)
	fold(scene, results, parts)
	a := conclude(scene, results, set)
	for _, p := range parts {
		if p.Dir != rest {
			a.Components = append(a.Components, ComponentAssessment{p.Component, conclude(p.scene, p.results, set.ofPart())})
		}
	}
	return a
}

// judgeAll judges every criterion.
func judgeAll(s *Scene) []Result {
	results := make([]Result, len(Criteria))
	for i, c := range Criteria {
		results[i] = judge(s, c)
		if len(s.Roles) == 0 {
			results[i] = Result{Criterion: c, Outcome: NotApplicable, Because: "no role can be told", Source: "evidence"}
		}
	}
	return results
}

// conclude draws the verdict and all that follows from it.
func conclude(s *Scene, evidence []Result, set Settings) *Assessment {
	a := &Assessment{Scene: s, Results: set.applied(evidence), Verdict: set.verdict(evidence), Heard: set.heard(evidence), Own: set.Checks}
	a.Verdict.Unread = a.Verdict.Stage == 0 && slices.ContainsFunc(s.BlindSpots, func(b detect.BlindSpot) bool { return b.Path != "" })
	a.Suppressing = slices.DeleteFunc(set.suppress(a.Results), s.silent)
	a.Answers = answersOf(a.Results)
	a.Reading = readingOf(a.Answers, a.Verdict.Stage)
	a.Gaps = gapsOf(a.Results)
	a.NextSteps = stepsOf(a)
	a.Documents = documentsIn(a.Scene)
	a.Remarks = remarksOf(a)
	if head, err := s.Repo.History.Head(); err == nil {
		a.Commit, a.Date = head.ID, head.When
	}
	return a
}

// gapsOf are all gaps, the loudest and those of the lowest stages first, each
// once, and one check for one cause at a line.
func gapsOf(results []Result) []Gap {
	type claim struct {
		check, path, message string
		start                detect.Point
	}
	var gaps []Gap
	said := map[claim]bool{} // with its message, and without
	for _, r := range results {
		for _, g := range r.Gaps {
			about := claim{check: g.Check.ID, path: g.At.Path, start: g.At.Start}
			exactly := about
			exactly.message = g.Message
			yields := slices.ContainsFunc(g.Check.Yields, func(id string) bool { return said[claim{check: id, path: g.At.Path, start: g.At.Start}] })
			if g.Located() && (said[exactly] || yields) {
				continue
			}
			said[exactly], said[about] = true, true
			gaps = append(gaps, g)
		}
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int { return levelRank(a.Check.Level) - levelRank(b.Check.Level) })
	return gaps
}

func levelRank(l Level) int { return slices.Index([]Level{Error, Warning, Note}, l) }

// stepsOf are the next steps: of the stage after the proven one, each
// criterion that is not met.
func stepsOf(a *Assessment) []NextStep {
	if a.Verdict.Next == nil {
		return nil
	}
	var open []Result
	for _, r := range a.Results {
		if r.Criterion.Stage == a.Verdict.Next.Stage && (r.Outcome == Unmet || r.Outcome == Partial || r.Outcome == NotVisible) {
			open = append(open, r)
		}
	}
	slices.SortStableFunc(open, a.Verdict.byLever)
	steps := make([]NextStep, len(open))
	for i, r := range open {
		steps[i] = stepOf(a.Scene, r)
	}
	return sameStepsLast(steps)
}

// sameStepsLast moves what one step before does, too, behind all others, and
// says so.
func sameStepsLast(steps []NextStep) []NextStep {
	var first, same []NextStep
	for _, step := range steps {
		i := slices.IndexFunc(first, func(o NextStep) bool { return o.Text == step.Text && o.At == step.At })
		if i < 0 {
			first = append(first, step)
			continue
		}
		step.Text = "The step for " + first[i].Criterion.ID + " serves this, too."
		same = append(same, step)
	}
	return append(first, same...)
}

// stepOf is the step of one criterion: the fix of its first located gap, else
// what to do where nothing is there.
func stepOf(s *Scene, r Result) NextStep {
	text, at := r.Criterion.firstStep(s)
	if r.Outcome == NotVisible && r.Criterion.hidden(s) != "" {
		return NextStep{Criterion: r.Criterion, Text: Sentence(r.Because) + " Scan what holds it along with this repository, or answer for it in the configuration."}
	}
	if r.Outcome == NotVisible {
		return NextStep{Criterion: r.Criterion, Text: "Not visible here. Where it is done elsewhere, scan that repository too. Else: " + text}
	}
	for _, g := range rootFirst(r.Gaps) {
		if g.Located() && g.Suppressed == nil && !g.Check.Beside {
			return NextStep{r.Criterion, Sentence(g.Message) + " " + g.Fix + r.more(g.Check), g.At}
		}
	}
	return NextStep{Criterion: r.Criterion, Text: text, At: at}
}

// more counts the other gaps of a check, which its fix mends as well.
func (r Result) more(c *Check) string {
	others := -1
	for _, g := range r.Gaps {
		if g.Check == c && g.Located() && g.Suppressed == nil {
			others++
		}
	}
	switch others {
	case 0:
		return ""
	case 1:
		return " There is 1 more such place."
	}
	return fmt.Sprintf(" There are %d more such places.", others)
}

// rootFirst are gaps with those of the README at the root first: it is what
// people read first.
func rootFirst(gaps []Gap) []Gap {
	sorted := slices.Clone(gaps)
	rank := func(g Gap) int {
		if strings.HasPrefix(strings.ToLower(g.At.Path), "readme.") {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(sorted, func(a, b Gap) int { return rank(a) - rank(b) })
	return sorted
}

// Checks are all checks, by id, with the organisation's own behind them.
func (a *Assessment) Checks() []*Check {
	checks := Checks()
	for _, c := range a.Own {
		checks = append(checks, c.Check)
	}
	return checks
}

// Checks are the checks of the model, by id.
func Checks() []*Check {
	checks := slices.Clone(allChecks)
	slices.SortFunc(checks, func(a, b *Check) int { return strings.Compare(a.ID, b.ID) })
	return checks
}
