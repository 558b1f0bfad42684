package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/detectors/policy"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var (
	checkSoftScan = &Check{
		ID: "policy/soft-scan", Criterion: "policy-as-code", Level: Note,
		Title: "A scanner runs and cannot fail",
		Why:   "What is only reported is read once and then no more.",
		Fix:   "Let it fail on the rules that everybody agrees on, and suppress the rest with a reason.",
	}
	checkIdlePolicy = &Check{
		ID: "policy/idle-policy", Criterion: "policy-as-code", Level: Note,
		Title: "A policy that nothing evaluates",
		Why:   "It reads as a rule and stops nothing.",
		Fix:   "Evaluate it in the pipeline, or let a cluster enforce it.",
	}
)

var gatingScans = Acts("a scanner or policy check that gates in a pipeline",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || !a.Automatic || a.Swallowed != "" || a.Tool == "infracost" {
			return Sign{}, false // what a change costs is shown by it, and no rule is held to
		}
		sign := s.signOfAct(a, Good).of("scan by " + a.Tool)
		if !a.Blocking && !a.Undecided && !a.Delegated || a.OnSchedule && !a.OnChange {
			return sign.weak(nil, a.Describe()+", which stops no change").lesser(), true
		}
		return sign, true
	}, wiring.Scan)

var enforcedPolicies = Each("policies that a cluster, an account or a pipeline enforces", policy.Policies,
	func(s *Scene, f detect.Finding, p policy.Policy) (Sign, bool) {
		sign := signOf(f, Good, s.evaluated(f.At.Path, p)).of("policies of " + p.Engine)
		switch {
		case sign.Strength < Wired && s.policyLibrary(p.Engine):
			return sign.weak(nil, "policies that are offered to others").lesser(), true
		case sign.Strength < Wired:
			sign = sign.weak(checkIdlePolicy, f.At.Path+" is evaluated by nothing that can be seen here")
			if p.Applied {
				sign.Check = nil // once it is applied the account or cluster holds it; that nothing applies it is a gap of its own
			}
			return sign, true
		case !p.Enforces:
			return sign.weak(nil, "").lesser(), true
		}
		return sign, true
	})

// librarySize is the number of policies of one engine from which on they are
// taken as a library, where nothing here evaluates any of them.
const librarySize = 20

// policyLibrary says whether the policies of an engine are offered to others:
// what is offered is not idle.
func (s *Scene) policyLibrary(engine string) bool {
	if s.idlePolicies == nil {
		s.idlePolicies = map[string]int{}
		for _, f := range s.live(policy.Policies) {
			p, _ := f.Value.(policy.Policy)
			if s.evaluated(f.At.Path, p) < Wired {
				s.idlePolicies[p.Engine]++
			}
		}
	}
	return s.idlePolicies[engine] >= librarySize
}

// offeredScans: what others are scanned with is written here.
var offeredScans = Lesser(All("shared pipeline blocks that scan those who use them", []*detect.Detector{ci.Blocks}, func(s *Scene) []Sign {
	return s.offering("offered scans", func(m wiring.Meaning) bool { return m.Activity == wiring.Scan })
}))

// scanningHooks are hooks that look for secrets, weaknesses or breaches of
// policy, by a part of their ids.
var scanningHooks = []string{"detect-secrets", "detect-aws-credentials", "detect-private-key", "gitleaks", "trufflehog", "ggshield", "checkov", "tfsec", "trivy", "terrascan", "kics", "semgrep", "bandit", "cfn-guard", "cfn-nag", "conftest", "gosec", "safety", "kyverno"}

// scannedByHooks: scanners among the hooks that a pipeline runs.
var scannedByHooks = All("scanners among the hooks that the pipeline runs too", slices.Concat(pipelineDetectors, []*detect.Detector{tooling.HookSets}), func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(tooling.HookSets) {
		h, _ := f.Value.(tooling.HookSet)
		i := slices.IndexFunc(h.Hooks, func(id string) bool {
			return slices.ContainsFunc(scanningHooks, func(part string) bool { return strings.Contains(id, part) })
		})
		for _, a := range s.Graph.Of(wiring.Lint, wiring.Validate, wiring.Test) {
			if i >= 0 && a.Live && a.Tool == h.Name && a.OnChange && a.Swallowed == "" {
				signs = append(signs, s.signOfAct(a, Good).of("hooks").says(f.At.Path+" has "+h.Hooks[i]+", which the pipeline runs"))
				break
			}
		}
	}
	return signs
})

var softScans = Acts("a scanner that runs but cannot fail",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || a.Swallowed == "" || a.Tool == "infracost" {
			return Sign{}, false // what is offered to others says nothing of this repository
		}
		return s.signOfAct(a, Weak).of("scan by "+a.Tool).at(a.SwallowedAt).weak(checkSoftScan, fmt.Sprintf("%s cannot fail: %s", a.Describe(), a.Swallowed)), true
	}, wiring.Scan)

var costControls = Each("Infracost, budgets, quotas or cost reports as code", policy.Costs,
	func(_ *Scene, f detect.Finding, c policy.Cost) (Sign, bool) {
		if c.Name == "cost-tags" || c.Name == "infracost" { // the settings of a tool, which costsShown sees run
			return signOf(f, Weak, Present).of("cost"), true
		}
		return signOf(f, Good, Present).of("cost"), true
	})

// costsShown: what a change costs, told where the change is.
var costsShown = All("a pipeline that shows what a change costs", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, a := range s.Graph.Of(wiring.Scan, wiring.Notify) {
		if a.Live && a.Automatic && a.Tool == "infracost" {
			signs = append(signs, s.signOfAct(a, Good).of("cost"))
		}
	}
	return signs
})

// costTypes are resource types that control spending.
var costTypes = []string{"aws_budgets_budget", "aws_ce_anomaly", "google_billing_budget", "azurerm_consumption_budget", "AWS::Budgets::Budget", "AWS::CE::Anomaly"}

var costResources = resourcesOf("budgets among the resources", "cost", costTypes)
