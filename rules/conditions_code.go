package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// terraformCode: roots, modules and units that make something. What only helps
// to apply others, or computes names for them, is weak.
var terraformCode = Each("a Terraform root, module or Terragrunt unit that makes something", terraform.Modules,
	func(s *Scene, f detect.Finding, m terraform.Module) (Sign, bool) {
		if !m.Real && m.Resources == 0 && (m.Inputs == 0 || m.Outputs == 0) {
			return Sign{}, false
		}
		sign := signOf(f, Good, s.appliedBy("terraform", m.Dir)).says(moduleName(m) + ", since " + m.Because)
		if !m.Real && !s.releasesModule(m) {
			sign = sign.weak(nil, moduleName(m)+", which makes nothing outside of its state")
		}
		return sign, true
	})

// releasesModule says that a module which makes nothing itself is what this
// repository releases: others take what it works out.
func (s *Scene) releasesModule(m terraform.Module) bool {
	return s.offersOnly() && m.Inputs > 0 && m.Outputs > 0 && s.deploysSomething()
}

// moduleName is a module of Terraform as people speak of it.
func moduleName(m terraform.Module) string {
	kind := "module"
	if m.Root {
		kind = "root"
	}
	if m.Dir == rest || m.Dir == "" {
		return "the " + kind + " at the top of the repository"
	}
	return "the " + kind + " " + m.Dir
}

// cloudFormationCode: templates, serverless applications and CDK apps.
var cloudFormationCode = All("a CloudFormation template or a CDK application",
	[]*detect.Detector{cloudformation.Templates, cloudformation.Apps},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(cloudformation.Templates, cloudformation.Apps) {
			if !makesStack(f) {
				continue
			}
			signs = append(signs, signOf(f, Good, s.appliedBy("cloudformation", f.At.Path)))
		}
		return signs
	})

// makesStack says whether a template or an application makes something: it
// declares a resource besides the handles that templates wait for.
func makesStack(f detect.Finding) bool {
	t, ok := f.Value.(cloudformation.Template)
	return !ok || slices.ContainsFunc(t.Resources, func(r cloudformation.Resource) bool { return r.Type != "AWS::CloudFormation::WaitConditionHandle" })
}

// kubernetesCode: manifests, charts, overlays and what a controller syncs.
// Where nothing runs, routes or is made, what only accompanies it is weak.
var kubernetesCode = All("Kubernetes manifests, a Helm chart, an overlay or a GitOps application",
	[]*detect.Detector{kubernetes.Objects, kubernetes.Charts, kubernetes.Helmfiles, kubernetes.Kustomizations, kubernetes.Syncs},
	func(s *Scene) []Sign {
		var good, weak []Sign
		for _, f := range s.live(kubernetes.Objects, kubernetes.Charts, kubernetes.Helmfiles, kubernetes.Kustomizations, kubernetes.Syncs) {
			sign := signOf(f, Good, s.appliedBy("kubernetes", f.At.Path))
			switch s.shapes(f) {
			case Good:
				good = append(good, sign)
			case Weak:
				weak = append(weak, sign.weak(nil, f.Subject+" stands beside what runs, and nothing that runs is here"))
			}
		}
		if len(good) > 0 {
			return good
		}
		return weak
	})

// shapes says how much a finding about clusters shapes what runs there. A
// kustomization of files from here is as much as they are.
func (s *Scene) shapes(f detect.Finding) Mark {
	switch v := f.Value.(type) {
	case kubernetes.Object:
		if v.Chart == "" {
			return shapesCluster(v)
		}
	case kubernetes.Chart:
		return s.shapesChart(v)
	case kubernetes.Helmfile:
		return Good
	case kubernetes.Kustomization:
		if len(v.Remote)+len(v.Charts) > 0 || slices.ContainsFunc(liveValues[kubernetes.Object](s, kubernetes.Objects), func(o kubernetes.Object) bool { return shapesCluster(o) == Good }) {
			return Good
		}
	case kubernetes.Sync:
		if v.Path != "" || v.Chart != "" {
			return Good
		}
	}
	return Bad
}

// shapesChart: a chart that is made of others, or holds the template of
// something; weak where no template of it can be read.
func (s *Scene) shapesChart(c kubernetes.Chart) Mark {
	best := Bad
	if s.Repo.Tree.Folder(path.Join(c.Dir, "templates")) {
		best = Weak
	}
	if len(c.Dependencies) > 0 || c.Library && best == Weak {
		return Good
	}
	for _, o := range liveValues[kubernetes.Object](s, kubernetes.Objects) {
		if o.Chart == c.Dir {
			best = max(best, shapesCluster(o))
		}
	}
	return best
}

