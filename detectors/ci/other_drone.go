package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// drone reads the pipelines of Drone, one a document: each is a job, whose
// steps share a folder.
// Source: https://docs.drone.io/pipeline/overview/
func drone(o *otherFile) (wiring.Pipeline, bool) {
	pipe := wiring.Pipeline{Triggers: o.containerTriggers()}
	for _, doc := range o.docs {
		steps := doc.Get("steps")
		if !steps.Exists() {
			steps = doc.Get("pipeline") // before version 1
		}
		if kind := doc.Get("kind").Text(); kind != "" && kind != "pipeline" || !steps.Exists() {
			continue
		}
		job := o.containerJob(doc.Get("name").Text(), doc, steps)
		job.Only = conditions(doc.Get("trigger"), pipe.Triggers)
		pipe.Jobs = append(pipe.Jobs, job)
	}
	return startedByJobs(pipe), true
}

// startedByJobs lets a pipeline have the triggers of its jobs where all of
// them are narrowed.
func startedByJobs(pipe wiring.Pipeline) wiring.Pipeline {
	var all []wiring.Trigger
	for _, j := range pipe.Jobs {
		if j.Only == nil {
			return pipe
		}
		all = append(all, j.Only...)
	}
	if len(all) > 0 {
		pipe.Triggers = distinct(all)
	}
	if len(pipe.Jobs) == 1 {
		pipe.Jobs[0].Only = nil
	}
	return pipe
}

// woodpecker reads a workflow of Woodpecker, which took over Drone's language
// and changed it.
// Source: https://woodpecker-ci.org/docs/usage/workflow-syntax
func woodpecker(o *otherFile) (wiring.Pipeline, bool) {
	steps := o.root.Get("steps")
	if !steps.Exists() {
		steps = o.root.Get("pipeline")
	}
	if !steps.Exists() {
		return wiring.Pipeline{}, false
	}
	pipe := wiring.Pipeline{Triggers: o.containerTriggers()}
	job := o.containerJob("", o.root, steps)
	job.Only = conditions(o.root.Get("when"), pipe.Triggers)
	if branches := patternsOf(o.root.Get("branches")); branches != nil {
		job.Only = []wiring.Trigger{o.trigger(wiring.Push, branches...), o.trigger(wiring.MergeRequest, branches...)}
	}
	pipe.Jobs = []wiring.Job{job}
	return startedByJobs(pipe), true
}

// containerTriggers are the events that start these pipelines unless they are
// narrowed.
func (o *otherFile) containerTriggers() []wiring.Trigger {
	var all []wiring.Trigger
	for _, kind := range []wiring.TriggerKind{wiring.Push, wiring.MergeRequest, wiring.Tag} {
		all = append(all, o.trigger(kind))
	}
	text := string(o.file.Data)
	for word, kind := range map[string]wiring.TriggerKind{"cron": wiring.Schedule, "promote": wiring.Manual, "deployment": wiring.Manual, "manual": wiring.Manual} {
		if strings.Contains(text, word) && !slices.ContainsFunc(all, func(t wiring.Trigger) bool { return t.Kind == kind }) {
			all = append(all, o.trigger(kind))
		}
	}
	slices.SortStableFunc(all[3:], func(a, b wiring.Trigger) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return all
}

// containerJob reads steps that each run in a container of their own: a list,
// or a mapping by name.
func (o *otherFile) containerJob(name string, doc, steps syntax.Node) wiring.Job {
	job := wiring.Job{ID: name, Name: name, At: first(doc), Needs: doc.Get("depends_on").Texts()}
	if name == "" {
		job.ID, job.Name = "default", "default"
	}
	triggers := o.containerTriggers()
	for _, n := range steps.Items() {
		job.Steps = append(job.Steps, o.containerStep(n.Get("name").Text(), n, triggers))
	}
	for key, n := range steps.Pairs() {
		step := o.containerStep(key.Text(), n, triggers)
		step.At = key.Span()
		job.Steps = append(job.Steps, step)
	}
	return job
}

func (o *otherFile) containerStep(name string, n syntax.Node, triggers []wiring.Trigger) wiring.Step {
	step := o.step(name, n.Span(), shell{stops: true}, n.Get("commands"))
	step.Only = conditions(n.Get("when"), triggers)
	if n.Get("failure").Text() == "ignore" {
		step.Ignored = "failure: ignore"
	}
	if status := patternsOf(n.Get("when", "status")); slices.Contains(status, "failure") && len(status) == 1 {
		step.If, step.Aftermath = "failure", wiring.OnFailure
	}
	if image := n.Get("image"); !n.Get("commands").Exists() && image.Exists() {
		step.Uses = imageUse(image.Text(), image.Span())
		step.Uses.With = inputs(n.Get("settings"))
	}
	return step
}

// conditions are the triggers that a "when" or "trigger" block leaves. Several
// blocks in a list are alternatives.
func conditions(n syntax.Node, triggers []wiring.Trigger) []wiring.Trigger {
	var only []wiring.Trigger
	for _, block := range n.List() {
		if block.IsMap() {
			only = append(only, conditionBlock(block, triggers)...)
		}
	}
	if n.Exists() && sameTriggers(only, triggers) {
		return nil
	}
	return only
}

// eventKinds are the events of Drone and Woodpecker.
var eventKinds = map[string]wiring.TriggerKind{
	"push": wiring.Push, "pull_request": wiring.MergeRequest, "tag": wiring.Tag, "cron": wiring.Schedule, "promote": wiring.Manual,
	"rollback": wiring.Manual, "deployment": wiring.Manual, "manual": wiring.Manual, "release": wiring.Release, "custom": wiring.Manual,
}

func conditionBlock(n syntax.Node, triggers []wiring.Trigger) []wiring.Trigger {
	events, branches := patternsOf(n.Get("event")), patternsOf(n.Get("branch"))
	paths := patternsOf(n.Get("path"))
	if cron := n.Get("cron"); cron.Exists() && events == nil {
		events = []string{"cron"}
	}
	var only []wiring.Trigger
	for _, t := range triggers {
		if !eventAllows(events, t.Kind) {
			continue
		}
		if t.Kind == wiring.Push || t.Kind == wiring.MergeRequest {
			t.Branches, t.Paths = branches, paths
		} else if branches != nil && t.Kind == wiring.Tag && events == nil {
			continue // a tag is on no branch
		}
		only = append(only, t)
	}
	return only
}

func eventAllows(events []string, kind wiring.TriggerKind) bool {
	allowed := len(events) == 0 || strings.HasPrefix(events[0], "!")
	for _, e := range events {
		e, negative := strings.CutPrefix(e, "!")
		if eventKinds[e] == kind {
			allowed = !negative
		}
	}
	return allowed
}

// patternsOf are the patterns of a condition: a text, a list, or "include" and
// "exclude".
func patternsOf(n syntax.Node) []string {
	if n.IsMap() {
		return append(n.Get("include").Texts(), barred(n.Get("exclude").Texts())...)
	}
	return n.Texts()
}
