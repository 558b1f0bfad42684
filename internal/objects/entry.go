package objects

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-git/go-git/v5/plumbing/format/packfile"
)

// A kind is the type of an object, numbered as packs number them.
type kind uint8

const (
	kindCommit      kind = 1
	kindTree        kind = 2
	kindBlob        kind = 3
	kindTag         kind = 4
	kindOffsetDelta kind = 6
	kindNamedDelta  kind = 7
)

var kindNames = [...]string{kindCommit: "commit", kindTree: "tree", kindBlob: "blob", kindTag: "tag", kindOffsetDelta: "delta", kindNamedDelta: "delta"}

func (k kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return fmt.Sprintf("object of unknown type %d", uint8(k))
}

// Errors about what a pack holds.
var (
	errChain   = errors.New("delta chain is too long or goes in circles")
	errDamaged = errors.New("pack is damaged")
	// ErrTooLarge says that an object is larger than what was asked for.
	ErrTooLarge = errors.New("object is too large")
)

// An entry is one object as it lies in a pack: whole, or a delta on another.
type entry struct {
	key  entryKey
	kind kind
	size int64    // of the contents, or of the delta
	data int64    // where the deflated bytes begin
	base entryKey // of a delta
}

// unpack is the object at a place in a pack. It walks the chain of deltas to
// the first whole or remembered object and then back, without recursion, so
// that a crafted chain costs an error and nothing else.
func (r *Reader) unpack(key entryKey, limit int64) (object, error) {
	deltas := r.deltas[:0]
	defer func() { r.deltas = deltas }()
	for {
		if found, ok := r.recent.get(key); ok {
			return r.patch(found, deltas)
		}
		e, err := r.entry(key)
		if err != nil {
			return object{}, err
		}
		if e.kind < kindOffsetDelta {
			return r.whole(e, deltas, limit)
		}
		if len(deltas) == maxChain {
			return object{}, errChain
		}
		deltas = append(deltas, e)
		key = e.base
	}
}

// whole reads an object that is no delta and applies those on it. The limit
// holds for what was asked for, not for what that is a delta of. A commit that
// is no base is read once and not remembered: it is valid until the next read.
func (r *Reader) whole(e entry, deltas []entry, limit int64) (object, error) {
	if len(deltas) == 0 && e.size > limit {
		return object{}, ErrTooLarge
	}
	if len(deltas) == 0 && e.kind == kindCommit {
		data, err := r.inflate(e, &r.scratch)
		return object{e.kind, data}, err
	}
	data, err := r.inflate(e, nil)
	if err != nil {
		return object{}, err
	}
	o := object{e.kind, data}
	r.recent.put(e.key, o)
	return r.patch(o, deltas)
}

// patch applies the deltas to their base, last one first.
func (r *Reader) patch(base object, deltas []entry) (object, error) {
	for _, e := range slices.Backward(deltas) {
		delta, err := r.inflate(e, &r.scratch)
		if err != nil {
			return object{}, err
		}
		if err := checkDelta(delta, len(base.data)); err != nil {
			return object{}, err
		}
		if base.data, err = packfile.PatchDelta(base.data, delta); err != nil {
			return object{}, fmt.Errorf("%w: %w", errDamaged, err)
		}
		r.recent.put(e.key, base)
	}
	return base, nil
}

// checkDelta compares the sizes at the beginning of a delta with that of its
// base and with what is allowed, before anything is built from it.
func checkDelta(delta []byte, base int) error {
	from, n := binary.Uvarint(delta)
	if n <= 0 || from != uint64(base) {
		return fmt.Errorf("%w: a delta does not fit its base", errDamaged)
	}
	to, m := binary.Uvarint(delta[n:])
	if m <= 0 {
		return fmt.Errorf("%w: a delta has no size", errDamaged)
	}
	if to > maxObject {
		return ErrTooLarge
	}
	return nil
}

// entry reads the head of an entry.
func (r *Reader) entry(key entryKey) (entry, error) {
	c := &r.cursor
	c.seek(key.pack.file, key.at)
	e := entry{key: key}
	b, err := c.ReadByte()
	if err != nil {
		return e, damaged(err)
	}
	e.kind, e.size = kind(b>>4&7), int64(b&15)
	for shift := 4; b&0x80 != 0; shift += 7 {
		if b, err = c.ReadByte(); err != nil || shift > 55 {
			return e, damaged(err)
		}
		e.size |= int64(b&0x7f) << shift
	}
	err = r.base(&e)
	e.data = c.at
	return e, err
}

// base reads what a delta is a delta of.
func (r *Reader) base(e *entry) error {
	switch e.kind {
	case kindCommit, kindTree, kindBlob, kindTag:
		return nil
	case kindOffsetDelta:
		back, err := r.distance()
		if err != nil || back <= 0 || back > e.key.at {
			return damaged(err)
		}
		e.base = entryKey{e.key.pack, e.key.at - back}
		return nil
	case kindNamedDelta:
		var id ID
		if _, err := io.ReadFull(&r.cursor, id[:]); err != nil {
			return damaged(err)
		}
		at, ok := e.key.pack.index.find(id)
		if !ok {
			return fmt.Errorf("%w: the base %s of a delta is not in it", errDamaged, id)
		}
		e.base = entryKey{e.key.pack, at}
		return nil
	}
	return fmt.Errorf("%w: %s", errDamaged, e.kind)
}

// distance reads how far before its delta a base lies.
func (r *Reader) distance() (int64, error) {
	var n int64
	for i := range 8 {
		b, err := r.cursor.ReadByte()
		if err != nil {
			return 0, err
		}
		n = n<<7 | int64(b&0x7f)
		if b&0x80 == 0 {
			return n, nil
		}
		if i < 7 {
			n++
		}
	}
	return 0, errDamaged
}
