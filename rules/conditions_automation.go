package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/observability"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var (
	checkTicketForInfrastructure = &Check{
		ID: "docs/ticket-for-infrastructure", Criterion: "self-service-provisioning", Level: Note,
		Title: "Infrastructure is asked for by ticket or message",
		Why:   "The queue sets the pace of every team that asks.",
		Fix:   "Describe the change to this repository that gives it instead.",
	}
	checkHandCopy = &Check{
		ID: "wiring/hand-copy", Criterion: "golden-path-adoption", Level: Note,
		Title: "The same work is written out several times",
		Why:   "What is mended in one copy stays broken in the others.",
		Fix:   "Write it once (a reusable workflow, a base, a chart), and use it from all places.",
	}
	checkMovingShared = &Check{
		ID: "wiring/moving-shared-block", Criterion: "shared-building-blocks", Level: Note,
		Title:  "A shared block of the organisation is taken at a moving ref",
		Why:    "A change of the block reaches this repository untested.",
		Fix:    "Name a version tag or a commit, and let an update bot raise it.",
		Yields: []string{"terraform/moving-module", "kubernetes/moving-chart", "containers/moving-base-image"},
	}
)

// provisioningTools are the tools whose apply gives infrastructure.
var provisioningTools = slices.Concat(familyTools["terraform"], familyTools["cloudformation"], []string{"pulumi", "bicep", "az", "crossplane", "serverless"})

// plannedAndApplied: code that is planned on the change and applied from it.
var plannedAndApplied = Acts("infrastructure code that is planned on the change and applied after it without another person",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || !slices.Contains(provisioningTools, a.Tool) || !a.Automatic && !a.ManualGate {
			return Sign{}, false
		}
		sign := s.signOfAct(a, Good).of("applied from the change")
		switch {
		case byItself(a) && s.plans(a.Tool):
			return sign, true
		case a.ManualGate:
			return sign.weak(nil, a.Describe()+", after an approval"), true
		}
		return sign.weak(nil, a.Describe()+", without a plan on the change"), true
	}, wiring.Apply)

// deliveredInfrastructure: a delivery service that takes the stacks of this
// repository; how it applies them is set there.
var deliveredInfrastructure = Lesser(Acts("stacks of this repository that a delivery service takes", func(s *Scene, a wiring.Act) (Sign, bool) {
	takes := a.Live && a.Automatic && (a.Delegated || slices.Contains(deliveryServices, a.Tool))
	return s.signOfAct(a, Weak).of("delivered stacks").says(a.Describe() + ", by rules that are set there"), takes && len(s.live(cloudformation.Templates, cloudformation.Apps, terraform.Modules)) > 0
}, wiring.Apply))

// deliveryServices deploy what they are handed by rules of their own: whether a
// person starts production is set there.
var deliveryServices = []string{"riff-raff", "octopus", "octopus-deploy", "harness", "spinnaker"}

// handsToService says that a delivery service decides what reaches production.
func handsToService(s *Scene) string {
	for _, a := range s.Graph.Of(wiring.Apply) {
		if a.Live && slices.Contains(deliveryServices, a.Tool) {
			return a.Pipeline.Path + " hands it to " + a.Tool + "; what starts production is set there"
		}
	}
	return ""
}

// plans says whether a change is planned by the tool, or one of its family.
func (s *Scene) plans(tool string) bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Plan, wiring.Validate), func(a wiring.Act) bool { return a.Live && a.OnChange && sameFamily(a.Tool, tool) })
}

// sameFamily says whether two tools act on the same code.
func sameFamily(a, b string) bool {
	return a == b || slices.ContainsFunc(sortedKeys(familyTools), func(family string) bool {
		return slices.Contains(familyTools[family], a) && slices.Contains(familyTools[family], b)
	})
}

var stacksApply = Each("stacks of Spacelift or env0 that follow this repository", terraform.Resources,
	func(_ *Scene, f detect.Finding, r terraform.Resource) (Sign, bool) {
		if r.Data || r.Type != "spacelift_stack" && r.Type != "env0_environment" {
			return Sign{}, false
		}
		return signOf(f, Weak, Wired).of("workspaces").says(f.Subject + " follows this repository; whether an apply waits for a person is not said here"), true
	})

