package rules

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// oneSetUp: one command to working tools, by what is here.
func oneSetUp(s *Scene) (string, detect.Span) {
	if _, ok := s.mainManifest(); ok {
		return "", detect.Span{}
	}
	if root, ok := s.firstRoot(); ok {
		tools := "Terraform"
		if root.Terragrunt {
			tools = "Terragrunt, Terraform"
		}
		return "Pin " + tools + " and its helpers in mise.toml or .tool-versions, and document the one command that installs them and runs the first plan.", detect.Span{Path: "mise.toml"}
	}
	return "", detect.Span{}
}

// selfService: the shortest way to what is provisioned here, by what is here.
func selfService(s *Scene) (string, detect.Span) {
	if s.offersOnly() {
		return s.offerSelfService()
	}
	if _, ok := s.firstRoot(); ok {
		return s.mergeIsTheRequest()
	}
	switch {
	case s.Is(Infrastructure):
		return "", detect.Span{}
	case s.Is(GitOps):
		return "Let a reviewed commit be the request: install what makes infrastructure from objects (Crossplane, ACK, Config Connector, Azure Service Operator), and let developers commit them here.", detect.Span{}
	case s.Is(Service):
		return "Give each merge request an environment of its own, or commit what this service needs (a database, a bucket) as code that the pipeline applies, so that a reviewed change is the request.", detect.Span{}
	}
	return "", detect.Span{}
}

// offerSelfService: what only offers things is judged by their use.
func (s *Scene) offerSelfService() (string, detect.Span) {
	if len(signsOf(s, []Condition{provisioningTemplates, platformKinds, offeredProvisioning})) > 0 {
		return "What is offered here counts where it is used: scan a repository that uses it along with this one.", detect.Span{}
	}
	return "Offer developers a way to start what is built from here by themselves: a software template, a composition, or a workflow with typed inputs.", detect.Span{}
}

// mergeIsTheRequest: the plan that is here, and the button after it.
func (s *Scene) mergeIsTheRequest() (string, detect.Span) {
	if text, at := s.workspacesByThemselves(); text != "" {
		return text, at
	}
	planned := slices.ContainsFunc(s.Graph.Of(wiring.Plan), func(a wiring.Act) bool { return a.Live && a.OnChange })
	for _, a := range s.Graph.Of(wiring.Apply) {
		if planned && a.Live && (a.ManualGate || !a.Automatic) && slices.Contains(provisioningTools, a.Tool) {
			return "Changes are planned already: let this apply follow the merge by itself, so that the approved change is the request.", a.At
		}
	}
	return "", detect.Span{}
}

// watchOffer: what is only offered is watched by those who take it.
func watchOffer(s *Scene) (string, detect.Span) {
	if !s.offersOnly() {
		return "", detect.Span{}
	}
	return "Ship a dashboard and an alert with what is offered here (an option of the module, the chart or the template), so that whoever takes it sees how it fares.", detect.Span{}
}

// updateBot: the bot that the host has.
func updateBot(s *Scene) (string, detect.Span) {
	if !strings.Contains(s.Repo.Host, "gitlab") {
		return "", detect.Span{}
	}
	return "Switch on Renovate for the ecosystems that are here: GitLab has no Dependabot of its own.", detect.Span{Path: "renovate.json"}
}

// rollBack: what the deployment tool of the pipeline has for it.
func rollBack(s *Scene) (string, detect.Span) {
	for _, a := range s.Graph.Of(wiring.Apply) {
		if a.Live && a.Tool == "helm" {
			return "Let the upgrade roll back by itself when it fails: `--atomic` (Helm 4: `--rollback-on-failure`) on this command.", a.At
		}
	}
	for _, f := range s.live(kubernetes.Syncs) {
		if y, ok := f.Value.(kubernetes.Sync); ok && y.Kind == "HelmRelease" {
			return "Set `upgrade.remediation` with a number of retries in this HelmRelease, then in the others.", f.At
		}
	}
	if text, at := s.firstHelmResource(); text != "" {
		return text, at
	}
	if len(s.live(kubernetes.Objects, kubernetes.Charts, kubernetes.Syncs)) > 0 {
		return "", detect.Span{}
	}
	if text, at := s.rollBackElsewhere(); text != "" || s.deploysSomething() {
		return text, at
	}
	return "Begin with a job that deploys (automated-deployment); then let it ask whether the new version is well, and bring the one before back where it is not.", detect.Span{}
}

// firstHelmResource: a release that Terraform makes.
func (s *Scene) firstHelmResource() (text string, at detect.Span) {
	eachResource(s, func(_ detect.Finding, r resource) {
		if text == "" && r.kind == "helm_release" && r.settings["atomic"] != "true" {
			text, at = "Set `atomic = true` on this release, then on the others, so that an upgrade that fails is rolled back.", r.at
		}
	})
	return text, at
}

// shiftsTraffic is how tools that deploy functions take a bad version back.
// Sources: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html
// and https://www.serverless.com/plugins/serverless-plugin-canary-deployments
var shiftsTraffic = map[string]string{
	"sam":        "Set `DeploymentPreference` with alarms on the functions, so that traffic moves to a new version step by step, and back where an alarm goes off.",
	"serverless": "Add serverless-plugin-canary-deployments with alarms, so that traffic moves to a new version step by step, and back where an alarm goes off.",
}

