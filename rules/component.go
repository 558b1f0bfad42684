package rules

import (
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A Component is a folder below the root that is built or released by itself.
type Component struct {
	// Dir is the folder, from the root.
	Dir string
	// Because says what makes it one.
	Because string
	// At is the manifest; zero where the configuration names the component.
	At detect.Span
}

// A ComponentAssessment is a component, judged with what it shares with others.
type ComponentAssessment struct {
	Component
	*Assessment
}

// maxComponents bounds the components of a repository that are judged.
const maxComponents = 200

// components are the folders below the root that are built or released by
// themselves, and those that are configured so, by path. Those that lie in
// another are parts of it.
func (s *Scene) components(configured []string) []Component {
	var found []Component
	for _, dir := range configured {
		if s.Repo.Tree.Folder(dir) {
			found = append(found, Component{Dir: path.Clean(dir), Because: "set in the configuration"})
		}
	}
	for _, f := range s.live(tasks.Manifests) {
		m, ok := f.Value.(tasks.Manifest)
		if !ok || m.Dir == rest || m.Dir == "" {
			continue
		}
		if how := s.releasedAlone(m); how != "" {
			found = append(found, Component{m.Dir, "a " + m.Ecosystem + " package with " + how, f.At})
		}
	}
	found = slices.DeleteFunc(found, s.strays(found))
	slices.SortStableFunc(found, func(a, b Component) int { return strings.Compare(a.Dir+"/", b.Dir+"/") })
	return outermost(found)
}

// outermost are the components that lie in no other, up to the bound; they are
// sorted by folder.
func outermost(sorted []Component) []Component {
	var kept []Component
	for _, c := range sorted {
		if n := len(kept); (n == 0 || !within(c.Dir, kept[n-1].Dir)) && n < maxComponents {
			kept = append(kept, c)
		}
	}
	return kept
}

// strayComponents is the number of folders beside each other of which at least
// one must hold components: rarer ones are samples in a collection.
const strayComponents = 20

// strays tells the components that are too few among the folders beside them,
// or beside a folder around them.
func (s *Scene) strays(all []Component) func(Component) bool {
	holding, folders := map[string]map[string]bool{}, map[string]int{}
	for _, c := range all {
		for dir := c.Dir; dir != rest; dir = path.Dir(dir) {
			around := path.Dir(dir)
			if holding[around] == nil {
				holding[around] = map[string]bool{}
			}
			holding[around][dir] = true
		}
	}
	for _, folder := range s.Repo.Tree.Folders() {
		folders[path.Dir(folder)]++
	}
	return func(c Component) bool {
		for dir := c.Dir; dir != rest && c.At.Path != ""; dir = path.Dir(dir) {
			if around := path.Dir(dir); len(holding[around])*strayComponents < folders[around] {
				return true
			}
		}
		return false
	}
}

// releasedAlone says how a package is built or released by itself; empty where
// it is not.
func (s *Scene) releasedAlone(m tasks.Manifest) string {
	inside := func(dir string) bool { return within(dir, m.Dir) }
	switch {
	case slices.ContainsFunc(liveValues[containers.Build](s, containers.Builds), func(b containers.Build) bool { return inside(b.Dir) }):
		return "its own image"
	case slices.ContainsFunc(liveValues[kubernetes.Chart](s, kubernetes.Charts), func(c kubernetes.Chart) bool { return inside(c.Dir) }):
		return "its own chart"
	case m.Publishes && m.Ecosystem != "go": // every Go module could be imported
		return "its own publication"
	case !m.Starts && !m.Publishes:
		return ""
	}
	for _, a := range s.Graph.Of(wiring.Apply, wiring.Publish) {
		if slices.ContainsFunc(a.Paths, inside) {
			return "its own deployment in " + a.Pipeline.Path
		}
	}
	return ""
}

// rest is the folder that stands for what lies in no component.
const rest = "."

// A part is a component, or the rest of a monorepo, judged by itself.
type part struct {
	Component
	// scene is what lies in the component; nil for the rest.
	scene   *Scene
	results []Result
}

// parts are the components of a monorepo, and the rest of it where something
// there shows a role of its own.
func (s *Scene) parts(set Settings) []part {
	components := s.components(set.Components)
	dirs := make([]string, len(components))
	for i, c := range components {
		dirs[i] = c.Dir
	}
	if len(components) == 0 {
		return nil
	}
	parts := make([]part, len(components))
	var judges errgroup.Group // each component has a scene of its own
	judges.SetLimit(runtime.GOMAXPROCS(0))
	for i, c := range components {
		judges.Go(func() error {
			parts[i] = s.component(c, slices.Concat(dirs[:i], dirs[i+1:]), set.ComponentRoles[c.Dir])
			return nil
		})
	}
	_ = judges.Wait() // none fails
	view := s.view(rest, dirs)
	view.Notice = "" // it speaks of the whole
	if view.Roles = view.shownRoles(); len(view.Roles) > 0 {
		view.Notice = s.Notice
		parts = append(parts, part{Component: Component{Dir: rest}, results: judgeAll(view)})
	}
	return parts
}

// learnRoles gives the root the role of service where a component has it whose
// image or deployment is made by a job: what runs is a part of the whole.
func (s *Scene) learnRoles(parts []part) {
	for _, p := range parts {
		if s.Is(Service) || p.scene == nil || !p.scene.Is(Service) {
			continue
		}
		delivered := slices.ContainsFunc(s.Graph.Of(wiring.Publish, wiring.Apply), func(a wiring.Act) bool {
			return a.Live && (a.Tool == "docker" || slices.ContainsFunc(a.Paths, func(q string) bool { return within(q, p.Dir) }))
		})
		if delivered {
			s.Roles = append([]RoleEvidence{{Role: Service, Because: p.Because, At: p.At}}, s.Roles...)
		}
	}
}

// component judges a component with what it shares, and keeps what is its own:
// a monorepo's shared evidence would else be held once for each of them.
func (s *Scene) component(c Component, others []string, roles []Role) part {
	own, view := s.own(c.Dir), s.view(c.Dir, others)
	view.Roles = given(roles)
	if len(roles) == 0 {
		view.Roles = own.inferRoles()
	}
	own.Roles = view.Roles
	return part{c, own, ownResults(judgeAll(view), c.Dir)}
}

// shownShared bounds, for each criterion, the shared evidence and the shared
// gaps that a component shows; all of it stands in the root's results.
const shownShared = 5

// ownResults are results with the evidence and the gaps of a folder, and the
// first ones of what it shares.
func ownResults(results []Result, dir string) []Result {
	for i := range results {
		r := &results[i]
		r.Signs = ownFirst(r.Signs, func(s Sign) bool { return within(s.At.Path, dir) })
		r.Gaps = ownFirst(r.Gaps, func(g Gap) bool { return within(g.At.Path, dir) })
	}
	return results
}

// ownFirst are the elements that are own and the first of the others, in
// their order.
func ownFirst[T any](all []T, own func(T) bool) []T {
	var kept []T
	shared := 0
	for _, e := range all {
		if own(e) {
			kept = append(kept, e)
		} else if shared++; shared <= shownShared {
			kept = append(kept, e)
		}
	}
	return kept
}

// view is the scene as one component has it: all but what is of others alone.
func (s *Scene) view(dir string, others []string) *Scene {
	v := bareScene(s.Only(func(p string) bool { return !detect.Below(p, others) }))
	v.samples, v.Notice, v.Scale, v.Graph = s.samples, s.Notice, s.Scale, s.Graph.For(dir, others)
	for d, found := range s.alive { // what is known of the whole holds where nothing is left out
		if len(v.Of(d)) == len(s.Of(d)) {
			v.alive[d] = found
			v.values[d] = s.values[d]
		}
	}
	return v
}

// own is the scene of what lies in a folder, with the pipelines of all.
func (s *Scene) own(dir string) *Scene {
	v := bareScene(s.In(func(p string) bool { return within(p, dir) }))
	v.samples, v.Notice, v.Scale, v.Graph, v.pipelines, v.seenBy = s.samples, s.Notice, s.Scale, s.Graph, s.pipelines, s.seenBy
	return v
}
