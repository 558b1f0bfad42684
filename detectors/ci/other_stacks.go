package ci

import (
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// spacelift reads the run-time configuration of Spacelift: the hooks of its
// stacks. Which pushes start a stack is set in the product.
// Source: https://docs.spacelift.io/concepts/configuration/runtime-configuration
func spacelift(o *otherFile) (wiring.Pipeline, bool) {
	var jobs []wiring.Job
	if defaults := o.root.Get("stack_defaults"); defaults.IsMap() {
		jobs = append(jobs, o.hooked("stack_defaults", o.root, defaults))
	}
	for name, stack := range o.root.Get("stacks").Pairs() {
		if stack.IsMap() {
			jobs = append(jobs, o.hooked(name.Text(), o.root.Get("stacks"), stack))
		}
	}
	return o.byProduct("spacelift", jobs)
}

// env0 reads the custom flows of env0: the steps around what it plans and
// deploys. What starts it is set in the product.
// Source: https://docs.envzero.com/guides/admin-guide/custom-flows
func env0(o *otherFile) (wiring.Pipeline, bool) {
	if !o.root.Get("version").Exists() {
		return wiring.Pipeline{}, false
	}
	var jobs []wiring.Job
	for _, kind := range []string{"deploy", "destroy", "prPlan"} {
		key, flow := o.root.Pair(kind)
		if !flow.IsMap() {
			continue
		}
		job := wiring.Job{ID: kind, Name: kind, At: key.Span()}
		for name, hooks := range flow.Get("steps").Pairs() {
			for _, when := range []string{"before", "after"} {
				if list := hooks.Get(when); list.Exists() {
					job.Steps = append(job.Steps, o.step(when+" "+name.Text(), list.Span(), shell{stops: true}, hookScripts(list)...))
				}
			}
		}
		jobs = append(jobs, job)
	}
	return o.byProduct("env0", jobs)
}

// hookScripts are the scripts of hooks, which may have names.
func hookScripts(list syntax.Node) []syntax.Node {
	var found []syntax.Node
	for _, item := range list.List() {
		if item.IsMap() {
			item = item.Get("run")
		}
		found = append(found, item)
	}
	return found
}

// hooked is the job of a stack, made of the commands around its phases.
func (o *otherFile) hooked(name string, parent, stack syntax.Node) wiring.Job {
	key, _ := parent.Pair(name)
	job := wiring.Job{ID: name, Name: name, At: key.Span()}
	for hook, commands := range stack.Pairs() {
		if commands.IsList() {
			job.Steps = append(job.Steps, o.step(hook.Text(), hook.Span(), shell{stops: true}, commands))
		}
	}
	return job
}

// byProduct is a pipeline that a product starts by settings of its own.
func (o *otherFile) byProduct(name string, jobs []wiring.Job) (wiring.Pipeline, bool) {
	trigger := o.trigger(wiring.Event)
	trigger.Names = []string{name}
	return wiring.Pipeline{Triggers: []wiring.Trigger{trigger}, Jobs: jobs}, len(jobs) > 0
}
