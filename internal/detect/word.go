package detect

import (
	"bytes"
	"math/bits"
)

// Contains says whether the text holds a word. Detectors ask for many words of
// which most files hold none: what three bytes stand next to each other is
// noted once for the file, and spares looking through it for nearly all words.
func (f *File) Contains(word string) bool {
	f.threesOnce.Do(func() { f.threes = threesOf(f.Data) })
	return f.threes.mayHold(word) && bytes.Contains(f.Data, []byte(word))
}

// ContainsAny says whether the text holds at least one of the words.
func (f *File) ContainsAny(words ...string) bool {
	for _, word := range words {
		if f.Contains(word) {
			return true
		}
	}
	return false
}

// threes is a set of hashes of three bytes that follow each other; the number of
// its words is a power of two, so that small files take little.
type threes []uint64

// mostThrees is the number of words of the largest set.
const mostThrees = 1 << 16 / 64

func threesOf(data []byte) threes {
	if len(data) < 3 {
		return threes{0}
	}
	set := make(threes, min(1<<bits.Len(uint(len(data)/8)), mostThrees))
	key := uint32(data[0])<<8 | uint32(data[1])
	for _, b := range data[2:] {
		key = key<<8 | uint32(b)
		h := hashOfThree(key)
		set[int(h/64)&(len(set)-1)] |= 1 << (h % 64)
	}
	return set
}

// mayHold is false where the data surely does not hold the word.
func (t threes) mayHold(word string) bool {
	for i := 0; i+2 < len(word); i++ {
		h := hashOfThree(uint32(word[i])<<16 | uint32(word[i+1])<<8 | uint32(word[i+2]))
		if t[int(h/64)&(len(t)-1)]&(1<<(h%64)) == 0 {
			return false
		}
	}
	return true
}

// hashOfThree takes the lower three bytes of a key to 16 bits.
func hashOfThree(key uint32) uint32 { return ((key << 8) * 0x9E3779B1) >> 16 }
