package rules

import (
	"cmp"
	"fmt"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var (
	checkIgnoredTests = &Check{
		ID: "ci/ignored-failure", Criterion: "continuous-integration", Level: Warning,
		Title: "A failing test does not fail the pipeline",
		Why:   "A test whose failure is ignored is not looked at, and then not mended.",
		Fix:   "Let the step fail the job: remove what swallows its exit code.",
	}
	checkIgnoredLint = &Check{
		ID: "ci/ignored-lint", Criterion: "continuous-integration", Level: Note, Beside: true,
		Title: "A linter or formatter runs and cannot fail",
		Why:   "What it finds grows from change to change, until nobody reads it.",
		Fix:   "Let it fail, with the rules that everybody agrees on, or leave it out.",
	}
	checkIdleGate = &Check{
		ID: "ci/idle-gate", Criterion: "continuous-integration", Level: Warning,
		Title: "A gate that is open whatever has happened",
		Why:   "A job that runs under always() succeeds although those it needs have failed: as a required check it lets every change through.",
		Fix:   "Fail it where `contains(needs.*.result, 'failure')` holds, or drop always().",
	}
)

// ignoredTests: a test or validation whose failure is lost speaks against its
// job, at the place where it is lost. What is rendered into a pipe is looked at
// by what reads it.
var ignoredTests = Acts("tests or validation whose failure is ignored",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || a.Swallowed == "" || !a.OnChange || s.idle(a) || a.Swallowed == wiring.InBackground || a.Activity == wiring.Validate && a.Swallowed == wiring.LostInPipe {
			return Sign{}, false
		}
		sign := s.signOfAct(a, Bad).of("tests of " + a.Pipeline.Path + " " + a.Job.ID).at(a.SwallowedAt)
		return sign.against(checkIgnoredTests, cannotFail(a)), true
	}, wiring.Test, wiring.Validate)

func cannotFail(a wiring.Act) string {
	return fmt.Sprintf("%s cannot fail the pipeline: %s", a.Describe(), a.Swallowed)
}

// ignoredChecks: linters that cannot fail and gates that are always open are
// reported; tests decide what the pipeline is worth.
var ignoredChecks = All("linters and gates that cannot fail", pipelineDetectors, func(s *Scene) []Sign {
	subject := s.testedSubject()
	var signs []Sign
	for _, a := range s.Graph.Of(wiring.Lint, wiring.Format) {
		if a.Live && a.Swallowed != "" && a.OnChange {
			sign := s.signOfAct(a, Bad).of(cmp.Or(subject, "lint of "+a.Pipeline.Path)).at(a.SwallowedAt)
			signs = append(signs, sign.against(checkIgnoredLint, cannotFail(a)))
		}
	}
	for _, p := range s.pipelines {
		for _, j := range p.Jobs {
			if j.Heedless && p.Dead == "" && j.Never == "" {
				sign := Sign{Subject: cmp.Or(subject, "gate "+p.Path+" "+j.ID), Finding: s.seenBy[p.Path], At: j.Steps[len(j.Steps)-1].At}
				signs = append(signs, sign.against(checkIdleGate, j.ID+" succeeds whatever becomes of the jobs that it needs"))
			}
		}
	}
	return signs
})

// testedSubject is the best subject of what tests or builds on a change; empty
// where nothing does.
func (s *Scene) testedSubject() string {
	best, subject := Bad, ""
	for _, sign := range signsOf(s, []Condition{testsOnChange, buildsOnChange}) {
		if sign.Mark > best {
			best, subject = sign.Mark, sign.Subject
		}
	}
	return subject
}

// publicHost matches the name of a host on the internet.
var publicHost = regex.New(`(?i)\b(?:[a-z0-9-]+\.)+(?:org|com|net|io|dev|app|cloud|gov|edu|uk|de|fr|eu)\b`)

// probes says whether an act tests what runs already: a schedule starts it too,
// no merge request does, and its step or job names a host.
func probes(a wiring.Act) bool {
	return a.OnSchedule && !a.OnMerge && (publicHost.MatchString(a.Step.Name) || publicHost.MatchString(a.Job.Name))
}
