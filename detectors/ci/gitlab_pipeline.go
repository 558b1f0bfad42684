package ci

import (
	_ "embed"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed gitlab_pipeline.md
var gitlabPipelineDoc string

// GitLabPipelines sees the pipelines of GitLab CI, each with what it includes
// from this repository, and the child pipelines that they start. Its values are
// a wiring.Pipeline each.
var GitLabPipelines = &detect.Detector{ID: "ci/gitlab-pipeline", Doc: gitlabPipelineDoc, Repo: gitlabPipelines}

// gitlabRoot is the file that GitLab reads unless a setting names another.
const gitlabRoot = ".gitlab-ci.yml"

func gitlabPipelines(p *detect.Pass) error {
	files := map[string]GitLabFile{}
	for _, f := range p.Findings(GitLabFiles) {
		if g, ok := f.Value.(GitLabFile); ok {
			files[g.file.Path] = g
		}
	}
	used := map[string]bool{}
	open := []string{gitlabRoot}
	for len(open) > 0 {
		name := open[0]
		open = open[1:]
		g, ok := files[name]
		if !ok || used[name] {
			continue
		}
		used[name] = true
		open = append(open, reportGitLab(p, files, g, used)...)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Base(name) == gitlabRoot && !used[name] {
			reportDead(p, files, files[name])
		}
	}
	return nil
}

// reportGitLab reports a pipeline, notes the files that it is made of, and
// gives those of the pipelines that it starts.
func reportGitLab(p *detect.Pass, files map[string]GitLabFile, g GitLabFile, used map[string]bool) []string {
	c, includes := gather(p.Repo, files, g)
	for _, u := range includes {
		for _, f := range c.local(u) {
			used[f.file.Path] = true
		}
	}
	pipeline := &gitlabPipeline{gitlabConfig: c, includes: includes}
	pipe := pipeline.read(g, g.file.Path != gitlabRoot)
	pipe.Dead = notOnGitLab(p.Repo, g)
	report(p, first(g.root), pipe)
	return pipeline.children
}

func reportDead(p *detect.Pass, files map[string]GitLabFile, g GitLabFile) {
	c, includes := gather(p.Repo, files, g)
	pipeline := &gitlabPipeline{gitlabConfig: c, includes: includes}
	pipe := pipeline.read(g, false)
	pipe.Dead = "in a sub-folder, and the pipeline at the root neither includes nor starts it"
	report(p, first(g.root), pipe)
}

// notOnGitLab says why the pipeline of a repository on GitHub does not run:
// unless it is one that GitLab runs for repositories elsewhere.
// Source: https://docs.gitlab.com/ci/ci_cd_for_external_repos/
func notOnGitLab(r *detect.Repo, g GitLabFile) string {
	text := string(g.file.Data)
	external := strings.Contains(text, "external_pull_request") || strings.Contains(text, "CI_EXTERNAL_PULL_REQUEST")
	if r.Host != "github.com" || external || !r.Tree.Folder(".github/workflows") {
		return ""
	}
	return "the origin is on GitHub, where workflows of its own run"
}

// read gives a configuration as a pipeline; a child is one that another
// pipeline starts.
func (g *gitlabPipeline) read(root GitLabFile, child bool) wiring.Pipeline {
	pipe := wiring.Pipeline{Vendor: gitlab, Path: root.file.Path, Includes: g.includes}
	names := slices.DeleteFunc(slices.Clone(g.names), func(name string) bool {
		return strings.HasPrefix(name, ".") || slices.Contains(globals, name) || !g.own[name].top().IsMap()
	})
	names = names[:min(len(names), maxJobs)]
	pipe.Triggers = g.start(names, first(root.root), child)
	for _, name := range names {
		pipe.Jobs = append(pipe.Jobs, g.wiringJob(name))
	}
	g.order(pipe.Jobs)
	return pipe
}

// maxJobs bounds the jobs of one pipeline.
const maxJobs = 2000

// start sets the occasions on which the pipeline runs, and gives its triggers.
func (g *gitlabPipeline) start(jobs []string, at detect.Span, child bool) []wiring.Trigger {
	conditions, names := g.speech(jobs)
	starts := slices.Clone(childStarts)
	if !child {
		starts = slices.DeleteFunc(slices.Clone(gitlabStarts), func(s start) bool {
			word, needed := rare[s.event]
			return needed && !slices.ContainsFunc(names, func(text string) bool { return strings.Contains(text, word) })
		})
	}
	for i := range starts {
		starts[i].At = at
	}
	g.governed = g.own["workflow"].at("rules").Exists()
	all := occasions(starts, heard(conditions, append(names, defaultBranch(g.repo))...))
	begins := make([]bool, len(all))
	for i, o := range all {
		if begins[i] = g.begins(o, jobs); begins[i] {
			g.occasions = append(g.occasions, o)
		}
	}
	switch n := narrowTo(all, begins); {
	case child:
		return []wiring.Trigger{{Kind: wiring.Called, At: at}}
	case n.only == nil && !n.never:
		return distinct(eachTrigger(all))
	default:
		return distinct(n.only)
	}
}

// rare are the events that need a setting outside of the file: they count
// where the file speaks of them.
var rare = map[string]string{"external_pull_request_event": "external_pull_request", "schedule": "schedule", "web": "web"}

// begins says whether a pipeline is made on an occasion.
func (g *gitlabPipeline) begins(o occasion, jobs []string) bool {
	switch {
	case g.governed:
		f := decide(g.rules(g.own["workflow"].at("rules")), "always", gitlabWorld(g.repo, o))
		return f.automatic || f.manual
	case o.Kind != wiring.MergeRequest || o.event == "parent_pipeline":
		return true
	}
	return slices.ContainsFunc(jobs, func(name string) bool {
		l := g.job(name)
		f := g.fate(l, g.rules(l.at("rules")), o)
		return f.automatic || f.manual
	})
}

// speech are the conditions of rules and gates, and the texts that they spell
// out.
func (g *gitlabPipeline) speech(jobs []string) ([]condition.Expression, []string) {
	conditions := g.conditions(g.own["workflow"].at("rules"))
	var names []string
	for _, name := range jobs {
		l := g.job(name)
		conditions = append(conditions, g.conditions(l.at("rules"))...)
		for _, gate := range []string{"only", "except"} {
			for _, ref := range refs(l.at(gate)) {
				if names = append(names, ref); strings.HasPrefix(ref, "/") {
					conditions = append(conditions, readable("ref =~ "+ref))
				}
			}
			for _, text := range l.at(gate, "variables").Texts() {
				conditions = append(conditions, readable(text))
			}
		}
	}
	for _, e := range conditions {
		names = append(names, e.Literals()...)
	}
	return conditions, slices.DeleteFunc(names, func(n string) bool { return strings.HasPrefix(n, "/") })
}

func (g *gitlabPipeline) conditions(rules syntax.Node) []condition.Expression {
	var all []condition.Expression
	for _, r := range g.rules(rules) {
		all = append(all, r.cond)
	}
	return all
}
