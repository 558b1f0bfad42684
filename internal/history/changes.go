package history

import (
	"bytes"
	"errors"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// Changes implements detect.History.
func (h *History) Changes(path string) ([]detect.Commit, error) {
	p, err := h.complete()
	if err != nil {
		return nil, err
	}
	id, known := p.paths.find(path)
	if !known {
		return nil, nil
	}
	positions := p.touchedBy().changed(id)
	found := make([]detect.Commit, len(positions))
	for i, position := range positions {
		found[i] = p.nodes[p.order[position]].Commit
	}
	return found, nil
}

// maxCompared is the most of a file that Blank compares.
const maxCompared = 4 << 20

// Blank implements detect.History. What cannot be read, because the clone is
// partial or the file too large, counts as more than white space.
func (h *History) Blank(c detect.Commit, path string) (bool, error) {
	p, err := h.complete()
	if err != nil {
		return false, err
	}
	id, err := objects.ParseID(c.ID)
	if err != nil {
		return false, err
	}
	number, known := p.number[id]
	if !known || c.Merge {
		return false, nil
	}
	reader := p.store.Reader()
	d, err := p.detail(number, reader)
	if err != nil {
		return false, explain(err)
	}
	return d.blank(path, reader)
}

// Contents implements detect.History.
func (h *History) Contents(c detect.Commit, path string) ([]byte, error) {
	p, err := h.whole()
	if err != nil {
		return nil, err
	}
	id, err := objects.ParseID(c.ID)
	if err != nil {
		return nil, err
	}
	number, known := p.number[id]
	if !known {
		return nil, nil
	}
	reader := p.store.Reader()
	entry, found, err := lookup(p.nodes[number].tree, path, reader)
	if err != nil || !found || entry.Mode == objects.Folder || entry.Mode == objects.Submodule {
		return nil, explain(err)
	}
	data, err := reader.Blob(objects.ID(entry.ID), maxCompared)
	return data, explain(err)
}

// blank says whether the changes at or below a path, of which there must be
// some, are of white space only.
func (d detail) blank(path string, reader *objects.Reader) (bool, error) {
	some := false
	for _, c := range d.changes {
		if !covers(path, d.paths.path(c.path)) {
			continue
		}
		if same, err := sameText(c, reader); err != nil || !same {
			return false, err
		}
		some = true
	}
	return some, nil
}

// sameText compares both sides of a change without their white space.
func sameText(c change, reader *objects.Reader) (bool, error) {
	if c.mode == objects.Submodule {
		return false, nil
	}
	old, errOld := contents(c.old, reader)
	new, errNew := contents(c.new, reader)
	err := errors.Join(errOld, errNew)
	if errors.Is(err, objects.ErrMissing) || errors.Is(err, objects.ErrTooLarge) {
		return false, nil
	}
	return err == nil && equalText(old, new), explain(err)
}

func contents(id objects.ID, reader *objects.Reader) ([]byte, error) {
	if id == objects.Zero {
		return nil, nil
	}
	return reader.Blob(id, maxCompared)
}

func equalText(a, b []byte) bool {
	for {
		a, b = bytes.TrimLeft(a, " \t\r\n\f\v"), bytes.TrimLeft(b, " \t\r\n\f\v")
		if len(a) == 0 || len(b) == 0 {
			return len(a) == len(b)
		}
		if a[0] != b[0] {
			return false
		}
		a, b = a[1:], b[1:]
	}
}
