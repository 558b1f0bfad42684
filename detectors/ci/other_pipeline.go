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

//go:embed other_pipeline.md
var otherPipelineDoc string

// OtherPipelines sees the pipelines of all vendors without a detector of their
// own: by name, or by structure where the product reads objects from anywhere.
// Its values are a wiring.Pipeline each; where a format is a program, it has no
// jobs.
var OtherPipelines = &detect.Detector{
	ID: "ci/other-pipeline", Doc: otherPipelineDoc, File: otherPipelines,
	Match: []string{
		"**/*.{yml,yaml}", "**/.buildkite/*.json", "**/cloudbuild*.json", "**/.drone.{jsonnet,star}",
		"**/.teamcity/settings.kts", "**/dagger.json", "**/Earthfile",
	},
}

func otherPipelines(p *detect.Pass, f *detect.File) error {
	v, ok := vendorByPath(f.Path)
	if ok && v.read == nil {
		report(p, f.Line(1), wiring.Pipeline{Vendor: v.name, Path: f.Path, Dead: v.unread(f.Path)})
		return nil
	}
	docs, err := syntax.Data(f)
	if err != nil || len(docs) == 0 {
		if ok {
			return err
		}
		return nil // some other YAML; its own detectors tell that it cannot be read
	}
	if !ok {
		if v, ok = vendorByShape(docs); !ok {
			return nil
		}
	}
	o := &otherFile{pass: p, repo: p.Repo, file: f, docs: docs, root: docs[0]}
	pipe, ok := v.read(o)
	if !ok {
		return nil
	}
	pipe.Vendor, pipe.Path = v.name, f.Path
	if pipe.Dead == "" {
		pipe.Dead = v.unread(f.Path)
	}
	report(p, first(o.root), pipe)
	return nil
}

// A vendor is a product and how its files are found and read.
type vendor struct {
	name string
	// files are patterns of paths, relative to the folder that the product
	// looks in.
	files []string
	// anywhere says that the path is set in the product, and may be any.
	anywhere bool
	// read gives a file as a pipeline, or false where it is none; nil where the
	// format is not read.
	read func(*otherFile) (wiring.Pipeline, bool)
}

// vendors are those that are known by the names of their files.
var vendors = []vendor{
	{name: "bitbucket-pipelines", files: []string{"bitbucket-pipelines.yml"}, read: bitbucket},
	{name: "travis", files: []string{".travis.yml", ".travis.yaml"}, read: travis},
	{name: "buildkite", files: []string{".buildkite/*", "buildkite.yml", "buildkite.yaml"}, read: buildkite},
	{name: "drone", files: []string{".drone.yml", ".drone.yaml"}, read: drone},
	{name: "drone", files: []string{".drone.star", ".drone.jsonnet"}},
	{name: "woodpecker", files: []string{".woodpecker.yml", ".woodpecker.yaml", ".woodpecker/*", ".woodpecker/*/*"}, read: woodpecker},
	{name: "forgejo-actions", files: []string{".forgejo/workflows/*"}, read: forgejo},
	{name: "gitea-actions", files: []string{".gitea/workflows/*"}, read: forgejo},
	{name: "appveyor", files: []string{"appveyor.yml", ".appveyor.yml"}, read: appveyor},
	{name: "semaphore", files: []string{".semaphore/*"}, read: semaphore},
	{name: "cloud-build", files: []string{"cloudbuild*"}, anywhere: true, read: cloudBuild},
	{name: "codebuild", files: []string{"buildspec*.yml", "buildspec*.yaml"}, anywhere: true, read: codeBuild},
	{name: "prow", files: []string{".prow.yaml", ".prow/*", ".prow/*/*"}, read: prow},
	{name: "atlantis", files: []string{"atlantis.yaml"}, read: atlantis},
	{name: "spacelift", files: []string{".spacelift/config.yml", ".spacelift/config.yaml"}, read: spacelift},
	{name: "env0", files: []string{"env0.yml", "env0.yaml"}, anywhere: true, read: env0},
	{name: "teamcity", files: []string{".teamcity/settings.kts"}},
	{name: "dagger", files: []string{"dagger.json"}, anywhere: true},
	{name: "earthly", files: []string{"Earthfile"}, anywhere: true},
	{name: "zuul", files: []string{".zuul.yaml", "zuul.yaml", ".zuul.d/*", "zuul.d/*"}},
	{name: "cirrus", files: []string{".cirrus.yml", ".cirrus.yaml"}},
	{name: "codemagic", files: []string{"codemagic.yaml"}},
	{name: "bitrise", files: []string{"bitrise.yml"}},
	{name: "zalando-delivery", files: []string{"delivery.yaml"}, read: unreadSteps},
}

// unreadSteps is a pipeline that is known by its list of steps, which is not read.
func unreadSteps(o *otherFile) (wiring.Pipeline, bool) {
	return wiring.Pipeline{}, o.root.Get("pipeline").IsList()
}

