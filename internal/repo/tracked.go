package repo

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// Bounds on what is listed.
const (
	maxDepth = 255
	maxFiles = 1_000_000
)

// A tracked file is one that git knows.
type trackedFile struct {
	mode detect.Mode
	id   objects.ID
	// left says that a sparse checkout left the file out: it is unchanged, and
	// read from the objects.
	left bool
}

// The tracked files of a repository, and the folders that they lie in.
type tracked struct {
	files   map[string]trackedFile
	folders map[string]bool
	blind   blindSpots
	room    int // entries of trees that may still be read, repeated ones included
}

func newTracked() *tracked {
	return &tracked{files: map[string]trackedFile{}, folders: map[string]bool{}, room: maxFiles}
}

func (t *tracked) add(p string, f trackedFile) {
	t.files[p] = f
	for dir := path.Dir(p); dir != "." && !t.folders[dir]; dir = path.Dir(dir) {
		t.folders[dir] = true
	}
}

// trackedInIndex are the files that the index lists. Its error says that it
// cannot be read; the tree of HEAD tells nearly the same.
func trackedInIndex(ctx context.Context, gitDir string, reader *objects.Reader) (*tracked, error) {
	entries, err := readIndex(filepath.Join(gitDir, "index"))
	if err != nil {
		return nil, err
	}
	t := newTracked()
	for _, e := range entries {
		switch {
		case !plainPath(e.path):
			t.blind.add(e.path, ErrName)
		case e.mode == objects.Folder: // of a sparse index, which stops there
			t.addTree(ctx, e.id, strings.TrimSuffix(e.path, "/"), true, reader)
		default:
			t.add(e.path, trackedFile{mode: modeOf(e.mode), id: e.id, left: e.left})
		}
	}
	return t, ctx.Err()
}

// trackedInTree are the files of a tree of the repository.
func trackedInTree(ctx context.Context, tree objects.ID, reader *objects.Reader) (*tracked, error) {
	t := newTracked()
	t.addTree(ctx, tree, "", false, reader)
	return t, ctx.Err()
}

// addTree adds what lies in a tree object, which is the given folder. A hostile
// tree may hold itself many times over, so that depth and number are bounded.
func (t *tracked) addTree(ctx context.Context, id objects.ID, folder string, left bool, reader *objects.Reader) {
	entries, err := reader.Tree(id)
	if err != nil {
		t.blind.add(folder, reason(err, 0))
		return
	}
	for _, e := range entries {
		p := joined(folder, e.Name)
		t.room--
		switch {
		case ctx.Err() != nil || t.room < 0:
			t.blind.full()
			return
		case !e.Plain():
			t.blind.add(folder, ErrName)
		case e.Mode != objects.Folder:
			t.add(p, trackedFile{mode: modeOf(e.Mode), id: e.ID, left: left})
		case strings.Count(p, "/") >= maxDepth || len(p) > maxPath:
			t.blind.add(p, ErrTooDeep)
		default:
			t.addTree(ctx, e.ID, p, left, reader)
		}
	}
}

// joined is the path of a name in a folder, which is empty for the root.
func joined(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// plainPath says whether a path is one that a file can have below the root.
func plainPath(p string) bool {
	for name := range strings.SplitSeq(strings.TrimSuffix(p, "/"), "/") {
		if !(objects.TreeEntry{Name: name}).Plain() {
			return false
		}
	}
	return true
}

func modeOf(m objects.Mode) detect.Mode {
	switch m {
	case objects.Executable:
		return detect.Executable
	case objects.Symlink:
		return detect.Symlink
	case objects.Submodule:
		return detect.Submodule
	}
	return detect.Regular
}
