package objects

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
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
	index *packIndex
	file  *os.File
}

func (p *pack) open() (*packData, error) {
	p.once.Do(func() { p.data, p.err = p.read() })
	return p.data, p.err
}

func (p *pack) read() (*packData, error) {
	index, err := openIndex(p.path + ".idx")
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

func openIndex(path string) (*packIndex, error) {
	file, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return readIndex(file, info.Size())
}

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