var provisioningTemplates = Each("portal templates that create infrastructure", portal.Entries,
	func(_ *Scene, f detect.Finding, e portal.Entry) (Sign, bool) {
		return signOf(f, Good, Wired), e.Provisions
	})

// platformGroups are API groups whose objects are infrastructure that a
// cluster provisions.
var platformGroups = []string{
	"apiextensions.crossplane.io", "platform.kratix.io", ".nais.io", ".services.k8s.aws", ".cnrm.cloud.google.com", ".azure.com", ".upbound.io", ".crossplane.io", "kro.run", "score.dev",
}

var platformKinds = Each("Crossplane definitions and claims, Kratix promises, cloud resources as objects", kubernetes.Objects,
	func(s *Scene, f detect.Finding, o kubernetes.Object) (Sign, bool) {
		found := slices.ContainsFunc(platformGroups, func(g string) bool { return o.Group == g || strings.HasPrefix(g, ".") && strings.HasSuffix(o.Group, g) })
		if !found || o.Group == "pkg.crossplane.io" {
			return Sign{}, false
		}
		return signOf(f, Good, s.appliedBy("kubernetes", f.At.Path)).of("platform kinds"), true
	})

var previewEnvironments = Acts("environments made for each merge request",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		preview := a.Live && a.Automatic && slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool { return t.Kind == wiring.MergeRequest })
		if !preview || a.OnMain {
			return Sign{}, false
		}
		return s.signOfAct(a, Good).of("previews"), true
	}, wiring.Apply)

var provisioningForms = Acts("provisioning workflows with inputs",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		form := a.Live && slices.Contains(provisioningTools, a.Tool) && slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool {
			return t.Kind == wiring.Manual && len(t.Names) > 1
		})
		if !form {
			return Sign{}, false
		}
		return s.signOfAct(a, Weak).of("forms"), true
	}, wiring.Apply)

// offeredProvisioning: what others provision with is written here; that they do
// is not.
var offeredProvisioning = Lesser(All("shared pipeline blocks with which others provision", []*detect.Detector{ci.Blocks}, func(s *Scene) []Sign {
	return s.offering("offered provisioning", func(m wiring.Meaning) bool {
		return m.Activity == wiring.Apply && (slices.Contains(provisioningTools, m.Tool) || slices.Contains(familyTools["kubernetes"], m.Tool))
	})
}))

// offering are weak signs of the blocks that do something for whoever uses them:
// those that nothing here uses, or that lie where others would name them.
func (s *Scene) offering(subject string, does func(wiring.Meaning) bool) []Sign {
	var signs []Sign
	for _, f := range s.live(ci.Blocks) {
		b, _ := f.Value.(wiring.Block)
		if s.Graph.UsesBlock(b.Path) && strings.HasPrefix(b.Path, ".") {
			continue
		}
		meanings := s.meaningsOf(b)
		if i := slices.IndexFunc(meanings, does); i >= 0 {
			signs = append(signs, signOf(f, Weak, Present).of(subject).says(b.Path+" is offered to others: "+meanings[i].Tool+" "+string(meanings[i].Activity)))
		}
	}
	return signs
}

// meaningsOf is what the steps of a block do, and what others are known to use
// it for.
func (s *Scene) meaningsOf(b wiring.Block) []wiring.Meaning {
	owner, repo, _ := strings.Cut(s.Repo.Origin, "/")
	all := wiring.UseMeanings(wiring.Use{Kind: b.Kind, Ref: path.Join(s.Repo.Origin, b.Path), Owner: owner, Repo: repo, Path: b.Path})
	for _, j := range b.Jobs {
		for _, st := range j.Steps {
			if st.Uses != nil {
				all = append(all, wiring.UseMeanings(*st.Uses)...)
			}
			for _, c := range st.Commands {
				all = append(all, wiring.Meanings(c.Words)...)
			}
		}
	}
	return all
}

var launchLinks = Lesser(Each("links that create what a template describes", portal.Launches, func(_ *Scene, f detect.Finding, _ portal.Launch) (Sign, bool) {
	return signOf(f, Weak, Wired).of("launch links"), true
}))