// rollBackElsewhere: what there is for it beside clusters.
func (s *Scene) rollBackElsewhere() (text string, at detect.Span) {
	eachResource(s, func(f detect.Finding, r resource) {
		if text == "" && (r.kind == "aws_ecs_service" || r.kind == "AWS::ECS::Service") {
			text, at = "Switch on the deployment circuit breaker of this service, with its rollback.", f.At
		}
	})
	if text != "" {
		return text, at
	}
	for _, a := range s.Graph.Of(wiring.Apply) {
		if step := shiftsTraffic[a.Tool]; a.Live && step != "" {
			return step, a.At
		}
	}
	for _, a := range s.Graph.Of(wiring.Apply) {
		switch {
		case !a.Live:
		case slices.Contains(provisioningTools, a.Tool):
			return "Add a step after this one that tries out what was applied, and that applies the commit before again where it fails.", a.At
		default:
			return "Add a step after this deployment that asks the service whether it is well, and that deploys the version before again where it is not.", a.At
		}
	}
	if root, ok := s.firstRoot(); ok {
		return "Let the job that will apply " + place(root.Dir) + " try out what it applied, and apply the commit before again where that fails.", detect.Span{Path: s.newPipeline("ci")}
	}
	return "", detect.Span{}
}

// workspacesByThemselves: runs of HCP Terraform, where no job here applies.
func (s *Scene) workspacesByThemselves() (string, detect.Span) {
	for _, f := range s.workspaces() {
		if w, _ := f.Value.(terraform.Workspace); w.Applies != terraform.ByItself {
			return "Let this workspace apply by itself (auto_apply) what has passed its checks on the merge request, then the others, production last.", f.At
		}
	}
	for _, f := range s.live(terraform.Backends) {
		if b, _ := f.Value.(terraform.Backend); (b.Type == "cloud" || b.Type == "remote") && !s.applies() {
			return "Let the workspaces of HCP Terraform apply by themselves (auto_apply) what has passed its checks on the merge request, production last.", f.At
		}
	}
	return "", detect.Span{}
}

// mergeToProduction: what comes first where nothing deploys yet.
func mergeToProduction(s *Scene) (string, detect.Span) {
	if text, at := s.nameTheSource(); text != "" {
		return text, at
	}
	if text, at := s.workspacesByThemselves(); text != "" {
		return text, at
	}
	if len(s.Graph.Of(wiring.Apply, wiring.Publish, wiring.Bump)) > 0 || s.deploysSomething() {
		return "", detect.Span{}
	}
	if what := s.deployCommand(); what != "" && !s.offersOnly() {
		return "Begin with a job that runs " + what + ", started by a button at first; then let it need the tests, and start from the main branch by itself.", detect.Span{Path: s.pipelineToExtend()}
	}
	return "Begin with a job that deploys (automated-deployment); then let it need the tests, and start from the main branch by itself.", detect.Span{}
}

// scaleWorkload: the first workload that could grow with its use.
func scaleWorkload(s *Scene) (string, detect.Span) {
	for _, f := range s.live(kubernetes.Objects) {
		if o, ok := f.Value.(kubernetes.Object); ok && o.Kind == "Deployment" && !o.Patch {
			return "Give " + o.Kind + "/" + o.Name + ", or the busiest workload beside it, a HorizontalPodAutoscaler with limits that you have measured.", f.At
		}
	}
	return "", detect.Span{}
}

// watchDrift: what runs the code looks for itself, or the plan that is here, on
// a schedule.
func watchDrift(s *Scene) (string, detect.Span) {
	for _, f := range s.workspaces() {
		if w, _ := f.Value.(terraform.Workspace); !w.Assessed {
			return "Switch on health assessments (assessments_enabled) for this workspace, then for the others, so that HCP Terraform tells of drift.", f.At
		}
	}
	root, ok := s.firstRoot()
	if !ok {
		return "", detect.Span{}
	}
	text := "Run " + provisioner(root) + " plan -detailed-exitcode in " + place(root.Dir) + " on a schedule, and let exit code 2 fail the job."
	if file := s.checksTerraform(); file != "" {
		return text, detect.Span{Path: file}
	}
	return text, detect.Span{Path: s.newPipeline("drift")}
}

// checksTerraform is the pipeline that checks Terraform code on changes, else the
// one to extend; empty where there is none.
func (s *Scene) checksTerraform() string {
	for _, a := range s.Graph.Of(wiring.Validate, wiring.Plan, wiring.Format) {
		if a.Live && a.OnChange && slices.Contains(provisioningTools, a.Tool) {
			return a.Pipeline.Path
		}
	}
	p, _ := s.livePipeline()
	return p.Path
}

// onePolicy: the scanner of what is here, in the pipeline that is here.
func onePolicy(s *Scene) (string, detect.Span) {
	p, ok := s.livePipeline()
	if !ok {
		return "", detect.Span{}
	}
	scanner := ""
	switch {
	case len(s.live(terraform.Modules)) > 0:
		p.Path, scanner = s.checksTerraform(), "Trivy or Checkov on the Terraform code"
	case len(s.live(kubernetes.Objects)) > 0:
		scanner = "Kyverno's or Conftest's tests on the manifests"
	case len(s.live(containers.Builds)) > 0:
		scanner = "Trivy on the image"
	default:
		return "", detect.Span{}
	}
	return "Let " + p.Path + " run " + scanner + " on every merge request and fail it, for one rule that everybody agrees on.", detect.Span{Path: p.Path}
}
