// Package history answers detect.History from the objects of a repository: one
// pass over the commits that the scanned one reaches, made when the first
// question comes.
//
// The pass has three parts. walk reads the commits. touch compares, on several
// goroutines, each commit with its parent and notes which paths it touched.
// date follows, for every path of the scanned commit, the chain of commits that
// `git log -1` follows. What a single question needs beyond that (the contents
// of a change, where a removed file went) is read when it is asked.
package history

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// Options say what else a history needs.
type Options struct {
	// Tags are the repository's tags.
	Tags []objects.Ref
	// Untagged says that the clone was made without tags, so that there being
	// none tells nothing.
	Untagged bool
	// Progress is told now and then, from one goroutine, how many commits were
	// read; nil for nobody.
	Progress func(commits int)
}

// A History is the past of one commit. It is safe for concurrent use.
type History struct {
	ctx   context.Context
	store *objects.Store
	head  objects.ID
	opts  Options

	whole func() (*past, error)
	first func() (detect.Commit, error)
	tags  func() ([]detect.Tag, error)
}

var _ detect.History = (*History)(nil)

// New returns the history of the commit head. Nothing is read before the first
// question; when ctx ends, questions are answered with its error.
func New(ctx context.Context, store *objects.Store, head objects.ID, opts Options) *History {
	h := &History{ctx: ctx, store: store, head: head, opts: opts}
	h.whole = sync.OnceValues(h.read)
	h.first = sync.OnceValues(h.readHead)
	h.tags = sync.OnceValues(h.readTags)
	return h
}

// Head implements detect.History. It reads one commit and not the history, so
// it does not know whether the commit is sweeping, nor who else its author is.
func (h *History) Head() (detect.Commit, error) { return h.first() }

// LastChange implements detect.History. In a shallow clone it answers for the
// paths that changed since its boundary.
func (h *History) LastChange(path string) (detect.Commit, error) {
	p, err := h.whole()
	if err != nil {
		return detect.Commit{}, err
	}
	return p.lastChange(path)
}

// Removal implements detect.History.
func (h *History) Removal(path string) (detect.Removal, bool, error) {
	p, err := h.complete()
	if err != nil {
		return detect.Removal{}, false, err
	}
	return p.removal(path)
}

// Commits implements detect.History.
func (h *History) Commits() ([]detect.Commit, error) {
	p, err := h.complete()
	if err != nil {
		return nil, err
	}
	return p.commits(), nil
}

// complete is the past where all of it is there.
func (h *History) complete() (*past, error) {
	p, err := h.whole()
	if err == nil && p.cut {
		err = errShallow
	}
	return p, err
}

var errShallow = fmt.Errorf("%w and its history incomplete: run `git fetch --unshallow` (in CI, check out with `fetch-depth: 0`)", detect.ErrShallow)

func (h *History) readHead() (detect.Commit, error) {
	if h.head == objects.Zero {
		return detect.Commit{}, detect.ErrNoHistory
	}
	reader := h.store.Reader()
	scanned, err := scan(h.head, reader)
	if err != nil {
		return detect.Commit{}, explain(err)
	}
	head := describe(scanned.commit)
	head.Landed = head.When
	_, head.Bot = scanned.people.identify(scanned.commit.Author)
	return head, nil
}

// explain adds to an error what can be done about it.
func explain(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, objects.ErrMissing):
		return fmt.Errorf("the history cannot be read: %w; clone again without a tree filter, or run `git fetch --refetch`", err)
	}
	return fmt.Errorf("the history cannot be read: %w; `git fsck` tells more", err)
}