// previewNames are names of environments that exist for one change.
var previewNames = []string{"preview", "review", "pr", "pull-request", "ephemeral"}

var previewSettings = Lesser(Each("settings of environments for each change", kubernetes.Environments, func(_ *Scene, f detect.Finding, e kubernetes.Environment) (Sign, bool) {
	return signOf(f, Weak, Present).of("previews"), slices.Contains(previewNames, strings.TrimSuffix(strings.ToLower(e.Name), ".template"))
}))

var ticketForInfrastructure = Each("a documented ticket or message as the way to infrastructure", docs.Instructions,
	func(_ *Scene, f detect.Finding, i docs.Instruction) (Sign, bool) {
		if i.To != "ticket" || i.For != "deployment" {
			return Sign{}, false
		}
		return signOf(f, Bad, None).of("tickets").against(checkTicketForInfrastructure, "for "+i.For+", the document sends the reader to a ticket: "+quoted(i.Text)), true
	})

var rollbackObjects = Each("Argo Rollouts or Flagger with analysis", kubernetes.Rollbacks,
	func(_ *Scene, f detect.Finding, r kubernetes.Rollback) (Sign, bool) {
		if !r.Automatic {
			return signOf(f, Weak, Present).of("rollback"), true
		}
		return signOf(f, Good, Wired).of("rollback"), true
	})

// rollbackReleases: what helmfile is told for all of its releases.
var rollbackReleases = Each("a helmfile that takes each release back when it fails", kubernetes.Helmfiles,
	func(s *Scene, f detect.Finding, h kubernetes.Helmfile) (Sign, bool) {
		return signOf(f, Good, s.appliedBy("kubernetes", f.At.Path)).of("rollback").says("each release of " + f.At.Path + " is atomic").at(onLine(f.At, h.AtomicLine)), h.AtomicLine > 0
	})

var rollbackCommands = All("a deploy command that rolls back on failure, or a rollback step", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, a := range s.Graph.Of(wiring.Apply, wiring.Rollback) {
		reverts := a.Activity == wiring.Rollback || strings.Contains(a.Command, "--atomic") || strings.Contains(a.Command, "--rollback-on-failure")
		if !a.Live || !reverts {
			continue
		}
		sign := s.signOfAct(a, Good).of("rollback")
		if !a.Automatic {
			sign = sign.weak(nil, a.Describe()+", started by hand")
		}
		signs = append(signs, sign)
	}
	return signs
})

// rollbackSettings are settings of resources that revert a bad release, by the
// type of the resource.
var rollbackSettings = map[string][]string{
	"aws_codedeploy_deployment_group":  {"auto_rollback_configuration.enabled"},
	"aws_ecs_service":                  {"deployment_circuit_breaker.rollback"},
	"AWS::CodeDeploy::DeploymentGroup": {"AutoRollbackConfiguration.Enabled"},
	"AWS::ECS::Service":                {"DeploymentConfiguration.DeploymentCircuitBreaker.Rollback"},
	"AWS::Serverless::Function":        {"DeploymentPreference.Alarms"},
}

var rollbackResources = All("resources that revert a bad release (CodeDeploy, ECS circuit breaker)", resourceDetectors,
	func(s *Scene) []Sign {
		var signs []Sign
		eachResource(s, func(f detect.Finding, r resource) {
			for _, key := range rollbackSettings[r.kind] {
				if v := r.settings[key]; v == "true" || v != "" && strings.HasSuffix(key, "Alarms") {
					signs = append(signs, signOf(f, Good, Present).of("rollback").says(r.kind+" "+r.name+" reverts a bad release").at(r.at))
				}
			}
		})
		return signs
	})

// watching are the kinds of signals that let people see what runs.
var watching = []observability.Kind{observability.Dashboard, observability.Alert, observability.Monitor, observability.Traces, observability.Logs, observability.Link}

