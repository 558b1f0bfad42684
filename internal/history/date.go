package history

import (
	"context"
	"errors"

	"github.com/waymark-dev/waymark/internal/objects"
)

// dating finds the last change of every path of the scanned commit as
// `git log -1 -- path` does: from a commit it goes to the first parent that has
// the path as it is, and stops where no parent has. (Each path takes one way,
// so the order of commits decides nothing; they are visited children first so
// that each is visited once, with all paths that come to it.)
type dating struct {
	*graph
	reader *objects.Reader
	paths  *paths
	end    []pathID // of what is below each path of the scanned commit

	last []commitID
	open []pathSet // by commit: the paths that have come to it
	held int       // bytes of these sets
}

// run returns the last change of each path of the scanned commit.
func (d *dating) run(ctx context.Context, order []commitID, touches []touched) ([]commitID, error) {
	d.last = make([]commitID, len(d.end))
	d.open = make([]pathSet, len(d.nodes))
	d.give(0, fullSet(len(d.end)))
	for _, c := range order {
		if err := errors.Join(ctx.Err(), d.visit(c, d.open[c], touches[c])); err != nil {
			return nil, err
		}
		d.held -= 8 * len(d.open[c])
		d.open[c] = nil
		if d.held > maxOpen {
			return nil, errBounds
		}
	}
	return d.last, nil
}

func (d *dating) visit(c commitID, open pathSet, t touched) error {
	if open.empty() {
		return nil
	}
	switch parents := d.nodes[c].parents; len(parents) {
	case 0:
		d.settle(open, c)
	case 1:
		d.apply(t, open, c)
		d.give(parents[0], open)
	default:
		return d.split(c, parents, open)
	}
	return nil
}

// settle dates all paths of a set.
func (d *dating) settle(open pathSet, c commitID) {
	for id := range open.all {
		d.last[id] = c
	}
}

// apply dates the paths that a commit touched, and the folders around them.
func (d *dating) apply(t touched, open pathSet, c commitID) {
	for id := range t.each {
		for ; id != noPath; id = d.paths.parent[id] {
			if int(id) < len(d.end) && open.has(id) {
				open.remove(id)
				d.last[id] = c
			}
		}
	}
}

// give sends paths on to a parent.
func (d *dating) give(parent commitID, paths pathSet) {
	if d.open[parent] == nil {
		d.open[parent] = paths
		d.held += 8 * len(paths)
		return
	}
	d.open[parent].add(paths)
}

// split sends each path of a merge to the first parent that has it unchanged.
func (d *dating) split(c commitID, parents []commitID, open pathSet) error {
	for _, p := range parents {
		differs := newSet(len(d.end))
		if _, err := d.compare(0, d.nodes[p].tree, d.nodes[c].tree, open, differs, 0); err != nil {
			return err
		}
		if same := open.minus(differs); !same.empty() {
			d.give(p, same)
		}
		if open = differs; open.empty() {
			return nil
		}
	}
	d.settle(open, c)
	return nil
}

// compare marks, of the open paths at and below a folder, those that differ
// between two trees, and says whether the folder does. It looks only into
// folders that hold open paths; of others it believes that different trees
// have different files.
func (d *dating) compare(at pathID, old, new objects.ID, open, differs pathSet, depth int) (bool, error) {
	if old == new {
		return false, nil
	}
	if depth > maxDepth {
		return false, errBounds
	}
	a, err := d.reader.RawTree(old)
	if err != nil {
		return false, err
	}
	b, err := d.reader.RawTree(new)
	if err != nil {
		return false, err
	}
	any := false
	err = pairs(a, b, func(x, y objects.RawEntry) error {
		one, err := d.entry(at, x, y, open, differs, depth)
		any = any || one
		return err
	})
	if any && open.has(at) {
		differs.put(at)
	}
	return any, err
}

func (d *dating) entry(at pathID, x, y objects.RawEntry, open, differs pathSet, depth int) (bool, error) {
	if y.Name == nil {
		return true, nil // no open path: those are as they are in the scanned commit
	}
	id, known := d.paths.index[pathKey{at, string(y.Name)}]
	if !known || int(id) >= len(d.end) || !open.any(id, d.end[id]) {
		return true, nil
	}
	if x.Name != nil && y.Mode == objects.Folder {
		return d.compare(id, objects.ID(x.ID), objects.ID(y.ID), open, differs, depth+1)
	}
	differs.copy(open, id, d.end[id])
	return true, nil
}
