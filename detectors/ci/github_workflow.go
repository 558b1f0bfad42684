package ci

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed github_workflow.md
var githubWorkflowDoc string

// GitHubWorkflows sees the workflows of GitHub Actions. Its values are a
// wiring.Pipeline each.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
var GitHubWorkflows = &detect.Detector{
	ID: "ci/github-workflow", Doc: githubWorkflowDoc, File: githubWorkflows,
	Match: []string{"**/.github/workflows/**/*.{yml,yaml}"},
}

func githubWorkflows(p *detect.Pass, f *detect.File) error {
	root, err := mapping(f)
	if err != nil || actionBelow(f.Path, root) {
		return err
	}
	pipe := workflow(p, f, root, github)
	if dead := unreadWorkflow(f.Path, ".github"); dead != "" {
		pipe.Dead = dead
	}
	at := first(root, "on")
	if !root.Exists() {
		at = f.Line(1)
	}
	report(p, at, pipe)
	return nil
}

// actionBelow says whether a file below the folder of workflows is an action,
// which may lie in any folder.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
func actionBelow(p string, root syntax.Node) bool {
	base := path.Base(p)
	return (base == "action.yml" || base == "action.yaml") && root.Get("runs").IsMap()
}

// unreadWorkflow says why a path below a "workflows" folder is not read.
func unreadWorkflow(p, home string) string {
	switch dir := path.Dir(p); {
	case dir == home+"/workflows":
		return ""
	case strings.HasPrefix(dir, home+"/workflows/"):
		return "below a sub-folder of " + home + "/workflows, which is not read"
	}
	return "below a sub-folder's " + home + "/workflows, which is not read"
}

// A githubFile is a workflow or an action on the way to the common model.
type githubFile struct {
	repo *detect.Repo
	file *detect.File
	root syntax.Node
	// occasions are those on which the whole file runs.
	occasions []occasion
}

// workflow reads a workflow of GitHub, or of a product that took over its
// language.
func workflow(p *detect.Pass, f *detect.File, root syntax.Node, vendor string) wiring.Pipeline {
	g := githubFile{repo: p.Repo, file: f, root: root}
	pipe := wiring.Pipeline{Vendor: vendor, Path: f.Path, Name: root.Get("name").Text(), Dead: notWorkflow(root), Env: inputs(root.Get("env"))}
	starts := githubStarts(root.Get("on"))
	for _, s := range starts {
		pipe.Triggers = append(pipe.Triggers, s.Trigger)
	}
	g.occasions = occasions(callable(starts), heard(g.conditions(), g.repo.Branch))
	for id, job := range root.Get("jobs").Pairs() {
		if job.IsMap() {
			pipe.Jobs = append(pipe.Jobs, g.job(id, job))
		}
	}
	return pipe
}

// notWorkflow says why the vendor refuses a file as a workflow.
func notWorkflow(root syntax.Node) string {
	switch {
	case root.Get("updates").IsList() && root.Get("version").Exists():
		return "it is a configuration of Dependabot, which belongs in .github/dependabot.yml"
	case !root.Get("jobs").IsMap():
		return "it has no jobs, and is refused as a workflow"
	case !root.Get("on").Exists():
		return "it names no event that starts it, and is refused as a workflow"
	}
	return ""
}

// conditions are those of all jobs and steps.
func (g githubFile) conditions() []condition.Expression {
	var all []condition.Expression
	for _, job := range g.root.Get("jobs").Pairs() {
		all = append(all, parse(job.Get("if").Text()))
		for _, step := range job.Get("steps").Items() {
			all = append(all, parse(step.Get("if").Text()))
		}
	}
	return all
}