var watchedSignals = Each("dashboards, alerts, monitors, traces or log shipping as code", observability.Signals,
	func(s *Scene, f detect.Finding, sig observability.Signal) (Sign, bool) {
		if !slices.Contains(watching, sig.Kind) {
			return Sign{}, false
		}
		if s.offersOnly() {
			return signOf(f, Weak, Present).of("offered signals").says(noteOf(f) + ", for those who take it from here"), true
		}
		if declaresPackage(f.At.Path) {
			return signOf(f, Weak, Present).of("instrumentation").says(noteOf(f) + "; who looks at it is not said here"), true
		}
		return signOf(f, Good, Present).of(string(sig.Kind) + "s"), true
	})

// packageFiles name what a program is built with, which says that it can be
// watched and not that it is.
var packageFiles = []string{"package.json", "go.mod", "pyproject.toml", "requirements.txt", "pom.xml", "build.gradle", "build.gradle.kts", "Gemfile", "Cargo.toml", "composer.json", "Pipfile", "Dockerfile"}

// declaresPackage says whether a file names what a program is built with.
func declaresPackage(p string) bool {
	base := path.Base(p)
	return slices.Contains(packageFiles, base) || strings.HasPrefix(base, "requirements") || slices.Contains([]string{".csproj", ".fsproj", ".gemspec", ".props"}, path.Ext(base))
}

// offersOnly says that the repository only offers things to others: what it
// holds is not run from here.
func (s *Scene) offersOnly() bool { return s.Is(Platform) && !slices.ContainsFunc(deploying, s.Is) }

// watchingTypes are prefixes of resource types that watch what runs.
var watchingTypes = []string{
	"aws_cloudwatch_dashboard", "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm", "datadog_monitor", "datadog_dashboard", "newrelic_", "grafana_dashboard", "grafana_rule_group",
	"azurerm_monitor_metric_alert", "azurerm_application_insights", "google_monitoring_", "honeycombio_", "pagerduty_service", "statuscake_", "opsgenie_", "betteruptime_", "checkly_",
	"AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::CloudWatch::CompositeAlarm",
}

var watchedResources = resourcesOf("dashboards and alarms among the resources", "watching resources", watchingTypes).
	beyond(watchedSignals).unless((*Scene).offersOnly)

var probedWorkloads = Lesser(All("probes alone", []*detect.Detector{kubernetes.Objects}, func(s *Scene) []Sign {
	if len(watchedSignals.Signs(s))+len(watchedResources.Signs(s)) > 0 {
		return nil
	}
	for _, f := range s.live(kubernetes.Objects) {
		if o, _ := f.Value.(kubernetes.Object); o.Workload && o.Probed {
			return []Sign{signOf(f, Weak, Present).of("probes").says(f.Subject + " has a probe, and nothing here shows it to people")}
		}
	}
	return nil
}))

// readyKinds are environments that bring everything.
var readyKinds = []string{"devcontainer", "codespaces", "gitpod", "nix", "devbox", "flox"}

var readyEnvironment = Each("a dev container, a Codespace, Gitpod or a Nix shell", tasks.Environments,
	func(_ *Scene, f detect.Finding, e tasks.Environment) (Sign, bool) {
		if !slices.Contains(readyKinds, e.Kind) {
			return signOf(f, Weak, Present).of("environment"), true
		}
		return signOf(f, Good, Present).of("environment"), true
	})

var oneCommand = All("one documented command from a clone to running tests", []*detect.Detector{docs.Documents, tasks.Tasks, tooling.Tools}, func(s *Scene) []Sign {
	f, d, ok := s.rootReadme()
	if !ok || !answers(d, docs.Setup) && !answers(d, docs.Run) && !answers(d, docs.Test) || len(s.live(tasks.Tasks)) == 0 {
		return nil
	}
	return []Sign{signOf(f, Weak, Present).of("environment").says(f.At.Path + " names commands; the tools that they need are the reader's to find")}
})

var deadSetup = All("set-up commands in the README that do not exist", []*detect.Detector{docs.Commands, docs.DeadCommands}, func(s *Scene) []Sign {
	f, _, ok := s.rootReadme()
	if !ok {
		return nil
	}
	for _, sign := range s.wrongInDocuments()[f.At.Path] {
		if sign.Check == checkDeadCommand {
			sign.Check = nil
			return []Sign{sign.of("commands")}
		}
	}
	return nil
})
