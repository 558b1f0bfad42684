package rules

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/observability"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// signalsOf speaks for signals of some kinds, as far as they are used.
func signalsOf(says, subject string, kinds ...observability.Kind) Condition {
	return Each(says, observability.Signals, func(s *Scene, f detect.Finding, sig observability.Signal) (Sign, bool) {
		return signOf(f, Good, s.working(f, sig)).of(subject), slices.Contains(kinds, sig.Kind)
	})
}

var (
	flowSignals = signalsOf("settings of flow or engineering-insight tools", "flow", observability.Flow)
	objectives  = signalsOf("service level objectives as code", "objectives", observability.Objective)
	experiments = signalsOf("chaos experiments or canaries", "experiments", observability.Chaos, observability.Experiment)
	loadTests   = signalsOf("load tests", "load tests", observability.Load)
)

// working is how far a signal goes: applied, made into rules by its tool's
// command, or part of what is deployed.
func (s *Scene) working(f detect.Finding, sig observability.Signal) Strength {
	if declaresPackage(f.At.Path) {
		return s.inUse(f)
	}
	for _, a := range s.Graph.Of(wiring.Validate, wiring.Apply) {
		if a.Live && a.Automatic && a.Tool == sig.Tool && s.names(a, f.At.Path) {
			return Wired
		}
	}
	return s.applied(f.At.Path)
}

// flags: switches that a platform keeps are more than a library in a program.
var flags = Each("feature flags", observability.Signals, func(s *Scene, f detect.Finding, sig observability.Signal) (Sign, bool) {
	sign := signOf(f, Good, s.working(f, sig)).of("flags")
	if declaresPackage(f.At.Path) {
		sign = sign.weak(nil, noteOf(f)+" in a program; what is tried with it is not said here")
	}
	return sign, sig.Kind == observability.Flag
})

var loadRuns = Acts("load tests that a pipeline runs", func(s *Scene, a wiring.Act) (Sign, bool) {
	sign := s.signOfAct(a, Good).of("load tests")
	if !a.Automatic {
		sign = sign.weak(nil, a.Describe()+", started by hand")
	}
	return sign, a.Live
}, wiring.LoadTest)

// flowTools measure pipelines.
var flowTools = []string{"datadog-ci", "develocity", "gradle-enterprise", "otel-cli", "buildkite-analytics", "four-keys", "devlake"}

var flowActs = All("pipelines that send traces or deployment events", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, a := range s.Graph.Acts() {
		if a.Live && slices.Contains(flowTools, a.Tool) {
			signs = append(signs, s.signOfAct(a, Good).of("flow"))
		}
	}
	return signs
})

// deploymentEvents: a tool of the running system is told of each deployment.
var deploymentEvents = Lesser(All("a deployment that is told to what watches it", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, a := range s.Graph.Of(wiring.Notify) {
		told := strings.Contains(a.Command, "deploys") || a.Step.Uses != nil && a.Step.Uses.With["environment"] != ""
		if a.Live && a.Automatic && a.Tool == "sentry" && told {
			signs = append(signs, s.signOfAct(a, Weak).of("events"))
		}
	}
	return signs
}))

var listed = Lesser(Each("an entry of a registry or marketplace", portal.Listings, func(_ *Scene, f detect.Finding, _ portal.Listing) (Sign, bool) {
	return signOf(f, Weak, Present).of("listings"), true
}))

// canaries: a release that goes to a part first, and back where it is worse.
var canaries = Lesser(Each("releases that are compared with what was before", kubernetes.Rollbacks, func(s *Scene, f detect.Finding, r kubernetes.Rollback) (Sign, bool) {
	return signOf(f, Weak, s.applied(f.At.Path)).of("canaries"), r.Automatic && (r.Tool == "flagger" || r.Tool == "argo-rollouts")
}))

var catalogueRelations = Each("catalogue entries with relations and documents", portal.Entries, func(s *Scene, f detect.Finding, e portal.Entry) (Sign, bool) {
	sign := signOf(f, Good, s.registered(f.At.Path)).of("relations")
	switch {
	case !e.Relations || !e.Docs:
		return sign.weak(nil, f.At.Path+" is an entry without relations or documents"), !leadsNowhere(e)
	case len(e.Missing) > 0:
		return sign.weak(nil, f.At.Path+" names "+SomeOf(e.Missing, shownNames)+", which is not there"), true
	}
	return sign, true
})

// registryName says that the repository bears the name that the Terraform
// registry asks of one that it lists.
// Source: https://developer.hashicorp.com/terraform/registry/modules/publish
func (s *Scene) registryName() bool {
	parts := strings.SplitN(s.Repo.Name, "-", 3)
	return len(parts) == 3 && parts[0] == "terraform"
}

// documentedBlocks: offered modules whose folder explains them.
var documentedBlocks = Lesser(All("offered blocks with a document of their own", []*detect.Detector{docs.Documents}, func(s *Scene) []Sign {
	if _, released := s.recentTag(); !released && !s.registryName() {
		return nil
	}
	documented := map[string]detect.Finding{}
	for _, f := range s.live(docs.Documents) {
		if d, _ := f.Value.(docs.Document); d.Kind == docs.Readme && d.Words > 30 {
			documented[d.Dir] = f
		}
	}
	for _, o := range s.offers() {
		dir := o.At.Path
		if i := strings.LastIndexByte(dir, '/'); i >= 0 {
			dir = dir[:i]
		} else {
			dir = "."
		}
		if f, ok := documented[dir]; ok {
			return []Sign{signOf(f, Weak, Present).of("documented").says(f.At.Path + " explains what is offered")}
		}
	}
	return nil
}))

var trustedUpdates = Each("updates that merge by themselves where the tests pass", tooling.Updaters, func(_ *Scene, f detect.Finding, u tooling.Updater) (Sign, bool) {
	return signOf(f, Weak, Wired).of("updates").says(f.At.Path + " merges updates by itself"), u.Automerge && !u.Disabled
})

var measuredRequests = Each("resource requests from measured use (VPA, Goldilocks, KRR)", kubernetes.Autoscalers, func(_ *Scene, f detect.Finding, a kubernetes.Autoscaler) (Sign, bool) {
	return signOf(f, Good, Present).of("requests"), a.Kind == "vpa"
})
