package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// concourseVariable matches "((name))", which a shell would read otherwise.
var concourseVariable = regex.New(`\(\([\w.:/\- ]+\)\)`)

// concourse reads a pipeline of Concourse. What triggers a job are the
// resources that it gets with "trigger: true".
// Source: https://concourse-ci.org/docs/pipelines/
func concourse(o *otherFile) (wiring.Pipeline, bool) {
	c := concourseFile{otherFile: o, types: map[string]syntax.Node{}}
	for _, r := range o.root.Get("resources").Items() {
		c.types[r.Get("name").Text()] = r
	}
	var pipe wiring.Pipeline
	for _, n := range o.root.Get("jobs").Items() {
		if len(pipe.Jobs) == maxJobs {
			break
		}
		job := wiring.Job{ID: n.Get("name").Text(), Name: n.Get("name").Text(), At: n.Span()}
		c.triggers = nil
		c.steps(&job, n.Get("plan"), "", 0)
		job.Only = distinct(c.triggers)
		job.Manual = len(job.Only) == 0 // "passed" alone starts nothing
		pipe.Triggers = append(pipe.Triggers, job.Only...)
		for _, hook := range []string{"on_failure", "on_error", "on_abort", "on_success", "ensure"} {
			c.hook(&job, n, hook)
		}
		pipe.Jobs = append(pipe.Jobs, job)
	}
	pipe.Triggers = distinct(pipe.Triggers)
	for i := range pipe.Jobs {
		if len(pipe.Jobs[i].Needs) > 0 {
			pipe.Jobs[i].Only = nil // what starts them are the jobs that it needs
		}
	}
	return pipe, true
}

type concourseFile struct {
	*otherFile
	types    map[string]syntax.Node
	triggers []wiring.Trigger
}

func (c *concourseFile) hook(job *wiring.Job, n syntax.Node, name string) {
	before := len(job.Steps)
	if hook := n.Get(name); hook.Exists() {
		c.step(job, hook, "", 0)
	}
	for i := before; i < len(job.Steps); i++ {
		job.Steps[i].If = name
	}
}

func (c *concourseFile) steps(job *wiring.Job, n syntax.Node, ignored string, depth int) {
	for _, item := range n.List() {
		if depth < 20 && len(job.Steps) < maxSteps {
			c.step(job, item, ignored, depth)
		}
	}
}

func (c *concourseFile) step(job *wiring.Job, n syntax.Node, ignored string, depth int) {
	switch {
	case n.Get("get").Exists():
		c.get(job, n)
	case n.Get("in_parallel").IsMap():
		c.steps(job, n.Get("in_parallel", "steps"), ignored, depth+1)
	case n.Get("try").Exists():
		c.steps(job, n.Get("try"), "try", depth+1)
	case n.Get("task").Exists():
		c.task(job, n, ignored)
	case n.Get("put").Exists():
		c.put(job, n, ignored)
	case n.Get("set_pipeline").Exists():
		file := n.Get("file")
		job.Steps = append(job.Steps, wiring.Step{Name: "set_pipeline", At: n.Span(), Uses: &wiring.Use{Kind: wiring.Workflow, Ref: file.Text(), Path: file.Text(), At: n.Span()}})
	}
	for _, key := range []string{"in_parallel", "aggregate", "do"} {
		if n.Get(key).IsList() {
			c.steps(job, n.Get(key), ignored, depth+1)
		}
	}
}

// get reads what a job waits for, and whether that starts it.
func (c *concourseFile) get(job *wiring.Job, n syntax.Node) {
	for _, passed := range n.Get("passed").Texts() {
		if !slices.Contains(job.Needs, passed) {
			job.Needs = append(job.Needs, passed)
		}
	}
	if trigger := n.Get("trigger"); !trigger.True() && !concourseVariable.MatchString(trigger.Text()) { // switched on where the variable is set
		return
	}
	name := n.Get("resource").Text() + n.Get("get").Text()
	if n.Get("resource").Exists() {
		name = n.Get("resource").Text()
	}
	r, known := c.types[name]
	t := wiring.Trigger{Kind: wiring.Event, Names: []string{name}, At: n.Span()}
	switch r.Get("type").Text() {
	case "git":
		t.Kind, t.Names, t.Branches, t.Paths = wiring.Push, nil, r.Get("source", "branch").Texts(), r.Get("source", "paths").Texts()
		if concourseVariable.MatchString(r.Get("source", "branch").Text()) {
			t.Branches = nil // set elsewhere
		}
	case "time", "cron-resource":
		t.Kind, t.Names = wiring.Schedule, nil
	case "pull-request", "github-pull-request":
		t.Kind, t.Names = wiring.MergeRequest, nil
	case "github-release":
		t.Kind, t.Names = wiring.Release, nil
	}
	if !known {
		t.Kind, t.Names = wiring.Push, nil // defined elsewhere: nearly always a repository
	}
	c.triggers = append(c.triggers, t)
}

func (c *concourseFile) task(job *wiring.Job, n syntax.Node, ignored string) {
	step := wiring.Step{Name: n.Get("task").Text(), At: n.Span(), Ignored: ignored}
	if file := n.Get("file"); file.Exists() {
		step.Uses = &wiring.Use{Kind: wiring.Template, Ref: file.Text(), Path: file.Text(), With: inputs(n.Get("params")), At: file.Span()}
		if _, inside, ok := strings.Cut(file.Text(), "/"); ok && c.repo.Tree.Has(inside) { // behind the name of the resource
			step.Uses.Local, step.Uses.Path = true, inside
		}
	}
	run := n.Get("config", "run")
	step.Dir = run.Get("dir").Text()
	step.Commands = c.run(run.Get("path"), run.Get("args"))
	job.Steps = append(job.Steps, step)
}

// put reads the update of a resource, as the use of its type.
func (c *concourseFile) put(job *wiring.Job, n syntax.Node, ignored string) {
	name := n.Get("put").Text()
	if r := n.Get("resource"); r.Exists() {
		name = r.Text()
	}
	kind := c.types[name].Get("type").Text()
	if kind == "" {
		kind = name
	}
	u := &wiring.Use{Kind: wiring.Plugin, Ref: "put/" + kind, Path: kind, With: inputs(n.Get("params")), At: n.Span()}
	job.Steps = append(job.Steps, wiring.Step{Name: "put " + name, At: n.Span(), Ignored: ignored, Uses: u})
}
