package history

import "math/bits"

// A pathSet is a set of paths of the scanned commit, one bit each.
type pathSet []uint64

func newSet(size int) pathSet { return make(pathSet, (size+63)/64) }

func fullSet(size int) pathSet {
	s := newSet(size)
	for id := range size {
		s.put(pathID(id))
	}
	return s
}

func (s pathSet) has(id pathID) bool { return s[id/64]&(1<<(id%64)) != 0 }
func (s pathSet) put(id pathID)      { s[id/64] |= 1 << (id % 64) }
func (s pathSet) remove(id pathID)   { s[id/64] &^= 1 << (id % 64) }

func (s pathSet) empty() bool {
	for _, word := range s {
		if word != 0 {
			return false
		}
	}
	return true
}

// add puts in all of another set.
func (s pathSet) add(other pathSet) {
	for i, word := range other {
		s[i] |= word
	}
}

// minus is what is in the set and not in the other.
func (s pathSet) minus(other pathSet) pathSet {
	rest := make(pathSet, len(s))
	for i := range s {
		rest[i] = s[i] &^ other[i]
	}
	return rest
}

// mask is the bits of word i that lie in a range of paths.
func mask(i, from, to pathID) uint64 {
	m := ^uint64(0)
	if i == from/64 {
		m <<= from % 64
	}
	if i == to/64 {
		m &= 1<<(to%64) - 1
	}
	return m
}

// any says whether the set holds a path of the range.
func (s pathSet) any(from, to pathID) bool {
	for i := from / 64; i*64 < to; i++ {
		if s[i]&mask(i, from, to) != 0 {
			return true
		}
	}
	return false
}

// copy puts in the paths of a range that another set holds.
func (s pathSet) copy(other pathSet, from, to pathID) {
	for i := from / 64; i*64 < to; i++ {
		s[i] |= other[i] & mask(i, from, to)
	}
}

// all yields the paths of the set.
func (s pathSet) all(yield func(pathID) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(pathID(i*64 + bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}
