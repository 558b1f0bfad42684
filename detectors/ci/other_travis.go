package ci

import (
	"slices"
	"strconv"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// travis reads the configuration of Travis CI. Where it holds no script, what
// runs is the language's default, which is not written down: it has no jobs.
// Source: https://docs.travis-ci.com/user/job-lifecycle/
func travis(o *otherFile) (wiring.Pipeline, bool) {
	pipe := wiring.Pipeline{Triggers: travisTriggers(o)}
	entries := o.root.Get("jobs", "include").Items()
	if len(entries) == 0 {
		entries = o.root.Get("matrix", "include").Items()
	}
	entries = slices.DeleteFunc(entries, func(n syntax.Node) bool { return !works(n) })
	if len(entries) == 0 {
		if works(o.root) {
			pipe.Jobs = []wiring.Job{travisJob(o, layers{o.root}, "build", o.root)}
		}
		return pipe, true
	}
	var before, here []string
	stage := ""
	for i, n := range entries[:min(len(entries), maxJobs)] {
		if own := named(n.Get("stage")); own != "" && own != stage {
			before, here, stage = here, nil, own
		}
		job := travisJob(o, layers{o.root, n}, stage+"#"+strconv.Itoa(i+1), n)
		job.Stage, job.Needs = stage, before
		here = append(here, job.ID)
		pipe.Jobs = append(pipe.Jobs, job)
	}
	return pipe, true
}

// travisPhases are the scripts of a job, in the order in which they run; the
// last ones cannot fail it.
var travisPhases = []string{"before_install", "install", "before_script", "script", "before_deploy", "after_success", "after_failure", "after_script"}

func works(n syntax.Node) bool {
	return n.Get("deploy").Exists() || slices.ContainsFunc(travisPhases[1:4], func(key string) bool { return n.Get(key).Exists() })
}

func travisJob(o *otherFile, l layers, id string, at syntax.Node) wiring.Job {
	job := wiring.Job{ID: id, Name: l.at("name").Text(), At: first(at, "stage", "name", "script"), If: l.at("if").Text(), Image: l.at("os").Text()}
	if job.Name == "" {
		job.Name = id
	}
	job.Only, job.Never = o.when(job.If, travisTriggers(o), travisWorld)
	for i, phase := range travisPhases {
		n := l.at(phase)
		if !n.Exists() || n.IsNull() || n.Text() == "skip" {
			continue
		}
		step := o.step(phase, n.Span(), shell{stops: true}, n)
		if i > 4 {
			step.Ignored = phase
		}
		job.Steps = append(job.Steps, step)
	}
	for _, n := range l.at("deploy").List() {
		job.Steps = append(job.Steps, travisDeploy(o, n))
	}
	return job
}

func travisTriggers(o *otherFile) []wiring.Trigger {
	return []wiring.Trigger{o.trigger(wiring.Push, filter(o.root.Get("branches"))...), o.trigger(wiring.MergeRequest), o.trigger(wiring.Tag)}
}

// travisWorld is what conditions know of an occasion.
// Source: https://docs.travis-ci.com/user/conditions-v1
func travisWorld(o occasion) condition.World {
	return func(name string) condition.Value {
		switch {
		case name == "type" && o.Kind == wiring.MergeRequest:
			return condition.Text("pull_request")
		case name == "type":
			return condition.Text("push")
		case name == "branch" && o.Kind == wiring.Push:
			return o.ref
		case name == "tag":
			return ofKind(o, wiring.Tag, condition.Null)
		case name == "branch":
			return condition.Value{}
		}
		return condition.Text(name) // a word stands for itself
	}
}

// travisDeploy reads a deployment. It runs on the default branch unless it
// says otherwise, and never for pull requests.
// Source: https://docs.travis-ci.com/user/deployment
func travisDeploy(o *otherFile, n syntax.Node) wiring.Step {
	provider := n.Get("provider")
	step := wiring.Step{Name: "deploy", At: n.Span(), Only: []wiring.Trigger{{Kind: wiring.Push, Branches: []string{defaultBranch(o.repo)}, At: n.Span()}}}
	on := n.Get("on")
	switch {
	case on.Get("tags").True():
		step.Only = []wiring.Trigger{{Kind: wiring.Tag, At: n.Span()}}
	case on.Get("all_branches").True():
		step.Only[0].Branches = nil
	case on.Get("branch").Exists():
		step.Only[0].Branches = on.Get("branch").Texts()
	}
	if provider.Text() == "script" {
		step.Commands = o.step("", n.Span(), shell{stops: true}, n.Get("script")).Commands
		return step
	}
	step.Uses = &wiring.Use{Kind: wiring.Plugin, Ref: "deploy/" + provider.Text(), Path: provider.Text(), With: inputs(n), At: n.Span()}
	return step
}
