package history

import (
	"bytes"
	"fmt"

	"github.com/waymark-dev/waymark/internal/objects"
)

// A change is one file that differs between two trees. The ID of a side where
// the file is absent is Zero.
type change struct {
	path     pathID
	old, new objects.ID
	mode     objects.Mode // of the new side, else of the old one
}

// A differ compares trees. It is for one goroutine.
type differ struct {
	reader *objects.Reader
	paths  *paths
	found  []change
}

// compare finds the files that differ between two trees; objects.Zero is the
// empty tree. The result is valid until the next call.
func (d *differ) compare(old, new objects.ID) ([]change, error) {
	d.found = d.found[:0]
	err := d.folder(0, old, new, 0)
	return d.found, err
}

// folder compares what two trees say about the folder at a path.
func (d *differ) folder(at pathID, old, new objects.ID, depth int) error {
	if old == new {
		return nil
	}
	if depth > maxDepth || len(d.found) > maxTouches {
		return errBounds
	}
	a, err := d.read(old)
	if err != nil {
		return err
	}
	b, err := d.read(new)
	if err != nil {
		return err
	}
	return pairs(a, b, func(x, y objects.RawEntry) error { return d.pair(at, x, y, depth) })
}

func (d *differ) read(tree objects.ID) ([]byte, error) {
	if tree == objects.Zero {
		return nil, nil
	}
	return d.reader.RawTree(tree)
}

// pair takes in two entries that differ and have the same name and, if they
// are both there, are both folders or both none.
func (d *differ) pair(at pathID, x, y objects.RawEntry, depth int) error {
	one := y
	if y.Name == nil {
		one = x
	}
	path, err := d.paths.child(at, one.Name)
	if err != nil {
		return err
	}
	old, new := entryID(x), entryID(y)
	if one.Mode == objects.Folder {
		return d.folder(path, old, new, depth+1)
	}
	d.found = append(d.found, change{path, old, new, one.Mode})
	return nil
}

func entryID(e objects.RawEntry) objects.ID {
	if e.Name == nil {
		return objects.Zero
	}
	return objects.ID(e.ID)
}

// pairs walks two raw trees side by side and yields the entries that differ; a
// side where there is none has no name. A file and a folder of the same name
// are two entries, as in git's own order.
func pairs(a, b []byte, yield func(x, y objects.RawEntry) error) error {
	var none objects.RawEntry
	for len(a) > 0 || len(b) > 0 {
		x, restA, err := next(a)
		if err != nil {
			return err
		}
		if n := len(a) - len(restA); n > 0 && n <= len(b) && bytes.Equal(a[:n], b[:n]) {
			a, b = restA, b[n:]
			continue
		}
		y, restB, err := next(b)
		if err != nil {
			return err
		}
		switch order := compareEntries(x, y); {
		case order < 0:
			a, err = restA, yield(x, none)
		case order > 0:
			b, err = restB, yield(none, y)
		default:
			a, b = restA, restB
			if x.Mode != y.Mode || !bytes.Equal(x.ID, y.ID) {
				err = yield(x, y)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func next(raw []byte) (objects.RawEntry, []byte, error) {
	if len(raw) == 0 {
		return objects.RawEntry{}, nil, nil
	}
	e, rest, err := objects.NextEntry(raw)
	if err != nil {
		return e, nil, fmt.Errorf("comparing trees: %w", err)
	}
	return e, rest, nil
}

// compareEntries is the order of entries in a tree: by name, folders as if
// their name ended in a slash. What is absent comes last.
func compareEntries(x, y objects.RawEntry) int {
	switch {
	case x.Name == nil:
		return 1
	case y.Name == nil:
		return -1
	}
	n := min(len(x.Name), len(y.Name))
	if order := bytes.Compare(x.Name[:n], y.Name[:n]); order != 0 {
		return order
	}
	return int(after(x, n)) - int(after(y, n))
}

// after is the byte that follows the first n of a name.
func after(e objects.RawEntry, n int) byte {
	switch {
	case len(e.Name) > n:
		return e.Name[n]
	case e.Mode == objects.Folder:
		return '/'
	}
	return 0
}
