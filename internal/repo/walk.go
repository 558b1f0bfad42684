package repo

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// A walk lists what is scanned of a work tree: what lies on the disk and git
// does not ignore, and what it ignores although it is tracked.
type walk struct {
	ctx     context.Context
	disk    *disk
	tracked *tracked
	fold    bool // core.ignoreCase
	// plainLinks says that links were checked out as files that hold a path
	// (core.symlinks is false).
	plainLinks bool
	entries    []detect.Entry
	blind      blindSpots
	// lost says that the contents of an object are not in the clone.
	lost func(objects.ID) bool
	// shut are the folders that could not be listed.
	shut []string
}

// A folder is a place of the walk.
type folder struct {
	path  string // empty for the root
	depth int
	rules *ignoreRules
	// onlyTracked says that git ignores the folder, or that it holds a
	// repository of its own: only its tracked files count.
	onlyTracked bool
}

func (w *walk) list(exclude []byte) error {
	rules := (*ignoreRules)(nil).with("", exclude, w.fold)
	w.folder(folder{rules: rules})
	w.addUnseen()
	return w.ctx.Err()
}

func (w *walk) folder(f folder) {
	if w.ctx.Err() != nil || len(w.entries) >= maxFiles {
		w.blind.full()
		return
	}
	if f.depth > maxDepth {
		w.close(f.path, ErrTooDeep)
		return
	}
	entries, err := w.read(f.path)
	if err != nil {
		w.close(f.path, reason(err, 0))
	}
	if f.path != "" && hasGit(entries) && w.isRepository(f.path) {
		f.onlyTracked = true
	}
	if f.onlyTracked && !w.tracked.folders[f.path] {
		return
	}
	if !f.onlyTracked && hasFile(entries, ".gitignore") {
		f.rules = w.withIgnoreFile(f)
	}
	for _, e := range entries {
		w.entry(f, e)
	}
}

// read lists a folder, sorted by name. Only what the walk has seen to be a
// folder, and no link, gets here.
func (w *walk) read(folder string) ([]fs.DirEntry, error) {
	return os.ReadDir(filepath.Join(w.disk.root.Name(), filepath.FromSlash(folder)))
}

func hasFile(entries []fs.DirEntry, name string) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && e.Type().IsRegular() })
}

func hasGit(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ".git" })
}

func (w *walk) withIgnoreFile(f folder) *ignoreRules {
	p := joined(f.path, ".gitignore")
	data, err := w.disk.read(p, maxSmall)
	if err != nil {
		w.blind.add(p, reason(err, maxSmall))
		return f.rules
	}
	return f.rules.with(f.path, data, w.fold)
}

func (w *walk) entry(f folder, e fs.DirEntry) {
	if strings.EqualFold(e.Name(), ".git") {
		return
	}
	p := joined(f.path, e.Name())
	known, isTracked := w.tracked.files[p]
	isFolder := e.IsDir()
	switch {
	case isTracked && known.mode == detect.Submodule && isFolder:
		w.add(p, detect.Submodule)
	case isFolder:
		w.enter(f, p)
	case !isTracked && (f.onlyTracked || f.rules.ignored(p, false)):
	case e.Type()&fs.ModeSymlink != 0:
		w.add(p, detect.Symlink)
	case !e.Type().IsRegular():
		w.blind.add(p, ErrNotRegular)
	default:
		w.add(p, w.modeOf(e, known, isTracked))
	}
}

// modeOf is the kind of a regular file. Git knows better than a disk that holds
// neither permissions nor links.
func (w *walk) modeOf(e fs.DirEntry, known trackedFile, isTracked bool) detect.Mode {
	switch {
	case isTracked && (known.mode == detect.Regular || known.mode == detect.Executable):
		return known.mode
	case isTracked && known.mode == detect.Symlink && w.plainLinks:
		return detect.Symlink
	}
	return modeOnDisk(e)
}

// enter goes into a folder, unless nothing in it can count.
func (w *walk) enter(f folder, p string) {
	below := folder{path: p, depth: f.depth + 1, rules: f.rules, onlyTracked: f.onlyTracked}
	if !below.onlyTracked {
		below.onlyTracked = f.rules.ignored(p, true)
	}
	if !below.onlyTracked || w.tracked.folders[p] {
		w.folder(below)
	}
}

// isRepository says whether a folder below the root is a repository of its own.
func (w *walk) isRepository(p string) bool {
	dotGit := filepath.FromSlash(joined(p, ".git"))
	info, err := w.disk.root.Lstat(dotGit)
	switch {
	case err != nil:
		return false
	case info.Mode().IsRegular():
		data, err := w.disk.read(joined(p, ".git"), maxPath)
		return err != nil || strings.HasPrefix(string(data), "gitdir:")
	case info.IsDir():
		_, err := w.disk.root.Lstat(filepath.Join(dotGit, "HEAD"))
		return err == nil
	}
	return info.Mode()&fs.ModeSymlink != 0
}

// modeOnDisk tells executable files from others where the system does.
func modeOnDisk(e fs.DirEntry) detect.Mode {
	if info, err := e.Info(); err == nil && info.Mode()&0o100 != 0 {
		return detect.Executable
	}
	return detect.Regular
}

// addUnseen adds the tracked files that are known although they are not on the
// disk: those that a sparse checkout left out or that could not be checked out,
// those in folders that cannot be listed, and submodules, whose contents do not
// count anyway.
func (w *walk) addUnseen() {
	seen := make(map[string]bool, len(w.entries))
	for _, e := range w.entries {
		seen[e.Path] = true
	}
	for p, f := range w.tracked.files {
		if seen[p] {
			continue
		}
		if !f.left && w.lost(f.id) {
			f.left = true
			w.tracked.files[p] = f
		}
		if f.left || f.mode == detect.Submodule || w.isShut(p) {
			w.add(p, f.mode)
		}
	}
}

func (w *walk) isShut(p string) bool {
	return slices.ContainsFunc(w.shut, func(dir string) bool { return dir == "" || strings.HasPrefix(p, dir+"/") })
}

func (w *walk) add(p string, m detect.Mode) {
	w.entries = append(w.entries, detect.Entry{Path: p, Mode: m})
}

func (w *walk) close(p string, err error) {
	w.shut = append(w.shut, p)
	w.blind.add(p, err)
}
