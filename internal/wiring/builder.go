package wiring

import (
	"path"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Bounds of what is followed, whatever the repository holds.
const (
	maxDepth = 8
	// maxActs bounds the acts of one repository, maxVisits the tasks, scripts
	// and blocks that one step leads to.
	maxActs   = 20_000
	maxVisits = 300
)

// A builder follows what pipelines run.
type builder struct {
	graph     *Graph
	pipelines []Pipeline
	tasks     taskIndex
	scripts   map[string]*Script
	blocks    map[string]*Block
	libraries []*Block
	tree      *detect.Tree
	branch    string
	// called are the paths of pipelines that others call or include.
	called map[string]bool
	// visits are those left for the step at hand; open are those that are being
	// followed.
	visits int
	open   map[any]bool
}

// An instance is a job as it runs once: for its own pipeline, or for a caller.
type instance struct {
	job    *Job
	parent *instance
	// beside are the jobs of the same pipeline, by ID.
	beside map[string]*instance
	// gates are the occasions on which it, or a job that it calls, runs tests;
	// needed those on which the jobs that it needs do, once counted.
	gates, needed kindSet
	counted       bool
	// hungry says why it never runs for want of another job, once sought.
	hungry  string
	seeking bool
	// waiting says that it waits for a person, once asked.
	waiting, asked bool
	// elsewhere says that another repository was fetched, fetched that some
	// files were; edited that desired state was changed, committed that a change
	// was; local that it started a cluster or a cloud of its own.
	elsewhere, fetched, edited, committed, local bool
	// functions are those of the scripts that were sourced.
	functions map[string][]Command
	// follows are the pipelines that it starts after, once they have succeeded.
	follows []*Pipeline
}

// NewGraph follows the steps of pipelines into tasks, scripts, blocks and image
// builds, and tells what they do. Branch is the default branch; empty where it
// is not known.
func NewGraph(pipelines []Pipeline, tasks []Task, scripts []Script, blocks []Block, tree *detect.Tree, branch string) *Graph {
	b := &builder{
		graph: &Graph{used: map[string]bool{}}, pipelines: pipelines, tasks: indexTasks(tasks), scripts: map[string]*Script{}, blocks: map[string]*Block{},
		tree: tree, branch: branch, called: map[string]bool{}, open: map[any]bool{},
	}
	for i := range scripts {
		b.scripts[path.Clean(scripts[i].Path)] = &scripts[i]
	}
	for i := range blocks {
		b.blocks[path.Clean(blocks[i].Path)] = &blocks[i]
		if blocks[i].Kind == Library {
			b.libraries = append(b.libraries, &blocks[i])
		}
	}
	b.findCalled()
	runs := map[*Pipeline][2]int{}
	for i := range pipelines {
		from := len(b.graph.acts)
		b.pipeline(&pipelines[i])
		tryOuts(b.graph.acts[from:])
		runs[&pipelines[i]] = [2]int{from, len(b.graph.acts)}
	}
	b.needs(runs)
	return b.graph
}

// findCalled notes which pipelines others call.
func (b *builder) findCalled() {
	note := func(u *Use) {
		if u != nil && u.Local && u.Path != "" {
			b.called[path.Clean(u.Path)] = true
		}
	}
	for _, p := range b.pipelines {
		for i := range p.Includes {
			note(&p.Includes[i])
		}
		for _, j := range p.Jobs {
			note(j.Uses)
			for _, s := range j.Steps {
				note(s.Uses)
			}
		}
	}
}

// pipeline follows a pipeline that something other than a call starts, and one
// that only others call where nothing here does.
func (b *builder) pipeline(p *Pipeline) {
	own := slices.DeleteFunc(slices.Clone(p.Triggers), func(t Trigger) bool { return t.Kind == Called })
	if len(own) == 0 {
		if b.called[path.Clean(p.Path)] {
			return
		}
		own = p.Triggers
	}
	s := scope{pipeline: p, triggers: own, why: p.Dead, dir: ".", foreign: len(own) > 0 && own[0].Kind == Called || slices.Contains(central, p.Vendor)}
	s = s.setting(p.Env)
	jobs := b.included(p, map[string]bool{})
	b.jobs(s, jobs, nil)
	for i := range p.Includes {
		if u := &p.Includes[i]; !u.Local {
			job := &Job{ID: u.Ref, Name: u.Ref, At: u.At, Uses: u}
			b.jobs(s, []Job{*job}, nil)
		}
	}
}

// central are the vendors whose files may hold the jobs of other repositories.
var central = []string{"prow"}

// included are the jobs of a pipeline and of the local files that it includes.
func (b *builder) included(p *Pipeline, seen map[string]bool) []Job {
	if seen[p.Path] || len(seen) > 100 {
		return nil
	}
	seen[p.Path] = true
	jobs := slices.Clone(p.Jobs)
	for _, u := range p.Includes {
		if !u.Local {
			continue
		}
		for _, at := range b.localPaths(u) {
			b.graph.used[at] = true
			if q := b.pipelineAt(at); q != nil {
				jobs = more(jobs, b.included(q, seen))
			} else if block := b.blocks[at]; block != nil && !seen[at] {
				seen[at] = true
				jobs = more(jobs, block.Jobs)
			}
		}
	}
	return jobs
}

// more adds the jobs that are not there yet.
func more(jobs, others []Job) []Job {
	for _, j := range others {
		if !slices.ContainsFunc(jobs, func(k Job) bool { return k.ID == j.ID }) {
			jobs = append(jobs, j)
		}
	}
	return jobs
}

// localPaths are the files that a local include names; it may be a pattern.
func (b *builder) localPaths(u Use) []string {
	if !isPattern(u.Path) {
		return []string{path.Clean(u.Path)}
	}
	var found []string
	for i := range b.pipelines {
		if fits(u.Path, b.pipelines[i].Path) {
			found = append(found, path.Clean(b.pipelines[i].Path))
		}
	}
	return found
}

func (b *builder) pipelineAt(p string) *Pipeline {
	for i := range b.pipelines {
		if path.Clean(b.pipelines[i].Path) == p {
			return &b.pipelines[i]
		}
	}
	return nil
}
