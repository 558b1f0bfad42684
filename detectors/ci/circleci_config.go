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

//go:embed circleci_config.md
var circleciConfigDoc string

// CircleCIConfigs sees the configuration of CircleCI. Its values are a
// wiring.Pipeline each.
// Source: https://circleci.com/docs/reference/configuration-reference/
var CircleCIConfigs = &detect.Detector{
	ID: "ci/circleci-config", Doc: circleciConfigDoc, File: circleciConfigs,
	Match: []string{"**/.circleci/**/*.{yml,yaml}", "**/circle.yml"},
}

// circleRoot is the file that CircleCI reads unless a setting names another.
const circleRoot = ".circleci/config.yml"

// circleKeys are keys of which every configuration has one, those of version
// 1.0 among them.
var circleKeys = []string{"workflows", "jobs", "test", "deployment", "dependencies", "machine"}

func circleciConfigs(p *detect.Pass, f *detect.File) error {
	root, err := mapping(f)
	if err != nil {
		return err
	}
	if f.Path != circleRoot && !slices.ContainsFunc(circleKeys, func(key string) bool { return root.Get(key).IsMap() }) {
		return nil // some other file that lies beside it
	}
	c := newCircleFile(p.Repo, f, root)
	pipe := c.pipeline()
	pipe.Dead = unreadByCircle(f.Path, root)
	at := first(root, "workflows", "jobs")
	if !root.Exists() {
		at = f.Line(1)
	}
	report(p, at, pipe)
	return nil
}

// unreadByCircle says why a file is not read. Others than the usual one may be
// named in the project's settings, or continue it.
func unreadByCircle(p string, root syntax.Node) string {
	dir := path.Dir(p)
	switch {
	case path.Base(p) == "circle.yml" && dir != ".circleci":
		return "a configuration of CircleCI 1.0, which is no longer run"
	case dir != ".circleci" && !strings.HasPrefix(dir, ".circleci/"):
		return "below a sub-folder's .circleci, which is not read"
	case !root.Get("jobs").IsMap() && !root.Get("workflows").IsMap():
		return "it has no jobs"
	}
	return ""
}

// A circleFile is a configuration on the way to the common model.
type circleFile struct {
	repo *detect.Repo
	file *detect.File
	root syntax.Node
	// orbs are the references of those that come from elsewhere, local the
	// definitions of those that the file holds itself.
	orbs  map[string]string
	local map[string]syntax.Node
	// spoken is what conditions say of branches.
	spoken   speech
	includes []wiring.Use
	// taken counts the steps, which are bounded.
	taken int
}

func newCircleFile(r *detect.Repo, f *detect.File, root syntax.Node) *circleFile {
	c := &circleFile{repo: r, file: f, root: root, orbs: map[string]string{}, local: map[string]syntax.Node{}}
	for name, orb := range root.Get("orbs").Pairs() {
		if orb.IsMap() {
			c.local[name.Text()] = orb
			continue
		}
		c.orbs[name.Text()] = orb.Text()
	}
	var conditions []condition.Expression
	for _, w := range root.Get("workflows").Pairs() {
		conditions = append(conditions, circleLogic(w.Get("when")), circleLogic(w.Get("unless")))
	}
	c.spoken = heard(conditions, r.Branch)
	return c
}

// defined is a command, job or executor: of the file, or of an orb in it.
func (c *circleFile) defined(kind, name string) syntax.Node {
	if orb, inner, ok := strings.Cut(name, "/"); ok {
		return c.local[orb].Get(kind, inner)
	}
	return c.root.Get(kind, name)
}

// orbUse is the use of a part of an orb, which Ref names by the orb's own name
// and not by that of the file; nil where the name is of no orb.
func (c *circleFile) orbUse(name string, with syntax.Node, at detect.Span) *wiring.Use {
	alias, part, ok := strings.Cut(name, "/")
	ref := c.orbs[alias]
	if !ok || ref == "" {
		return nil
	}
	u := &wiring.Use{Kind: wiring.Orb, Path: part, At: at}
	give(u, with)
	orb, version, _ := strings.Cut(ref, "@")
	u.Owner, u.Repo = ownerAndRepo(orb)
	u.Ref, u.Version, u.Pinned = u.Repo+"/"+part+"@"+version, version, pinned(version)
	if named := c.root.Get("orbs", alias); named.Exists() {
		u.VersionAt = named.Span()
	}
	c.continued(u)
	return u
}

// continuations are inputs of orbs that name the file that goes on.
var continuations = []string{"config-path", "configuration_path", "configuration-path", "config_path"}

func (c *circleFile) continued(u *wiring.Use) {
	for name, value := range u.With {
		if slices.Contains(continuations, name) && c.repo.Tree.Has(value) {
			c.includes = append(c.includes, wiring.Use{Kind: wiring.Include, Ref: value, Path: path.Clean(value), Local: true, At: u.At})
		}
	}
}

func (c *circleFile) pipeline() wiring.Pipeline {
	pipe := wiring.Pipeline{Vendor: circle, Path: c.file.Path}
	pipe.Triggers = c.triggers()
	workflows := 0
	for name, w := range c.root.Get("workflows").Pairs() {
		if w.IsMap() {
			workflows++
			pipe.Jobs = append(pipe.Jobs, c.workflow(name, w)...)
		}
	}
	if workflows == 0 {
		key, build := c.root.Get("jobs").Pair("build")
		if build.IsMap() {
			job := wiring.Job{ID: "build", Name: "build", At: key.Span()}
			c.fill(&job, build, syntax.Node{})
			pipe.Jobs = append(pipe.Jobs, job)
		}
	}
	pipe.Includes = c.includes
	return pipe
}
