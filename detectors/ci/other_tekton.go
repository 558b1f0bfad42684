package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// containerMacro matches what Tekton, Argo Workflows and Concourse replace in a
// script: "$(params.name)", "{{inputs.parameters.name}}", "((name))".
var containerMacro = regex.New(`\$\([A-Za-z_][\w.\-\[\]'"*]*\)|\{\{[^{}]*\}\}|\(\([\w.:/\-]+\)\)`)

// tekton reads runs of pipelines of Tekton. What starts them is known where
// Pipelines-as-Code does, by annotations.
// Source: https://tekton.dev/docs/pipelines/pipelineruns/
func tekton(o *otherFile) (wiring.Pipeline, bool) {
	var pipe wiring.Pipeline
	for _, doc := range o.docs {
		switch object(doc) {
		case "tekton.dev PipelineRun":
			pipe.Triggers = append(pipe.Triggers, tektonTriggers(o, doc.Get("metadata", "annotations"))...)
			pipe.Jobs = append(pipe.Jobs, o.tektonTasks(doc.Get("spec", "pipelineSpec"))...)
			if ref := doc.Get("spec", "pipelineRef", "name"); ref.Exists() {
				pipe.Includes = append(pipe.Includes, wiring.Use{Kind: wiring.Template, Ref: ref.Text(), Path: ref.Text(), At: ref.Span()})
			}
		case "tekton.dev Pipeline":
			pipe.Jobs = append(pipe.Jobs, o.tektonTasks(doc.Get("spec"))...)
		default:
			continue
		}
		if pipe.Name == "" {
			pipe.Name = objectName(doc)
		}
	}
	return pipe, true
}

func objectName(doc syntax.Node) string {
	return doc.Get("metadata", "name").Text() + doc.Get("metadata", "generateName").Text()
}

// tektonTasks are the tasks of a pipeline, and those that run in the end
// whatever happened.
func (o *otherFile) tektonTasks(spec syntax.Node) []wiring.Job {
	var jobs []wiring.Job
	for _, part := range []string{"tasks", "finally"} {
		for _, n := range spec.Get(part).Items() {
			job := o.tektonTask(n)
			job.Regardless = part == "finally"
			jobs = append(jobs, job)
		}
	}
	return jobs
}

const pipelinesAsCode = "pipelinesascode.tekton.dev/"

// tektonTriggers are the events that annotations name: "[push, pull_request]".
// Source: https://pipelinesascode.com/docs/guide/matchingevents/
func tektonTriggers(o *otherFile, n syntax.Node) []wiring.Trigger {
	list := func(key string) []string {
		return strings.FieldsFunc(n.Get(pipelinesAsCode+key).Text(), func(r rune) bool { return strings.ContainsRune("[], \"'", r) })
	}
	var all []wiring.Trigger
	for _, event := range list("on-event") {
		t := wiring.Trigger{Kind: wiring.Event, Branches: list("on-target-branch"), Paths: list("on-path-change"), At: n.Span()}
		switch event {
		case "push":
			t.Kind = wiring.Push
		case "pull_request":
			t.Kind = wiring.MergeRequest
		default:
			t.Names = []string{event}
		}
		all = append(all, t)
	}
	if expression := n.Get(pipelinesAsCode + "on-cel-expression").Text(); expression != "" {
		if strings.Contains(expression, `"push"`) {
			all = append(all, o.trigger(wiring.Push))
		}
		if strings.Contains(expression, `"pull_request"`) {
			all = append(all, o.trigger(wiring.MergeRequest))
		}
	}
	return all
}

func (o *otherFile) tektonTask(n syntax.Node) wiring.Job {
	job := wiring.Job{ID: n.Get("name").Text(), Name: n.Get("name").Text(), At: n.Span(), Needs: n.Get("runAfter").Texts()}
	if ref := n.Get("taskRef"); ref.Exists() {
		name := ref.Get("name")
		if !name.Exists() {
			for _, p := range ref.Get("params").Items() {
				if p.Get("name").Text() == "name" {
					name = p.Get("value")
				}
			}
		}
		job.Uses = &wiring.Use{Kind: wiring.Template, Ref: name.Text(), Path: name.Text(), At: ref.Span()}
	}
	for _, s := range n.Get("taskSpec", "steps").Items() {
		job.Steps = append(job.Steps, o.container(s))
	}
	return job
}

// container reads a step that runs a container: a script, or a command with
// arguments.
func (o *otherFile) container(n syntax.Node) wiring.Step {
	step := wiring.Step{Name: n.Get("name").Text(), At: n.Span(), Dir: n.Get("workingDir").Text()}
	if script := n.Get("script"); script.Exists() {
		step.Commands = o.step("", n.Span(), shell{stops: true, macros: containerMacro}, script).Commands
		return step
	}
	step.Commands = o.run(n.Get("command"), n.Get("args"))
	return step
}

// argoWorkflows reads workflows of Argo Workflows, their templates as jobs.
// Only a CronWorkflow tells what starts it.
// Source: https://argo-workflows.readthedocs.io/en/latest/fields/
func argoWorkflows(o *otherFile) (wiring.Pipeline, bool) {
	var pipe wiring.Pipeline
	for _, doc := range o.docs {
		spec := doc.Get("spec")
		if doc.Get("kind").Text() == "CronWorkflow" {
			pipe.Triggers = append(pipe.Triggers, wiring.Trigger{Kind: wiring.Schedule, At: first(doc)})
			spec = spec.Get("workflowSpec")
		}
		if pipe.Name == "" {
			pipe.Name = objectName(doc)
		}
		pipe.Jobs = append(pipe.Jobs, o.argoTemplates(spec)...)
	}
	return pipe, true
}

func (o *otherFile) argoTemplates(spec syntax.Node) []wiring.Job {
	var jobs []wiring.Job
	for _, n := range spec.Get("templates").Items() {
		job := wiring.Job{ID: n.Get("name").Text(), Name: n.Get("name").Text(), At: n.Span()}
		if c := n.Get("container"); c.Exists() {
			job.Image, job.ImageAt, job.Steps = c.Get("image").Text(), c.Get("image").Span(), []wiring.Step{o.container(c)}
		}
		if s := n.Get("script"); s.Exists() {
			job.Image, job.ImageAt, job.Steps = s.Get("image").Text(), s.Get("image").Span(), []wiring.Step{o.source(s)}
		}
		if len(job.Steps) > 0 {
			jobs = append(jobs, job)
		}
	}
	return jobs
}

// source reads a script template; its command is the interpreter.
func (o *otherFile) source(n syntax.Node) wiring.Step {
	sh := shellOf(strings.Join(n.Get("command").Texts(), " "))
	sh.macros = containerMacro
	key, text := n.Pair("source")
	return o.step("source", key.Span(), sh, text)
}
