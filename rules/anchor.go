package rules

import (
	"path"
	"slices"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// Anchor is the narrowest thing in the repository that a change for a
// criterion would touch, for formats that must point somewhere: what already
// speaks about it, the job that deploys, what its conditions look at, the
// README, the first file. It has no path where nothing is there to point at.
func (a *Assessment) Anchor(r Result) detect.Span {
	s := a.Scene
	places := []func() detect.Span{
		func() detect.Span { return firstAt(r.Signs, func(s Sign) detect.Span { return s.At }) },
		func() detect.Span { return s.deployment(r.Criterion) },
		func() detect.Span {
			return firstAt(s.live(r.Criterion.looks()...), func(f detect.Finding) detect.Span { return f.At })
		},
		s.readmeStart,
		s.firstFile,
	}
	for _, find := range places {
		at := find()
		if e, ok := s.Repo.Tree.File(at.Path); ok && e.Mode != detect.Symlink {
			at.Start.Line = max(at.Start.Line, 1)
			at.End = detect.Point{Line: at.Start.Line} // one line is enough to point at
			return at
		}
	}
	return detect.Span{}
}

// firstAt is the first place with a line.
func firstAt[T any](list []T, at func(T) detect.Span) detect.Span {
	i := slices.IndexFunc(list, func(x T) bool { return at(x).Start.Line > 0 })
	if i < 0 {
		return detect.Span{}
	}
	return at(list[i])
}

// deployment is the job that deploys, else any job, for what pipelines do.
func (s *Scene) deployment(c *Criterion) detect.Span {
	if !slices.Contains(c.looks(), pipelineDetectors[0]) {
		return detect.Span{}
	}
	acts := s.Graph.Of(wiring.Apply, wiring.Publish)
	if len(acts) > 0 {
		return firstAt(acts, func(a wiring.Act) detect.Span { return a.Job.At })
	}
	for _, p := range s.pipelines {
		if at := firstAt(p.Jobs, func(j wiring.Job) detect.Span { return j.At }); at.Path != "" {
			return at
		}
	}
	return detect.Span{}
}

func (s *Scene) readmeStart() detect.Span {
	for f, d := range detect.Each[docs.Document](s.Observed, docs.Documents) {
		if d.Kind == docs.Readme && path.Dir(f.At.Path) == "." {
			return detect.Span{Path: f.At.Path}
		}
	}
	return detect.Span{}
}

func (s *Scene) firstFile() detect.Span {
	for _, e := range s.Repo.Tree.Entries() {
		if e.Mode == detect.Regular {
			return detect.Span{Path: e.Path}
		}
	}
	return detect.Span{}
}

// Lacks are the checks for criteria that nothing speaks for, one each.
func Lacks() []*Check {
	checks := make([]*Check, len(Criteria))
	for i, c := range Criteria {
		checks[i] = c.lack()
	}
	return checks
}
