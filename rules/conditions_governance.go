package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/observability"
	"github.com/waymark-dev/waymark/detectors/policy"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/detectors/terraform"
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
	checkDeadEntry = &Check{
		ID: "portal/dead-entry", Criterion: "developer-portal", Level: Note,
		Title: "A catalogue entry names what does not exist",
		Why:   "The portal shows an empty page where the answer should be.",
		Fix:   "Point the entry at what is there.",
	}
	checkHealingOff = &Check{
		ID: "kubernetes/self-heal-off", Criterion: "drift-control", Level: Note,
		Title: "Self-healing is switched off",
		Why:   "What is changed by hand in the cluster stays until somebody notices.",
		Fix:   "Set `selfHeal: true` under syncPolicy.automated.",
	}
)

var gatingScans = Acts("a scanner or policy check that gates in a pipeline",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || !a.Automatic || a.Swallowed != "" || a.Tool == "infracost" {
			return Sign{}, false // what a change costs is shown by it, and no rule is held to
		}
		sign := s.signOfAct(a, Good).of("scan by " + a.Tool)
		if !a.Blocking || a.OnSchedule && !a.OnChange {
			return sign.weak(nil, a.Describe()+", which stops no change"), true
		}
		return sign, true
	}, wiring.Scan)

var enforcedPolicies = Each("policies that a cluster, an account or a pipeline enforces", policy.Policies,
	func(s *Scene, f detect.Finding, p policy.Policy) (Sign, bool) {
		sign := signOf(f, Good, s.evaluated(f.At.Path, p)).of("policies of " + p.Engine)
		switch {
		case sign.Strength < Wired && s.policyLibrary(p.Engine):
			return sign.weak(nil, "policies that are offered to others"), true
		case sign.Strength < Wired:
			return sign.weak(checkIdlePolicy, f.At.Path+" is evaluated by nothing that can be seen here"), true
		case !p.Enforces:
			return sign.weak(nil, ""), true
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
var offeredScans = All("(weak) shared pipeline blocks that scan those who use them", []*detect.Detector{ci.Blocks}, func(s *Scene) []Sign {
	return s.offering("offered scans", func(m wiring.Meaning) bool { return m.Activity == wiring.Scan })
})

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
		if !a.Live && !a.Offered || a.Swallowed == "" || a.Tool == "infracost" {
			return Sign{}, false
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

var costResources = All("budgets among the resources", []*detect.Detector{terraform.Resources, cloudformation.Templates}, func(s *Scene) []Sign {
	var signs []Sign
	eachResource(s, func(f detect.Finding, r resource) {
		if slices.ContainsFunc(costTypes, func(p string) bool { return strings.HasPrefix(r.kind, p) }) {
			signs = append(signs, signOf(f, Good, Present).of("cost").says(r.kind+" "+r.name).at(r.at))
		}
	})
	return signs
})

var catalogueEntries = Each("a catalogue entry with owner, system, and links to CI, documents and monitoring", portal.Entries,
	func(s *Scene, f detect.Finding, e portal.Entry) (Sign, bool) {
		if e.Kind == "Template" {
			return Sign{}, false
		}
		sign := signOf(f, Good, s.registered(f.At.Path)).of("entries")
		if e.Owner == "" || e.System == "" || !e.Annotated || len(e.Missing) > 0 || sign.Strength < Wired {
			return sign.weak(nil, f.At.Path+" is an entry of "+e.Product+" that lacks a part (owner, system, links), or that nothing here registers"), !leadsNowhere(e)
		}
		return sign, true
	})

// leadsNowhere says that an entry only lists others, of which none exists.
func leadsNowhere(e portal.Entry) bool {
	return e.Kind == "Location" && len(e.Targets) == 0 && len(e.Missing) > 0
}

// registered is wired where an app in scope, or a location that lists files,
// registers the entry, or where a pipeline validates entries or publishes their
// documents.
func (s *Scene) registered(p string) Strength {
	for _, e := range liveValues[portal.Entry](s, portal.Entries) {
		if slices.Contains(e.Targets, p) {
			return Wired
		}
	}
	for _, a := range liveValues[portal.App](s, portal.Apps) {
		if slices.Contains(a.Locations, p) {
			return Wired
		}
	}
	for _, a := range s.Graph.Of(wiring.Publish, wiring.Validate) {
		if a.Live && a.Automatic && (a.Tool == "techdocs" || a.Tool == "backstage") {
			return Wired
		}
	}
	return Present
}

var portalApps = Each("a portal's own application", portal.Apps, func(s *Scene, f detect.Finding, _ portal.App) (Sign, bool) {
	return signOf(f, Good, s.inUse(f)).of("portal"), true
})

var deadEntries = Each("catalogue entries whose paths, owners or docs do not exist", portal.Entries,
	func(_ *Scene, f detect.Finding, e portal.Entry) (Sign, bool) {
		if len(e.Missing) == 0 {
			return Sign{}, false
		}
		return signOf(f, Bad, None).of("dead entries").against(checkDeadEntry, f.At.Path+" names "+someOf(e.Missing)+", which is not there"), true
	})

var dependencyBots = Each("a dependency-update bot", tooling.Updaters, func(s *Scene, f detect.Finding, u tooling.Updater) (Sign, bool) {
	if u.Disabled {
		return Sign{}, false
	}
	if s.botActive() {
		return signOf(f, Good, Used).of("updates"), true
	}
	return signOf(f, Good, Wired).of("updates"), true
})

// botActive says whether a bot committed in the year before the scanned
// commit.
func (s *Scene) botActive() bool {
	head, err := s.Repo.History.Head()
	if err != nil {
		return false
	}
	commits, err := s.Repo.History.Commits()
	if err != nil {
		return false
	}
	for _, c := range commits {
		if c.Bot && c.When.After(head.When.AddDate(-1, 0, 0)) {
			return true
		}
	}
	return false
}

var hooksInPipeline = Each("hooks that the pipeline runs too", tooling.HookSets, func(s *Scene, f detect.Finding, h tooling.HookSet) (Sign, bool) {
	sign := signOf(f, Good, Wired).of("hooks")
	for _, a := range s.Graph.Of(wiring.Lint, wiring.Format, wiring.Validate, wiring.Test) {
		if a.Live && a.Tool == h.Name && a.OnChange {
			return sign, true
		}
	}
	sign.Strength = Present
	return sign.weak(nil, f.At.Path+" runs only where somebody installed it"), true
})

// feedbackTools tell a developer something on the change.
var feedbackTools = []string{"reviewdog", "danger", "codeql", "tfcmt", "infracost", "sticky-comment", "sarif", "semgrep", "dependency-review", "labeler", "semantic-pull-request"}

var feedbackOnChange = All("feedback on the merge request (review comments, SARIF, plan comments)", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, a := range s.Graph.Acts() {
		if a.Live && a.OnChange && slices.ContainsFunc(feedbackTools, func(t string) bool { return strings.Contains(a.Tool, t) || strings.Contains(a.Command, t) }) {
			signs = append(signs, s.signOfAct(a, Weak).of("feedback"))
		}
	}
	return signs
})

// changeTemplates: what every description of a change is asked for.
var changeTemplates = Each("(weak) a template for the description of changes", docs.Documents, func(_ *Scene, f detect.Finding, d docs.Document) (Sign, bool) {
	lower := strings.ToLower(f.At.Path)
	named := strings.HasPrefix(path.Base(lower), "pull_request_template") || strings.Contains(lower, "pull_request_template/") || strings.Contains(lower, ".gitlab/merge_request_templates/")
	return signOf(f, Weak, Present).of("templates").says(f.At.Path + " asks something of every change"), named && d.Words > 0
})

// ownKinds leaves out the kinds of the Kubernetes project itself, whose groups
// end in k8s.io and are kept for it.
// Source: https://github.com/kubernetes/enhancements/tree/master/keps/sig-architecture/2337-k8s.io-group-protection
var ownKinds = Each("kinds of its own: custom resource definitions, Crossplane definitions", kubernetes.Objects, func(_ *Scene, f detect.Finding, o kubernetes.Object) (Sign, bool) {
	own := o.Group == "apiextensions.crossplane.io" && o.Kind == "CompositeResourceDefinition" || o.Group == "apiextensions.k8s.io" && o.Kind == "CustomResourceDefinition" && !strings.HasSuffix(o.Name, "k8s.io")
	return signOf(f, Good, Present).of("kinds"), own
})

var apiDefinitions = Each("published interface definitions", portal.APIs, func(_ *Scene, f detect.Finding, a portal.API) (Sign, bool) {
	if a.Served {
		return signOf(f, Weak, Present).of("interfaces"), true
	}
	return signOf(f, Good, Present).of("interfaces"), true
})

var integrations = Each("(weak) operators, webhooks and chat bots that tie the platform to other tools", portal.Integrations, func(_ *Scene, f detect.Finding, _ portal.Integration) (Sign, bool) {
	return signOf(f, Weak, Present).of("integrations"), true
})

var productDocuments = All("a roadmap, a changelog, a support policy and a way to be heard", []*detect.Detector{docs.Documents, docs.Feedbacks}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(docs.Documents) {
		switch d, _ := f.Value.(docs.Document); d.Kind {
		case docs.Roadmap:
			signs = append(signs, signOf(f, Good, Present).of("roadmap"))
		case docs.Changelog:
			signs = append(signs, signOf(f, Good, Present).of("changelog"))
		case docs.Support:
			signs = append(signs, signOf(f, Good, Present).of("support"))
		}
	}
	for _, f := range s.live(docs.Feedbacks) {
		signs = append(signs, signOf(f, Good, Present).of("feedback"))
	}
	seen := map[string]bool{}
	for _, sign := range signs {
		seen[sign.Subject] = true
	}
	if len(signs) > 0 && !seen["roadmap"] {
		signs = append(signs, Sign{Subject: "roadmap", Mark: Weak, Note: "no roadmap is published"})
	}
	return signs
})

var productReleases = All("versioned releases", nil, func(s *Scene) []Sign {
	if tag, ok := s.recentTag(); ok {
		return []Sign{{Subject: "releases", Mark: Good, Strength: Used, Finding: "history", Note: "released as " + tag.Name}}
	}
	return nil
})

var autoscalers = Each("an autoscaler (HPA, KEDA, VPA, Karpenter)", kubernetes.Autoscalers, func(_ *Scene, f detect.Finding, a kubernetes.Autoscaler) (Sign, bool) {
	sign := signOf(f, Good, Present).of("autoscaling")
	if !a.Enabled {
		return sign.against(nil, fmt.Sprintf("%s (%s) is switched off or may not grow", f.Subject, a.Kind)), true
	}
	return sign, true
})

// scalingParts are parts of the names and sources of modules that make capacity
// follow use.
var scalingParts = []string{"cluster-autoscaler", "cluster_autoscaler", "karpenter", "appautoscaling", "app-autoscaling", "ecs-autoscaling"}

var scalingModules = Each("(weak) modules that make capacity follow use", terraform.ModuleCalls, func(_ *Scene, f detect.Finding, c terraform.ModuleCall) (Sign, bool) {
	return signOf(f, Weak, Present).of("autoscaling"), slices.ContainsFunc(scalingParts, func(part string) bool { return strings.Contains(c.Name, part) || strings.Contains(c.Source, part) })
})

// scalingTypes are resource types that scale with use.
var scalingTypes = []string{
	"aws_appautoscaling_", "aws_autoscaling_policy", "azurerm_monitor_autoscale_setting", "google_compute_autoscaler", "google_compute_region_autoscaler", "kubernetes_horizontal_pod_autoscaler",
	"AWS::ApplicationAutoScaling::", "AWS::AutoScaling::ScalingPolicy", "AWS::AutoScaling::ScheduledAction", "aws_autoscaling_schedule",
}

var scalingResources = All("scaling targets and policies among the resources", []*detect.Detector{terraform.Resources, cloudformation.Templates}, func(s *Scene) []Sign {
	var signs []Sign
	eachResource(s, func(f detect.Finding, r resource) {
		if slices.ContainsFunc(scalingTypes, func(p string) bool { return strings.HasPrefix(r.kind, p) }) {
			signs = append(signs, signOf(f, Good, Present).of("autoscaling").says(r.kind+" "+r.name).at(r.at))
		}
	})
	return signs
})

var scheduledPlans = Acts("a scheduled plan or drift job",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || !a.OnSchedule {
			return Sign{}, false
		}
		return s.signOfAct(a, Good).of("drift"), true
	}, wiring.Plan, wiring.Drift)

var selfHealing = Each("GitOps that heals drift by itself", kubernetes.Syncs, func(s *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
	if !sync.SelfHeal || sync.Suspended || sync.Path == "" {
		return Sign{}, false
	}
	if sync.Here || sync.URL == "" && s.Repo.Tree.Folder(trimDot(sync.Path)) {
		return signOf(f, Good, Wired), true
	}
	return signOf(f, Weak, Present), true
})

var healingOff = Each("self-heal switched off, or differences ignored on everything", kubernetes.Syncs, func(_ *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
	if sync.Path == "" || sync.SelfHeal && !sync.IgnoresAll || sync.Suspended {
		return Sign{}, false
	}
	return signOf(f, Bad, None).against(checkHealingOff, f.Subject+" does not heal drift"), true
})

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
var deploymentEvents = All("(weak) a deployment that is told to what watches it", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, a := range s.Graph.Of(wiring.Notify) {
		told := strings.Contains(a.Command, "deploys") || a.Step.Uses != nil && a.Step.Uses.With["environment"] != ""
		if a.Live && a.Automatic && a.Tool == "sentry" && told {
			signs = append(signs, s.signOfAct(a, Weak).of("events"))
		}
	}
	return signs
})

