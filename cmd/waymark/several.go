package main

import (
	"context"
	"io"

	"golang.org/x/sync/errgroup"

	"github.com/waymark-dev/waymark/report"
)

// maxAtOnce bounds the repositories that are scanned at the same time, and with
// them the memory: the files of one are read on all cores anyway, and others
// beside it only fill the time in which one core lists, judges or reads history.
const maxAtOnce = 8

// An outcome is what came of one path: the repository, and what it was at the
// commit of --since, or what kept them from being told.
type outcome struct {
	repository report.Repository
	before     *report.Snapshot
	err        error // of the scan
	beforeErr  error // of the scan at the commit of --since
	closer     func()
}

// scanAll scans the repositories around paths, several at the same time, and
// gives the outcomes in the order of the paths. A repository is opened when its
// turn comes; what goes wrong in one is its own outcome.
func scanAll(ctx context.Context, s settings, paths []string, whole bool, stderr io.Writer) []outcome {
	all := make([]outcome, len(paths))
	bar := &progress{}
	if len(paths) > 1 {
		bar = newCount(stderr, s.quiet, len(paths))
		s.quiet = true // one bar for all
	}
	defer bar.end()
	var g errgroup.Group
	g.SetLimit(min(s.jobs, maxAtOnce))
	for i, p := range paths {
		g.Go(func() error {
			all[i] = scanPath(ctx, s, p, whole, stderr)
			bar.one()
			return nil
		})
	}
	_ = g.Wait() // each outcome has its own error
	return all
}

func scanPath(ctx context.Context, s settings, path string, whole bool, stderr io.Writer) (one outcome) {
	one.repository, one.closer, one.err = scanOne(ctx, s, path, stderr)
	if one.err != nil {
		return one
	}
	if !whole {
		one.repository = one.repository.Around(one.repository.Folder)
	}
	if s.since != "" {
		before, err := earlier(ctx, s, path, whole, stderr)
		one.before, one.beforeErr = &before, err
	}
	return one
}
