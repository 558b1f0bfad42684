package rules

import (
	"fmt"
	"slices"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// terraformCode: roots, modules and units.
var terraformCode = Each("a Terraform root, module or Terragrunt unit", terraform.Modules,
	func(s *Scene, f detect.Finding, m terraform.Module) (Sign, bool) {
		if m.Resources+m.Calls+m.Inputs == 0 && !m.Terragrunt {
			return Sign{}, false
		}
		return signOf(f, Good, s.appliedBy("terraform", m.Dir)), true
	})

// cloudFormationCode: templates, serverless applications and CDK apps.
var cloudFormationCode = All("a CloudFormation template or a CDK application",
	[]*detect.Detector{cloudformation.Templates, cloudformation.Apps},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(cloudformation.Templates, cloudformation.Apps) {
			signs = append(signs, signOf(f, Good, s.appliedBy("cloudformation", f.At.Path)))
		}
		return signs
	})

// kubernetesCode: manifests, charts, overlays and what a controller syncs.
var kubernetesCode = All("Kubernetes manifests, a Helm chart, an overlay or a GitOps application",
	[]*detect.Detector{kubernetes.Objects, kubernetes.Charts, kubernetes.Kustomizations, kubernetes.Syncs},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(kubernetes.Objects, kubernetes.Charts, kubernetes.Kustomizations, kubernetes.Syncs) {
			if o, ok := f.Value.(kubernetes.Object); ok && o.Chart != "" {
				continue
			}
			signs = append(signs, signOf(f, Good, s.appliedBy("kubernetes", f.At.Path)))
		}
		return signs
	})

// otherCode: the other tools; an image definition or a bare host file is weak.
var otherCode = All("Pulumi, Bicep, ARM, Ansible, Serverless or an app-platform manifest",
	[]*detect.Detector{provisioning.Projects, provisioning.Hosts},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(provisioning.Projects) {
			p, _ := f.Value.(provisioning.Project)
			sign := signOf(f, Good, Present)
			if p.Tool == "packer" || p.Kind == "requirements" {
				sign = sign.weak(nil, "")
			}
			signs = append(signs, sign)
		}
		for _, f := range s.live(provisioning.Hosts) {
			signs = append(signs, signOf(f, Weak, Present))
		}
		return signs
	})

// imageOnly: a Dockerfile, where nothing says how the image is run.
var imageOnly = All("(weak) only a Dockerfile or a Compose file",
	[]*detect.Detector{containers.Builds, containers.Composes},
	func(s *Scene) []Sign {
		if s.provisions() {
			return nil
		}
		var signs []Sign
		for _, f := range s.live(containers.Builds, containers.Composes) {
			signs = append(signs, signOf(f, Weak, Present).weak(checkImageOnly, noteOf(f)))
		}
		return signs
	})

var checkImageOnly = &Check{
	ID: "containers/image-without-environment", Criterion: "infrastructure-as-code", Level: Note,
	Title: "An image is built here, and nothing says how it is run",
	Why:   "The image is repeatable; where and how it runs is not written down.",
	Fix:   "Write down how the image is run (a chart, a task definition, a manifest) next to it.",
}

var checkCloudScript = &Check{
	ID: "tasks/cloud-script", Criterion: "infrastructure-as-code", Level: Note,
	Title: "Infrastructure is changed by a script that calls the cloud's command line",
	Why:   "A script says what to do once, not what should exist: run twice, it fails or makes a second one.",
	Fix:   "Define what the script makes as code (Terraform, CloudFormation), and keep the script for what code cannot say.",
}

// cloudScripts: scripts that make infrastructure, where no code does.
var cloudScripts = All("only scripts that call a cloud's command line", []*detect.Detector{tasks.Scripts},
	func(s *Scene) []Sign {
		if s.provisions() {
			return nil
		}
		var signs []Sign
		for _, f := range s.live(tasks.Scripts) {
			script, _ := f.Value.(wiring.Script)
			for _, c := range script.Commands {
				if act, ok := wiring.Classify(c.Words); ok && act.Activity == wiring.Apply {
					signs = append(signs, signOf(f, Bad, None).against(checkCloudScript, fmt.Sprintf("%s runs %s", f.At.Path, act.Tool)).at(c.At))
					break
				}
			}
		}
		return signs
	})

