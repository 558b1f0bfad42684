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
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A Role is what a repository is for. Criteria apply by role.
type Role string

// The roles.
const (
	// Service is an application that is deployed.
	Service Role = "service"
	// Infrastructure provisions: roots, stacks, playbooks.
	Infrastructure Role = "infrastructure"
	// GitOps is the desired state of clusters.
	GitOps Role = "gitops"
	// Platform offers modules, charts, templates, actions or kinds to others.
	Platform Role = "platform"
	// Library is published, and nothing of it is deployed.
	Library Role = "library"
	// Documents is documents and nothing else.
	Documents Role = "docs"
)

// A RoleEvidence is a role with what it was inferred from.
type RoleEvidence struct {
	Role    Role
	Because string
	At      detect.Span
	// Finding is the id of the detector; empty where the configuration says so.
	Finding string
}

// Is says whether the repository has the role.
func (s *Scene) Is(r Role) bool {
	return slices.ContainsFunc(s.Roles, func(e RoleEvidence) bool { return e.Role == r })
}

// RoleNames are the roles of the repository, each once.
func (s *Scene) RoleNames() []Role {
	var names []Role
	for _, e := range s.Roles {
		if !slices.Contains(names, e.Role) {
			names = append(names, e.Role)
		}
	}
	return names
}

func roleNames(roles []Role) string {
	if len(roles) == 0 {
		return "of no role that can be told"
	}
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	return strings.Join(words, ", ")
}

// inferRoles infers the roles, each with its first evidence. No role and some
// source means service; documents alone mean docs; nothing means none.
func (s *Scene) inferRoles() []RoleEvidence {
	if roles := s.shownRoles(); len(roles) > 0 {
		return roles
	}
	return s.fallbackRole()
}

// shownRoles are the roles that something shows.
func (s *Scene) shownRoles() []RoleEvidence {
	var roles []RoleEvidence
	for _, infer := range []func(*Scene) (RoleEvidence, bool){service, infrastructure, gitOps, platform, library} {
		if e, ok := infer(s); ok {
			roles = append(roles, e)
		}
	}
	if s.is(roles, Service) || s.is(roles, Infrastructure) || s.is(roles, GitOps) {
		roles = slices.DeleteFunc(roles, func(e RoleEvidence) bool { return e.Role == Library })
	}
	return roles
}

func (s *Scene) is(roles []RoleEvidence, r Role) bool {
	return slices.ContainsFunc(roles, func(e RoleEvidence) bool { return e.Role == r })
}

func (s *Scene) fallbackRole() []RoleEvidence {
	if e, ok := s.playbooks(); ok {
		return []RoleEvidence{e}
	}
	for _, f := range s.live(tasks.Manifests) {
		return []RoleEvidence{{Role: Service, Because: "there is a package and nothing tells what it is for", At: f.At, Finding: f.Detector.ID}}
	}
	if source := s.firstSource(); source != "" {
		return []RoleEvidence{{Role: Service, Because: "there is source and nothing tells what it is for", At: detect.Span{Path: source}}}
	}
	if fs := s.live(docs.Documents); len(fs) > 1 || len(fs) == 1 && !isReadme(fs[0].At.Path) {
		return []RoleEvidence{{Role: Documents, Because: "there are documents and nothing else", At: fs[0].At, Finding: fs[0].Detector.ID}}
	}
	return nil
}

func isReadme(p string) bool { return strings.HasPrefix(strings.ToLower(path.Base(p)), "readme") }

// sourceExtensions are those of programs; data and documents are left out.
var sourceExtensions = []string{
	".go", ".py", ".js", ".ts", ".tsx", ".jsx", ".java", ".kt", ".kts", ".scala", ".rb", ".rs", ".cs", ".fs", ".php", ".c", ".cc", ".cpp", ".swift",
	".ex", ".exs", ".erl", ".clj", ".groovy", ".sh", ".ps1", ".lua", ".hs", ".ml", ".vue", ".svelte",
}

func (s *Scene) firstSource() string {
	for _, e := range s.Repo.Tree.Entries() {
		if slices.Contains(sourceExtensions, path.Ext(e.Path)) && s.Repo.Tree.Place(e.Path) == detect.Live && !strings.HasPrefix(e.Path, ".") {
			return e.Path
		}
	}
	return ""
}

func roleOf(r Role, f detect.Finding, because string) (RoleEvidence, bool) {
	return RoleEvidence{Role: r, Because: because, At: f.At, Finding: f.Detector.ID}, true
}

