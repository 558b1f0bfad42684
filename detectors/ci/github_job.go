package ci

import (
	"cmp"
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

func (g githubFile) job(id, n syntax.Node) wiring.Job {
	job := wiring.Job{
		ID: id.Text(), Name: n.Get("name").Text(), At: id.Span(), Needs: n.Get("needs").Texts(), If: n.Get("if").Text(),
		Ignored: continues(n), Environment: named(n.Get("environment")), Image: machine(n),
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
	sh := githubShell(g.setting(n, "shell"), windows(job.Image))
	env := variables(g.root.Get("env"), n.Get("env"))
	job.Dir = env.folder(job.Dir)
	for _, step := range n.Get("steps").Items() {
		job.Steps = append(job.Steps, g.step(step, sh, left, env))
	}
	return job
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

func (g githubFile) step(n syntax.Node, sh shell, left []occasion, env environment) wiring.Step {
	env = env.and(n.Get("env"))
	step := wiring.Step{
		Name: n.Get("name").Text(), At: n.Span(), If: n.Get("if").Text(), Ignored: continues(n),
		Uses: g.uses(wiring.Action, n.Get("uses"), n.Get("with")), Dir: env.folder(n.Get("working-directory").Text()),
	}
	when, why := g.when(step.If, left)
	step.Only, step.Never = when.only, why
	if own := n.Get("shell").Text(); own != "" {
		sh = githubShell(own, false)
	}
	var s script
	s.add(g.file, n.Get("run"))
	s.substitute(env.inputs)
	step.Commands = s.commands(sh)
	return step
}
