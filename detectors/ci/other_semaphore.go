package ci

import (
	"path"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// semaphore reads a pipeline of Semaphore: its blocks hold jobs that run side
// by side. Other files than the first one are promotions of it, which a person
// starts unless it says otherwise; what it says is another file's, so a person
// is assumed.
// Source: https://docs.semaphoreci.com/reference/pipeline-yaml
func semaphore(o *otherFile) (wiring.Pipeline, bool) {
	if !o.root.Get("blocks").IsList() {
		return wiring.Pipeline{}, false
	}
	pipe := wiring.Pipeline{Name: o.root.Get("name").Text(), Triggers: []wiring.Trigger{o.trigger(wiring.Push), o.trigger(wiring.MergeRequest), o.trigger(wiring.Tag)}}
	if base := path.Base(o.file.Path); base != "semaphore.yml" && base != "semaphore.yaml" {
		pipe.Triggers = []wiring.Trigger{o.trigger(wiring.Manual)}
	}
	blocks := map[string][]string{}
	before := ""
	for _, b := range o.root.Get("blocks").Items() {
		name := b.Get("name").Text()
		needs := blocks[before]
		if d := b.Get("dependencies"); d.Exists() {
			needs = nil
			for _, other := range d.Texts() {
				needs = append(needs, blocks[other]...)
			}
		}
		jobs := o.semaphoreBlock(name, b, needs, pipe.Triggers)
		for _, j := range jobs {
			blocks[name] = append(blocks[name], j.ID)
		}
		pipe.Jobs = append(pipe.Jobs, jobs...)
		before = name
	}
	for _, p := range o.root.Get("promotions").Items() {
		file := p.Get("pipeline_file")
		pipe.Includes = append(pipe.Includes, wiring.Use{Kind: wiring.Workflow, Ref: file.Text(), Local: true, Path: path.Join(path.Dir(o.file.Path), file.Text()), At: file.Span()})
	}
	return pipe, true
}

func (o *otherFile) semaphoreBlock(name string, b syntax.Node, needs []string, triggers []wiring.Trigger) []wiring.Job {
	only, never := o.when(b.Get("run", "when").Text(), triggers, semaphoreWorld)
	task := b.Get("task")
	var jobs []wiring.Job
	for _, n := range task.Get("jobs").Items() {
		job := wiring.Job{ID: name + "/" + n.Get("name").Text(), Name: n.Get("name").Text(), At: n.Span(), Stage: name, Needs: needs, Only: only, Never: never, If: b.Get("run", "when").Text()}
		job.Steps = []wiring.Step{o.step("commands", n.Span(), shell{stops: true}, task.Get("prologue", "commands"), n.Get("commands"))}
		jobs = append(jobs, job)
	}
	return jobs
}

func semaphoreWorld(o occasion) condition.World {
	return func(name string) condition.Value {
		switch {
		case name == "branch" && (o.Kind == wiring.Push || o.Kind == wiring.Tag):
			return ofKind(o, wiring.Push, condition.Null)
		case name == "tag":
			return ofKind(o, wiring.Tag, condition.Null)
		case name == "pull_request" && o.Kind != wiring.MergeRequest:
			return condition.Null
		}
		return condition.Value{}
	}
}
