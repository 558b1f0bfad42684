package repo

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// A disk is a folder on the disk out of which nothing leads: no link, no "..",
// whatever changes while it is read. It is safe for concurrent use.
type disk struct {
	root *os.Root
	dir  *os.File
}

func openDisk(folder string) (*disk, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	dir, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &disk{root, dir}, nil
}

func (d *disk) Close() error { return errors.Join(d.dir.Close(), d.root.Close()) }

// read reads a regular file of at most limit bytes.
func (d *disk) read(path string, limit int64) ([]byte, error) {
	data, err := d.readBeneath(filepath.FromSlash(path), limit)
	if errors.Is(err, errors.ErrUnsupported) {
		return d.readInRoot(filepath.FromSlash(path), limit)
	}
	return data, err
}

// readInRoot reads a file by what every system has. It does not wait for the
// other end where a named pipe lies in the file's place.
func (d *disk) readInRoot(path string, limit int64) ([]byte, error) {
	f, err := d.root.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotRegular
	}
	return readAll(f, info.Size(), limit)
}

// readAll reads a file of a known size; one that has shrunk meanwhile is read
// as far as it goes.
func readAll(f io.Reader, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, tooLarge(limit)
	}
	data := make([]byte, size)
	n, err := io.ReadFull(f, data)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return data[:n], err
}

// link is what a symbolic link holds. Where links were checked out as files
// (plain), it is what the file holds.
func (d *disk) link(path string, plain bool) (string, error) {
	text, err := d.root.Readlink(filepath.FromSlash(path))
	var failed *fs.PathError
	if plain && errors.As(err, &failed) {
		data, err := d.read(path, maxPath)
		return string(data), err
	}
	return filepath.ToSlash(text), err
}
