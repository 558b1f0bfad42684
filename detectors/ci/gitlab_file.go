package ci

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed gitlab_file.md
var gitlabFileDoc string

// GitLabFiles sees the files that are written in the language of GitLab CI:
// pipelines, and the parts that they include. Its values are a GitLabFile each.
// Source: https://docs.gitlab.com/ci/yaml/
var GitLabFiles = &detect.Detector{
	ID: "ci/gitlab-file", Doc: gitlabFileDoc, Match: []string{"**/*.yml", "**/*.yaml"}, File: gitlabFiles,
}

// A GitLabFile is one file in the language of GitLab CI.
type GitLabFile struct {
	// Jobs are the names of its jobs, hidden ones included.
	Jobs []string
	// Inputs are the names of the inputs that it takes as a component.
	Inputs []string
	// Component says that it has the header that makes it one.
	Component bool

	file *detect.File
	root syntax.Node
}

func gitlabFiles(p *detect.Pass, f *detect.File) error {
	named := gitlabName(f.Path)
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		if named {
			return err
		}
		return nil // some other YAML; its own detectors tell that it cannot be read
	}
	g, ok := readGitLabFile(f, docs)
	if ok || named {
		p.Report(f.Path, f.Whole(), "jobs "+strings.Join(g.Jobs, ", "), g)
	}
	return nil
}

// gitlabName says whether a path is named as a file of GitLab CI.
func gitlabName(p string) bool {
	base := path.Base(p)
	return strings.HasPrefix(base, ".gitlab-ci") || strings.Contains(base, ".gitlab-ci.")
}

// readGitLabFile reads a file, and says whether its structure is that of
// GitLab CI.
func readGitLabFile(f *detect.File, docs syntax.Documents) (GitLabFile, bool) {
	g := GitLabFile{file: f, root: docs[0]}
	if spec := docs[0].Get("spec"); len(docs) > 1 && spec.IsMap() && len(keys(docs[0])) == 1 {
		g.Component, g.root = true, docs[1]
		g.Inputs = keys(spec.Get("inputs"))
	}
	scripted := false
	for name, job := range g.root.Pairs() {
		if isJob(name.Text(), job) {
			g.Jobs = append(g.Jobs, name.Text())
			scripted = scripted || job.Get("script").Exists() || job.Get("extends").Exists() || job.Get("trigger").Exists()
		}
	}
	return g, g.Component || scripted && !g.root.Get("pipelines").Exists()
}

// globals are the keys of a file that are not jobs.
var globals = []string{"default", "include", "stages", "types", "variables", "workflow", "image", "services", "cache", "before_script", "after_script", "spec"}

// jobKeys are keys that only jobs have.
var jobKeys = []string{"script", "extends", "trigger", "rules", "stage", "before_script", "only", "needs", "run"}

func isJob(name string, n syntax.Node) bool {
	if slices.Contains(globals, name) || !n.IsMap() {
		return false
	}
	return slices.ContainsFunc(jobKeys, func(key string) bool { return n.Get(key).Exists() })
}
