package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// prow reads the jobs of Prow: those of this repository where the file holds
// those of several.
// Source: https://docs.prow.k8s.io/docs/jobs/
func prow(o *otherFile) (wiring.Pipeline, bool) {
	var pipe wiring.Pipeline
	for _, kind := range []struct {
		key     string
		trigger wiring.TriggerKind
	}{{"presubmits", wiring.MergeRequest}, {"postsubmits", wiring.Push}, {"periodics", wiring.Schedule}} {
		jobs := o.root.Get(kind.key)
		if jobs.IsMap() {
			jobs = o.ownProw(jobs)
		}
		for _, n := range jobs.Items() {
			pipe.Jobs = append(pipe.Jobs, o.prowJob(n, kind.trigger))
		}
		if len(jobs.Items()) > 0 {
			pipe.Triggers = append(pipe.Triggers, o.trigger(kind.trigger))
		}
	}
	return pipe, len(pipe.Jobs) > 0
}

// ownProw are the jobs of this repository in a mapping by repository.
func (o *otherFile) ownProw(n syntax.Node) syntax.Node {
	for name, jobs := range n.Pairs() {
		if isOrigin(o.repo, name.Text()) {
			return jobs
		}
	}
	return syntax.Node{}
}

func (o *otherFile) prowJob(n syntax.Node, kind wiring.TriggerKind) wiring.Job {
	job := wiring.Job{ID: n.Get("name").Text(), Name: n.Get("name").Text(), At: n.Span()}
	t := wiring.Trigger{Kind: kind, Branches: n.Get("branches").Texts(), At: n.Span()}
	for _, pattern := range append(n.Get("run_if_changed").Texts(), barred(n.Get("skip_if_only_changed").Texts())...) {
		bare, negative := strings.CutPrefix(pattern, "!")
		if pattern = "/" + bare + "/"; negative {
			pattern = "!" + pattern
		}
		t.Paths = append(t.Paths, pattern)
	}
	job.Only = []wiring.Trigger{t}
	if kind == wiring.MergeRequest && n.Get("always_run").False() && len(t.Paths) == 0 {
		job.Manual = true // by a comment
	}
	if n.Get("optional").True() {
		job.Ignored = "optional"
	}
	for _, c := range n.Get("spec", "containers").Items() {
		job.Image, job.ImageAt = c.Get("image").Text(), c.Get("image").Span()
		job.Steps = append(job.Steps, o.container(c))
	}
	return job
}
