// Package ci detects the pipelines of CI vendors and the blocks that pipelines
// share. Each vendor's file has a typed reading of its own; all of them are
// reported in one model, wiring.Pipeline and wiring.Block.
package ci

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// The names of the vendors that have a detector of their own.
const (
	github  = "github-actions"
	gitlab  = "gitlab-ci"
	jenkins = "jenkins"
	circle  = "circleci"
	azure   = "azure-pipelines"
)

// mapping is the first document of a YAML file that is a mapping; the zero
// Node where there is none.
func mapping(f *detect.File) (syntax.Node, error) {
	docs, err := syntax.Data(f)
	if err != nil {
		return syntax.Node{}, err
	}
	for _, n := range docs {
		if n.IsMap() {
			return n, nil
		}
	}
	return syntax.Node{}, nil
}

// first is the place of the first of the keys that a mapping has, else of the
// mapping itself.
func first(n syntax.Node, keys ...string) detect.Span {
	for _, key := range keys {
		if k, _ := n.Pair(key); k.Exists() {
			return k.Span()
		}
	}
	return n.Span()
}

// report reports a pipeline at a place in its file.
func report(p *detect.Pass, at detect.Span, pipe wiring.Pipeline) {
	if pipe.Name == "" {
		pipe.Name = path.Base(pipe.Path)
	}
	note := pipe.Vendor + ": " + pipe.Name
	if pipe.Dead != "" {
		note = pipe.Vendor + ", never runs: " + pipe.Dead
	}
	p.Report(pipe.Path, at, note, pipe)
}

var (
	commitOrDigest = regex.New(`^(sha256:)?[0-9a-f]{40}([0-9a-f]{24})?$`)
	fullVersion    = regex.New(`^v?\d+\.\d+\.\d+([-+.][0-9A-Za-z.+-]+)?$`)
)

// pinned says whether a version is a commit, a digest or a full version, and
// not a branch or a tag that moves.
func pinned(version string) bool {
	return commitOrDigest.MatchString(version) || fullVersion.MatchString(version)
}

// imageUse is the use of a container image: pinned by digest or full version.
func imageUse(ref string, at detect.Span) *wiring.Use {
	u := &wiring.Use{Kind: wiring.Image, Ref: ref, At: at}
	name := strings.TrimPrefix(ref, "docker://")
	if before, digest, ok := strings.Cut(name, "@"); ok {
		u.Path, u.Version = before, digest
	} else if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		u.Path, u.Version = name[:i], name[i+1:]
	} else {
		u.Path = name
	}
	u.Pinned = pinned(u.Version)
	return u
}

// ownerAndRepo splits "owner/repo/rest"; groups of GitLab stay part of the
// owner where rest is not wanted.
func ownerAndRepo(project string) (owner, repo string) {
	project = strings.Trim(project, "/")
	i := strings.LastIndexByte(project, '/')
	if i < 0 {
		return "", project
	}
	return project[:i], project[i+1:]
}

// inputs are the scalars of a mapping.
func inputs(n syntax.Node) map[string]string {
	var with map[string]string
	for k, v := range n.Pairs() {
		if v.IsScalar() {
			if with == nil {
				with = map[string]string{}
			}
			with[k.Text()] = v.Text()
		}
	}
	return with
}

// give sets the inputs of a use, and where they stand.
func give(u *wiring.Use, n syntax.Node) {
	u.With = inputs(n)
	for k, v := range n.Pairs() {
		if v.IsScalar() {
			if u.Lines == nil {
				u.Lines = map[string]int{}
			}
			u.Lines[k.Text()] = firstLine(v)
		}
	}
}

// keys are the keys of a mapping, in their order.
func keys(n syntax.Node) []string {
	var names []string
	for k := range n.Pairs() {
		names = append(names, k.Text())
	}
	return names
}

// barred are patterns with the sign of those that do not match.
func barred(patterns []string) []string {
	barred := make([]string, len(patterns))
	for i, p := range patterns {
		barred[i] = "!" + p
	}
	return barred
}
