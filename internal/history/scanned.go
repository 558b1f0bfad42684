package history

import (
	"github.com/waymark-dev/waymark/internal/objects"
)

// scanned is what the history needs to know of the scanned commit.
type scanned struct {
	commit objects.Commit
	paths  *paths
	end    []pathID // behind the last path below each
	files  int
	people *people
}

// scan reads the names in the tree of a commit, and its mailmap.
func scan(head objects.ID, reader *objects.Reader) (*scanned, error) {
	c, err := reader.Commit(head)
	if err != nil {
		return nil, err
	}
	s := &scanned{commit: c, paths: newPaths(), end: []pathID{0}}
	if err := s.folder(0, c.Tree, reader, 0); err != nil {
		return nil, err
	}
	s.people = newPeople(readMailmap(c.Tree, reader))
	return s, nil
}

// folder numbers what is below a path, folder by folder.
func (s *scanned) folder(at pathID, tree objects.ID, reader *objects.Reader, depth int) error {
	if depth > maxDepth {
		return errBounds
	}
	raw, err := reader.RawTree(tree)
	if err != nil {
		return err
	}
	for len(raw) > 0 {
		var e objects.RawEntry
		if e, raw, err = objects.NextEntry(raw); err != nil {
			return err
		}
		if err := s.entry(at, e, reader, depth); err != nil {
			return err
		}
	}
	s.end[at] = pathID(len(s.end))
	return nil
}

func (s *scanned) entry(at pathID, e objects.RawEntry, reader *objects.Reader, depth int) error {
	id, err := s.paths.child(at, e.Name)
	if err != nil {
		return err
	}
	if int(id) < len(s.end) {
		return nil // a hostile tree that has a name twice
	}
	s.end = append(s.end, id+1)
	if e.Mode == objects.Folder {
		return s.folder(id, objects.ID(e.ID), reader, depth+1)
	}
	s.files++
	return nil
}
