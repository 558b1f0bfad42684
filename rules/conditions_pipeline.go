package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var (
	checkNoTests = &Check{
		ID: "ci/pipeline-without-tests", Criterion: "continuous-integration", Level: Note,
		Title: "A pipeline runs on changes and tests nothing",
		Why:   "It tells that the code can be built, not that it works.",
		Fix:   "Run the tests, or validate the infrastructure code, in this pipeline before what it does now.",
	}
	checkMissingScript = &Check{
		ID: "ci/missing-script", Criterion: "continuous-integration", Level: Warning,
		Title: "A job calls a script or task that does not exist",
		Why:   "The job fails, or never does what its name says.",
		Fix:   "Call what is there, or bring the script back.",
	}
)

// testsOnChange: tests or validation that run on a push or a merge request.
var testsOnChange = Acts("tests or validation (plan, render, policy check) on pushes or merge requests",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || !a.OnChange || a.Swallowed != "" || s.idle(a) {
			return Sign{}, false
		}
		if probes(a) {
			return s.signOfAct(a, Weak).of("tests of "+a.Pipeline.Path+" "+a.Job.ID).weak(nil, a.Step.Name+": what runs is tested, and not the change"), true
		}
		return s.signOfAct(a, Good).of("tests of " + a.Pipeline.Path + " " + a.Job.ID), true
	}, wiring.Test, wiring.Validate, wiring.Plan)

// idle says that a job validates or plans code that is not here.
func (s *Scene) idle(a wiring.Act) bool {
	return slices.Contains(familyTools["terraform"], a.Tool) && len(s.Of(terraform.Modules)) == 0
}

// buildsOnChange: what runs on a change and says less than a test.
var buildsOnChange = Lesser(All("lint, format or a build alone", pipelineDetectors, func(s *Scene) []Sign {
	if s.testsSomething() {
		return nil
	}
	var signs []Sign
	for _, a := range s.Graph.Of(wiring.Lint, wiring.Format, wiring.Build, wiring.Scan) {
		if a.Live && a.OnChange && a.Swallowed == "" {
			if s.hooksValidate(a) {
				return []Sign{s.signOfAct(a, Good).says(a.Pipeline.Path + " runs the hooks of pre-commit on changes, which validate")}
			}
			note := fmt.Sprintf("%s runs %s on changes and no test", a.Pipeline.Path, a.Describe())
			sign := s.signOfAct(a, Weak).of("pipeline "+a.Pipeline.Path).weak(checkNoTests, note)
			if command := s.checkCommand(); command != "" {
				sign.Fix = "Run " + command + " in this pipeline, too, and let it fail the change."
			}
			if a.Delegated {
				sign.Check = nil // what the called template tests is not seen here
			}
			signs = append(signs, sign)
		}
	}
	return oneCause(onePerSubject(signs), "pipeline")
}))

// delegatedOnChange: what another repository's pipeline does with a merge request
// is not said by a name that tells of deployment; it is at least not deployed
// before it was looked at.
var delegatedOnChange = Lesser(Acts("a deployment pipeline of another repository that merge requests start too", func(s *Scene, a wiring.Act) (Sign, bool) {
	sign := s.signOfAct(a, Weak).of("pipeline " + a.Pipeline.Path).says(a.Describe() + " runs on merge requests, and what it checks there is written elsewhere")
	return sign, a.Live && a.OnMerge && a.OnMain && a.Delegated && !s.testsSomething()
}, wiring.Apply, wiring.Bump))

func (s *Scene) testsSomething() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Test, wiring.Validate, wiring.Plan), func(a wiring.Act) bool {
		return a.Live && a.OnChange && a.Swallowed == "" && !s.idle(a) && !probes(a)
	})
}

// validatingHooks are words of hook ids that do more than look at style.
var validatingHooks = []string{"validate", "test", "check-json", "check-yaml", "kubeconform", "cfn-lint", "terraform_tflint", "tflint"}

