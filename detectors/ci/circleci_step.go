package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// values are what parameters of a job or command hold.
type values map[string]string

// bind gives the parameters of a definition what a call passes, else their
// defaults.
func bind(definition, call syntax.Node, outer values) values {
	v := values{}
	for name, parameter := range definition.Get("parameters").Pairs() {
		if fallback := parameter.Get("default"); fallback.IsScalar() {
			v[name.Text()] = fallback.Text()
		}
		if given := call.Get(name.Text()); given.IsScalar() {
			v[name.Text()] = outer.put(given.Text())
		}
	}
	return v
}

var circleParameter = regex.New(`<<\s*parameters\.([\w.-]+)\s*>>`)

// put puts known values in place of "<< parameters.name >>".
func (v values) put(text string) string {
	if len(v) == 0 || !strings.Contains(text, "<<") {
		return text
	}
	return circleParameter.ReplaceAllStringFunc(text, func(s string) string {
		if value, ok := v[circleParameter.FindStringSubmatch(s)[1]]; ok {
			return value
		}
		return s
	})
}

// A circleJob is what holds for the steps of one job.
type circleJob struct {
	*circleFile
	values values
	shell  string
	// checkout is the folder that the code is checked out to.
	checkout string
	cond     string
	depth    int
}

// fill reads the definition of a job as an entry of a workflow calls it.
func (c *circleFile) fill(job *wiring.Job, definition, options syntax.Node) {
	j := circleJob{circleFile: c, values: bind(definition, options, nil)}
	executor, given := circleExecutor(definition.Get("executor"))
	base := c.defined("executors", executor)
	bound := bind(base, given, j.values)
	for _, n := range []syntax.Node{base, definition} {
		if image := circleImage(n); image != "" {
			job.Image = j.values.put(bound.put(image))
		}
		if shell := n.Get("shell").Text(); shell != "" {
			j.shell = shell
		}
		if dir := n.Get("working_directory").Text(); dir != "" {
			j.checkout = dir
		}
	}
	if strings.HasPrefix(executor, "win") && j.shell == "" {
		j.shell = "powershell"
	}
	job.Steps = c.around(j.list(definition.Get("steps")), options)
}

// around puts the steps that an entry of a workflow adds around those of the
// job.
func (c *circleFile) around(steps []wiring.Step, options syntax.Node) []wiring.Step {
	j := circleJob{circleFile: c}
	before := j.list(options.Get("pre-steps"))
	return append(append(before, steps...), j.list(options.Get("post-steps"))...)
}

func circleExecutor(n syntax.Node) (string, syntax.Node) {
	if n.IsMap() {
		return n.Get("name").Text(), n
	}
	return n.Text(), syntax.Node{}
}

// circleImage is the first image of a job or executor, else the kind of its
// machine.
func circleImage(n syntax.Node) string {
	if images := n.Get("docker").Items(); len(images) > 0 {
		return images[0].Get("image").Text()
	}
	if image := n.Get("machine", "image"); image.Exists() {
		return image.Text()
	}
	for _, key := range []string{"machine", "macos"} {
		if n.Get(key).Exists() {
			return key
		}
	}
	return ""
}

func (j circleJob) list(n syntax.Node) []wiring.Step {
	var steps []wiring.Step
	for _, item := range n.Items() {
		if j.taken++; j.taken > maxSteps {
			break
		}
		name, options := circleEntry(item)
		steps = append(steps, j.step(name, options)...)
	}
	return steps
}

func (j circleJob) step(name, options syntax.Node) []wiring.Step {
	switch name.Text() {
	case "run":
		return []wiring.Step{j.run(name, options)}
	case "when", "unless":
		return j.conditional(name.Text(), options)
	}
	if command := j.defined("commands", name.Text()); command.IsMap() && j.depth < maxInlined {
		inner := j
		inner.depth++
		inner.values = bind(command, options, j.values)
		return inner.list(command.Get("steps"))
	}
	if name.Text() == "deploy" { // the old name of "run"
		return []wiring.Step{j.run(name, options)}
	}
	step := wiring.Step{Name: name.Text(), At: name.Span(), If: j.cond, Uses: j.orbUse(name.Text(), options, name.Span())}
	if step.Uses != nil {
		for key, value := range step.Uses.With {
			step.Uses.With[key] = j.values.put(value)
		}
	}
	return []wiring.Step{step}
}

// conditional reads steps that a parameter switches on or off.
func (j circleJob) conditional(kind string, options syntax.Node) []wiring.Step {
	cond := options.Get("condition")
	known := func(name string) condition.Value {
		if v, ok := j.values[strings.TrimPrefix(name, "parameters.")]; ok {
			return condition.Text(j.values.put(v))
		}
		return condition.Value{}
	}
	off := condition.False
	if kind == "unless" {
		off = condition.True
	}
	if circleLogic(cond).In(known) == off {
		return nil
	}
	if j.cond == "" {
		j.cond = kind + " " + cond.Text()
	}
	return j.list(options.Get("steps"))
}

// run reads a step that runs a script. Its shell is "bash -eo pipefail" where
// nothing else is named.
// Source: https://circleci.com/docs/reference/configuration-reference/#default-shell-options
func (j circleJob) run(key, n syntax.Node) wiring.Step {
	command := n
	if n.IsMap() {
		command = n.Get("command")
	}
	step := wiring.Step{Name: j.values.put(n.Get("name").Text()), At: key.Span(), If: j.cond, Dir: j.dir(n.Get("working_directory").Text())}
	if when := n.Get("when").Text(); when != "" && when != "on_success" {
		step.If = when
	}
	if n.Get("background").True() {
		step.Ignored = "run in the background"
	}
	sh := shell{stops: true, pipefail: true}
	if own := j.values.put(n.Get("shell").Text()); own != "" {
		sh = shellOf(own)
	} else if j.shell != "" {
		sh = shellOf(j.shell)
	}
	var s script
	s.add(j.file, command)
	s.substitute(j.values.put)
	step.Commands = s.commands(sh)
	return step
}

// dir is a working directory from the root of the checkout.
func (j circleJob) dir(dir string) string {
	dir = j.values.put(dir)
	for _, home := range []string{j.checkout, "~/project", "~/repo", "/home/circleci/project"} {
		if home != "" && (dir == home || strings.HasPrefix(dir, home+"/")) {
			return strings.TrimPrefix(strings.TrimPrefix(dir, home), "/")
		}
	}
	return dir
}
