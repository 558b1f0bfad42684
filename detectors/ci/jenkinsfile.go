package ci

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed jenkinsfile.md
var jenkinsfileDoc string

// Jenkinsfiles sees the pipelines of Jenkins, declarative and scripted. Its
// values are a wiring.Pipeline each.
// Source: https://www.jenkins.io/doc/book/pipeline/syntax/
var Jenkinsfiles = &detect.Detector{
	ID: "ci/jenkinsfile", Doc: jenkinsfileDoc, File: jenkinsfiles,
	Match: []string{"**/Jenkinsfile*", "**/jenkinsfile*", "**/*.{jenkinsfile,Jenkinsfile,jenkins,groovy}"},
}

func jenkinsfiles(p *detect.Pass, f *detect.File) error {
	named, maybe := jenkinsName(f.Path)
	if !named && !maybe {
		return nil
	}
	calls, err := groovy.Parse(string(f.Data))
	if err != nil {
		return err
	}
	if len(calls) == 0 || !named && !definesPipeline(calls) {
		return nil
	}
	j := newJenkinsFile(p.Repo, f, calls)
	report(p, f.Line(j.entry()), j.pipeline())
	return nil
}

// noPipelines are folders whose Groovy texts are not pipelines of this
// repository: fixtures, and the sources of libraries.
var noPipelines = []string{"test", "tests", "testresources", "resources", "vars", "docs", "jobdsl", "job-dsl"}

// otherFormats are endings of files that are about pipelines, or become them
// only after a template engine has run.
var otherFormats = []string{".md", ".txt", ".png", ".j2", ".erb", ".tpl", ".tmpl", ".template", ".yaml", ".yml", ".xml", ".json", ".py", ".sh", ".go"}

// homes are folders that hold pipelines under any name.
var homes = []string{"jenkins", ".jenkins", "jenkinsfiles", "pipelines", "pipeline", "ci", ".ci"}

// jenkinsName says whether a path is named as a Jenkinsfile, or else may be
// one by the folder that it lies in. The path itself is set in Jenkins.
func jenkinsName(p string) (named, maybe bool) {
	folders := strings.Split(strings.ToLower(path.Dir(p)), "/")
	if slices.ContainsFunc(folders, func(s string) bool { return slices.Contains(noPipelines, s) }) {
		return false, false
	}
	base := strings.ToLower(path.Base(p))
	if slices.Contains(otherFormats, path.Ext(base)) {
		return false, false
	}
	named = strings.HasPrefix(base, "jenkinsfile") || strings.HasSuffix(base, ".jenkinsfile")
	return named, slices.Contains(homes, folders[len(folders)-1])
}

// definesPipeline says whether a script is a pipeline by what it calls.
func definesPipeline(calls []groovy.Call) bool {
	return slices.ContainsFunc(calls, func(c groovy.Call) bool {
		return c.HasBody && slices.Contains([]string{"pipeline", "node", "stage", "podTemplate"}, c.Name)
	})
}

// A jenkinsFile is a script on the way to the common model.
type jenkinsFile struct {
	repo      *detect.Repo
	file      *detect.File
	calls     []groovy.Call
	libraries []wiring.Use
	methods   map[string]groovy.Call
	// types are the variables that hold an object, by what made it.
	types     map[string]string
	starts    []start
	occasions []occasion
}

func newJenkinsFile(r *detect.Repo, f *detect.File, calls []groovy.Call) *jenkinsFile {
	j := &jenkinsFile{repo: r, file: f, calls: calls, methods: map[string]groovy.Call{}, types: map[string]string{}}
	j.libraries = jenkinsLibraries(f, calls)
	j.learn(calls)
	j.starts = j.triggers()
	j.occasions = occasions(j.starts, heard(j.spoken(), r.Branch))
	return j
}

// learn notes what the script defines.
func (j *jenkinsFile) learn(calls []groovy.Call) {
	for _, c := range calls {
		switch {
		case c.Defines != "":
			j.methods[c.Defines] = c
		case c.Assigned != "" && c.Name != "":
			j.types[c.Assigned] = c.Name
		}
		j.learn(c.Body)
	}
}

// entry is the line that stands for the whole pipeline.
func (j *jenkinsFile) entry() int {
	for _, c := range j.calls {
		if c.Name == "pipeline" {
			return c.Line
		}
	}
	return j.calls[0].Line
}

func (j *jenkinsFile) pipeline() wiring.Pipeline {
	pipe := wiring.Pipeline{Vendor: jenkins, Path: j.file.Path, Includes: j.libraries}
	for _, s := range j.starts {
		pipe.Triggers = append(pipe.Triggers, s.Trigger)
	}
	pipe.Jobs = j.jobs()
	return pipe
}

// jobs are those of a script: the stages, and what stands outside of any.
func (j *jenkinsFile) jobs() []wiring.Job {
	w := &jenkinsWalk{jenkinsFile: j, stage: -1}
	for _, c := range j.calls {
		if c.Name == "pipeline" && c.HasBody {
			w.declarative(c)
			return w.jobs
		}
	}
	w.walk(j.calls, scope{})
	return w.jobs
}
