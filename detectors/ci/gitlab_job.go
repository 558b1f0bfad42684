package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A gitlabPipeline is a configuration on the way to the common model.
type gitlabPipeline struct {
	*gitlabConfig
	occasions []occasion
	// governed says that rules decide which pipelines there are.
	governed bool
	includes []wiring.Use
	// children are the files of pipelines that jobs start.
	children []string
}

// job reads a job that is not hidden.
func (g *gitlabPipeline) wiringJob(name string) wiring.Job {
	l := g.job(name)
	job := wiring.Job{ID: name, Name: name, At: g.places[name].Span(), Stage: l.at("stage").Text(), Image: named(g.value(l, "image")), Environment: gitlabEnvironment(l)}
	if job.Stage == "" {
		job.Stage = g.stageOf(name)
	}
	if allow := l.at("allow_failure"); allow.True() || allow.IsMap() {
		job.Ignored = "allow_failure"
	}
	job.Regardless = l.at("when").Text() == "always" || l.at("when").Text() == "on_failure"
	g.schedule(&job, l)
	g.inherit(&job, l)
	job.Uses = g.started(l.at("trigger"))
	if missing := g.missing(name); job.Uses == nil && len(missing) > 0 {
		job.Uses = g.foreign(missing[0], l.at("extends"))
	}
	if !l.at("trigger").Exists() {
		job.Steps = g.steps(name, l)
		for i := range job.Steps {
			job.Steps[i].Aftermath = gitlabAftermath(l)
		}
	}
	return job
}

// gitlabAftermath says when the steps of a job run although others have failed.
// Source: https://docs.gitlab.com/ci/yaml/#when
func gitlabAftermath(l layers) wiring.Aftermath {
	if l.at("when").Text() == "on_failure" {
		return wiring.OnFailure
	}
	return ""
}

// stageOf is the stage of a job that names none: "test", but where the job is
// defined elsewhere the one that is named like it.
func (g *gitlabPipeline) stageOf(name string) string {
	if len(g.missing(name)) > 0 && slices.Contains(g.stages(), name) {
		return name
	}
	return "test"
}

// value is that of a key in a job, else the default.
func (g *gitlabPipeline) value(l layers, key string) syntax.Node {
	if own := l.at(key); own.Exists() {
		return own
	}
	inherit := l.at("inherit", "default")
	if inherit.False() || inherit.IsList() && !slices.Contains(inherit.Texts(), key) {
		return syntax.Node{}
	}
	if n := g.own["default"].at(key); n.Exists() {
		return n
	}
	return g.own[key].top()
}

// gitlabEnvironment is the one that a job deploys to; stopping one is no deployment.
func gitlabEnvironment(l layers) string {
	if action := l.at("environment", "action").Text(); action != "" && action != "start" {
		return ""
	}
	if n := l.at("environment"); n.IsScalar() {
		return n.Text()
	}
	return l.at("environment", "name").Text()
}

// schedule tells when a job runs.
func (g *gitlabPipeline) schedule(job *wiring.Job, l layers) {
	rules := g.rules(l.at("rules"))
	fates := make([]fate, len(g.occasions))
	for i, o := range g.occasions {
		fates[i] = g.fate(l, rules, o)
		if fates[i].ignored {
			job.Ignored = "allow_failure"
		}
	}
	automatic := g.those(fates, func(f fate) bool { return f.automatic })
	manual := g.those(fates, func(f fate) bool { return f.manual && !f.automatic })
	job.If = texts(rules)
	switch {
	case automatic.never && manual.never:
		job.Never = "no rule lets it run"
	case automatic.never:
		job.Manual, job.Only = true, distinct(manual.only)
	default:
		job.Only = distinct(automatic.only)
		if !manual.never && len(job.Only) > 0 {
			job.Only = append(job.Only, byHand(manual))
		}
	}
}

// byHand is the trigger of a job that a person may start where it does not
// start by itself.
func byHand(n narrowing) wiring.Trigger {
	t := wiring.Trigger{Kind: wiring.Manual}
	for _, only := range n.only {
		if only.Kind == wiring.Push {
			t.Branches = only.Branches
		}
	}
	return t
}

// those narrows to the occasions whose fate is the wanted one, with the paths
// that the job then waits for.
func (g *gitlabPipeline) those(fates []fate, wanted func(fate) bool) narrowing {
	runs := make([]bool, len(fates))
	paths := map[int][]string{}
	for i, f := range fates {
		if runs[i] = wanted(f); runs[i] {
			paths[g.occasions[i].trigger] = f.paths
		}
	}
	return g.withPaths(narrowTo(g.occasions, runs), paths)
}

