package objects

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The parts of an index of a pack, in bytes: what stands before the names, and
// for each object its name, its checksum and its offset.
// https://git-scm.com/docs/gitformat-pack#_version_2_pack_idx_files_support_packs_larger_than_4_gib_and
const (
	indexHead     = 8
	fanoutSize    = 256 * 4
	namesAt       = indexHead + fanoutSize
	checksumSize  = 4
	offsetSize    = 4
	farOffsetSize = 8
)

// errIndex says that an index of a pack is damaged, or of a version before 2,
// which git has not written since 2007.
var errIndex = errors.New("it is no index of version 2, or damaged")

// A packIndex says where the objects of a pack begin. It holds the tables as they
// are in the file.
type packIndex struct {
	// upTo is for each first byte of a name how many names begin with it or a
	// smaller one.
	upTo       [256]int
	names      []byte
	offsets    []byte
	farOffsets []byte // those that need eight bytes
}

// readIndex reads the index of a pack that is size bytes long.
func readIndex(file io.ReaderAt, size int64) (*packIndex, error) {
	head, err := section(file, 0, namesAt, size)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(head, []byte("\xfftOc\x00\x00\x00\x02")) {
		return nil, errIndex
	}
	x := &packIndex{}
	objects := int64(0)
	for i := range x.upTo {
		n := int64(binary.BigEndian.Uint32(head[indexHead+4*i:]))
		if n < objects {
			return nil, errIndex
		}
		x.upTo[i], objects = int(n), n
	}
	offsetsAt := namesAt + objects*int64(len(ID{})+checksumSize)
	farAt := offsetsAt + objects*offsetSize
	if x.names, err = section(file, namesAt, objects*int64(len(ID{})), size); err != nil {
		return nil, err
	}
	if x.offsets, err = section(file, offsetsAt, objects*offsetSize, size); err != nil {
		return nil, err
	}
	x.farOffsets, err = section(file, farAt, max(0, size-farAt-2*int64(len(ID{}))), size)
	return x, err
}

// section reads n bytes of a file of a size, against which it holds what the
// index claims before it asks for memory.
func section(file io.ReaderAt, at, n, size int64) ([]byte, error) {
	if at+n > size || n > math.MaxInt32 {
		return nil, errIndex
	}
	data := make([]byte, n)
	if _, err := file.ReadAt(data, at); err != nil {
		return nil, fmt.Errorf("reading %d bytes from byte %d on: %w", n, at, err)
	}
	return data, nil
}

// find is where an object begins in the pack.
func (x *packIndex) find(id ID) (int64, bool) {
	low, high := 0, x.upTo[id[0]]
	if id[0] > 0 {
		low = x.upTo[id[0]-1]
	}
	for low < high {
		mid := int(uint(low+high) >> 1)
		switch c := bytes.Compare(x.names[mid*len(id):(mid+1)*len(id)], id[:]); {
		case c == 0:
			return x.offset(mid)
		case c < 0:
			low = mid + 1
		default:
			high = mid
		}
	}
	return 0, false
}

// offset is where the object of a number begins; the highest bit sends on to
// the table for packs above 2 GB.
func (x *packIndex) offset(object int) (int64, bool) {
	const far = 1 << 31
	at := binary.BigEndian.Uint32(x.offsets[object*offsetSize:])
	if at&far == 0 {
		return int64(at), true
	}
	i := uint64(at&^far) * farOffsetSize
	if i+farOffsetSize > uint64(len(x.farOffsets)) {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(x.farOffsets[i:]) & math.MaxInt64), true
}