// service: application source with a way to start it, or an image built from
// it.
func service(s *Scene) (RoleEvidence, bool) {
	for _, f := range s.live(tasks.Manifests) {
		if m, ok := f.Value.(tasks.Manifest); ok && m.Starts && s.prominent(f.At.Path) {
			return roleOf(Service, f, "a "+m.Ecosystem+" package with a way to start it")
		}
	}
	for _, f := range s.live(containers.Builds) {
		if b, ok := f.Value.(containers.Build); ok && b.Entry && s.prominent(f.At.Path) && s.buildsSource(b.Dir) {
			return roleOf(Service, f, "an image built from the source beside it")
		}
	}
	for _, f := range s.live(provisioning.Projects) {
		if p, ok := f.Value.(provisioning.Project); ok && p.Tool == "serverless" && s.prominent(f.At.Path) {
			return roleOf(Service, f, "a Serverless application")
		}
	}
	for _, f := range s.live(provisioning.Hosts) {
		if h, ok := f.Value.(provisioning.Host); ok && s.prominent(f.At.Path) && s.buildsSource(h.Dir) {
			return roleOf(Service, f, "an application hosted by "+h.Name)
		}
	}
	return RoleEvidence{}, false
}

// prominent says that a path lies at the root or below a folder of its own,
// and neither in a folder of settings nor among the files of an Ansible role.
func (s *Scene) prominent(p string) bool {
	return !strings.HasPrefix(p, ".") && !roleMaterial.MatchString(p)
}

var roleMaterial = regex.New(`(?:^|/)roles/[^/]+/(?:files|templates)/`)

// buildsSource says whether a folder holds a package that starts, or source, at
// its top; a folder of its own also in packages below.
func (s *Scene) buildsSource(dir string) bool {
	for _, m := range liveValues[tasks.Manifest](s, tasks.Manifests) {
		if m.Dir == dir && m.Starts {
			return true
		}
	}
	for _, e := range s.Repo.Tree.Under(dir) {
		if (dir != "." || path.Dir(e.Path) == dir) && slices.Contains(sourceExtensions, path.Ext(e.Path)) && path.Ext(e.Path) != ".sh" {
			return true
		}
	}
	return false
}

// infrastructure: a live root or stack, or playbooks with an inventory.
func infrastructure(s *Scene) (RoleEvidence, bool) {
	for _, f := range s.live(terraform.Modules) {
		if m, ok := f.Value.(terraform.Module); ok && m.Root && (m.Resources > 0 || m.Backend != nil || m.Calls > 0 && m.Providers > 0) {
			return roleOf(Infrastructure, f, "a Terraform root: "+m.Because)
		}
		if m, ok := f.Value.(terraform.Module); ok && m.Terragrunt {
			return roleOf(Infrastructure, f, "a Terragrunt unit")
		}
	}
	for _, f := range s.live(cloudformation.Templates) {
		if t, ok := f.Value.(cloudformation.Template); ok && !t.SAM && s.stacksHere() {
			return roleOf(Infrastructure, f, "a CloudFormation template of a stack that is made from here")
		}
	}
	for _, f := range s.live(cloudformation.Apps) {
		return roleOf(Infrastructure, f, "a CDK application")
	}
	return s.projects()
}

// stacksHere says whether stacks are made from the templates of the repository:
// there are parameters of an environment, or a pipeline deploys them.
func (s *Scene) stacksHere() bool {
	return len(s.Of(cloudformation.Environments)) > 0 || slices.ContainsFunc(s.Graph.Of(wiring.Apply), func(a wiring.Act) bool {
		return slices.Contains(familyTools["cloudformation"], a.Tool)
	})
}

// projects tells infrastructure by the other tools.
func (s *Scene) projects() (RoleEvidence, bool) {
	playbook, inventory := detect.Finding{}, false
	for _, f := range s.live(provisioning.Projects) {
		p, _ := f.Value.(provisioning.Project)
		switch {
		case slices.Contains([]string{"pulumi", "nomad", "chef", "puppet", "salt"}, p.Tool), p.Tool == "bicep" && p.Kind != "module", p.Tool == "arm" && p.Kind == "parameters":
			return roleOf(Infrastructure, f, "a "+p.Tool+" project")
		case p.Tool == "ansible" && p.Kind == "playbook" && playbook.Detector == nil:
			playbook = f
		case p.Tool == "ansible" && p.Kind == "inventory":
			inventory = true
		}
	}
	if playbook.Detector != nil && inventory {
		return roleOf(Infrastructure, playbook, "Ansible playbooks with an inventory")
	}
	return RoleEvidence{}, false
}

// playbooks are infrastructure where nothing else tells what a repository is
// for: their inventory may be kept elsewhere.
func (s *Scene) playbooks() (RoleEvidence, bool) {
	for _, f := range s.live(provisioning.Projects) {
		if p, ok := f.Value.(provisioning.Project); ok && p.Tool == "ansible" && p.Kind == "playbook" {
			return roleOf(Infrastructure, f, "Ansible playbooks")
		}
	}
	return RoleEvidence{}, false
}

// Manifest files are more than strays from three on, where they are at least
// one file in twenty.
const strayFiles, strayShare = 3, 20

