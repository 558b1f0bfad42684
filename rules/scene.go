package rules

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/ownership"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// pipelineDetectors see the pipelines of CI vendors.
var pipelineDetectors = []*detect.Detector{
	ci.GitHubWorkflows, ci.GitLabPipelines, ci.Jenkinsfiles, ci.CircleCIConfigs, ci.AzurePipelines, ci.OtherPipelines,
}

// A Scene is what was observed, joined for the rules: what is live, what runs
// what, and which roles the repository has.
type Scene struct {
	*detect.Observed
	Graph *wiring.Graph
	Roles []RoleEvidence
	// Notice is what the repository says of itself: "archived", "deprecated",
	// "mirror", "fork", "template"; empty where it says nothing.
	Notice string
	// Scale are the shares that decide; the zero value is the standard.
	Scale Scale
	// appliedPaths are folders and files that jobs apply from the main branch,
	// whatever their names say.
	appliedPaths []string
	// samples says that the repository holds samples and is judged on them.
	samples bool
	// pipelines are the pipelines and what saw them, by path.
	pipelines []wiring.Pipeline
	tasks     []wiring.Task
	seenBy    map[string]string
	// alive and values remember what is live, by detector.
	alive  map[*detect.Detector][]detect.Finding
	values map[*detect.Detector]any
	// setImages are the images that kustomizations replace; editedImages those
	// of which commands set the version.
	setImages, editedImages map[string]bool
	// builtImages are the images that commands build here.
	builtImages map[string]bool
	// idlePolicies are how many policies of each engine nothing evaluates.
	idlePolicies map[string]int
	// makesSomething remembers whether there is code that provisions something.
	makesSomething *bool
	// kustomized are the parts of the kustomization of each folder, and built all
	// that is built from a folder, as far as it was asked for.
	kustomized map[string][]string
	built      map[string]map[string]bool
	// moduleFolders remembers what the folders of Terraform are.
	moduleFolders *moduleFolders
	// chartCopies are the folders of charts that were copied from elsewhere; nil
	// until they are asked for.
	chartCopies []string
	// files count the files of a kind.
	files map[fileKind]int
}

// NewScene joins what was observed. The roles are inferred unless given.
func NewScene(o *detect.Observed, roles []Role) *Scene {
	s := bareScene(o)
	s.samples = onlySamples(o)
	s.Graph = s.graph()
	s.revive()
	s.Notice = s.notice()
	s.Roles = given(roles)
	if len(roles) == 0 {
		s.Roles = s.inferRoles()
	}
	return s
}

// bareScene is a scene without a graph, notice and roles.
func bareScene(o *detect.Observed) *Scene {
	s := &Scene{Observed: o, seenBy: map[string]string{}, alive: map[*detect.Detector][]detect.Finding{}, values: map[*detect.Detector]any{}}
	for _, f := range s.Of(pipelineDetectors...) {
		if p, ok := f.Value.(wiring.Pipeline); ok && f.Place == detect.Live {
			p.Dead = cmp.Or(p.Dead, s.unasked(p))
			s.pipelines = append(s.pipelines, p)
			s.seenBy[p.Path] = f.Detector.ID
		}
	}
	for _, t := range detect.Each[wiring.Task](s.Observed, tasks.Tasks) {
		s.tasks = append(s.tasks, t)
	}
	return s
}

// given are roles that a person has set.
func given(roles []Role) []RoleEvidence {
	evidence := make([]RoleEvidence, len(roles))
	for i, r := range roles {
		evidence[i] = RoleEvidence{Role: r, Because: "set in the configuration"}
	}
	return evidence
}

// onlySamples says whether a repository holds nothing but samples.
func onlySamples(o *detect.Observed) bool {
	for f := range o.Findings() {
		if liveSubstance(f) {
			return false
		}
	}
	return true
}

// liveSubstance says whether a finding shows that the repository holds more
// than samples.
func liveSubstance(f detect.Finding) bool {
	if f.Place != detect.Live {
		return false
	}
	switch f.Detector.Family() {
	case "terraform", "cloudformation", "provisioning", "kubernetes", "containers":
		return true
	}
	return f.Detector == tasks.Manifests
}

// live are the findings of the detectors that speak for the repository. The
// slice must not be changed.
func (s *Scene) live(ds ...*detect.Detector) []detect.Finding {
	if len(ds) == 1 {
		return s.liveOf(ds[0])
	}
	found := make([][]detect.Finding, len(ds))
	for i, d := range ds {
		found[i] = s.liveOf(d)
	}
	return slices.Concat(found...)
}

func (s *Scene) liveOf(d *detect.Detector) []detect.Finding {
	if found, ok := s.alive[d]; ok {
		return found
	}
	found, n := s.Of(d), 0
	for _, f := range found {
		if s.speaks(f) {
			n++
		}
	}
	if n < len(found) {
		all := found
		found = make([]detect.Finding, 0, n)
		for _, f := range all {
			if s.speaks(f) {
				found = append(found, f)
			}
		}
	}
	s.alive[d] = found
	return found
}

// speaks says whether a finding speaks for the repository by its place.
func (s *Scene) speaks(f detect.Finding) bool {
	return (f.Place == detect.Live || s.samples && f.Place == detect.Example || detect.Below(f.At.Path, s.appliedPaths)) && !s.copied(f.At.Path)
}

