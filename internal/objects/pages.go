package objects

import (
	"io"
	"os"
)

const pageSize = 8 << 10

// pages keeps the blocks of pack files that were read last.
// Reading by blocks is as fast as mapping the file, works on every system and
// cannot crash where the file shrinks meanwhile.
type pages struct {
	limit int // of pages
	index map[pageKey]*page
	ring  []*page // in the order in which they were filled
	next  int
}

type pageKey struct {
	file  *os.File
	block int64
}

type page struct {
	key  pageKey
	data []byte
}

func newPages(bytes int) *pages {
	return &pages{limit: bytes / pageSize, index: make(map[pageKey]*page, bytes/pageSize)}
}

// block is one block of the file, shorter at its end. It is valid until the
// next call.
func (p *pages) block(file *os.File, block int64) ([]byte, error) {
	key := pageKey{file, block}
	if found, ok := p.index[key]; ok {
		return found.data, nil
	}
	slot := p.slot()
	n, err := file.ReadAt(slot.data[:pageSize], block*pageSize)
	if err != nil && err != io.EOF {
		return nil, err
	}
	slot.key, slot.data = key, slot.data[:n]
	p.index[key] = slot
	return slot.data, nil
}

// slot is an empty page: a new one until the ring is full, then the oldest.
func (p *pages) slot() *page {
	if len(p.ring) < p.limit {
		fresh := &page{data: make([]byte, pageSize)}
		p.ring = append(p.ring, fresh)
		return fresh
	}
	old := p.ring[p.next]
	p.next = (p.next + 1) % p.limit
	delete(p.index, old.key)
	return old
}

// A cursor reads a pack file from a position on. It has ReadByte, so that
// inflating takes no byte more than it needs and no second buffer.
type cursor struct {
	pages *pages
	file  *os.File
	at    int64
	rest  []byte // of the block that at lies in
}

func (c *cursor) seek(file *os.File, at int64) { c.file, c.at, c.rest = file, at, nil }

func (c *cursor) fill() error {
	block, err := c.pages.block(c.file, c.at/pageSize)
	if err != nil {
		return err
	}
	if within := int(c.at % pageSize); within < len(block) {
		c.rest = block[within:]
		return nil
	}
	return io.EOF
}

// ReadByte implements io.ByteReader.
func (c *cursor) ReadByte() (byte, error) {
	if len(c.rest) == 0 {
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	c.at++
	return b, nil
}

// Read implements io.Reader.
func (c *cursor) Read(buf []byte) (int, error) {
	if len(c.rest) == 0 {
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(buf, c.rest)
	c.rest = c.rest[n:]
	c.at += int64(n)
	return n, nil
}
