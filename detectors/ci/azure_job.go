package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// An item is one item of a list of work, with the template expression that it
// stands behind.
type item struct {
	syntax.Node
	cond string
}

// items are those of a list; what stands behind "${{ if … }}" and
// "${{ each … }}" is part of the list.
// Source: https://learn.microsoft.com/azure/devops/pipelines/process/template-expressions
func items(n syntax.Node) []item { return itemsBehind(n, "", 0) }

func itemsBehind(n syntax.Node, cond string, depth int) []item {
	var all []item
	if depth > 10 {
		return nil
	}
	for _, i := range n.Items() {
		key, inner := circleEntry(i)
		if strings.HasPrefix(key.Text(), "${{") && i.IsMap() {
			all = append(all, itemsBehind(inner, guard(key.Text()), depth+1)...)
			continue
		}
		all = append(all, item{i, cond})
	}
	return all
}

// guard is the condition in a template expression: "${{ if … }}".
func guard(expression string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.Trim(expression, "${} "), "if "))
}

// An azureStage is what a stage gives to its jobs.
type azureStage struct {
	name, pool string
	// condition is the one that holds at run time, guard the template
	// expression that the item stands behind.
	condition, guard string
	// needs are the jobs of the stages before.
	needs  []string
	manual bool
}

// stages reads stages. Each comes after the one before it, unless it says
// otherwise.
func (a *azureFile) stages(n syntax.Node) []wiring.Job {
	var jobs []wiring.Job
	ids := map[string][]string{}
	before := ""
	for _, s := range items(n) {
		name := azureName(s.Node, "stage")
		stage := azureStage{
			name: name, pool: azurePool(s.Get("pool")), guard: s.cond, condition: s.Get("condition").Text(),
			manual: s.Get("trigger").Text() == "manual", needs: azureNeeds(s.Node, ids, before),
		}
		if stage.pool == "" {
			stage.pool = azurePool(a.root.Get("pool"))
		}
		found := a.jobs(s.Get("jobs"), stage)
		if len(found) == 0 {
			found = []wiring.Job{a.whole(s, name, stage)}
		}
		for _, j := range found {
			ids[name] = append(ids[name], j.ID)
		}
		jobs = append(jobs, found...)
		before = name
	}
	return jobs
}

// azureName is the name of a stage or job; one from a template is named after
// that.
func azureName(n syntax.Node, keys ...string) string {
	for _, key := range append(keys, "template") {
		if name := n.Get(key).Text(); name != "" {
			return name
		}
	}
	return keys[0]
}

func azureNeeds(n syntax.Node, ids map[string][]string, before string) []string {
	if !n.Get("dependsOn").Exists() {
		return ids[before]
	}
	var needs []string
	for _, name := range n.Get("dependsOn").Texts() {
		needs = append(needs, ids[name]...)
	}
	return needs
}

// both joins two conditions.
func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "and(" + a + ", " + b + ")"
}

// whole is a stage or job that a template is.
func (a *azureFile) whole(n item, name string, stage azureStage) wiring.Job {
	job := wiring.Job{ID: name, Name: name, Stage: stage.name, At: n.Span(), Needs: stage.needs, Manual: stage.manual, Uses: a.template(n.Node)}
	a.conditions(&job, stage)
	return job
}

// jobs reads the jobs of a stage, which run side by side unless they depend on
// each other.
func (a *azureFile) jobs(n syntax.Node, stage azureStage) []wiring.Job {
	prefix := ""
	if stage.name != "" {
		prefix = stage.name + "."
	}
	var jobs []wiring.Job
	for _, i := range items(n) {
		if len(jobs) == maxJobs {
			break
		}
		name := azureName(i.Node, "job", "deployment")
		own := stage
		own.guard, own.condition = both(stage.guard, i.cond), both(stage.condition, i.Get("condition").Text())
		if needs := i.Get("dependsOn").Texts(); len(needs) > 0 {
			own.needs = nil
			for _, need := range needs {
				own.needs = append(own.needs, prefix+need)
			}
		}
		if i.Get("template").Exists() {
			jobs = append(jobs, a.whole(i, prefix+name, own))
			continue
		}
		jobs = append(jobs, a.job(i.Node, prefix+name, own))
	}
	return jobs
}

func (a *azureFile) job(n syntax.Node, id string, stage azureStage) wiring.Job {
	job := wiring.Job{ID: id, Name: n.Get("displayName").Text(), Stage: stage.name, At: n.Span(), Needs: stage.needs, Manual: stage.manual, Image: azureMachine(n, stage.pool)}
	if job.Name == "" {
		job.Name = azureName(n, "job", "deployment")
	}
	job.Environment = named(n.Get("environment"))
	if n.Get("continueOnError").True() {
		job.Ignored = "continueOnError"
	}
	a.conditions(&job, stage)
	a.fill(&job, n)
	return job
}

// conditions tells when a job runs. A condition of its own that does not ask
// for success replaces the usual one, which does.
// Source: https://learn.microsoft.com/azure/devops/pipelines/process/conditions
func (a *azureFile) conditions(job *wiring.Job, stage azureStage) {
	text := both(stage.guard, stage.condition)
	job.If = oneLine(text)
	job.Only, job.Never = a.when(text)
	job.Regardless = len(job.Needs) > 0 && stage.condition != "" && !readable(stage.condition).Calls("succeeded")
}

// when tells on which occasions something with a condition runs.
func (a *azureFile) when(text string) ([]wiring.Trigger, string) {
	if text == "" {
		return nil, ""
	}
	e := readable(text)
	n := narrow(a.occasions, func(o occasion) condition.Truth { return e.In(a.world(o, 0)) })
	return n.only, never(e, oneLine(text), n)
}

// fill reads the steps of a job or of the phases of a deployment.
func (a *azureFile) fill(job *wiring.Job, n syntax.Node) {
	sh := shell{plain: windows(job.Image), macros: azureMacro}
	job.Steps = append(job.Steps, a.list(n.Get("steps"), sh)...)
	for _, strategy := range []string{"runOnce", "rolling", "canary"} {
		for phase, work := range n.Get("strategy", strategy).Pairs() {
			if phase.Text() == "on" {
				job.Steps = append(job.Steps, a.after(work, sh)...)
				continue
			}
			job.Steps = append(job.Steps, a.list(work.Get("steps"), sh)...)
		}
	}
	job.Manual = job.Manual || slices.ContainsFunc(job.Steps, func(s wiring.Step) bool { return s.Manual })
}

// after are the steps of a deployment that follow its success or failure.
func (a *azureFile) after(n syntax.Node, sh shell) []wiring.Step {
	var steps []wiring.Step
	for outcome, work := range n.Pairs() {
		for _, step := range a.list(work.Get("steps"), sh) {
			step.If = both(outcome.Text(), step.If)
			steps = append(steps, step)
		}
	}
	return steps
}

// azurePool is the image or the name of a pool.
func azurePool(n syntax.Node) string {
	for _, key := range []string{"vmImage", "name"} {
		if text := n.Get(key).Text(); text != "" {
			return text
		}
	}
	return n.Text()
}

// azureMachine is the container of a job, else its pool.
func azureMachine(n syntax.Node, pool string) string {
	if image := n.Get("container", "image").Text(); image != "" {
		return image
	}
	for _, text := range []string{n.Get("container").Text(), azurePool(n.Get("pool"))} {
		if text != "" {
			return text
		}
	}
	return pool
}
