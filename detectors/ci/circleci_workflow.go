package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// triggers are what starts the configuration: every push; tags, schedules and
// calls with parameters where it speaks of them.
func (c *circleFile) triggers() []wiring.Trigger {
	at := first(c.root, "workflows", "jobs")
	all := []wiring.Trigger{{Kind: wiring.Push, At: at}}
	tags, schedules := false, c.scheduledPipeline()
	for _, w := range c.root.Get("workflows").Pairs() {
		schedules = schedules || scheduled(w)
		for _, entry := range w.Get("jobs").Items() {
			_, options := circleEntry(entry)
			tags = tags || options.Get("filters", "tags").Exists()
		}
	}
	if tags {
		all = append(all, wiring.Trigger{Kind: wiring.Tag, At: at})
	}
	if schedules {
		all = append(all, wiring.Trigger{Kind: wiring.Schedule, At: at})
	}
	if parameters := c.root.Get("parameters"); parameters.IsMap() {
		all = append(all, wiring.Trigger{Kind: wiring.Manual, Names: keys(parameters), At: at})
	}
	return all
}

// scheduledPipeline says whether conditions speak of schedules that are set in
// the project.
func (c *circleFile) scheduledPipeline() bool {
	return strings.Contains(string(c.file.Data), "scheduled_pipeline")
}

// scheduled says whether a workflow runs on a schedule and nothing else.
func scheduled(w syntax.Node) bool {
	return slices.ContainsFunc(w.Get("triggers").Items(), func(t syntax.Node) bool { return t.Get("schedule").Exists() })
}

// circleEntry is the name and the options of an entry in a list: "name", or
// "name: options".
func circleEntry(n syntax.Node) (name, options syntax.Node) {
	for k, v := range n.Pairs() {
		return k, v
	}
	return n, syntax.Node{}
}

// workflow reads the jobs of one workflow. Names are unique only within one,
// so where there are several the ID starts with the workflow's.
func (c *circleFile) workflow(name, w syntax.Node) []wiring.Job {
	prefix := ""
	if len(keys(c.root.Get("workflows"))) > 1 {
		prefix = name.Text() + "/"
	}
	when := circleLogic(w.Get("when"))
	if w.Get("unless").Exists() {
		when = when.And(circleLogic(w.Get("unless")).Not())
	}
	var jobs []wiring.Job
	for _, entry := range w.Get("jobs").Items() {
		if len(jobs) == maxJobs {
			break
		}
		key, options := circleEntry(entry)
		if key.Text() != "" {
			jobs = append(jobs, c.workflowJob(prefix, key, options, w, when))
		}
	}
	return jobs
}

func (c *circleFile) workflowJob(prefix string, key, options, w syntax.Node, when condition.Expression) wiring.Job {
	job := wiring.Job{Name: key.Text(), At: key.Span(), If: circleText(w)}
	if own := options.Get("name").Text(); own != "" {
		job.Name = own
	}
	job.ID = prefix + job.Name
	c.requires(&job, prefix, options)
	c.runs(&job, options, w, when)
	if options.Get("type").Text() == "approval" {
		job.Manual = true
		return job
	}
	if definition := c.defined("jobs", key.Text()); definition.IsMap() {
		c.fill(&job, definition, options)
		return job
	}
	job.Uses = c.orbUse(key.Text(), options, key.Span())
	job.Steps = c.around(nil, options)
	return job
}

// requires reads what a job comes after; with a list of states it may also run
// where that has failed.
func (c *circleFile) requires(job *wiring.Job, prefix string, options syntax.Node) {
	for _, item := range options.Get("requires").List() {
		name, states := circleEntry(item)
		job.Needs = append(job.Needs, prefix+name.Text())
		for _, state := range states.Texts() {
			job.Regardless = job.Regardless || state == "failed" || state == "terminal"
		}
	}
}

// runs tells when a job runs: by the filters of its entry and the condition of
// its workflow.
func (c *circleFile) runs(job *wiring.Job, options, w syntax.Node, when condition.Expression) {
	starts := c.starts(options, w)
	all := occasions(starts, c.spoken)
	n := narrow(all, func(o occasion) condition.Truth {
		if w.Get("when").Exists() || w.Get("unless").Exists() {
			return when.In(c.world(o))
		}
		return condition.Unknown
	})
	switch {
	case n.never || len(all) == 0:
		job.Never = "its filters and conditions never let it run"
	case n.only != nil:
		job.Only = n.only
	default:
		if own := eachTrigger(all); !sameTriggers(own, c.triggers()) {
			job.Only = own
		}
	}
}

func sameTriggers(a, b []wiring.Trigger) bool {
	return slices.EqualFunc(a, b, func(a, b wiring.Trigger) bool {
		return a.Kind == b.Kind && slices.Equal(a.Branches, b.Branches)
	})
}

// starts are the triggers that the filters of an entry leave. Tags start
// nothing unless a filter names them.
// Source: https://circleci.com/docs/guides/orchestrate/workflows/#using-contexts-and-filtering-in-your-workflows
func (c *circleFile) starts(options, w syntax.Node) []start {
	at := options.Get("filters").Span()
	if scheduled(w) {
		t := wiring.Trigger{Kind: wiring.Schedule, At: at}
		for _, s := range w.Get("triggers").Items() {
			t.Branches = append(t.Branches, filter(s.Get("schedule", "filters", "branches"))...)
		}
		return []start{{Trigger: t}}
	}
	var all []start
	filters := options.Get("filters")
	for _, t := range c.triggers() {
		switch t.Kind {
		case wiring.Schedule:
			if !c.scheduledPipeline() {
				continue // a schedule of another workflow
			}
		case wiring.Push:
			t.Branches = filter(filters.Get("branches"))
		case wiring.Tag:
			if !filters.Get("tags").Exists() {
				continue
			}
			t.Branches = filter(filters.Get("tags"))
		}
		if !slices.Contains(t.Branches, "!/.*/") {
			all = append(all, start{Trigger: t})
		}
	}
	return all
}

// filter are the patterns of a filter.
func filter(n syntax.Node) []string {
	return append(slices.Clone(n.Get("only").Texts()), barred(n.Get("ignore").Texts())...)
}
