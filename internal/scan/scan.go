// Package scan runs detectors over a repository: it finds the files that each
// detector wants, reads and parses each of them once, on all cores, and keeps
// one bad file from failing or falsifying the rest.
package scan

import (
	"context"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Options bound a scan. The zero value of a field means its default.
type Options struct {
	// Jobs is how many files are looked at in parallel; by default one for
	// each core.
	Jobs int
	// Progress is told how many of the files that some detector wants have been
	// looked at; never from two goroutines at once.
	Progress func(done, total int)
	// MaxFileSize is the size in bytes above which a file is not looked at.
	MaxFileSize int
	// FileTime is how long the detectors may take over one file. It is a last
	// resort: what parsers and detectors do is bounded by what they read, so that
	// the same file tells the same on a slow machine. No file is known that
	// reaches it.
	FileTime time.Duration
	// MaxFindings is how many findings of one detector are kept.
	MaxFindings int
}

// The defaults of Options.
const (
	DefaultMaxFileSize = 5 << 20
	DefaultFileTime    = 5 * time.Minute
	DefaultMaxFindings = 20_000
)

func (o Options) withDefaults() Options {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	if o.MaxFileSize <= 0 {
		o.MaxFileSize = DefaultMaxFileSize
	}
	if o.FileTime <= 0 {
		o.FileTime = DefaultFileTime
	}
	if o.MaxFindings <= 0 {
		o.MaxFindings = DefaultMaxFindings
	}
	return o
}

// Run runs the detectors over the repository; read gives the contents of a
// file of its tree and must be safe for concurrent use. What keeps a detector
// from looking at a file becomes a blind spot. The error is that of the
// context, or of a detector whose patterns are not valid.
func Run(ctx context.Context, repo *detect.Repo, read func(path string) ([]byte, error), ds []*detect.Detector, opts Options) (*detect.Observed, error) {
	routes, err := newRouter(ds)
	if err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	c := newCollector(opts)
	w := worker{repo: repo, read: read, opts: opts}
	if err := w.files(ctx, listWork(repo.Tree, routes), c); err != nil {
		return nil, err
	}
	if err := w.settle(ctx, routes, c); err != nil {
		return nil, err
	}
	c.sort()
	if err := w.hooks(ctx, ds, c); err != nil {
		return nil, err
	}
	c.sort()
	return detect.NewObserved(w.repo, c.findings, c.blind), nil
}

// A job is a file and the detectors that want to see it.
type job struct {
	path      string
	detectors []*detect.Detector
}

// listWork lists the files that some detector wants, in their order. What is
// not a regular file, or lies in a place that is not read, is nobody's.
func listWork(t *detect.Tree, routes *router) []job {
	var work []job
	for _, e := range t.Entries() {
		if e.Mode != detect.Regular && e.Mode != detect.Executable {
			continue
		}
		if ds := routes.to(e.Path); len(ds) > 0 && t.Place(e.Path).Read() {
			work = append(work, job{e.Path, ds})
		}
	}
	return work
}

// parallel runs n pieces of work, each known by its number, in order of their
// numbers as far as jobs run at the same time.
func parallel(ctx context.Context, jobs, n int, do func(ctx context.Context, i int) error) error {
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(jobs)
	for i := range n {
		if within.Err() != nil {
			break
		}
		g.Go(func() error { return do(within, i) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