// observers are groups whose objects measure, test or disturb what others run.
var observers = []string{"openslo", "n9", "sloth.slok.dev", "pyrra.dev", "litmuschaos.io", "chaos-mesh.org", "k6.io", "core.openfeature.dev"}

// attendants are kinds and groups whose objects stand beside what runs: they
// name, bound, watch or judge it.
var attendants = []string{
	"", "monitoring.coreos.com", "monitoring.googleapis.com", "operator.victoriametrics.com", "grafana.integreatly.org", "kyverno.io", "policies.kyverno.io",
	"templates.gatekeeper.sh", "constraints.gatekeeper.sh", "admissionregistration.k8s.io", "policy", "notification.toolkit.fluxcd.io",
}

// shapesCluster: workloads, and whatever else declares something in its spec
// and does not stand beside others.
func shapesCluster(o kubernetes.Object) Mark {
	switch {
	case o.Patch || slices.Contains(observers, o.Group):
		return Bad
	case o.Workload, o.Group == "" && (o.Kind == "Service" || o.Kind == "PersistentVolume" || o.Kind == "PersistentVolumeClaim") && len(o.Settings) > 0:
		return Good
	case len(o.Settings) > 0 && !slices.Contains(attendants, o.Group):
		return Good
	}
	return Weak
}

// otherCode: the other tools; an image definition or a bare host file is weak.
var otherCode = All("Pulumi, Bicep, ARM, Ansible, Serverless or an app-platform manifest",
	[]*detect.Detector{provisioning.Projects, provisioning.Hosts},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(provisioning.Projects) {
			if p, _ := f.Value.(provisioning.Project); p.Resources > 0 {
				sign := signOf(f, Good, Present)
				switch {
				case p.Tool == "packer" && s.provisions():
					continue // an image, beside what runs it
				case !makes(p):
					sign = sign.weak(nil, "")
				}
				signs = append(signs, sign)
			}
		}
		for _, f := range s.live(provisioning.Hosts) {
			signs = append(signs, signOf(f, Weak, Present).lesser())
		}
		return signs
	})

// makes says whether a project makes something that runs: not an image only,
// and not what others are given by.
func makes(p provisioning.Project) bool {
	return p.Resources > 0 && p.Tool != "packer" && !slices.Contains([]string{"requirements", "inventory", "variables", "pillar", "environment"}, p.Kind)
}

// imageOnly: a Dockerfile, where nothing says how the image is run.
var imageOnly = Lesser(All("only a Dockerfile or a Compose file",
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
	}))

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
				if act, ok := wiring.Classify(c.Words); ok && act.Activity == wiring.Apply && act.Tool != "docker" {
					sign := signOf(f, Bad, None).against(checkCloudScript, "runs `"+strings.Join(c.Words[:min(len(c.Words), 3)], " ")+"`").at(c.At)
					if _, at := deploymentOf(f); at == c.At && !s.deploysSomething() {
						sign.Check = nil // deploysByHand says it of this line
					}
					signs = append(signs, sign)
					break
				}
			}
		}
		return signs
	})

// at moves the evidence of a sign.
func (s Sign) at(span detect.Span) Sign { s.At = span; return s }

// onLine is a line of the file of a span; the span itself where none is known.
func onLine(span detect.Span, line int) detect.Span {
	if line > 0 {
		return detect.AtLine(span.Path, line)
	}
	return span
}

// provisions says whether there is code that provisions something.
func (s *Scene) provisions() bool {
	if s.makesSomething == nil {
		made := slices.ContainsFunc(signsOf(s, []Condition{terraformCode, cloudFormationCode, kubernetesCode}), func(g Sign) bool { return g.Mark > Bad }) ||
			slices.ContainsFunc(liveValues[provisioning.Project](s, provisioning.Projects), makes)
		s.makesSomething = &made
	}
	return *s.makesSomething
}

// appliedBy is the strength of a piece of code by what applies it: a live
// pipeline job with a tool of the family, or a controller.
func (s *Scene) appliedBy(family, p string) Strength {
	if family == "kubernetes" && s.reconciled(p) {
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
	"kubernetes":     {"kubectl", "helm", "kustomize", "helmfile", "argocd", "flux", "skaffold", "kapp", "nais", "oc", "openshift", "up", "upbound", "crossplane"},
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
