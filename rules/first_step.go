package rules

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A FirstStep says what to do first in this repository where a criterion is not
// met and no line is wrong, and where: with the tools and the files that are
// here. Its text is empty where it knows nothing more exact than the
// criterion's own step.
type FirstStep func(*Scene) (text string, at detect.Span)

// firstStep is what to do first for a criterion, and where.
func (c *Criterion) firstStep(s *Scene) (string, detect.Span) {
	if c.First != nil {
		if text, at := c.First(s); text != "" {
			return text, at
		}
	}
	return c.Step, detect.Span{Path: c.Lives}
}

// ecosystemTools are what a package's ecosystem tests, and checks its style,
// with.
var ecosystemTools = map[string]struct{ test, style string }{
	"go":       {"go test ./...", "golangci-lint"},
	"npm":      {"npm test", "ESLint and Prettier"},
	"pip":      {"pytest", "Ruff"},
	"cargo":    {"cargo test", "clippy and rustfmt"},
	"maven":    {"mvn verify", "Spotless"},
	"gradle":   {"./gradlew check", "Spotless"},
	"nuget":    {"dotnet test", "dotnet format"},
	"bundler":  {"bundle exec rake test", "RuboCop"},
	"composer": {"composer test", "PHP-CS-Fixer"},
	"mix":      {"mix test", "mix format and Credo"},
}

// mainManifest is the manifest of the package nearest to the root.
func (s *Scene) mainManifest() (tasks.Manifest, bool) {
	all := slices.Clone(liveValues[tasks.Manifest](s, tasks.Manifests))
	depth := func(m tasks.Manifest) int {
		if m.Dir == rest || m.Dir == "" {
			return 0
		}
		return strings.Count(m.Dir, "/") + 1
	}
	slices.SortStableFunc(all, func(a, b tasks.Manifest) int { return cmp.Compare(depth(a), depth(b)) })
	for _, m := range all {
		if _, known := ecosystemTools[m.Ecosystem]; known {
			return m, true
		}
	}
	return tasks.Manifest{}, false
}

// firstRoot is the first live Terraform root.
func (s *Scene) firstRoot() (terraform.Module, bool) {
	for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
		if m.Root {
			return m, true
		}
	}
	return terraform.Module{}, false
}

// provisioner is the program that plans and applies a root.
func provisioner(root terraform.Module) string {
	if root.Terragrunt {
		return "terragrunt"
	}
	return "terraform"
}

// livePipeline is the pipeline to extend: one that tests changes, else one that
// runs on any change, else the first that its vendor reads; where each purpose
// has a file of its own, only one that changes start.
func (s *Scene) livePipeline() (wiring.Pipeline, bool) {
	for _, suits := range []func(wiring.Act) bool{
		func(a wiring.Act) bool { return a.Activity == wiring.Test && a.Blocking },
		func(a wiring.Act) bool {
			return !slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool { return len(t.Paths) > 0 })
		},
	} {
		for _, a := range s.Graph.Acts() {
			if a.Live && a.OnChange && suits(a) {
				return *a.Pipeline, true
			}
		}
	}
	for _, p := range s.pipelines {
		if p.Dead == "" && (p.Vendor != "github-actions" || startedByChange(p)) {
			return p, true
		}
	}
	return wiring.Pipeline{}, false
}

func startedByChange(p wiring.Pipeline) bool {
	return slices.ContainsFunc(p.Triggers, func(t wiring.Trigger) bool { return t.Kind == wiring.Push || t.Kind == wiring.MergeRequest })
}

// newPipeline is where a first pipeline would lie, by the host of the
// repository.
func (s *Scene) newPipeline() string {
	if strings.Contains(s.Repo.Host, "gitlab") {
		return ".gitlab-ci.yml"
	}
	return ".github/workflows/ci.yml"
}

