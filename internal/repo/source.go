package repo

import (
	"io/fs"
	"sync"

	"github.com/waymark-dev/waymark/internal/objects"
)

// A source holds the contents of files: the disk, or the objects.
type source interface {
	// read reads a file of at most limit bytes. It is safe for concurrent use.
	read(path string, limit int64) ([]byte, error)
}

// A workTree reads files from the disk, and what a sparse checkout left out from
// the objects.
type workTree struct {
	disk *disk
	left *objectSource
}

func (w *workTree) read(path string, limit int64) ([]byte, error) {
	if _, ok := w.left.ids[path]; ok {
		return w.left.read(path, limit)
	}
	return w.disk.read(path, limit)
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
