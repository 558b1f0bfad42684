package repo

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/waymark-dev/waymark/internal/objects"
)

// A source holds the contents of files: the disk, or the objects.
type source interface {
	// read reads a file of at most limit bytes. It is safe for concurrent use.
	read(path string, limit int64) ([]byte, error)
}

// A diskSource reads a work tree. What a sparse checkout left out comes from
// the objects.
type diskSource struct {
	root *os.Root
	left *objectSource
}

func (s *diskSource) read(path string, limit int64) ([]byte, error) {
	if _, ok := s.left.ids[path]; ok {
		return s.left.read(path, limit)
	}
	return readRegular(s.root, path, limit)
}

// readRegular reads a regular file below the root. The system does not wait for
// the other end where a named pipe lies in its place.
func readRegular(root *os.Root, path string, limit int64) ([]byte, error) {
	f, err := root.OpenFile(filepath.FromSlash(path), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotRegular
	}
	return readBounded(f, info, limit)
}

func readBounded(f io.Reader, info fs.FileInfo, limit int64) ([]byte, error) {
	if info.Size() > limit {
		return nil, tooLarge(limit)
	}
	data := make([]byte, info.Size(), info.Size()+1)
	n, err := io.ReadFull(f, data)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil // it has become shorter meanwhile
	}
	return data[:n], err
}

// An objectSource reads files from the object store.
type objectSource struct {
	ids     map[string]objects.ID
	readers *sync.Pool
}

func newObjectSource(store *objects.Store) *objectSource {
	return &objectSource{ids: map[string]objects.ID{}, readers: &sync.Pool{New: func() any { return store.Reader() }}}
}

func (s *objectSource) read(path string, limit int64) ([]byte, error) {
	id, ok := s.ids[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	reader := s.readers.Get().(*objects.Reader)
	defer s.readers.Put(reader)
	return reader.Blob(id, limit)
}