// checkCommand is the command that would test or validate a change here.
func (s *Scene) checkCommand() string {
	for _, t := range s.tasks {
		if t.Name == "test" && t.Dir == rest {
			if t.Runner == "npm" {
				return "npm test"
			}
			return t.Runner + " test"
		}
	}
	if m, ok := s.mainManifest(); ok {
		return ecosystemTools[m.Ecosystem].test
	}
	if root, ok := s.firstRoot(); ok {
		return provisioner(root) + " validate and " + provisioner(root) + " plan in " + place(root.Dir)
	}
	if charts := liveValues[kubernetes.Chart](s, kubernetes.Charts); len(charts) > 0 {
		return "helm lint and helm template " + place(charts[0].Dir) + " piped into kubeconform"
	}
	if len(s.live(kubernetes.Objects)) > 0 {
		return "kubeconform on the manifests"
	}
	return ""
}

func place(dir string) string {
	if dir == rest || dir == "" {
		return "the root"
	}
	return dir
}

// moreCode: with the tool that is here, where it makes something already.
func moreCode(s *Scene) (string, detect.Span) {
	tool := ""
	switch {
	case len(s.live(terraform.Modules)) > 0:
		tool = "Terraform"
	case len(s.live(cloudformation.Templates)) > 0:
		tool = "CloudFormation"
	case len(s.live(kubernetes.Objects)) > 0:
		tool = "Kubernetes manifests"
	default:
		return "", detect.Span{}
	}
	return "Write down what the code here leaves out (what runs, and what it runs on) with the tool that is here, " + tool + ", beginning with what changes most often.", detect.Span{}
}

// pinWhatIsHere: what can be pinned of the tools that are here.
func pinWhatIsHere(s *Scene) (string, detect.Span) {
	var what []string
	if _, ok := s.firstRoot(); ok {
		what = append(what, "keep the state of Terraform in a shared backend with locking", "pin providers and modules", "commit the lock file")
	}
	if len(s.live(cloudformation.Templates)) > 0 {
		what = append(what, "take nested templates, images and software by version, none of them by \"latest\"")
	}
	if len(s.live(kubernetes.Objects, kubernetes.Charts)) > 0 {
		what = append(what, "name images and charts by version or digest")
	}
	if len(what) == 0 {
		return "", detect.Span{}
	}
	text := strings.Join(what, "; ")
	return strings.ToUpper(text[:1]) + text[1:] + ".", detect.Span{}
}

// testEveryChange: the command that is here, in the pipeline that is here.
func testEveryChange(s *Scene) (string, detect.Span) {
	command := s.checkCommand()
	if command == "" {
		return "", detect.Span{}
	}
	if p, ok := s.livePipeline(); ok {
		return "Add a job to " + p.Path + " that runs " + command + " on every merge request, and let it fail the change.", detect.Span{Path: p.Path}
	}
	file := s.newPipeline()
	return "Add " + file + " that runs " + command + " on pushes and merge requests.", detect.Span{Path: file}
}

// deployFromPipeline: what there is to deploy, from the pipeline that is here.
func deployFromPipeline(s *Scene) (string, detect.Span) {
	what := s.deployCommand()
	if what == "" {
		return "", detect.Span{}
	}
	file := s.newPipeline()
	if p, ok := s.livePipeline(); ok {
		file = p.Path
	}
	return "Add a job to " + file + " that runs " + what + ", started by a button at first.", detect.Span{Path: file}
}

// deployCommand is the command that would deploy what is here.
func (s *Scene) deployCommand() string {
	for _, t := range s.tasks {
		if t.Name == "deploy" || t.Name == "release" || t.Name == "apply" {
			return t.Runner + " " + t.Name
		}
	}
	if root, ok := s.firstRoot(); ok {
		return provisioner(root) + " apply in " + place(root.Dir)
	}
	if charts := liveValues[kubernetes.Chart](s, kubernetes.Charts); len(charts) > 0 {
		return "helm upgrade --install with " + place(charts[0].Dir)
	}
	if builds := s.live(containers.Builds); len(builds) > 0 {
		return "docker build and docker push for " + builds[0].At.Path
	}
	return ""
}

// ecosystemTasks: the runner that the ecosystem has.
func ecosystemTasks(s *Scene) (string, detect.Span) {
	m, ok := s.mainManifest()
	if !ok || m.Ecosystem != "npm" {
		return "", detect.Span{}
	}
	file := path.Join(m.Dir, "package.json")
	return "Give set-up, test and build a script each in " + file + ", and call the same scripts from the pipeline.", detect.Span{Path: file}
}

