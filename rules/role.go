package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
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
func (s *Scene) Is(r Role) bool { return r.among(s.Roles) }

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
	if Service.among(roles) || Infrastructure.among(roles) || GitOps.among(roles) {
		roles = slices.DeleteFunc(roles, func(e RoleEvidence) bool { return e.Role == Library })
	}
	return roles
}

// among says whether a role is among those that something shows.
func (r Role) among(roles []RoleEvidence) bool {
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
		if m, ok := f.Value.(tasks.Manifest); ok && m.Starts && s.prominent(f.At.Path) && !s.actionIn(m.Dir) && !s.strayPackage(m) {
			return roleOf(Service, f, "a "+m.Ecosystem+" package with a way to start it")
		}
	}
	for _, f := range s.live(containers.Builds) {
		if b, ok := f.Value.(containers.Build); ok && b.Entry && s.prominent(f.At.Path) && s.buildsSource(b.Dir) && !s.actionIn(b.Dir) {
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

// actionIn says whether a folder below the root is that of an action, whose
// program or image it then holds.
func (s *Scene) actionIn(dir string) bool {
	return dir != rest && slices.ContainsFunc([]string{"action.yml", "action.yaml"}, func(name string) bool { return s.Repo.Tree.Has(path.Join(dir, name)) })
}

// strayPackage says that a package lies deep in a repository that provisions, and
// that nothing builds, tests or releases it: a tool, or a page that is shown.
func (s *Scene) strayPackage(m tasks.Manifest) bool {
	if !strings.Contains(m.Dir, "/") || s.releasedAlone(m) != "" {
		return false
	}
	if _, provisions := infrastructure(s); !provisions && len(s.live(kubernetes.Syncs)) == 0 {
		return false
	}
	return !slices.ContainsFunc(s.Graph.Of(wiring.Test, wiring.Build), func(a wiring.Act) bool {
		return a.Live && (within(a.Dir, m.Dir) || slices.ContainsFunc(a.Paths, func(p string) bool { return within(p, m.Dir) }))
	})
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
	templates := s.live(cloudformation.Templates)
	isStack := func(f detect.Finding) bool { t, ok := f.Value.(cloudformation.Template); return ok && !t.SAM }
	if i := slices.IndexFunc(templates, isStack); i >= 0 && s.stacksHere() {
		return roleOf(Infrastructure, templates[i], "a CloudFormation template of a stack that is made from here")
	}
	for _, f := range s.live(cloudformation.Apps) {
		return roleOf(Infrastructure, f, "a CDK application")
	}
	return s.projects()
}

// stacksHere says whether stacks are made from the templates of the repository:
// there are parameters of an environment, or a pipeline deploys them, or a task
// at the root where nothing is published, for which it would only try them out.
func (s *Scene) stacksHere() bool {
	deployed := slices.ContainsFunc(s.Graph.Of(wiring.Apply), func(a wiring.Act) bool {
		return slices.Contains(familyTools["cloudformation"], a.Tool)
	})
	return deployed || len(s.Of(cloudformation.Environments)) > 0 || len(s.Graph.Of(wiring.Publish)) == 0 && s.tasksApply("cloudformation")
}

// tasksApply says whether a task of the root applies what a family of tools
// makes.
func (s *Scene) tasksApply(family string) bool {
	return slices.ContainsFunc(liveValues[wiring.Task](s, tasks.Tasks), func(t wiring.Task) bool {
		return t.Dir == "." && slices.ContainsFunc(t.Commands, func(c wiring.Command) bool {
			m, ok := wiring.Classify(c.Words)
			return ok && m.Activity == wiring.Apply && slices.Contains(familyTools[family], m.Tool)
		})
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
	for _, f := range s.live(kubernetes.Helmfiles) {
		if h, ok := f.Value.(kubernetes.Helmfile); ok && len(s.foreign(h)) >= strayFiles {
			return roleOf(GitOps, f, "releases of charts that are not built here")
		}
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

// foreign are the releases of a helmfile whose charts are not written here.
func (s *Scene) foreign(h kubernetes.Helmfile) []kubernetes.Dependency {
	own := s.chartsHere()
	return slices.DeleteFunc(slices.Clone(h.Releases), func(d kubernetes.Dependency) bool {
		return localChart(d.Name) || localChart(d.Repository) || own[path.Base(d.Name)]
	})
}

// ownRelease says whether a controller only releases what is built here: its
// source is this repository, or is filled in by a pipeline.
func (s *Scene) ownRelease(sync kubernetes.Sync) bool {
	return sync.Here || strings.ContainsAny(sync.Name+sync.URL+sync.Path, "{$")
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
