package repo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/waymark-dev/waymark/internal/objects"
)

// An indexEntry is one entry of git's index: a tracked file as it was staged.
type indexEntry struct {
	path string
	mode objects.Mode
	id   objects.ID
	// left says that the entry was left out of the checkout (skip-worktree).
	left bool
}

var errIndex = errors.New("the index is damaged or of an unknown version")

const (
	maxIndex   = 1 << 30 // bytes of the file
	maxPath    = 4096    // bytes of a path, as systems have it
	statLength = 40      // times, inode, owner and size, and with them the mode
	idLength   = 20
)

// readIndex reads the entries of an index of version 2, 3 or 4. A split index
// is an error, since half of it lies elsewhere. go-git's decoder refuses sparse
// indexes and takes three times as long.
func readIndex(path string) ([]indexEntry, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxIndex {
		return nil, errIndex
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseIndex(data)
}

func parseIndex(data []byte) ([]indexEntry, error) {
	if len(data) < 12 || !bytes.HasPrefix(data, []byte("DIRC")) {
		return nil, errIndex
	}
	version, count := binary.BigEndian.Uint32(data[4:]), binary.BigEndian.Uint32(data[8:])
	if version < 2 || version > 4 || int(count) > len(data)/(statLength+idLength) {
		return nil, errIndex
	}
	entries := make([]indexEntry, 0, count)
	rest, previous := data[12:], ""
	for range count {
		e, length, err := parseEntry(rest, previous, version)
		if err != nil {
			return nil, err
		}
		entries, rest, previous = append(entries, e), rest[length:], e.path
	}
	return entries, checkExtensions(rest)
}

// parseEntry reads one entry and says how long it is.
func parseEntry(data []byte, previous string, version uint32) (indexEntry, int, error) {
	fixed := statLength + idLength + 2
	if len(data) < fixed+2 {
		return indexEntry{}, 0, errIndex
	}
	e := indexEntry{mode: objects.Mode(binary.BigEndian.Uint32(data[24:])), id: objects.ID(data[statLength : statLength+idLength])}
	flags := binary.BigEndian.Uint16(data[fixed-2:])
	if flags&0x4000 != 0 && version > 2 {
		e.left = binary.BigEndian.Uint16(data[fixed:])&0x4000 != 0
		fixed += 2
	}
	name, kept := data[fixed:], 0
	if version == 4 { // the path shares its start with the one before
		strip, n := parseVarint(name)
		kept = len(previous) - strip
		if n == 0 || kept < 0 || strip < 0 {
			return indexEntry{}, 0, errIndex
		}
		name, fixed = name[n:], fixed+n
	}
	end := bytes.IndexByte(name, 0)
	if end < 0 || kept+end == 0 || kept+end > maxPath {
		return indexEntry{}, 0, errIndex
	}
	e.path = previous[:kept] + string(name[:end])
	length := fixed + end + 1
	if version < 4 { // padded with NULs to a multiple of eight
		length = (fixed + end + 8) &^ 7
	}
	if length > len(data) {
		return indexEntry{}, 0, errIndex
	}
	return e, length, nil
}

// parseVarint reads a number as packs write offsets; its length is 0 where it
// does not end in time.
func parseVarint(data []byte) (value, length int) {
	for i, b := range data[:min(len(data), 4)] {
		if i > 0 {
			value++
		}
		value = value<<7 | int(b&0x7f)
		if b&0x80 == 0 {
			return value, i + 1
		}
	}
	return 0, 0
}

// checkExtensions refuses what changes the meaning of the entries.
func checkExtensions(data []byte) error {
	for len(data) > 8+idLength {
		name, size := data[:4], int64(binary.BigEndian.Uint32(data[4:]))
		if bytes.Equal(name, []byte("link")) {
			return fmt.Errorf("%w: it is a split index", errIndex)
		}
		if size > int64(len(data)-8) {
			return errIndex
		}
		data = data[8+size:]
	}
	return nil
}
