package ci

import (
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// buildkite reads the steps of a pipeline of Buildkite.
// Source: https://buildkite.com/docs/pipelines/configure/step-types
func buildkite(o *otherFile) (wiring.Pipeline, bool) {
	steps := o.root.Get("steps")
	if o.root.IsList() {
		steps = o.root
	}
	if !steps.IsList() {
		return wiring.Pipeline{}, false
	}
	b := buildkiteFile{otherFile: o, triggers: []wiring.Trigger{o.trigger(wiring.Push), o.trigger(wiring.MergeRequest)}}
	if strings.Contains(string(o.file.Data), "build.tag") || strings.Contains(string(o.file.Data), "BUILDKITE_TAG") {
		b.triggers = append(b.triggers, o.trigger(wiring.Tag))
	}
	b.list(steps)
	return wiring.Pipeline{Triggers: b.triggers, Jobs: b.jobs}, true
}

type buildkiteFile struct {
	*otherFile
	triggers []wiring.Trigger
	jobs     []wiring.Job
	// barrier are the jobs that all later ones come after.
	barrier []string
	// open are those since the last barrier.
	open []string
}

func (b *buildkiteFile) list(n syntax.Node) {
	for _, item := range n.Items() {
		kind := item.Text()
		key, _ := circleEntry(item)
		switch {
		case len(b.jobs) == maxJobs:
			return
		case kind == "wait" || key.Text() == "wait" || item.Get("wait").Exists():
			b.close()
		case item.Get("group").Exists():
			b.list(item.Get("steps"))
		case kind == "block" || item.Get("block").Exists() || item.Get("input").Exists():
			b.close()
			job := b.job(item)
			job.Manual = true
			b.add(job)
			b.close()
		case item.IsMap():
			b.add(b.job(item))
		}
	}
}

// close lets all later jobs come after those so far.
func (b *buildkiteFile) close() {
	if len(b.open) > 0 {
		b.barrier, b.open = b.open, nil
	}
}

func (b *buildkiteFile) add(job wiring.Job) {
	b.jobs = append(b.jobs, job)
	b.open = append(b.open, job.ID)
}

func (b *buildkiteFile) job(n syntax.Node) wiring.Job {
	job := wiring.Job{ID: n.Get("key").Text(), Name: n.Get("label").Text(), At: n.Span(), Needs: b.barrier, If: n.Get("if").Text()}
	for _, key := range []string{"name", "block", "input", "trigger"} {
		if job.Name == "" {
			job.Name = n.Get(key).Text()
		}
	}
	if job.ID == "" {
		job.ID = strings.TrimSpace(job.Name + " #" + strconv.Itoa(len(b.jobs)+1))
	}
	if depends := n.Get("depends_on"); depends.Exists() {
		job.Needs = nil
		for _, d := range depends.List() {
			job.Needs = append(job.Needs, d.Text()+d.Get("step").Text())
		}
	}
	b.runs(&job, n)
	b.fill(&job, n)
	return job
}

// runs tells when a job runs and what its failure means.
func (b *buildkiteFile) runs(job *wiring.Job, n syntax.Node) {
	job.Only, job.Never = b.when(job.If, b.triggers, buildkiteWorld)
	if branches := strings.Fields(n.Get("branches").Text()); len(branches) > 0 {
		job.Only = []wiring.Trigger{{Kind: wiring.Push, Branches: branches, At: n.Span()}}
	}
	if soft := n.Get("soft_fail"); soft.True() || soft.IsList() {
		job.Ignored = "soft_fail"
	}
	if skip := n.Get("skip"); skip.Exists() && !skip.False() && skip.Text() != "" {
		job.Never = "skip: " + skip.Text()
	}
}

func (b *buildkiteFile) fill(job *wiring.Job, n syntax.Node) {
	for _, p := range n.Get("plugins").List() {
		name, options := circleEntry(p)
		u := &wiring.Use{Kind: wiring.Plugin, Ref: name.Text(), With: inputs(options), At: name.Span()}
		u.Path, u.Version, _ = strings.Cut(u.Ref, "#")
		u.Owner, u.Repo = ownerAndRepo(u.Path)
		u.Pinned = pinned(u.Version)
		job.Steps = append(job.Steps, wiring.Step{Name: u.Path, At: name.Span(), Uses: u})
	}
	for _, key := range []string{"command", "commands"} {
		if at, commands := n.Pair(key); commands.Exists() {
			job.Steps = append(job.Steps, b.step(key, at.Span(), shell{stops: true}, commands))
		}
	}
	if target := n.Get("trigger"); target.Exists() {
		job.Uses = &wiring.Use{Kind: wiring.Workflow, Ref: target.Text(), Path: target.Text(), At: target.Span()}
	}
}

// buildkiteWorld is what the variables of a build hold on an occasion.
// Source: https://buildkite.com/docs/pipelines/configure/conditionals
func buildkiteWorld(o occasion) condition.World {
	return func(name string) condition.Value {
		switch name {
		case "build.branch":
			if o.Kind == wiring.Push {
				return o.ref
			}
		case "build.tag":
			return ofKind(o, wiring.Tag, condition.Null)
		case "build.pull_request.id", "build.pull_request.base_branch":
			if o.Kind != wiring.MergeRequest {
				return condition.Null
			}
			if strings.HasSuffix(name, ".id") {
				return condition.Other("")
			}
		case "build.source":
			return condition.Text("webhook")
		}
		return condition.Value{}
	}
}
