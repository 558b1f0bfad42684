package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// cloudTriggers are those of builds whose triggers are set in the cloud: a
// push is assumed for the file of the usual name at the root; others may be
// started from anywhere.
func cloudTriggers(o *otherFile, usual ...string) []wiring.Trigger {
	for _, name := range usual {
		if o.file.Path == name {
			return []wiring.Trigger{o.trigger(wiring.Push)}
		}
	}
	return nil
}

// cloudBuild reads the steps of Google Cloud Build.
// Source: https://cloud.google.com/build/docs/build-config-file-schema
func cloudBuild(o *otherFile) (wiring.Pipeline, bool) {
	if !o.root.Get("steps").IsList() {
		return wiring.Pipeline{}, false
	}
	key, steps := o.root.Pair("steps")
	job := wiring.Job{ID: "build", Name: "build", At: key.Span()}
	for _, n := range steps.Items() {
		name := n.Get("name")
		step := wiring.Step{Name: n.Get("id").Text(), At: n.Span(), Dir: n.Get("dir").Text(), Uses: imageUse(name.Text(), name.Span())}
		switch {
		case n.Get("script").Exists():
			step.Commands = o.step("", n.Span(), shell{stops: true}, n.Get("script")).Commands
		case n.Get("entrypoint").Exists():
			step.Commands = o.run(n.Get("entrypoint"), n.Get("args"))
		default:
			step.Commands = o.builder(name, n.Get("args"))
		}
		if n.Get("allowFailure").True() {
			step.Ignored = "allowFailure"
		}
		job.Steps = append(job.Steps, step)
	}
	return wiring.Pipeline{Triggers: cloudTriggers(o, "cloudbuild.yaml", "cloudbuild.yml", "cloudbuild.json"), Jobs: []wiring.Job{job}}, true
}

// builder is the command of a builder's image, which is named after its
// program: "gcr.io/cloud-builders/docker".
func (o *otherFile) builder(image, args syntax.Node) []wiring.Command {
	name := imageUse(image.Text(), image.Span()).Path
	program := name[strings.LastIndexByte(name, '/')+1:]
	commands := o.run(args)
	if len(commands) == 0 {
		return nil
	}
	commands[0].Words = append([]string{program}, commands[0].Words...)
	return commands[:1]
}

// codeBuild reads the build specification of AWS CodeBuild.
// Source: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
func codeBuild(o *otherFile) (wiring.Pipeline, bool) {
	phases := o.root.Get("phases")
	if !phases.IsMap() {
		return wiring.Pipeline{}, false
	}
	job := wiring.Job{ID: "build", Name: "build", At: first(o.root, "phases")}
	for phase, n := range phases.Pairs() {
		for _, key := range []string{"commands", "finally"} {
			if n.Get(key).Exists() {
				step := o.step(phase.Text(), phase.Span(), shell{stops: true}, n.Get(key))
				if n.Get("on-failure").Text() == "CONTINUE" {
					step.Ignored = "on-failure: CONTINUE"
				}
				job.Steps = append(job.Steps, step)
			}
		}
	}
	return wiring.Pipeline{Triggers: cloudTriggers(o, "buildspec.yml", "buildspec.yaml"), Jobs: []wiring.Job{job}}, true
}

// appveyorPhases are the scripts of AppVeyor, in the order in which they run.
var appveyorPhases = []string{"init", "install", "before_build", "build_script", "after_build", "before_test", "test_script", "after_test", "before_deploy", "deploy_script", "after_deploy", "on_success", "on_finish"}

// appveyor reads the scripts of AppVeyor.
// Source: https://www.appveyor.com/docs/appveyor-yml/
func appveyor(o *otherFile) (wiring.Pipeline, bool) {
	job := wiring.Job{ID: "build", Name: "build", At: o.at(), Image: strings.Join(o.root.Get("image").Texts(), ",")}
	for _, phase := range appveyorPhases {
		key, n := o.root.Pair(phase)
		if n.List() == nil {
			continue
		}
		step := wiring.Step{Name: phase, At: key.Span()}
		for _, item := range n.List() {
			step.Commands = append(step.Commands, o.appveyorLine(item)...)
		}
		job.Steps = append(job.Steps, step)
	}
	for _, n := range o.root.Get("deploy").List() {
		if provider := n.Get("provider"); provider.Exists() {
			u := &wiring.Use{Kind: wiring.Plugin, Ref: "deploy/" + strings.ToLower(provider.Text()), Path: provider.Text(), With: inputs(n), At: provider.Span()}
			job.Steps = append(job.Steps, wiring.Step{Name: "deploy", At: n.Span(), Uses: u})
		}
	}
	pipe := wiring.Pipeline{Triggers: []wiring.Trigger{o.trigger(wiring.Push, filter(o.root.Get("branches"))...), o.trigger(wiring.MergeRequest)}}
	if len(job.Steps) > 0 {
		pipe.Jobs = []wiring.Job{job}
	}
	return pipe, true
}

// appveyorLine reads one script: for cmd unless it names a shell.
func (o *otherFile) appveyorLine(n syntax.Node) []wiring.Command {
	kind, text := circleEntry(n)
	if kind.Text() == "sh" && n.IsMap() {
		return o.step("", n.Span(), shell{stops: true}, text).Commands
	}
	if n.IsScalar() {
		text = n
	}
	return o.step("", n.Span(), shell{plain: true}, text).Commands
}
