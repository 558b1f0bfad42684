package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// platform: something shaped for other repositories.
func platform(s *Scene) (RoleEvidence, bool) {
	for _, offered := range s.offers() {
		return offered, true
	}
	if s.Notice == "template" {
		return RoleEvidence{Role: Platform, Because: "it says that it is a template for other repositories", At: detect.Span{Path: s.readmePath()}}, true
	}
	return RoleEvidence{}, false
}

func (s *Scene) readmePath() string {
	for _, f := range s.live(docs.Documents) {
		if isReadme(f.At.Path) && path.Dir(f.At.Path) == "." {
			return f.At.Path
		}
	}
	return ""
}

// offers are the blocks that are shaped for other repositories, best first.
func (s *Scene) offers() []RoleEvidence {
	return slices.Concat(s.offeredModules(), s.offeredPipelines(), s.offeredKinds(), s.offeredCharts(), s.offeredStacks(), s.offeredTemplates())
}

func offer(f detect.Finding, because string) RoleEvidence {
	return RoleEvidence{Role: Platform, Because: because, At: f.At, Finding: f.Detector.ID}
}

func (s *Scene) offeredModules() []RoleEvidence {
	var offers []RoleEvidence
	for _, f := range s.live(terraform.Modules) {
		if m, ok := f.Value.(terraform.Module); ok && s.offered(m) {
			offers = append(offers, offer(f, "a Terraform module with inputs and no root around it"))
		}
	}
	return offers
}

// offeredPipelines are workflows, actions and the like that nothing here uses
// and that are not deployed. A single one among settings, beside what the
// repository provisions, is left over and not offered.
func (s *Scene) offeredPipelines() []RoleEvidence {
	kustomized := map[string]bool{}
	for _, k := range liveValues[kubernetes.Kustomization](s, kubernetes.Kustomizations) {
		kustomized[k.Dir] = true
	}
	var offers []RoleEvidence
	for _, f := range s.live(ci.Blocks) {
		b, ok := f.Value.(wiring.Block)
		switch {
		case !ok || kustomized[path.Dir(b.Path)]:
		case !s.Graph.UsesBlock(b.Path):
			offers = append(offers, offer(f, "a shared "+string(b.Kind)+" for other repositories: nothing here uses it"))
		case s.releasesAction(b):
			offers = append(offers, offer(f, "a shared action that versions are released of"))
		}
	}
	if len(offers) == 1 && strings.HasPrefix(offers[0].At.Path, ".") && s.provisionsItself() {
		return nil
	}
	return offers
}

// releasesAction says whether an action is for others although it is used here, to
// test it or as a part of another: it lies at the root or in a folder of its own
// there, where nothing else is released, and versions are tagged.
func (s *Scene) releasesAction(b wiring.Block) bool {
	if b.Kind != wiring.Action || strings.HasPrefix(b.Path, ".") && b.Path != rest || strings.Contains(b.Path, "/") || s.provisionsItself() {
		return false
	}
	if _, builds := service(s); builds {
		return false
	}
	_, tagged := s.recentTag()
	return tagged
}

// provisionsItself says whether the repository is infrastructure or the state of
// clusters.
func (s *Scene) provisionsItself() bool {
	return slices.ContainsFunc([]func(*Scene) (RoleEvidence, bool){infrastructure, gitOps}, func(infer func(*Scene) (RoleEvidence, bool)) bool {
		_, ok := infer(s)
		return ok
	})
}

// offeredKinds are the kinds of objects that clusters get from here.
func (s *Scene) offeredKinds() []RoleEvidence {
	var composed, served []RoleEvidence
	for _, f := range s.live(kubernetes.Objects) {
		o, _ := f.Value.(kubernetes.Object)
		switch {
		case o.Group == "apiextensions.crossplane.io":
			composed = append(composed, offer(f, "a Crossplane "+o.Kind))
		case isKind(o) && s.buildsOperator():
			served = append(served, offer(f, "a kind that an operator built here serves"))
		}
	}
	return append(composed, served...)
}

func (s *Scene) offeredCharts() []RoleEvidence {
	var offers []RoleEvidence
	for _, f := range s.live(kubernetes.Charts) {
		if c, ok := f.Value.(kubernetes.Chart); ok && (c.Library || s.foreignCharts()) && s.shapesChart(c) > Bad {
			offers = append(offers, offer(f, "a chart without an image of this repository"))
		}
	}
	return offers
}

