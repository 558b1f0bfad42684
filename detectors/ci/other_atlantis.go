package ci

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// atlantis reads the projects of Atlantis: each is planned on merge requests,
// and applied when somebody comments so.
// Source: https://www.runatlantis.io/docs/repo-level-atlantis-yaml
func atlantis(o *otherFile) (wiring.Pipeline, bool) {
	if !o.root.Get("version").Exists() && !o.root.Get("projects").Exists() {
		return wiring.Pipeline{}, false
	}
	comment := o.trigger(wiring.Event)
	comment.Names = []string{"atlantis apply"}
	pipe := wiring.Pipeline{Triggers: []wiring.Trigger{o.trigger(wiring.MergeRequest), comment}}
	for _, n := range o.root.Get("projects").Items() {
		if len(pipe.Jobs) >= maxJobs {
			break
		}
		plan := o.atlantisJob("plan", n)
		plan.Only = []wiring.Trigger{pipe.Triggers[0]}
		if when := n.Get("autoplan", "when_modified").Texts(); when != nil {
			plan.Only[0].Paths = below(n.Get("dir").Text(), when)
		}
		if n.Get("autoplan", "enabled").False() {
			plan.Manual = true
		}
		apply := o.atlantisJob("apply", n)
		apply.Needs, apply.Manual, apply.Only = []string{plan.ID}, true, []wiring.Trigger{comment}
		pipe.Jobs = append(pipe.Jobs, plan, apply)
	}
	return pipe, true
}

// below are patterns of a folder as patterns of the whole.
func below(dir string, patterns []string) []string {
	all := make([]string, len(patterns))
	for i, p := range patterns {
		all[i] = path.Join(dir, p)
	}
	return all
}

// atlantisJob is one of the two things that are done for a project: the steps
// of its workflow, else the usual ones.
func (o *otherFile) atlantisJob(what string, project syntax.Node) wiring.Job {
	name := project.Get("name").Text()
	if name == "" {
		name = strings.Trim(project.Get("dir").Text()+" "+project.Get("workspace").Text(), " ")
	}
	job := wiring.Job{ID: what + " " + name, Name: what + " " + name, At: project.Span(), Dir: project.Get("dir").Text()}
	program := project.Get("terraform_distribution").Text()
	if program == "" {
		program = "terraform"
	}
	steps := o.root.Get("workflows", project.Get("workflow").Text(), what, "steps")
	if !steps.IsList() {
		job.Steps = []wiring.Step{{Name: what, At: project.Span(), Commands: []wiring.Command{{Words: []string{program, what}, Dir: ".", At: project.Span()}}}}
		return job
	}
	for _, n := range steps.Items() {
		kind, options := circleEntry(n)
		step := wiring.Step{Name: kind.Text(), At: n.Span()}
		switch kind.Text() {
		case "init", "plan", "apply", "show", "import":
			step.Commands = []wiring.Command{{Words: append([]string{program, kind.Text()}, options.Get("extra_args").Texts()...), Dir: ".", At: kind.Span()}}
		case "run":
			if options.IsMap() {
				options = options.Get("command")
			}
			step.Commands = o.step("", kind.Span(), shell{}, options).Commands
		default:
			continue
		}
		job.Steps = append(job.Steps, step)
	}
	return job
}
