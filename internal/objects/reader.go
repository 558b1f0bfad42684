package objects

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// A Reader reads objects. It remembers the last ones, and is for one goroutine
// at a time.
type Reader struct {
	store    *Store
	cursor   cursor
	inflater io.ReadCloser
	recent   *recent[entryKey]
	loose    *recent[ID]
	scratch  []byte
	deltas   []entry
	last     int // the pack that held the last object
}

// Reader returns a new Reader. How much it remembers depends on the size of the
// packs: in a small repository, filling fresh memory costs more than reading
// and unpacking again saves.
func (s *Store) Reader() *Reader {
	size := s.packed()
	return &Reader{
		store:  s,
		cursor: cursor{pages: newPages(between(size/32, 1<<20, 4<<20))},
		recent: newRecent[entryKey](between(size/8, 4<<20, 16<<20)),
		loose:  newRecent[ID](4 << 20),
	}
}

func between(n int64, low, high int) int { return int(min(max(n, int64(low)), int64(high))) }

// Commit reads a commit; shallow boundaries and grafts change its parents.
func (r *Reader) Commit(id ID) (Commit, error) {
	data, err := r.read(id, kindCommit, maxObject)
	if err != nil {
		return Commit{}, err
	}
	c, err := ParseCommit(data)
	if err != nil {
		return Commit{}, fmt.Errorf("commit %s: %w", id, err)
	}
	c.ID = id
	r.store.overlay.amend(&c)
	return c, nil
}

// Tree reads the entries of a tree.
func (r *Reader) Tree(id ID) ([]TreeEntry, error) {
	data, err := r.RawTree(id)
	if err != nil {
		return nil, err
	}
	entries, err := ParseTree(data)
	if err != nil {
		return nil, fmt.Errorf("tree %s: %w", id, err)
	}
	return entries, nil
}

// RawTree reads a tree as it is stored, for NextEntry. The bytes are shared
// and must not be changed.
func (r *Reader) RawTree(id ID) ([]byte, error) { return r.read(id, kindTree, maxObject) }

// Blob reads a file's contents; ErrTooLarge where they are longer than limit.
// The bytes are shared and must not be changed.
func (r *Reader) Blob(id ID, limit int64) ([]byte, error) { return r.read(id, kindBlob, limit) }

// Tag reads an annotated tag.
func (r *Reader) Tag(id ID) (Tag, error) {
	data, err := r.read(id, kindTag, maxObject)
	if err != nil {
		return Tag{}, err
	}
	t, err := ParseTag(data)
	if err != nil {
		return Tag{}, fmt.Errorf("tag %s: %w", id, err)
	}
	t.ID = id
	return t, nil
}

// Peel follows annotated tags to the commit that they point at; false where
// they point at something else.
func (r *Reader) Peel(id ID) (ID, bool, error) {
	for range 16 {
		o, err := r.object(id, maxObject)
		if err != nil {
			return Zero, false, err
		}
		if o.kind != kindTag {
			return id, o.kind == kindCommit, nil
		}
		t, err := ParseTag(o.data)
		if err != nil {
			return Zero, false, fmt.Errorf("tag %s: %w", id, err)
		}
		id = t.Target
	}
	return Zero, false, nil
}

func (r *Reader) read(id ID, want kind, limit int64) ([]byte, error) {
	o, err := r.object(id, limit)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", want, id, err)
	}
	if int64(len(o.data)) > limit {
		return nil, fmt.Errorf("%s %s: %w", want, id, ErrTooLarge)
	}
	if o.kind != want {
		return nil, fmt.Errorf("%s is a %s and not a %s", id, o.kind, want)
	}
	return o.data, nil
}

// object reads an object from the packs, else from a file of its own.
func (r *Reader) object(id ID, limit int64) (object, error) {
	if other, ok := r.store.overlay.Replaced[id]; ok {
		id = other
	}
	key, unreadable := r.find(id)
	if key.pack != nil {
		return r.unpack(key, limit)
	}
	if o, ok := r.loose.get(id); ok {
		return o, nil
	}
	o, err := r.store.loose(id, limit)
	switch {
	case err == nil:
		r.loose.put(id, o)
	case errors.Is(err, fs.ErrNotExist):
		return object{}, errors.Join(ErrMissing, unreadable)
	}
	return o, err
}

// find looks the object up in the packs, that of the last one first. The error
// tells of packs that could not be read, and matters where nothing is found.
func (r *Reader) find(id ID) (entryKey, error) {
	var unreadable error
	for i := range r.store.packs {
		at := (r.last + i) % len(r.store.packs)
		data, err := r.store.packs[at].open()
		if err != nil {
			unreadable = errors.Join(unreadable, err)
			continue
		}
		if offset, ok := data.index.find(id); ok {
			r.last = at
			return entryKey{data, offset}, nil
		}
	}
	return entryKey{}, unreadable
}
