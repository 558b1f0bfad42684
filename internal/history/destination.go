package history

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/objects"
)

// A detail is all that one commit changed, with its own numbering of paths.
type detail struct {
	paths   *paths
	changes []change
	moves   []move
}

// detail compares a commit with its first parent.
func (g *graph) detail(c commitID, reader *objects.Reader) (detail, error) {
	var old objects.ID
	if parents := g.nodes[c].parents; len(parents) > 0 {
		old = g.nodes[parents[0]].tree
	}
	d := &differ{reader: reader, paths: newPaths()}
	changes, err := d.compare(old, g.nodes[c].tree)
	return detail{d.paths, changes, findMoves(changes, d.paths)}, err
}

// destination says whether the commit removed the path, or anything below it,
// and where that went: the new path of the file, or the folder to which more
// than half of what was removed went under the same names.
func (d detail) destination(path string) (to string, removed bool) {
	gone := 0
	for _, c := range d.changes {
		if c.new == objects.Zero && covers(path, d.paths.path(c.path)) {
			gone++
		}
	}
	went := map[string]int{}
	for _, m := range d.moves {
		if from := d.paths.path(m.from); covers(path, from) {
			if base, same := strings.CutSuffix(d.paths.path(m.to), from[len(path):]); same {
				went[base]++
			}
		}
	}
	for base, count := range went {
		if 2*count > gone {
			return base, true
		}
	}
	return "", gone > 0
}

// covers says whether a path is the other, or a folder around it.
func covers(path, other string) bool {
	return strings.HasPrefix(other, path) && (len(other) == len(path) || other[len(path)] == '/')
}

// lookup finds what a tree has at a path; false where there is nothing.
func lookup(tree objects.ID, path string, reader *objects.Reader) (objects.RawEntry, bool, error) {
	at := objects.RawEntry{Mode: objects.Folder, ID: tree[:]}
	for name := range strings.SplitSeq(path, "/") {
		if at.Mode != objects.Folder {
			return at, false, nil
		}
		raw, err := reader.RawTree(objects.ID(at.ID))
		if err != nil {
			return at, false, err
		}
		var found bool
		if at, found, err = findName(raw, name); !found || err != nil {
			return at, false, err
		}
	}
	return at, true, nil
}

func findName(raw []byte, name string) (e objects.RawEntry, found bool, err error) {
	for len(raw) > 0 {
		if e, raw, err = objects.NextEntry(raw); err != nil {
			return e, false, err
		}
		if string(e.Name) == name {
			return e, true, nil
		}
	}
	return e, false, nil
}
