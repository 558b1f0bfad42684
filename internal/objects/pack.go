package objects

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
)

// A pack is one pack file and its index. Both are opened when first needed.
type pack struct {
	path    string // without extension
	changed time.Time

	once sync.Once
	data *packData
	err  error
}

// A packData is an open pack. It is safe for concurrent use.
type packData struct {
	index *idxfile.MemoryIndex
	file  *os.File
}

func (p *pack) open() (*packData, error) {
	p.once.Do(func() { p.data, p.err = p.read() })
	return p.data, p.err
}

func (p *pack) read() (*packData, error) {
	index, err := readIndex(p.path + ".idx")
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", filepath.Base(p.path)+".idx", err)
	}
	file, err := openRegular(p.path + ".pack")
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", filepath.Base(p.path)+".pack", err)
	}
	return &packData{index: index, file: file}, nil
}

func (p *pack) close() error {
	p.once.Do(func() { p.err = os.ErrClosed })
	if p.data == nil {
		return nil
	}
	return p.data.file.Close()
}

func readIndex(path string) (*idxfile.MemoryIndex, error) {
	file, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	index := idxfile.NewMemoryIndex()
	if err := idxfile.NewDecoder(bufferedFile{bufio.NewReaderSize(file, 1<<18), file}).Decode(index); err != nil {
		return nil, err
	}
	index.CRC32 = nil
	return index, nil
}

// A bufferedFile shows the decoder the size of the file, against which it
// checks the counts that the index claims before it allocates.
type bufferedFile struct {
	io.Reader
	file *os.File
}

func (b bufferedFile) Stat() (os.FileInfo, error) { return b.file.Stat() }

// openRegular opens a file that is neither a device nor a pipe.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", filepath.Base(path))
	}
	return os.Open(path)
}

// find is where the object begins in the pack. It reads the index's arrays
// itself: FindOffset of MemoryIndex keeps every answer in a map under a lock.
func (d *packData) find(id ID) (int64, bool) {
	bucket := d.index.FanoutMapping[id[0]]
	if bucket < 0 || bucket >= len(d.index.Names) {
		return 0, false
	}
	names, offsets := d.index.Names[bucket], d.index.Offset32[bucket]
	low, high := 0, len(offsets)/4
	want := binary.BigEndian.Uint64(id[:])
	for low < high {
		mid := int(uint(low+high) >> 1)
		name := names[mid*len(id):]
		switch first := binary.BigEndian.Uint64(name); {
		case first == want && bytes.Equal(name[:len(id)], id[:]):
			return d.offset(offsets[mid*4:])
		case first < want || first == want && bytes.Compare(name[:len(id)], id[:]) < 0:
			low = mid + 1
		default:
			high = mid
		}
	}
	return 0, false
}

// offset decodes an entry of the table of offsets; the highest bit sends it on
// to the table for packs above 2 GB.
func (d *packData) offset(entry []byte) (int64, bool) {
	const far = 1 << 31
	at := binary.BigEndian.Uint32(entry)
	if at&far == 0 {
		return int64(at), true
	}
	i := int(at&^far) * 8
	if i+8 > len(d.index.Offset64) {
		return 0, false
	}
	at64 := binary.BigEndian.Uint64(d.index.Offset64[i:])
	return int64(at64 & (1<<63 - 1)), true
}
