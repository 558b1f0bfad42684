package repo

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// Why something is not read. Read's errors, and those of Repository.Blind, are
// one of these or wrap one; none names the path.
var (
	ErrTooLarge     = errors.New("is too large")
	ErrLFS          = errors.New("is kept in Git LFS and only its pointer is here: run `git lfs pull` before the scan")
	ErrEncrypted    = errors.New("is encrypted by git-crypt: run `git-crypt unlock` before the scan")
	ErrMissing      = errors.New("its contents are missing from this clone: clone without --filter, or run `git fetch --refetch`")
	ErrNotRegular   = errors.New("is a device, socket or named pipe and was not opened")
	ErrSubmodule    = errors.New("is a submodule, which is a repository of its own")
	ErrPermission   = fmt.Errorf("may not be read by this user: %w", fs.ErrPermission)
	ErrOutside      = errors.New("is a symbolic link that leads outside the repository and was not followed")
	ErrDangling     = errors.New("is a symbolic link to nothing that is scanned")
	ErrLinkLoop     = errors.New("is a symbolic link in a loop")
	ErrName         = errors.New("holds a name that no file can have")
	ErrTooDeep      = fmt.Errorf("lies more than %d folders deep and was not listed", maxDepth)
	ErrTooManyFiles = fmt.Errorf("holds more than %d files: the rest was not listed", maxFiles)
)

// blindSpots are places that could not be listed.
type blindSpots []detect.BlindSpot

func (b *blindSpots) add(path string, err error) {
	*b = append(*b, detect.BlindSpot{Path: path, Err: err})
}

// full notes, once, that not everything is listed.
func (b *blindSpots) full() {
	if n := len(*b); n == 0 || !errors.Is((*b)[n-1].Err, ErrTooManyFiles) {
		b.add("", ErrTooManyFiles)
	}
}

func tooLarge(limit int64) error {
	return fmt.Errorf("%w: the limit for one file is %d bytes", ErrTooLarge, limit)
}

// reason gives the error of opening or reading a file the name it has here.
func reason(err error, limit int64) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return ErrPermission
	case errors.Is(err, objects.ErrMissing):
		return ErrMissing
	case errors.Is(err, objects.ErrTooLarge):
		return tooLarge(limit)
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err // without the path, which belongs to this machine
	}
	return err
}

// stored says why contents as git stores them are not the file's own.
func stored(data []byte) error {
	switch {
	case bytes.HasPrefix(data, []byte("\x00GITCRYPT\x00")):
		return ErrEncrypted
	case len(data) < 1024 && bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")):
		return ErrLFS
	}
	return nil
}
