package objects

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"
)

var looseKinds = map[plumbing.ObjectType]kind{
	plumbing.CommitObject: kindCommit, plumbing.TreeObject: kindTree,
	plumbing.BlobObject: kindBlob, plumbing.TagObject: kindTag,
}

// loose is an object that lies in a file of its own; fs.ErrNotExist where
// there is none.
func (s *Store) loose(id ID, limit int64) (object, error) {
	name := id.String()
	for _, folder := range s.folders {
		o, err := readLoose(filepath.Join(folder, name[:2], name[2:]), limit)
		if !errors.Is(err, fs.ErrNotExist) {
			return o, err
		}
	}
	return object{}, fs.ErrNotExist
}

func readLoose(path string, limit int64) (object, error) {
	file, err := openRegular(path)
	if err != nil {
		return object{}, err
	}
	defer file.Close()
	reader, err := objfile.NewReader(file)
	if err != nil {
		return object{}, fmt.Errorf("reading a loose object: %w", err)
	}
	defer func() { _ = reader.Close() }()
	typ, size, err := reader.Header()
	if err != nil {
		return object{}, fmt.Errorf("reading a loose object: %w", err)
	}
	if size > limit {
		return object{}, ErrTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(reader, size+1))
	if err != nil || int64(len(data)) != size {
		return object{}, fmt.Errorf("a loose object is damaged: %w", errors.Join(err, errDamaged))
	}
	return object{looseKinds[typ], data}, nil
}