// offeredStacks is the first template of CloudFormation, where no stack is made
// of any.
func (s *Scene) offeredStacks() []RoleEvidence {
	templates := s.live(cloudformation.Templates)
	i := slices.IndexFunc(templates, makesStack)
	if i < 0 || s.stacksHere() {
		return nil
	}
	return []RoleEvidence{offer(templates[i], "CloudFormation templates that no stack is made of here")}
}

// offeredTemplates are templates of repositories, and those of Azure that nothing
// here deploys.
func (s *Scene) offeredTemplates() []RoleEvidence {
	var offers []RoleEvidence
	for _, f := range s.live(portal.Templates) {
		offers = append(offers, offer(f, "a template for new repositories"))
	}
	for _, f := range s.live(provisioning.Projects) {
		if p, ok := f.Value.(provisioning.Project); ok && (p.Tool == "arm" || p.Tool == "bicep") && p.Kind != "parameters" && !s.deploysAzure() {
			offers = append(offers, offer(f, "an "+p.Tool+" template that nothing here deploys"))
		}
	}
	return offers
}

// isKind says whether an object defines a kind that is not the Kubernetes
// project's own.
func isKind(o kubernetes.Object) bool {
	return o.Group == "apiextensions.k8s.io" && o.Kind == "CustomResourceDefinition" && !strings.HasSuffix(o.Name, "k8s.io")
}

// operatorLibraries are what operators are written with.
var operatorLibraries = []string{"sigs.k8s.io/controller-runtime", "kopf", "io.javaoperatorsdk:operator-framework", "kube-runtime"}

// buildsOperator says whether a package here starts an operator.
func (s *Scene) buildsOperator() bool {
	return slices.ContainsFunc(liveValues[tasks.Manifest](s, tasks.Manifests), func(m tasks.Manifest) bool {
		return m.Starts && slices.ContainsFunc(m.Dependencies, func(d string) bool { return slices.Contains(operatorLibraries, d) })
	})
}

// deploysAzure says whether a pipeline deploys templates of Azure.
func (s *Scene) deploysAzure() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Apply), func(a wiring.Act) bool {
		return slices.ContainsFunc(strings.Split(a.Tool, "-"), func(word string) bool { return slices.Contains([]string{"arm", "azure", "bicep"}, word) })
	})
}

// offered says whether a module is for other repositories: it takes inputs,
// and no root of this one calls it.
func (s *Scene) offered(m terraform.Module) bool {
	return !m.Root && !m.Terragrunt && m.Inputs > 0 && (m.Real || m.Outputs > 0) && s.takenByOthers(m) && !s.belowRoot(m.Dir) && !s.besideCalled(m.Dir)
}

// takenByOthers says that nothing here takes a module for itself: the one at the
// top may be wrapped by others that are offered, too.
func (s *Scene) takenByOthers(m terraform.Module) bool {
	return len(m.CalledBy) == 0 || m.Dir == rest && !slices.ContainsFunc(m.CalledBy, func(caller string) bool { return s.folders().roots[caller] })
}

// besideCalled says whether a folder lies beside modules of which roots here
// call some: one that none of them calls is left over.
func (s *Scene) besideCalled(dir string) bool {
	if _, ok := s.firstRoot(); !ok {
		return false
	}
	for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
		if m.Dir != dir && path.Dir(m.Dir) == path.Dir(dir) && len(m.CalledBy) > 0 {
			return true
		}
	}
	return false
}

// belowRoot says whether a folder lies below a Terraform root.
func (s *Scene) belowRoot(dir string) bool {
	for dir != "." && dir != "" {
		dir = path.Dir(dir)
		if s.folders().roots[dir] {
			return true
		}
	}
	return false
}

// foreignCharts says whether charts here are of something that is neither built
// nor released here: there is no image build at all, and nothing applies charts.
func (s *Scene) foreignCharts() bool {
	released := slices.ContainsFunc(s.Graph.Of(wiring.Apply), func(a wiring.Act) bool { return a.Tool == "helm" || a.Tool == "helmfile" })
	return !released && len(s.live(containers.Builds)) == 0 && len(s.live(kubernetes.Syncs)) == 0
}
