package ci

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// gitlabIncludes reads the value of "include".
// Source: https://docs.gitlab.com/ci/yaml/includes/
func gitlabIncludes(r *detect.Repo, n syntax.Node) []wiring.Use {
	var uses []wiring.Use
	for _, item := range n.List() {
		uses = append(uses, gitlabInclude(r, item)...)
	}
	return uses
}

func gitlabInclude(r *detect.Repo, n syntax.Node) []wiring.Use {
	u := wiring.Use{Kind: wiring.Include, Ref: n.Text(), With: inputs(n.Get("inputs")), At: n.Span()}
	switch {
	case strings.Contains(u.Ref, "://"):
		u.Path = u.Ref
	case n.IsScalar():
		u.Local, u.Path = true, fromRoot(u.Ref)
	case n.Get("local").Exists():
		u.Ref = n.Get("local").Text()
		u.Local, u.Path = true, fromRoot(u.Ref)
	case n.Get("project").Exists():
		return gitlabProject(r, n, u)
	case n.Get("component").Exists():
		return []wiring.Use{gitlabComponent(r, n.Get("component").Text(), u)}
	case n.Get("template").Exists():
		u.Kind, u.Ref, u.Path = wiring.Template, n.Get("template").Text(), n.Get("template").Text()
	case n.Get("remote").Exists():
		u.Ref, u.Path = n.Get("remote").Text(), n.Get("remote").Text()
	default:
		return nil
	}
	return []wiring.Use{u}
}

// fromRoot is a path of this repository that may start with a slash.
func fromRoot(p string) string { return strings.TrimPrefix(path.Clean("/"+p), "/") }

// gitlabProject is one use for each file of another project.
func gitlabProject(r *detect.Repo, n syntax.Node, u wiring.Use) []wiring.Use {
	project := n.Get("project").Text()
	u.Owner, u.Repo = ownerAndRepo(project)
	u.Version = n.Get("ref").Text()
	u.Pinned, u.Local = pinned(u.Version), isOrigin(r, project)
	var uses []wiring.Use
	for _, file := range n.Get("file").Texts() {
		u.Path = fromRoot(file)
		u.Ref = project + "/" + u.Path
		if u.Version != "" {
			u.Ref += "@" + u.Version
		}
		uses = append(uses, u)
	}
	return uses
}

// gitlabComponent splits "host/group/project/component@version".
func gitlabComponent(r *detect.Repo, ref string, u wiring.Use) wiring.Use {
	name, version, _ := strings.Cut(ref, "@")
	u.Ref, u.Version, u.Pinned = ref, version, pinned(version)
	_, name, _ = strings.Cut(name, "/")
	project, component := ownerAndRepo(name)
	u.Owner, u.Repo = ownerAndRepo(project)
	u.Path, u.Local = component, isOrigin(r, project)
	if u.Local {
		u.Path = "templates/" + component + ".yml"
	}
	return u
}

// maxIncluded bounds the files that one pipeline is made of.
const maxIncluded = 150

// gather puts the local files that a file includes below it, and lists all
// that it is made of.
func gather(r *detect.Repo, files map[string]GitLabFile, root GitLabFile) (*gitlabConfig, []wiring.Use) {
	c := &gitlabConfig{repo: r, files: files}
	var uses []wiring.Use
	seen := map[string]bool{}
	var add func(g GitLabFile)
	add = func(g GitLabFile) {
		if seen[g.file.Path] || len(seen) > maxIncluded {
			return
		}
		seen[g.file.Path] = true
		for _, u := range gitlabIncludes(r, g.root.Get("include")) {
			uses = append(uses, u)
			for _, included := range c.local(u) {
				add(included)
			}
		}
		c.layers = append(c.layers, g.root)
	}
	add(root)
	c.index()
	return c, uses
}

// local are the files here that a use names; its path may be a pattern.
func (c *gitlabConfig) local(u wiring.Use) []GitLabFile {
	if !u.Local {
		return nil
	}
	if !strings.ContainsRune(u.Path, '*') {
		if g, ok := c.files[u.Path]; ok {
			return []GitLabFile{g}
		}
		return nil
	}
	var found []GitLabFile
	for _, e := range c.repo.Tree.Entries() {
		if g, ok := c.files[e.Path]; ok && doublestar.MatchUnvalidated(u.Path, e.Path) {
			found = append(found, g)
		}
	}
	return found
}
