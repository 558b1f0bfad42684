package ci

import (
	"cmp"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

func (g githubFile) job(id, n syntax.Node) wiring.Job {
	job := wiring.Job{
		ID: id.Text(), Name: n.Get("name").Text(), At: id.Span(), Needs: n.Get("needs").Texts(), If: n.Get("if").Text(),
		Ignored: continues(n), Environment: named(n.Get("environment")), Image: machine(n), ImageAt: containerAt(n),
		Uses: g.uses(wiring.Workflow, n.Get("uses"), n.Get("with")), Dir: g.setting(n, "working-directory"),
		Env: inputs(n.Get("env")),
	}
	if job.Name == "" {
		job.Name = job.ID
	}
	if job.Uses != nil {
		job.Dir = "" // what it calls has defaults of its own
	}
	when, why := g.when(job.If, g.occasions)
	job.Only, job.Never = when.only, cmp.Or(why, ofNothing(n.Get("strategy", "matrix")))
	job.Regardless = len(job.Needs) > 0 && regardless(job.If)
	left := g.left(job.If, g.occasions)
	job.Beside = services(n.Get("services"))
	job.IgnoredAt, job.Heedless = g.placed(n, "continue-on-error"), heedless(n)
	sh := githubShell(g.setting(n, "shell"), windows(job.Image))
	env := variables(g.root.Get("env"), n.Get("env"))
	job.Dir = env.folder(job.Dir)
	all := combinations(n.Get("strategy", "matrix"))
	var nodes []syntax.Node
	for _, step := range n.Get("steps").Items() {
		dir := job.Dir
		if step.Get("uses").Exists() || step.Get("working-directory").Exists() {
			dir = ""
		}
		for _, c := range runsIn(all, step, env, dir) {
			nodes, job.Steps = append(nodes, step), append(job.Steps, g.step(step, sh, left, env, c, dir))
		}
	}
	heeded(nodes, job.Steps)
	return job
}

// services are the containers that run beside a job.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idservices
func services(n syntax.Node) []wiring.Container {
	var found []wiring.Container
	for _, s := range n.Pairs() {
		if image := s.Get("image"); image.IsScalar() {
			found = append(found, wiring.Container{Image: image.Text(), At: image.Span()})
		}
	}
	return found
}

// placed is where a key stands; nowhere, where it is not there.
func (g githubFile) placed(n syntax.Node, key string) detect.Span {
	if k, _ := n.Pair(key); k.Exists() {
		return k.Span()
	}
	return detect.Span{}
}

// heeded takes it back that the failure of a step is ignored, where a later one
// asks for its outcome and fails.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context
func heeded(nodes []syntax.Node, steps []wiring.Step) {
	for i := range steps {
		id := nodes[i].Get("id").Text()
		if steps[i].Ignored == "" || id == "" {
			continue
		}
		asks := func(n syntax.Node) bool {
			return strings.Contains(n.Get("if").Text(), "steps."+id+".outcome") && strings.Contains(n.Get("run").Text(), "exit 1") ||
				strings.Contains(n.Get("run").Text(), "steps."+id+".outcome") && strings.Contains(n.Get("run").Text(), "exit 1")
		}
		if slices.ContainsFunc(nodes[i+1:], asks) {
			steps[i].Ignored = ""
		}
	}
}

// heedless says whether a job runs whatever becomes of those it needs, and can
// tell nobody: it asks for none of their results, and only says something.
func heedless(n syntax.Node) bool {
	steps := n.Get("steps").Items()
	if len(n.Get("needs").Texts()) == 0 || len(steps) == 0 || !parse(n.Get("if").Text()).Calls("always") || mentions(n, "needs.") {
		return false
	}
	for _, step := range steps {
		commands, err := syntax.Shell(step.Get("run").Text(), true, false)
		says := func(c syntax.Command) bool {
			return slices.Contains([]string{"echo", "true", ":", "printf"}, c.Program()) || c.Has("0") && c.Program() == "exit"
		}
		if step.Get("uses").Exists() || err != nil || slices.ContainsFunc(commands, func(c syntax.Command) bool { return !says(c) }) {
			return false
		}
	}
	return true
}

// mentions says whether a scalar below a node holds a text.
func mentions(n syntax.Node, text string) bool {
	if strings.Contains(n.Text(), text) {
		return true
	}
	for _, item := range n.Items() {
		if mentions(item, text) {
			return true
		}
	}
	for _, v := range n.Pairs() {
		if mentions(v, text) {
			return true
		}
	}
	return false
}

// ofNothing says why a job with a matrix never runs: one of the lists that it
// is made of is empty.
func ofNothing(matrix syntax.Node) string {
	for k, v := range matrix.Pairs() {
		if v.IsList() && len(v.Items()) == 0 && k.Text() != "exclude" && k.Text() != "include" && !matrix.Get("include").Exists() {
			return "its matrix is empty: " + k.Text()
		}
	}
	return ""
}

// setting is a default for "run" steps, of the job or else of the workflow.
func (g githubFile) setting(job syntax.Node, key string) string {
	if own := job.Get("defaults", "run", key); own.Exists() {
		return own.Text()
	}
	return g.root.Get("defaults", "run", key).Text()
}

// continues says how a failure is ignored. An expression that only sometimes
// ignores it does not count.
func continues(n syntax.Node) string {
	c := n.Get("continue-on-error")
	if c.True() || strings.Trim(c.Text(), "${} ") == "true" {
		return "continue-on-error"
	}
	return ""
}

// named is a name that stands alone or in a mapping.
func named(n syntax.Node) string {
	if n.IsMap() {
		return n.Get("name").Text()
	}
	return n.Text()
}

// containerAt is where the container of a job is named.
func containerAt(n syntax.Node) detect.Span {
	if image := n.Get("container", "image"); image.Exists() {
		return image.Span()
	}
	return n.Get("container").Span()
}

// machine is the container of a job, else the labels of its runner.
func machine(n syntax.Node) string {
	if image := n.Get("container"); image.IsMap() {
		return image.Get("image").Text()
	} else if image.Text() != "" {
		return image.Text()
	}
	runner := n.Get("runs-on")
	if runner.IsMap() {
		return strings.Join(append(runner.Get("labels").Texts(), runner.Get("group").Texts()...), ",")
	}
	return strings.Join(runner.Texts(), ",")
}

func windows(runner string) bool { return strings.HasPrefix(strings.ToLower(runner), "windows") }

// workspace is where GitHub puts the repository for a step that runs an image.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/dockerfile-support
const workspace = "/github/workspace/"

// mounted is what a step that runs an image calls of the repository, if it does.
func mounted(step syntax.Node) syntax.Node {
	if args := step.Get("with", "args"); strings.HasPrefix(step.Get("uses").Text(), "docker://") && strings.HasPrefix(args.Text(), workspace) {
		return args
	}
	return syntax.Node{}
}

func (g githubFile) step(n syntax.Node, sh shell, left []occasion, env environment, c combination, dir string) wiring.Step {
	env = env.and(n.Get("env"))
	step := wiring.Step{
		Name: n.Get("name").Text(), At: n.Span(), If: n.Get("if").Text(), Ignored: continues(n),
		Uses: g.uses(wiring.Action, n.Get("uses"), n.Get("with")), Dir: env.folder(n.Get("working-directory").Text()), Env: inputs(n.Get("env")),
	}
	when, why := g.when(step.If, left)
	step.Only, step.Never = when.only, why
	step.IgnoredAt, step.Aftermath = g.placed(n, "continue-on-error"), aftermath(step.If)
	if own := n.Get("shell").Text(); own != "" {
		sh = githubShell(own, false)
	}
	if step.Dir == "" && c.put(dir) != dir {
		step.Dir = dir
	}
	c.set(&step)
	var s script
	s.add(g.file, n.Get("run"))
	if args := mounted(n); args.Exists() {
		step.Dir = "."
		s.add(g.file, args)
	}
	s.substitute(func(line string) string { return strings.ReplaceAll(c.put(env.inputs(line)), workspace, "./") })
	step.Commands = s.commands(sh)
	return step
}