// revive finds what lies in folders of examples, tests or templates, and jobs
// apply from the main branch. What they apply on merge requests too is tried out.
func (s *Scene) revive() {
	for _, a := range s.Graph.Of(wiring.Apply) {
		if !a.Live || a.OnMerge || !a.OnMain && !a.OnTag {
			continue
		}
		for _, p := range a.Paths {
			if s.hiddenByName(p) && !slices.Contains(s.appliedPaths, p) {
				s.appliedPaths = append(s.appliedPaths, p)
			}
		}
	}
	if len(s.appliedPaths) > 0 {
		s.alive, s.values = map[*detect.Detector][]detect.Finding{}, map[*detect.Detector]any{}
	}
}

// hiddenByName says whether a folder or file has a name of examples, tests
// or templates, or lies below one.
func (s *Scene) hiddenByName(p string) bool {
	if s.Repo.Tree.Folder(p) {
		p = path.Join(p, "x")
	}
	place := s.Repo.Tree.Place(p)
	return p != "" && slices.Contains([]detect.Place{detect.Example, detect.Test, detect.Template}, place)
}

// written are the findings of detectors of documents: those of examples and
// templates too, whose readers are the same people.
func (s *Scene) written(ds ...*detect.Detector) []detect.Finding {
	var found []detect.Finding
	for _, f := range s.Of(ds...) {
		if (f.Place == detect.Live || f.Place == detect.Example || f.Place == detect.Template) && !s.copied(f.At.Path) {
			found = append(found, f)
		}
	}
	return found
}

// liveValues are the values of the live findings of a detector. The slice must
// not be changed.
func liveValues[T any](s *Scene, d *detect.Detector) []T {
	if held, ok := s.values[d].([]T); ok {
		return held
	}
	values := []T{}
	for _, f := range s.live(d) {
		if v, ok := f.Value.(T); ok {
			values = append(values, v)
		}
	}
	s.values[d] = values
	return values
}

// graph is what runs what.
func (s *Scene) graph() *wiring.Graph {
	var scripts []wiring.Script
	var blocks []wiring.Block
	for _, script := range detect.Each[wiring.Script](s.Observed, tasks.Scripts) {
		scripts = append(scripts, script)
	}
	for f, b := range detect.Each[containers.Build](s.Observed, containers.Builds) {
		scripts = append(scripts, wiring.Script{Path: f.At.Path, Language: "dockerfile", Commands: b.Commands})
	}
	for _, b := range detect.Each[wiring.Block](s.Observed, ci.Blocks) {
		blocks = append(blocks, b)
	}
	return wiring.NewGraph(s.pipelines, s.tasks, scripts, blocks, s.Repo.Tree, s.Repo.Branch)
}

// notice is what the root README says of the repository itself.
func (s *Scene) notice() string {
	for f, d := range detect.Each[docs.Document](s.Observed, docs.Documents) {
		if d.Kind == docs.Readme && path.Dir(f.At.Path) == "." && d.Notice != "" {
			return d.Notice
		}
	}
	return ""
}

// moduleFolders are folders of Terraform: roots, units of Terragrunt, whose
// modules stand elsewhere, and those that have a lock file.
type moduleFolders struct{ roots, units, locked map[string]bool }

func (s *Scene) folders() moduleFolders {
	if s.moduleFolders == nil {
		s.moduleFolders = &moduleFolders{map[string]bool{}, map[string]bool{}, map[string]bool{}}
		for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
			s.moduleFolders.roots[m.Dir] = s.moduleFolders.roots[m.Dir] || m.Root
			s.moduleFolders.units[m.Dir] = s.moduleFolders.units[m.Dir] || m.Terragrunt
			s.moduleFolders.locked[m.Dir] = m.LockFile != ""
		}
	}
	return *s.moduleFolders
}

// signOfAct is a sign whose evidence is something that a pipeline does.
func (s *Scene) signOfAct(a wiring.Act, m Mark) Sign {
	sign := Sign{
		Subject: a.Pipeline.Path + " " + a.Job.ID, Mark: m, Strength: s.strengthOf(a), Delegated: a.Delegated,
		Finding: s.seenBy[a.Pipeline.Path], At: a.At, Note: a.Describe(),
	}
	if a.Delegated {
		sign.Note += ", delegated"
	}
	return sign
}

// strengthOf is how far something that a pipeline does goes.
func (s *Scene) strengthOf(a wiring.Act) Strength {
	switch {
	case !a.Live:
		return Present
	case !a.Blocking || a.Delegated:
		return Wired
	}
	return Blocking
}

// owner is the owner of the repository: by its origin, else by the team that
// its owners files name most, else by the path of its Go module; empty where
// none tells.
func (s *Scene) owner() string {
	if owner, _, ok := strings.Cut(s.Repo.Origin, "/"); ok {
		return strings.ToLower(owner)
	}
	counts := map[string]int{}
	for _, o := range liveValues[ownership.Owners](s, ownership.OwnersFiles) {
		for _, r := range o.Rules {
			for _, name := range r.Owners {
				if org, _, ok := strings.Cut(strings.TrimPrefix(name, "@"), "/"); ok && strings.HasPrefix(name, "@") {
					counts[strings.ToLower(org)]++
				}
			}
		}
	}
	for _, m := range liveValues[tasks.Manifest](s, tasks.Manifests) {
		if parts := strings.Split(m.Name, "/"); m.Ecosystem == "go" && len(parts) > 2 && strings.Contains(parts[0], ".") {
			counts[strings.ToLower(parts[1])]++
		}
	}
	best := ""
	for _, org := range sortedKeys(counts) {
		if best == "" || counts[org] > counts[best] {
			best = org
		}
	}
	return best
}
