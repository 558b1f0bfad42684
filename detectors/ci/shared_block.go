package ci

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed shared_block.md
var sharedBlockDoc string

// Blocks sees what is shaped for other pipelines to use: reusable workflows,
// actions, components and templates, orbs, steps of shared libraries. Its
// values are a wiring.Block each.
var Blocks = &detect.Detector{
	ID: "ci/shared-block", Doc: sharedBlockDoc, Match: []string{"**/*.{yml,yaml}", "vars/*.groovy"}, File: blocks,
}

func blocks(p *detect.Pass, f *detect.File) error {
	if path.Ext(f.Path) == ".groovy" {
		return libraryStep(p, f)
	}
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return nil // the detector of the format tells that it cannot be read
	}
	for _, read := range []func(*detect.Pass, *detect.File, syntax.Documents) (wiring.Block, bool){
		action, reusableWorkflow, workflowTemplate, gitlabTemplate, azureTemplate, orb, concourseTask, clusterTemplate,
	} {
		if b, ok := read(p, f, docs); ok {
			if b.Name == "" {
				b.Name = path.Base(b.Path)
			}
			p.Report(f.Path, first(docs[0]), string(b.Kind)+" "+b.Name, b)
			return nil
		}
	}
	return nil
}

// action reads an action, which callers name by its folder.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
func action(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	root := docs[0]
	runs := root.Get("runs")
	if base := path.Base(f.Path); base != "action.yml" && base != "action.yaml" || !runs.IsMap() {
		return wiring.Block{}, false
	}
	b := wiring.Block{Kind: wiring.Action, Name: root.Get("name").Text(), Path: path.Dir(f.Path), Inputs: keys(root.Get("inputs"))}
	key, _ := root.Pair("runs")
	job := wiring.Job{ID: "action", Name: b.Name, At: key.Span()}
	g := githubFile{repo: p.Repo, file: f, root: root}
	for _, n := range runs.Get("steps").Items() {
		job.Steps = append(job.Steps, g.step(n, shell{foreign: true}, nil, nil, nil, ""))
	}
	if image := runs.Get("image"); image.Exists() {
		u := imageUse(image.Text(), image.Span())
		if !strings.HasPrefix(image.Text(), "docker://") {
			u.Local, u.Path = true, path.Join(b.Path, image.Text())
		}
		job.Steps = append(job.Steps, wiring.Step{At: image.Span(), Uses: u})
	}
	if len(job.Steps) > 0 {
		b.Jobs = []wiring.Job{job}
	}
	return b, true
}

// reusableWorkflow reads a workflow that others may call.
func reusableWorkflow(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	if dir := path.Dir(f.Path); dir != ".github/workflows" && dir != ".forgejo/workflows" && dir != ".gitea/workflows" {
		return wiring.Block{}, false
	}
	for _, s := range githubStarts(docs[0].Get("on")) {
		if s.Kind == wiring.Called {
			pipe := workflow(p, f, docs[0], github)
			return wiring.Block{Kind: wiring.Workflow, Name: pipe.Name, Path: f.Path, Inputs: s.Names, Jobs: pipe.Jobs}, true
		}
	}
	return wiring.Block{}, false
}

// workflowTemplate reads a workflow that an organisation offers to start from.
// Source: https://docs.github.com/en/actions/how-tos/reuse-automations/create-workflow-templates
func workflowTemplate(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	properties := strings.TrimSuffix(f.Path, path.Ext(f.Path)) + ".properties.json"
	if path.Dir(f.Path) != "workflow-templates" || !p.Repo.Tree.Has(properties) {
		return wiring.Block{}, false
	}
	pipe := workflow(p, f, docs[0], github)
	return wiring.Block{Kind: wiring.Template, Name: pipe.Name, Path: f.Path, Jobs: pipe.Jobs}, true
}

// gitlabTemplate reads a component, or a file of jobs to extend in the folder
// that components lie in.
// Source: https://docs.gitlab.com/ci/components/
func gitlabTemplate(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	g, ok := readGitLabFile(f, docs)
	hidden := slices.ContainsFunc(g.Jobs, func(name string) bool { return strings.HasPrefix(name, ".") })
	offered := g.Component || hidden && strings.HasPrefix(f.Path, "templates/")
	if !ok || !offered {
		return wiring.Block{}, false
	}
	c, includes := gather(p.Repo, map[string]GitLabFile{f.Path: g}, g)
	pipeline := &gitlabPipeline{gitlabConfig: c, includes: includes}
	return wiring.Block{Kind: wiring.Include, Path: f.Path, Inputs: g.Inputs, Jobs: pipeline.read(g, true).Jobs}, true
}

