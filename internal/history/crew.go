package history

import (
	"cmp"
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/waymark-dev/waymark/internal/objects"
)

// A job is a commit to compare with its parent, by their trees.
type job struct {
	commit   commitID
	old, new objects.ID
}

// windowSize is how many jobs go to a worker at once: commits that follow each
// other share most of their trees.
const windowSize = 128

// A crew reads the commits on one goroutine and compares them on others.
type crew struct {
	store    *objects.Store
	head     objects.ID
	paths    *paths
	progress func(commits int)

	windows chan []job
	window  []job

	mu    sync.Mutex
	done  []result
	count int // of files touched so far
}

// A result is what the commits of a window touched.
type result struct {
	window  []job
	touched []touched
}

// run returns the commits, and what each touched.
func (c *crew) run(ctx context.Context) (*graph, []touched, error) {
	c.windows = make(chan []job, 64)
	group, ctx := errgroup.WithContext(ctx)
	var g *graph
	group.Go(func() (err error) {
		defer close(c.windows)
		g, err = c.walk(ctx)
		return err
	})
	for range min(runtime.GOMAXPROCS(0), 8) {
		group.Go(func() error { return c.compare(ctx, &differ{reader: c.store.Reader(), paths: c.paths}) })
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	return g, c.collect(len(g.nodes)), nil
}

func (c *crew) walk(ctx context.Context) (*graph, error) {
	count := 0
	g, err := walkFrom(c.head, c.store.Reader(), func(g *graph, id commitID) error {
		if count++; c.progress != nil && count%1000 == 0 {
			c.progress(count)
		}
		return c.add(ctx, g, id)
	})
	if err != nil {
		return nil, err
	}
	return g, c.flush(ctx)
}

// add hands a commit over, unless it is a merge or its parents are unknown.
func (c *crew) add(ctx context.Context, g *graph, id commitID) error {
	n := &g.nodes[id]
	if len(n.parents) > 1 || n.cut {
		return ctx.Err()
	}
	j := job{commit: id, new: n.tree}
	if len(n.parents) == 1 {
		j.old = g.nodes[n.parents[0]].tree
	}
	if c.window = append(c.window, j); len(c.window) < windowSize {
		return nil
	}
	return c.flush(ctx)
}

func (c *crew) flush(ctx context.Context) error {
	window := c.window
	c.window = make([]job, 0, windowSize)
	select {
	case c.windows <- window:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// compare works off windows. When it fails the walk ends too, and with it the
// windows.
func (c *crew) compare(ctx context.Context, d *differ) error {
	for window := range c.windows {
		r := result{window, make([]touched, len(window))}
		count := 0
		for i, j := range window {
			changes, err := d.compare(j.old, j.new)
			if err = cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			r.touched[i] = sortOut(changes, d.paths)
			count += len(changes)
		}
		if err := c.keep(r, count); err != nil {
			return err
		}
	}
	return nil
}

func (c *crew) keep(r result, count int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = append(c.done, r)
	if c.count += count; c.count > maxAllTouches {
		return errBounds
	}
	return nil
}

func (c *crew) collect(commits int) []touched {
	all := make([]touched, commits)
	for _, r := range c.done {
		for i, j := range r.window {
			all[j.commit] = r.touched[i]
		}
	}
	return all
}