var listed = Each("(weak) an entry of a registry or marketplace", portal.Listings, func(_ *Scene, f detect.Finding, _ portal.Listing) (Sign, bool) {
	return signOf(f, Weak, Present).of("listings"), true
})

// canaries: a release that goes to a part first, and back where it is worse.
var canaries = Each("(weak) releases that are compared with what was before", kubernetes.Rollbacks, func(s *Scene, f detect.Finding, r kubernetes.Rollback) (Sign, bool) {
	return signOf(f, Weak, s.applied(f.At.Path)).of("canaries"), r.Automatic && (r.Tool == "flagger" || r.Tool == "argo-rollouts")
})

var catalogueRelations = Each("catalogue entries with relations and documents", portal.Entries, func(s *Scene, f detect.Finding, e portal.Entry) (Sign, bool) {
	sign := signOf(f, Good, s.registered(f.At.Path)).of("relations")
	switch {
	case !e.Relations || !e.Docs:
		return sign.weak(nil, f.At.Path+" is an entry without relations or documents"), !leadsNowhere(e)
	case len(e.Missing) > 0:
		return sign.weak(nil, f.At.Path+" names "+someOf(e.Missing)+", which is not there"), true
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
var documentedBlocks = All("(weak) offered blocks with a document of their own", []*detect.Detector{docs.Documents}, func(s *Scene) []Sign {
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
})

var trustedUpdates = Each("updates that merge by themselves where the tests pass", tooling.Updaters, func(_ *Scene, f detect.Finding, u tooling.Updater) (Sign, bool) {
	return signOf(f, Weak, Wired).of("updates").says(f.At.Path + " merges updates by itself"), u.Automerge && !u.Disabled
})

var measuredRequests = Each("resource requests from measured use (VPA, Goldilocks, KRR)", kubernetes.Autoscalers, func(_ *Scene, f detect.Finding, a kubernetes.Autoscaler) (Sign, bool) {
	return signOf(f, Good, Present).of("requests"), a.Kind == "vpa"
})