// azureTemplate reads a template of Azure Pipelines.
func azureTemplate(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	root := docs[0]
	if azureKind(f.Path, root) != azureIsTemplate {
		return wiring.Block{}, false
	}
	a := azureFile{repo: p.Repo, file: f, root: root}
	return wiring.Block{Kind: wiring.Template, Path: f.Path, Inputs: azureParameters(root.Get("parameters")), Jobs: a.work(root)}, true
}

// orb reads the source of an orb, packed or only its start ("@orb.yml").
// Source: https://circleci.com/docs/orbs/author/orb-author/
func orb(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	root := docs[0]
	base := path.Base(f.Path)
	parts := root.Get("commands").IsMap() || root.Get("jobs").IsMap() || root.Get("executors").IsMap()
	if base != "@orb.yml" && (base != "orb.yml" || !parts) || !root.Get("version").Exists() || root.Get("workflows").Exists() {
		return wiring.Block{}, false
	}
	b := wiring.Block{Kind: wiring.Orb, Name: p.Repo.Name, Path: f.Path}
	c := newCircleFile(p.Repo, f, root)
	for _, part := range []string{"commands", "jobs"} {
		for key, n := range root.Get(part).Pairs() {
			job := wiring.Job{ID: key.Text(), Name: key.Text(), At: key.Span()}
			c.fill(&job, n, syntax.Node{})
			b.Jobs = append(b.Jobs, job)
		}
	}
	return b, true
}

// concourseTask reads a task that pipelines of Concourse take from a file.
// Source: https://concourse-ci.org/docs/tasks/
func concourseTask(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	root := docs[0]
	if !root.Get("platform").IsScalar() || !root.Get("run", "path").Exists() {
		return wiring.Block{}, false
	}
	o := &otherFile{repo: p.Repo, file: f, root: root}
	key, run := root.Pair("run")
	step := wiring.Step{Name: "run", At: key.Span(), Dir: run.Get("dir").Text(), Commands: o.run(run.Get("path"), run.Get("args"))}
	job := wiring.Job{ID: "task", Name: path.Base(f.Path), At: first(root), Steps: []wiring.Step{step}}
	return wiring.Block{Kind: wiring.Template, Path: f.Path, Inputs: keys(root.Get("params")), Jobs: []wiring.Job{job}}, true
}

// clusterTemplate reads pipelines and tasks that lie in a cluster for others to
// run: of Tekton and of Argo Workflows.
func clusterTemplate(p *detect.Pass, f *detect.File, docs syntax.Documents) (wiring.Block, bool) {
	o := &otherFile{repo: p.Repo, file: f, docs: docs, root: docs[0]}
	spec := o.root.Get("spec")
	b := wiring.Block{Kind: wiring.Template, Name: objectName(o.root), Path: f.Path}
	switch object(o.root) {
	case "tekton.dev Pipeline":
		b.Jobs = o.tektonTasks(spec)
	case "tekton.dev Task":
		job := wiring.Job{ID: b.Name, Name: b.Name, At: first(o.root)}
		for _, n := range spec.Get("steps").Items() {
			job.Steps = append(job.Steps, o.container(n))
		}
		b.Jobs = []wiring.Job{job}
	case "argoproj.io WorkflowTemplate", "argoproj.io ClusterWorkflowTemplate":
		b.Jobs = o.argoTemplates(spec)
	default:
		return wiring.Block{}, false
	}
	for _, n := range append(spec.Get("params").Items(), spec.Get("arguments", "parameters").Items()...) {
		b.Inputs = append(b.Inputs, n.Get("name").Text())
	}
	return b, true
}

// libraryStep reads a step of a shared library of Jenkins: a script in "vars"
// that defines "call".
// Source: https://www.jenkins.io/doc/book/pipeline/shared-libraries/#defining-custom-steps
func libraryStep(p *detect.Pass, f *detect.File) error {
	calls, err := groovy.Parse(string(f.Data))
	if err != nil {
		return err
	}
	for _, c := range calls {
		if c.Defines != "call" || len(c.Body) == 0 {
			continue
		}
		j := newJenkinsFile(p.Repo, f, calls)
		j.calls = c.Body
		name := strings.TrimSuffix(path.Base(f.Path), ".groovy")
		p.Report(f.Path, f.Line(c.Line), "library step "+name, wiring.Block{Kind: wiring.Library, Name: name, Path: f.Path, Inputs: c.Params, Jobs: j.jobs()})
		return nil
	}
	return nil
}
