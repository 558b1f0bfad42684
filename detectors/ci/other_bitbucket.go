package ci

import (
	"strconv"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// bitbucket reads the pipelines of Bitbucket.
// Source: https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
func bitbucket(o *otherFile) (wiring.Pipeline, bool) {
	b := bitbucketFile{otherFile: o}
	pipelines := o.root.Get("pipelines")
	branches := pipelines.Get("branches")
	b.section("default", pipelines.Get("default"), o.trigger(wiring.Push, barred(keys(branches))...))
	for pattern, n := range branches.Pairs() {
		b.section("branches."+pattern.Text(), n, o.trigger(wiring.Push, pattern.Text()))
	}
	for pattern, n := range pipelines.Get("pull-requests").Pairs() {
		b.section("pull-requests."+pattern.Text(), n, o.trigger(wiring.MergeRequest))
	}
	for pattern, n := range pipelines.Get("tags").Pairs() {
		b.section("tags."+pattern.Text(), n, o.trigger(wiring.Tag, pattern.Text()))
	}
	for name, n := range pipelines.Get("custom").Pairs() {
		b.section("custom."+name.Text(), n, o.trigger(wiring.Manual))
	}
	return wiring.Pipeline{Triggers: distinct(b.triggers), Jobs: b.jobs}, true
}

type bitbucketFile struct {
	*otherFile
	triggers []wiring.Trigger
	jobs     []wiring.Job
	prefix   string
	only     wiring.Trigger
}

// section reads one pipeline of the file; its steps run one after the other.
func (b *bitbucketFile) section(name string, n syntax.Node, t wiring.Trigger) {
	if !n.Exists() {
		return
	}
	b.prefix, b.only = name, t
	b.triggers = append(b.triggers, t)
	b.list(n.Items(), nil, "")
}

// list reads steps in a row, and gives the last ones.
func (b *bitbucketFile) list(items []syntax.Node, needs []string, environment string) []string {
	for _, item := range items {
		if len(b.jobs) == maxJobs {
			break
		}
		switch kind, n := circleEntry(item); kind.Text() {
		case "step":
			needs = []string{b.step(n, needs, environment)}
		case "parallel":
			needs = b.parallel(n, needs, environment)
		case "stage":
			before := len(b.jobs)
			needs = b.list(n.Get("steps").Items(), needs, n.Get("deployment").Text())
			if n.Get("trigger").Text() == "manual" && len(b.jobs) > before {
				b.jobs[before].Manual = true
			}
		}
	}
	return needs
}

func (b *bitbucketFile) parallel(n syntax.Node, needs []string, environment string) []string {
	steps := n.Items()
	if n.IsMap() {
		steps = n.Get("steps").Items()
	}
	var last []string
	for _, item := range steps {
		last = append(last, b.list([]syntax.Node{item}, needs, environment)...)
	}
	return last
}

func (b *bitbucketFile) step(n syntax.Node, needs []string, environment string) string {
	name := n.Get("name").Text()
	if name == "" {
		name = "step " + strconv.Itoa(len(b.jobs)+1)
	}
	job := wiring.Job{
		ID: b.prefix + "/" + name + "#" + strconv.Itoa(len(b.jobs)+1), Name: name, At: n.Span(), Needs: needs, Only: []wiring.Trigger{b.only},
		Manual: n.Get("trigger").Text() == "manual", Environment: n.Get("deployment").Text(), Image: named(n.Get("image")),
	}
	if job.Environment == "" {
		job.Environment = environment
	}
	if paths := n.Get("condition", "changesets", "includePaths").Texts(); paths != nil {
		job.Only[0].Paths = paths
	}
	if image := b.root.Get("image"); job.Image == "" {
		job.Image = named(image)
	}
	job.Steps = b.scripts(n)
	b.jobs = append(b.jobs, job)
	return job.ID
}

// scripts are the commands of a step, and the pipes between them.
func (b *bitbucketFile) scripts(n syntax.Node) []wiring.Step {
	sh := shell{stops: true}
	key, commands := n.Pair("script")
	steps := []wiring.Step{b.otherFile.step("script", key.Span(), sh, commands)}
	for _, item := range commands.Items() {
		if pipe := item.Get("pipe"); pipe.Exists() {
			u := imageUse(pipe.Text(), pipe.Span())
			u.Kind, u.With = wiring.Plugin, inputs(item.Get("variables"))
			u.Owner, u.Repo = ownerAndRepo(u.Path)
			steps = append(steps, wiring.Step{Name: item.Get("name").Text(), At: item.Span(), Uses: u})
		}
	}
	if key, after := n.Pair("after-script"); key.Exists() {
		step := b.otherFile.step("after-script", key.Span(), sh, after)
		step.Ignored = "after-script"
		steps = append(steps, step)
	}
	return steps
}