// hooksValidate says whether an act runs the pre-commit hooks, and these
// validate something.
func (s *Scene) hooksValidate(a wiring.Act) bool {
	if a.Tool != "pre-commit" {
		return false
	}
	for _, h := range liveValues[tooling.HookSet](s, tooling.HookSets) {
		for _, id := range h.Hooks {
			if slices.ContainsFunc(validatingHooks, func(w string) bool { return strings.Contains(id, w) }) {
				return true
			}
		}
	}
	return false
}

// onePerSubject keeps the best sign of each subject, the first of equals.
func onePerSubject(signs []Sign) []Sign {
	best := map[string]int{}
	var kept []Sign
	for _, s := range signs {
		i, ok := best[s.Subject]
		switch {
		case !ok:
			best[s.Subject] = len(kept)
			kept = append(kept, s)
		case s.Mark > kept[i].Mark:
			kept[i] = s
		}
	}
	return kept
}

var missingScripts = All("a job that calls a script or task that does not exist", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, m := range s.Graph.Missing() {
		note := fmt.Sprintf("%s is called and does not exist", m.Name)
		sign := Sign{Subject: "missing " + m.At.Path + " " + m.Name, Finding: s.seenBy[m.At.Path], At: m.At}.against(checkMissingScript, note)
		if m.Nearest != "" {
			sign.Fix = "Call " + m.Nearest + " instead, or bring " + m.Name + " back."
		}
		signs = append(signs, sign)
	}
	return signs
})

// hooksOnChange says that a pipeline runs hooks on changes which validate.
func (s *Scene) hooksOnChange() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Lint, wiring.Format), func(a wiring.Act) bool { return a.Live && a.OnChange && a.Blocking && s.hooksValidate(a) })
}

// checkedOnChange says whether tests run on merge requests, which the required
// check on the change then counts as.
func (s *Scene) checkedOnChange() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Test, wiring.Validate, wiring.Plan), func(a wiring.Act) bool {
		return a.Live && a.Blocking && slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool { return t.Kind == wiring.MergeRequest })
	})
}

// untestedPipelines says which pipelines run, where none of them tests.
func untestedPipelines(s *Scene) string {
	for _, p := range s.pipelines {
		if p.Dead == "" {
			return fmt.Sprintf("the pipelines that are here (%s) do nothing on a change that is known to test or validate it", SomeOf(s.livePaths(), shownNames))
		}
	}
	return "there is no pipeline"
}

// handsChecksOn says that a job which changes start is a pipeline of another
// repository whose name does not tell what it does: it may be the tests.
func handsChecksOn(s *Scene) string {
	known := map[string]bool{}
	for _, a := range s.Graph.Acts() {
		known[a.Pipeline.Path+" "+a.Job.ID] = true
	}
	for _, p := range s.pipelines {
		if p.Dead != "" || !startedByChange(p) {
			continue
		}
		for _, j := range p.Jobs {
			if j.Uses != nil && !j.Uses.Local && j.Never == "" && !known[p.Path+" "+j.ID] {
				return fmt.Sprintf("%s hands every change to %s, whose name does not say what it does", p.Path, j.Uses.Ref)
			}
		}
	}
	return ""
}

// builders run where something calls them, and are no pipelines by themselves.
var builders = []string{"dagger", "earthly"}

// unreadPipeline says that a pipeline is here whose format is not read, so that
// what it does cannot be told.
func unreadPipeline(s *Scene) string {
	for _, p := range s.livePipelines() {
		if len(p.Jobs)+len(p.Includes)+len(p.Triggers) == 0 && !slices.Contains(builders, p.Vendor) {
			return p.Path + " is a pipeline of " + p.Vendor + ", whose steps are not read"
		}
	}
	return ""
}

func (s *Scene) livePaths() []string {
	return names(s.pipelines, func(p wiring.Pipeline) string {
		if p.Dead != "" {
			return ""
		}
		return p.Path
	})
}