// at moves the evidence of a sign.
func (s Sign) at(span detect.Span) Sign { s.At = span; return s }

// provisions says whether there is code that provisions something.
func (s *Scene) provisions() bool {
	projects := slices.ContainsFunc(liveValues[provisioning.Project](s, provisioning.Projects), func(p provisioning.Project) bool {
		return p.Tool != "packer" && p.Kind != "requirements"
	})
	return projects || len(s.live(terraform.Modules, cloudformation.Templates, cloudformation.Apps, kubernetes.Objects, kubernetes.Charts,
		kubernetes.Kustomizations, kubernetes.Syncs)) > 0
}

// appliedBy is the strength of a piece of code by what applies it: a live
// pipeline job with a tool of the family, or a controller.
func (s *Scene) appliedBy(family, p string) Strength {
	if family == "kubernetes" && s.synced(p) {
		return Wired
	}
	for _, a := range s.Graph.Of(wiring.Apply, wiring.Plan, wiring.Validate, wiring.Publish) {
		if a.Live && slices.Contains(familyTools[family], a.Tool) && touches(a, p) {
			return Wired
		}
	}
	return Present
}

// familyTools are the tools that act on code of a family.
var familyTools = map[string][]string{
	"terraform":      {"terraform", "opentofu", "terragrunt", "atlantis", "spacelift", "env0", "terraform-cloud"},
	"cloudformation": {"cloudformation", "sam", "cdk", "aws-cli", "rain"},
	"kubernetes":     {"kubectl", "helm", "kustomize", "helmfile", "argocd", "flux", "skaffold", "kapp", "nais", "oc", "openshift", "upbound", "crossplane"},
}

// touches says whether an act may concern a path: it names a folder around or
// below it, or names none.
func touches(a wiring.Act, p string) bool {
	if len(a.Paths) == 0 {
		return true
	}
	return slices.ContainsFunc(a.Paths, func(q string) bool { return q == "" || q == "." || within(p, q) || within(q, p) })
}

// within says whether a path lies at or below a folder.
func within(p, folder string) bool {
	return p == folder || len(p) > len(folder) && p[:len(folder)] == folder && p[len(folder)] == '/'
}

// synced says whether a controller reconciles a path of this repository.
func (s *Scene) synced(p string) bool {
	for _, sync := range liveValues[kubernetes.Sync](s, kubernetes.Syncs) {
		if sync.Path != "" && !sync.Suspended && (sync.Here || sync.URL == "") && within(p, trimDot(sync.Path)) {
			return true
		}
	}
	return false
}

func trimDot(p string) string {
	for len(p) > 1 && p[:2] == "./" {
		p = p[2:]
	}
	return p
}

// provisionsNothing exempts what only offers something to others and holds no
// provisioning code.
func provisionsNothing(s *Scene) string {
	if s.provisions() || slices.ContainsFunc(deploying, s.Is) {
		return ""
	}
	return "nothing is provisioned from here: it only offers things to others"
}

// managedHost exempts what a managed host runs, by a job or by its manifest.
func managedHost(s *Scene) string {
	if s.provisions() {
		return ""
	}
	for _, h := range liveValues[provisioning.Host](s, provisioning.Hosts) {
		if slices.Contains(managedHosts, h.Name) {
			return "it is deployed to a managed host (" + h.Name + ")"
		}
	}
	for _, a := range s.Graph.Of(wiring.Apply) {
		if a.Live && slices.Contains(managedHosts, a.Tool) {
			return "a job deploys it to a managed host (" + a.Tool + ")"
		}
	}
	return ""
}

// managedHosts leave nothing to provision.
var managedHosts = []string{"netlify", "vercel", "github-pages", "gitlab-pages", "cloudflare-pages", "firebase", "surge", "wrangler"}

// handsOn says that a live job hands the work on, so that what is missing here
// may be elsewhere.
func handsOn(s *Scene) string {
	if s.provisions() || !s.Is(Service) {
		return ""
	}
	for _, a := range s.Graph.Of(wiring.Publish, wiring.Bump, wiring.Apply) {
		if a.Live && (a.Delegated || a.Activity == wiring.Bump || a.Activity == wiring.Publish && a.Tool == "docker") {
			return fmt.Sprintf("%s hands it on (%s); how it is run is written elsewhere", a.Pipeline.Path, a.Describe())
		}
	}
	return ""
}