// gitOps: manifests, overlays, releases or applications of things that are not
// built here.
func gitOps(s *Scene) (RoleEvidence, bool) {
	_, builds := service(s)
	for _, f := range s.live(kubernetes.Syncs) {
		if sync, ok := f.Value.(kubernetes.Sync); ok && (!builds || sync.Kind != "ApplicationSet" && !s.ownRelease(sync)) {
			return roleOf(GitOps, f, "a "+sync.Kind+" that "+sync.Controller+" reconciles")
		}
	}
	if builds {
		return RoleEvidence{}, false
	}
	files := map[string]bool{}
	for _, f := range s.live(kubernetes.Objects) {
		if o, ok := f.Value.(kubernetes.Object); ok && !o.Templated {
			files[f.At.Path] = true
		}
		if len(files) >= strayFiles && len(files)*strayShare >= len(s.Repo.Tree.Entries()) {
			return roleOf(GitOps, f, "manifests of things that are not built here")
		}
	}
	return RoleEvidence{}, false
}

// ownRelease says whether a controller only releases what is built here: its
// source is this repository, or is filled in by a pipeline.
func (s *Scene) ownRelease(sync kubernetes.Sync) bool {
	return sync.Here || strings.ContainsAny(sync.Name+sync.URL+sync.Path, "{$")
}

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
	var offers []RoleEvidence
	add := func(f detect.Finding, because string) {
		offers = append(offers, RoleEvidence{Role: Platform, Because: because, At: f.At, Finding: f.Detector.ID})
	}
	for _, f := range s.live(terraform.Modules) {
		if m, ok := f.Value.(terraform.Module); ok && s.offered(m) {
			add(f, "a Terraform module with inputs and no root around it")
		}
	}
	for _, f := range s.live(ci.Blocks) {
		if b, ok := f.Value.(wiring.Block); ok && !s.Graph.UsesBlock(b.Path) {
			add(f, "a shared "+string(b.Kind)+" that is not used here")
		}
	}
	for _, f := range s.live(kubernetes.Objects) {
		if o, ok := f.Value.(kubernetes.Object); ok && o.Group == "apiextensions.crossplane.io" {
			add(f, "a Crossplane "+o.Kind)
		}
	}
	for _, f := range s.live(kubernetes.Objects) {
		if o, ok := f.Value.(kubernetes.Object); ok && isKind(o) && s.buildsOperator() {
			add(f, "a kind that an operator built here serves")
		}
	}
	for _, f := range s.live(kubernetes.Charts) {
		if c, ok := f.Value.(kubernetes.Chart); ok && (c.Library || s.foreignChart(c)) && s.shapesChart(c) > Bad {
			add(f, "a chart without an image of this repository")
		}
	}
	if templates := s.live(cloudformation.Templates); !s.stacksHere() {
		if i := slices.IndexFunc(templates, makesStack); i >= 0 {
			add(templates[i], "CloudFormation templates that no stack is made of here")
		}
	}
	for _, f := range s.live(portal.Templates) {
		add(f, "a template for new repositories")
	}
	for _, f := range s.live(provisioning.Projects) {
		if p, ok := f.Value.(provisioning.Project); ok && (p.Tool == "arm" || p.Tool == "bicep") && p.Kind != "parameters" && !s.deploysAzure() {
			add(f, "an "+p.Tool+" template that nothing here deploys")
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
	return !m.Root && !m.Terragrunt && m.Inputs > 0 && (m.Real || m.Outputs > 0) && len(m.CalledBy) == 0 && !s.belowRoot(m.Dir) && !s.besideCalled(m.Dir)
}

// besideCalled says whether a folder lies beside modules of which roots here
// call some: one that none of them calls is left over.
func (s *Scene) besideCalled(dir string) bool {
	for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
		if m.Dir != dir && path.Dir(m.Dir) == path.Dir(dir) && len(m.CalledBy) > 0 && len(s.roots()) > 0 {
			return true
		}
	}
	return false
}

// belowRoot says whether a folder lies below a Terraform root.
func (s *Scene) belowRoot(dir string) bool {
	for dir != "." && dir != "" {
		dir = path.Dir(dir)
		if s.roots()[dir] {
			return true
		}
	}
	return false
}

// foreignChart says whether a chart is of something that is neither built nor
// released here: there is no image build at all, and nothing applies charts.
func (s *Scene) foreignChart(kubernetes.Chart) bool {
	released := slices.ContainsFunc(s.Graph.Of(wiring.Apply), func(a wiring.Act) bool { return a.Tool == "helm" || a.Tool == "helmfile" })
	return !released && len(s.live(containers.Builds)) == 0 && len(s.live(kubernetes.Syncs)) == 0
}

// library: a manifest that publishes a package, and nothing that runs.
func library(s *Scene) (RoleEvidence, bool) {
	for _, f := range s.live(tasks.Manifests) {
		if m, ok := f.Value.(tasks.Manifest); ok && m.Publishes {
			return roleOf(Library, f, "a "+m.Ecosystem+" package that is published")
		}
	}
	return RoleEvidence{}, false
}
