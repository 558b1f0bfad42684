// Package history answers detect.History from the objects of a repository: one
// pass over the commits that the scanned one reaches, made when the first
// question comes.
package history

import (
	"context"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// Options say what else a history needs.
type Options struct {
	// Tags are the repository's tags.
	Tags []objects.Ref
	// Progress is told, now and then and from one goroutine at a time, how
	// many commits are done; nil for nobody.
	Progress func(commits int)
}

// A History is the past of one commit. It is safe for concurrent use.
type History struct {
	ctx   context.Context
	store *objects.Store
	head  objects.ID
	opts  Options
}

var _ detect.History = (*History)(nil)

// New returns the history of the commit head. Nothing is read before the first
// question; when ctx ends, questions are answered with its error.
func New(ctx context.Context, store *objects.Store, head objects.ID, opts Options) *History {
	return &History{ctx: ctx, store: store, head: head, opts: opts}
}

// None is the history of what has none.
var None detect.History = none{}

type none struct{}

func (none) Head() (detect.Commit, error)             { return detect.Commit{}, detect.ErrNoHistory }
func (none) LastChange(string) (detect.Commit, error) { return detect.Commit{}, detect.ErrNoHistory }
func (none) Changes(string) ([]detect.Commit, error)  { return nil, detect.ErrNoHistory }
func (none) Removal(string) (detect.Removal, bool, error) {
	return detect.Removal{}, false, detect.ErrNoHistory
}
func (none) Blank(detect.Commit, string) (bool, error)             { return false, detect.ErrNoHistory }
func (none) Shipped([]detect.Tag) ([][]detect.Commit, error)       { return nil, detect.ErrNoHistory }
func (h *History) Blank(detect.Commit, string) (bool, error)       { return false, detect.ErrNoHistory }
func (h *History) Shipped([]detect.Tag) ([][]detect.Commit, error) { return nil, detect.ErrNoHistory }
func (none) Commits() ([]detect.Commit, error)                     { return nil, detect.ErrNoHistory }
func (none) Tags() ([]detect.Tag, error)                           { return nil, detect.ErrNoHistory }
func (h *History) Head() (detect.Commit, error)                    { return detect.Commit{}, detect.ErrNoHistory }
func (h *History) LastChange(string) (detect.Commit, error) {
	return detect.Commit{}, detect.ErrNoHistory
}
func (h *History) Changes(string) ([]detect.Commit, error) { return nil, detect.ErrNoHistory }
func (h *History) Removal(string) (detect.Removal, bool, error) {
	return detect.Removal{}, false, detect.ErrNoHistory
}
func (h *History) Commits() ([]detect.Commit, error) { return nil, detect.ErrNoHistory }
func (h *History) Tags() ([]detect.Tag, error)       { return nil, detect.ErrNoHistory }