// vendorByPath finds the product that a path is named for, in the root or in
// a sub-folder.
func vendorByPath(p string) (vendor, bool) {
	if strings.HasPrefix(p, ".github/") {
		return vendor{}, false
	}
	for _, v := range vendors {
		for _, pattern := range v.files {
			if fits(pattern, tail(p, strings.Count(pattern, "/"))) {
				return v, true
			}
		}
	}
	return vendor{}, false
}

// fits says whether a pattern of paths matches; most are plain names.
func fits(pattern, p string) bool {
	if !strings.Contains(pattern, "*") {
		return pattern == p
	}
	ok, _ := path.Match(pattern, p)
	return ok
}

// tail are the last names of a path, one more than the given number.
func tail(p string, slashes int) string {
	from := len(p)
	for ; slashes >= 0 && from >= 0; slashes-- {
		from = strings.LastIndexByte(p[:from], '/')
	}
	return p[from+1:]
}

// unread says why the product does not read a path.
func (v vendor) unread(p string) string {
	if v.anywhere || v.files == nil {
		return ""
	}
	for _, pattern := range v.files {
		if fits(pattern, p) {
			return ""
		}
	}
	return "in a sub-folder, where it is not read"
}

// vendorByShape finds the product whose objects a file holds.
func vendorByShape(docs syntax.Documents) (vendor, bool) {
	for i, n := range docs {
		if i == 20 {
			break
		}
		switch object(n) {
		case "tekton.dev PipelineRun":
			return vendor{name: "tekton", read: tekton}, true
		case "argoproj.io Workflow", "argoproj.io CronWorkflow":
			return vendor{name: "argo-workflows", read: argoWorkflows}, true
		}
	}
	switch root := docs[0]; {
	case root.Get("jobs").IsList() && root.Get("resources").IsList() && root.Get("jobs").Items() != nil && root.Get("jobs").Items()[0].Get("plan").IsList():
		return vendor{name: "concourse", read: concourse}, true
	case root.Get("presubmits").Exists() || root.Get("postsubmits").Exists():
		return vendor{name: "prow", read: prow}, true
	}
	return vendor{}, false
}

// object is the group and the kind of an object of Kubernetes; empty for one
// that only becomes an object when its template is filled in.
func object(n syntax.Node) string {
	group, _, _ := strings.Cut(n.Get("apiVersion").Text(), "/")
	if strings.Contains(n.Get("metadata", "name").Text(), "{{") {
		return ""
	}
	return group + " " + n.Get("kind").Text()
}

// An otherFile is a file on the way to the common model.
type otherFile struct {
	pass *detect.Pass
	repo *detect.Repo
	file *detect.File
	docs syntax.Documents
	root syntax.Node
}

func (o *otherFile) at() detect.Span { return first(o.root) }

// trigger is one that the file as a whole stands for.
func (o *otherFile) trigger(kind wiring.TriggerKind, branches ...string) wiring.Trigger {
	return wiring.Trigger{Kind: kind, Branches: branches, At: o.at()}
}

// step is one that runs scripts.
func (o *otherFile) step(name string, at detect.Span, sh shell, scripts ...syntax.Node) wiring.Step {
	var s script
	for _, n := range scripts {
		s.addList(o.file, n)
	}
	return wiring.Step{Name: name, At: at, Commands: s.commands(sh)}
}

// run is one command given as words, as containers take it. A shell with "-c"
// runs the script that follows.
func (o *otherFile) run(words ...syntax.Node) []wiring.Command {
	var all []syntax.Node
	for _, n := range words {
		all = append(all, n.List()...)
	}
	for i, w := range all {
		if text := w.Text(); i > 0 && i+1 < len(all) && strings.HasPrefix(text, "-") && strings.HasSuffix(text, "c") && posix(path.Base(all[0].Text())) {
			var s script
			s.add(o.file, all[i+1])
			return s.commands(shell{stops: strings.Contains(text, "e"), macros: containerMacro})
		}
	}
	if len(all) == 0 {
		return nil
	}
	c := wiring.Command{Dir: ".", At: all[0].Span()}
	for _, w := range all {
		c.Words = append(c.Words, w.Text())
	}
	return []wiring.Command{c}
}

// when narrows triggers to those on which a condition holds.
func (o *otherFile) when(text string, triggers []wiring.Trigger, w func(occasion) condition.World) ([]wiring.Trigger, string) {
	e := readable(text)
	if text == "" {
		return nil, ""
	}
	starts := make([]start, len(triggers))
	for i, t := range triggers {
		starts[i] = start{Trigger: t}
	}
	n := narrow(occasions(starts, heard([]condition.Expression{e}, append(e.Names(), o.repo.Branch)...)), func(o occasion) condition.Truth { return e.In(w(o)) })
	return n.only, never(e, oneLine(text), n)
}
