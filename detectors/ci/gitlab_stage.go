package ci

import (
	"slices"

	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// gitlabStages are those of a pipeline that names none.
var gitlabStages = []string{".pre", "build", "test", "deploy", ".post"}

// order sets what each job comes after: what it needs, else all jobs of the
// stage before. A job that a person may leave out holds nothing up.
func (g *gitlabPipeline) order(jobs []wiring.Job) {
	before := g.stagesBefore(jobs)
	for i := range jobs {
		if needs := g.job(jobs[i].ID).at("needs"); needs.Exists() {
			jobs[i].Needs = needed(needs.List(), g.gitlabConfig)
			continue
		}
		jobs[i].Needs = before[jobs[i].Stage]
	}
}

func (g *gitlabPipeline) stages() []string {
	if own := g.own["stages"].top().Texts(); len(own) > 0 {
		return slices.Concat([]string{".pre"}, own, []string{".post"})
	}
	return gitlabStages
}

// needed are the jobs of this pipeline in a list of "needs".
func needed(items []syntax.Node, c *gitlabConfig) []string {
	var names []string
	for _, item := range items {
		if item.Tag() == "!reference" {
			names = append(names, needed(c.list(item), c)...)
			continue
		}
		name := item.Text()
		if job := item.Get("job"); job.Exists() && !item.Get("project").Exists() && !item.Get("pipeline").Exists() {
			name = job.Text()
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// stagesBefore are, for each stage, the jobs of the last stage before it that
// has any.
func (g *gitlabPipeline) stagesBefore(jobs []wiring.Job) map[string][]string {
	before := map[string][]string{}
	var last []string
	for _, stage := range g.stages() {
		before[stage] = last
		var here []string
		for _, job := range jobs {
			if job.Stage == stage && job.Never == "" && !g.optional(job) {
				here = append(here, job.ID)
			}
		}
		if len(here) > 0 {
			last = here
		}
	}
	return before
}

// optional says whether a job waits for a person without holding up the rest:
// those that are manual outside of rules, unless they may not fail.
// Source: https://docs.gitlab.com/ci/jobs/job_control/#types-of-manual-jobs
func (g *gitlabPipeline) optional(job wiring.Job) bool {
	l := g.job(job.ID)
	return job.Manual && !l.at("rules").Exists() && !l.at("allow_failure").False()
}
