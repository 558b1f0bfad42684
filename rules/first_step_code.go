package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// moreCode: with the tool that is here, where it makes something already.
func moreCode(s *Scene) (string, detect.Span) {
	tool, ok := s.mainTool()
	if !ok {
		return s.scriptAsCode()
	}
	return "Write down what the code here leaves out (what runs, and what it runs on) with the tool that is here, " + tool.name + ", beginning with what changes most often.", detect.Span{}
}

// scriptAsCode: what a script changes in a cloud, where no code says what should
// be there.
func (s *Scene) scriptAsCode() (string, detect.Span) {
	for _, sign := range cloudScripts.Signs(s) {
		return "Write down what this script changes (it " + sign.Note + ") as code, with one tool (Terraform, CloudFormation), and apply it from there.", sign.At
	}
	return "", detect.Span{}
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
	if p := s.firstProject("arm", "bicep"); p != "" {
		what = append(what, "take linked templates, modules and tools by version, none of them from a branch or at the latest")
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
	file := s.newPipeline("ci")
	if p, ok := s.livePipeline(); ok {
		if s.belongs(p) {
			return "Add a job to " + p.Path + " that runs " + command + " on every merge request, and let it fail the change.", detect.Span{Path: p.Path}
		}
		return "Add " + file + " beside " + p.Path + ", and let it run " + command + " on every merge request and fail the change.", detect.Span{Path: p.Path}
	}
	return "Add " + file + " that runs " + command + " on pushes and merge requests.", detect.Span{Path: file}
}

// belongs says whether a test of each change belongs in a pipeline: all in
// one file, or beside other checks.
func (s *Scene) belongs(p wiring.Pipeline) bool {
	return p.Vendor != "github-actions" || s.checksIn(p.Path)
}

// deployFromPipeline: what there is to deploy, from the pipeline that is here.
func deployFromPipeline(s *Scene) (string, detect.Span) {
	if text, at := s.nameTheSource(); text != "" {
		return text, at
	}
	what := s.deployCommand()
	if s.offersOnly() {
		what = "the release of a version (a tag, with its notes)"
	}
	if what == "" {
		return "", detect.Span{}
	}
	file := s.pipelineToExtend()
	return "Add a job to " + file + " that runs " + what + ", started by a button at first.", detect.Span{Path: file}
}

// nameTheSource: what a controller is told to apply comes from somewhere that
// nothing here names.
func (s *Scene) nameTheSource() (string, detect.Span) {
	for _, f := range s.live(kubernetes.Syncs) {
		if y, _ := f.Value.(kubernetes.Sync); y.Path != "" && y.URL == "" && !y.Here && !y.Suspended {
			return "Commit the source that " + f.Subject + " follows (its GitRepository, or its OCIRepository and the job that pushes to it), so that the way from a merge to the cluster can be seen and reviewed.", f.At
		}
	}
	return "", detect.Span{}
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
	for _, f := range s.live(kubernetes.Helmfiles) {
		return "helmfile -f " + f.At.Path + " apply"
	}
	if builds := s.live(containers.Builds); len(builds) > 0 {
		return "docker build and docker push for " + builds[0].At.Path
	}
	return ""
}

// ecosystemTasks: the runner that the ecosystem has.
func ecosystemTasks(s *Scene) (string, detect.Span) {
	m, ok := s.mainManifest()
	if _, code := s.mainTool(); code && !s.Is(Service) && !s.Is(Library) {
		return "Give set-up, validation and what is applied or released one command each in a task runner (Make, just, Task), and call the same commands from the pipeline.", detect.Span{Path: "Makefile"}
	}
	if !ok || m.Ecosystem != "npm" {
		return "", detect.Span{}
	}
	file := path.Join(m.Dir, "package.json")
	return "Give set-up, test and build a script each in " + file + ", and call the same scripts from the pipeline.", detect.Span{Path: file}
}

// styleTools: the formatter and linter of the ecosystem, or of the code.
func styleTools(s *Scene) (string, detect.Span) {
	if m, ok := s.mainManifest(); ok && (s.Is(Service) || s.Is(Library)) {
		hooks, file := s.hooks()
		return "Run " + ecosystemTools[m.Ecosystem].style + " from " + hooks + " and in the pipeline, and pin the toolchain in a file that the tools read.", detect.Span{Path: file}
	}
	tool, _ := s.mainTool()
	style := tool.style
	if root, ok := s.firstRoot(); ok && root.Terragrunt && tool == codeTools["terraform"] {
		style = "terragrunt hcl format and TFLint"
	}
	if style != "" {
		return "Run " + style + " from pinned hooks in .pre-commit-config.yaml and in the pipeline.", detect.Span{Path: ".pre-commit-config.yaml"}
	}
	return "", detect.Span{}
}

// hooks are the hooks that are here, else those to begin with, and their file.
func (s *Scene) hooks() (text, file string) {
	for _, f := range s.live(tooling.HookSets) {
		if h, _ := f.Value.(tooling.HookSet); h.Name != "pre-commit" {
			return "the hooks of " + h.Name, f.At.Path
		}
	}
	return "pinned hooks", ".pre-commit-config.yaml"
}

// firstProject is the path of the first project of one of some tools.
func (s *Scene) firstProject(tools ...string) string {
	for _, f := range s.live(provisioning.Projects) {
		if p, _ := f.Value.(provisioning.Project); slices.Contains(tools, p.Tool) {
			return f.At.Path
		}
	}
	return ""
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
	if len(s.live(kubernetes.Objects)) > 0 {
		return "Give each environment an overlay of Kustomize over what they share. Take secrets from External Secrets, or encrypt them (SOPS, Sealed Secrets).", detect.Span{}
	}
	return "", detect.Span{}
}