func (g *gitlabPipeline) withPaths(n narrowing, paths map[int][]string) narrowing {
	if n.never || !slices.ContainsFunc(g.occasions, func(o occasion) bool { return len(paths[o.trigger]) > 0 }) {
		return n
	}
	if n.only == nil {
		n.only = eachTrigger(g.occasions)
	}
	for i, t := range n.only {
		for _, o := range g.occasions {
			if o.Kind == t.Kind && len(paths[o.trigger]) > 0 {
				n.only[i].Paths = paths[o.trigger]
			}
		}
	}
	return n
}

// eachTrigger are the triggers of occasions, each once.
func eachTrigger(all []occasion) []wiring.Trigger {
	var triggers []wiring.Trigger
	last := -1
	for _, o := range all {
		if o.trigger != last {
			triggers, last = append(triggers, o.Trigger), o.trigger
		}
	}
	return triggers
}

func (g *gitlabPipeline) fate(l layers, rules []gitlabRule, o occasion) fate {
	when, w := l.at("when").Text(), gitlabWorld(g.repo, o)
	switch {
	case l.at("rules").Exists():
		return decide(rules, when, w)
	case l.at("only").Exists() || l.at("except").Exists():
		return gating{l.at("only"), l.at("except")}.decide(o, when, w)
	case o.Kind == wiring.MergeRequest && o.event != "parent_pipeline" && !g.governed, when == "never":
		return fate{} // without rules of its own a job is not part of merge request pipelines
	}
	return fate{automatic: when != "manual", manual: when == "manual"}
}

// started is the pipeline that a trigger job starts.
// Source: https://docs.gitlab.com/ci/yaml/#trigger
func (g *gitlabPipeline) started(n syntax.Node) *wiring.Use {
	if !n.Exists() {
		return nil
	}
	u := wiring.Use{Kind: wiring.Workflow, Ref: n.Text(), At: n.Span()}
	if project := n.Get("project"); project.Exists() {
		u.Ref, u.Version = project.Text(), n.Get("branch").Text()
	}
	if include := n.Get("include"); include.Exists() {
		for _, part := range gitlabIncludes(g.repo, include) {
			part.Kind = wiring.Workflow
			if part.Local {
				g.children = append(g.children, part.Path)
			}
			u = part
		}
		return &u
	}
	u.Owner, u.Repo = ownerAndRepo(u.Ref)
	u.Pinned = pinned(u.Version)
	return &u
}

// foreign is a job that one included from elsewhere defines.
func (g *gitlabPipeline) foreign(name string, at syntax.Node) *wiring.Use {
	u := wiring.Use{Kind: wiring.Include, Ref: name, Path: name, At: at.Span()}
	outside := slices.DeleteFunc(slices.Clone(g.includes), func(i wiring.Use) bool { return i.Local })
	if len(outside) == 1 {
		u.Owner, u.Repo, u.Version, u.Pinned = outside[0].Owner, outside[0].Repo, outside[0].Version, outside[0].Pinned
	}
	return &u
}

// steps are the scripts of a job. What before_script and script do is one
// shell's work; after_script cannot fail the job.
// Source: https://docs.gitlab.com/runner/shells/
func (g *gitlabPipeline) steps(name string, l layers) []wiring.Step {
	var steps []wiring.Step
	var running script
	before := g.value(l, "before_script")
	for _, part := range []struct {
		name string
		n    syntax.Node
	}{{"before_script", before}, {"script", l.at("script")}, {"after_script", g.value(l, "after_script")}} {
		if !part.n.Exists() || part.n.IsNull() {
			continue
		}
		step := wiring.Step{Name: part.name, At: part.n.Span()}
		if part.name == "after_script" {
			running, step.Ignored = script{}, "after_script"
		}
		start := len(running.pieces)
		for _, item := range g.list(part.n) {
			if f := g.files[item.Span().Path].file; f != nil {
				running.add(f, item)
			}
		}
		step.Commands = running.from(start, shell{stops: true, pipefail: true})
		steps = append(steps, step)
	}
	return append(steps, g.effects(name, l)...)
}

// effects are what a job does besides its scripts.
func (g *gitlabPipeline) effects(name string, l layers) []wiring.Step {
	var steps []wiring.Step
	for _, key := range []string{"release", "pages"} {
		n := l.at(key)
		at := n.Span()
		if !n.Exists() {
			at = g.places[name].Span()
		}
		if n.IsMap() || n.True() || key == name {
			steps = append(steps, wiring.Step{Name: key, At: at, Uses: &wiring.Use{Kind: wiring.Plugin, Ref: key, Path: key, With: inputs(n), At: at}})
		}
	}
	for _, item := range g.list(l.at("run")) {
		if step := item.Get("step"); step.Exists() {
			steps = append(steps, wiring.Step{Name: item.Get("name").Text(), At: item.Span(), Uses: &wiring.Use{Kind: wiring.Action, Ref: step.Text(), Path: strings.TrimPrefix(step.Text(), "./"), At: step.Span()}})
		}
	}
	return steps
}
