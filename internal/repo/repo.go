// Package repo opens the repository around a path, lists what is scanned of it
// and reads it: the work tree as it lies on the disk, or any commit from the
// objects. It runs no program and follows nothing out of the root, whatever the
// repository's files and settings say.
package repo

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
)

// DefaultMaxFileSize is the most that Read reads of one file.
const DefaultMaxFileSize = 8 << 20

// Options say what of a repository is scanned.
type Options struct {
	// Rev is the commit to scan in place of the work tree: HEAD, a branch, a
	// tag, a commit id or its start, each with ~n and ^n.
	Rev string
	// NoHistory leaves the history alone: History answers ErrNoHistory.
	NoHistory bool
	// MaxFileSize bounds Read, in bytes; 0 means DefaultMaxFileSize.
	MaxFileSize int64
	// Progress is told, now and then, how many commits of the history are done;
	// nil for nobody.
	Progress func(commits int)
}

// A Repository is an open repository. Its methods are safe for concurrent use,
// Exclude apart.
type Repository struct {
	*detect.Repo
	// Root is the work tree, or the git folder of a bare repository.
	Root string
	// Component is the folder that was named, as a path from the root; empty
	// for the root itself.
	Component string
	// Commit is the id of the scanned commit, or of the one that the work tree
	// is based on, and Committed its date; empty where there is none.
	Commit    string
	Committed time.Time
	// FromDisk says that the work tree was listed, with what is not committed
	// in it; else everything is as it stands in Commit.
	FromDisk bool
	// Blind are the places that could not be listed and the links that lead
	// outside, by path; a history that cannot be read has the empty path.
	Blind []detect.BlindSpot

	source  source
	limit   int64
	marks   map[string]detect.Place
	closers []func() error
}

// Open opens the repository around a path, which may be its root, a folder or
// file inside it, a bare clone, or a folder without git. The history is read
// when it is first asked; it ends with ctx.
func Open(ctx context.Context, path string, opts Options) (*Repository, error) {
	folder, err := folderOf(path)
	if err != nil {
		return nil, err
	}
	o := opening{ctx: ctx, opts: opts, place: discover(folder), repository: &Repository{Repo: &detect.Repo{History: history.None{}}, limit: opts.MaxFileSize}}
	if o.repository.limit <= 0 {
		o.repository.limit = DefaultMaxFileSize
	}
	if err := o.open(folder); err != nil {
		return nil, errors.Join(err, o.repository.Close())
	}
	return o.repository, nil
}

// folderOf is the folder of a path, absolute and without symbolic links.
func folderOf(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if full, err = filepath.EvalSymlinks(full); err != nil {
		return "", err
	}
	info, err := os.Stat(full)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		full = filepath.Dir(full)
	}
	return full, nil
}

// Read reads a file of the tree. Symbolic links are followed inside the tree.
// The error says why the file's own contents cannot be had: it is one of this
// package's, fs.ErrNotExist, or what the system says.
func (r *Repository) Read(path string) ([]byte, error) {
	e, ok := r.Tree.File(path)
	if ok && e.Mode == detect.Symlink {
		if e.Target == "" {
			return nil, ErrDangling
		}
		e, ok = r.Tree.File(e.Target)
	}
	if !ok {
		return nil, os.ErrNotExist
	}
	if e.Mode == detect.Submodule {
		return nil, ErrSubmodule
	}
	data, err := r.source.read(e.Path, r.limit)
	if err != nil {
		return nil, reason(err, r.limit)
	}
	return data, stored(data)
}

// Exclude marks what the patterns match, and all below it, as excluded: it is
// listed, so that links to it are not dead, and not read. It replaces the tree
// and must be called before anybody uses that.
func (r *Repository) Exclude(patterns []string) {
	if len(patterns) == 0 {
		return
	}
	marks := make(map[string]detect.Place, len(r.marks))
	known := map[string]bool{".": false}
	for _, e := range r.Tree.Entries() {
		if excluded(e.Path, patterns, known) {
			marks[e.Path] = detect.Excluded
		} else if place, ok := r.marks[e.Path]; ok {
			marks[e.Path] = place
		}
	}
	r.marks = marks
	r.Tree = detect.NewTree(r.Tree.Entries(), marks)
}

// excluded says whether a pattern matches a path or a folder on the way to it;
// known are the answers for folders.
func excluded(p string, patterns []string, known map[string]bool) bool {
	for _, pattern := range patterns {
		if ok, _ := doublestar.Match(strings.Trim(pattern, "/"), p); ok {
			return true
		}
	}
	dir := path.Dir(p)
	if _, ok := known[dir]; !ok {
		known[dir] = excluded(dir, patterns, known)
	}
	return known[dir]
}

// Close frees what the repository holds open. Its history must not be asked
// afterwards.
func (r *Repository) Close() error {
	var errs []error
	for _, c := range r.closers {
		errs = append(errs, c())
	}
	r.closers = nil
	return errors.Join(errs...)
}

func sortBlind(blind []detect.BlindSpot) {
	sort.SliceStable(blind, func(i, j int) bool { return blind[i].Path < blind[j].Path })
}
