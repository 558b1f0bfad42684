package ci

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed azure_pipeline.md
var azurePipelineDoc string

// AzurePipelines sees the pipelines of Azure DevOps: files that are named as
// one, and others that say what starts them. Its values are a wiring.Pipeline
// each.
// Source: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/
var AzurePipelines = &detect.Detector{
	ID: "ci/azure-pipeline", Doc: azurePipelineDoc, Match: []string{"**/*.yml", "**/*.yaml"}, File: azurePipelines,
}

func azurePipelines(p *detect.Pass, f *detect.File) error {
	root, err := mapping(f)
	if err != nil && strings.HasPrefix(path.Base(f.Path), "azure-pipeline") {
		return err
	}
	if err != nil || azureKind(f.Path, root) != azureIsPipeline {
		return nil
	}
	a := azureFile{repo: p.Repo, file: f, root: root}
	report(p, first(root), a.pipeline())
	return nil
}

// An azureKindOf tells what a file is to Azure Pipelines.
type azureKindOf uint8

const (
	azureIsNothing azureKindOf = iota
	azureIsTemplate
	azureIsPipeline
)

// azureWork are the keys that hold what is done.
var azureWork = []string{"stages", "jobs", "steps", "extends"}

// azureKind tells a pipeline from a template by its name or by what starts it,
// and both from other YAML by the shape of the work. The path of a pipeline is
// set in Azure DevOps: any may be one.
func azureKind(p string, root syntax.Node) azureKindOf {
	if !slices.ContainsFunc(azureWork, func(key string) bool { return azureShaped(key, root.Get(key), 0) }) {
		return azureIsNothing
	}
	if _, other := vendorByPath(p); other {
		return azureIsNothing
	}
	if strings.Contains(strings.ToLower(p), "template") {
		return azureIsTemplate // also whole pipelines, which are there to be copied
	}
	for _, key := range []string{"trigger", "pr", "schedules"} {
		if root.Get(key).Exists() {
			return azureIsPipeline
		}
	}
	switch {
	case root.Get("resources", "pipelines").Exists(), root.Get("resources", "repositories").Exists():
		return azureIsPipeline
	case strings.HasPrefix(path.Base(p), "azure-pipeline"):
		return azureIsPipeline
	case root.Get("parameters").Exists() || !root.Get("pool").Exists():
		return azureIsTemplate
	}
	return azureIsPipeline
}

// azureItems are keys of which one opens each item of a kind of work.
var azureItems = map[string][]string{
	"stages": {"stage", "template"},
	"jobs":   {"job", "deployment", "template"},
	"steps":  {"task", "script", "bash", "pwsh", "powershell", "checkout", "template", "download", "publish", "downloadBuild", "getPackage", "reviewApp"},
}

// azureShaped says whether a value is work of Azure Pipelines: a list of items
// that open with the right key, also behind template expressions.
func azureShaped(key string, n syntax.Node, depth int) bool {
	if key == "extends" {
		return n.Get("template").IsScalar()
	}
	for i, item := range n.Items() {
		if i > 20 || depth > 5 {
			break
		}
		opening, inner := circleEntry(item)
		if strings.HasPrefix(opening.Text(), "${{") {
			if azureShaped(key, inner, depth+1) {
				return true
			}
			continue
		}
		if slices.ContainsFunc(azureItems[key], func(k string) bool { return item.Get(k).Exists() }) && !foreignStep(item) {
			return true
		}
	}
	return false
}

// foreignStep says whether an item is one of another vendor whose steps have a
// key in common: GitHub's "uses", the image that Cloud Build's "name" is.
func foreignStep(n syntax.Node) bool {
	return n.Get("uses").Exists() || strings.Contains(n.Get("name").Text(), "/") || n.Get("image").Exists()
}

// An azureFile is a pipeline or template on the way to the common model.
type azureFile struct {
	repo *detect.Repo
	file *detect.File
	root syntax.Node
	// occasions are those on which the whole file runs.
	occasions []occasion
	steps     int
}

func (a *azureFile) pipeline() wiring.Pipeline {
	pipe := wiring.Pipeline{Vendor: azure, Path: a.file.Path}
	if name := a.root.Get("name").Text(); !strings.Contains(name, "$(") {
		pipe.Name = name
	}
	starts := a.starts()
	for _, s := range starts {
		pipe.Triggers = append(pipe.Triggers, s.Trigger)
	}
	a.occasions = occasions(starts, heard(a.spoken(a.root, 0), a.repo.Branch))
	pipe.Jobs = a.work(a.root)
	return pipe
}

// work are the jobs of a file, whatever level it starts at.
func (a *azureFile) work(n syntax.Node) []wiring.Job {
	switch {
	case n.Get("extends").IsMap():
		template := n.Get("extends")
		return []wiring.Job{{ID: "extends", Name: "extends", At: template.Get("template").Span(), Uses: a.template(template)}}
	case n.Get("stages").Exists():
		return a.stages(n.Get("stages"))
	case n.Get("jobs").Exists():
		return a.jobs(n.Get("jobs"), azureStage{pool: azurePool(n.Get("pool"))})
	case n.Get("steps").Exists():
		key, _ := n.Pair("steps")
		job := wiring.Job{ID: "job", Name: "job", At: key.Span(), Image: azureMachine(n, "")}
		a.fill(&job, n)
		return []wiring.Job{job}
	}
	return nil
}

// spoken are the conditions of the file and the expressions of its variables.
func (a *azureFile) spoken(n syntax.Node, depth int) []condition.Expression {
	if depth > 12 {
		return nil
	}
	var all []condition.Expression
	for _, item := range n.Items() {
		all = append(all, a.spoken(item, depth+1)...)
	}
	for key, value := range n.Pairs() {
		switch key.Text() {
		case "condition", "value":
			all = append(all, readable(strings.Trim(value.Text(), "$[]")))
		case "stages", "jobs", "steps", "variables", "strategy", "runOnce", "deploy":
			all = append(all, a.spoken(value, depth+1)...)
		}
	}
	return all
}