// styleTools: the formatter and linter of the ecosystem.
func styleTools(s *Scene) (string, detect.Span) {
	if m, ok := s.mainManifest(); ok {
		return "Run " + ecosystemTools[m.Ecosystem].style + " from pinned hooks and in the pipeline, and pin the toolchain in a file that the tools read.", detect.Span{Path: ".pre-commit-config.yaml"}
	}
	if root, ok := s.firstRoot(); ok {
		format := "terraform fmt"
		if root.Terragrunt {
			format = "terragrunt hcl format"
		}
		return "Run " + format + " and TFLint from pinned hooks in .pre-commit-config.yaml and in the pipeline.", detect.Span{Path: ".pre-commit-config.yaml"}
	}
	return "", detect.Span{}
}

// ownersFile: the file that the host reads.
func ownersFile(s *Scene) (string, detect.Span) {
	if !strings.Contains(s.Repo.Host, "gitlab") {
		return "", detect.Span{}
	}
	return "Add a CODEOWNERS file that names a group for everything, and one for the pipeline and infrastructure folders.", detect.Span{Path: ".gitlab/CODEOWNERS"}
}

// environmentValues: where the values of an environment go, by what is here.
func environmentValues(s *Scene) (string, detect.Span) {
	secrets := " Take secrets from a secret store or an encrypted file."
	if root, ok := s.firstRoot(); ok && !root.Terragrunt {
		file := path.Join(root.Dir, "prod.tfvars")
		return "Give each environment of " + place(root.Dir) + " a file of values (" + file + ") or a root of its own." + secrets, detect.Span{Path: file}
	}
	if charts := liveValues[kubernetes.Chart](s, kubernetes.Charts); len(charts) > 0 {
		file := path.Join(charts[0].Dir, "values-prod.yaml")
		return "Give each environment a file of values beside the chart (" + file + ")." + secrets, detect.Span{Path: file}
	}
	return "", detect.Span{}
}

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
	if len(s.live(kubernetes.Objects, kubernetes.Charts, kubernetes.Syncs)) > 0 {
		return "", detect.Span{}
	}
	return s.rollBackElsewhere()
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
		switch {
		case !a.Live:
		case slices.Contains(provisioningTools, a.Tool):
			return "Add a step after this one that tries out what was applied, and that applies the commit before again where it fails.", a.At
		default:
			return "Add a step after this deployment that asks the service whether it is well, and that deploys the version before again where it is not.", a.At
		}
	}
	if root, ok := s.firstRoot(); ok {
		return "Let the job that will apply " + place(root.Dir) + " try out what it applied, and apply the commit before again where that fails.", detect.Span{Path: s.newPipeline()}
	}
	return "", detect.Span{}
}

// mergeToProduction: what comes first where nothing deploys yet.
func mergeToProduction(s *Scene) (string, detect.Span) {
	if len(s.Graph.Of(wiring.Apply, wiring.Publish, wiring.Bump)) > 0 || s.deploysSomething() {
		return "", detect.Span{}
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

// watchDrift: the plan that is here, on a schedule.
func watchDrift(s *Scene) (string, detect.Span) {
	root, ok := s.firstRoot()
	if !ok {
		return "", detect.Span{}
	}
	text := "Run " + provisioner(root) + " plan -detailed-exitcode in " + place(root.Dir) + " on a schedule, and let exit code 2 fail the job."
	if p, ok := s.livePipeline(); ok {
		return text, detect.Span{Path: p.Path}
	}
	return text, detect.Span{Path: s.newPipeline()}
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
		scanner = "Trivy or Checkov on the Terraform code"
	case len(s.live(kubernetes.Objects)) > 0:
		scanner = "Kyverno's or Conftest's tests on the manifests"
	case len(s.live(containers.Builds)) > 0:
		scanner = "Trivy on the image"
	default:
		return "", detect.Span{}
	}
	return "Let " + p.Path + " run " + scanner + " on every merge request and fail it, for one rule that everybody agrees on.", detect.Span{Path: p.Path}
}
