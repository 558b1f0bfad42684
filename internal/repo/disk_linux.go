package repo

import (
	"errors"
	"io"

	"golang.org/x/sys/unix"
)

// readBeneath reads a file with a third of the system calls that os.Root needs,
// which opens every folder on the way: half of a scan's reading is opening.
// Where the kernel or a sandbox forbids openat2 it is errors.ErrUnsupported.
func (d *disk) readBeneath(path string, limit int64) ([]byte, error) {
	fd, err := d.openBeneath(path)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EPERM) {
		return nil, errors.ErrUnsupported
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = unix.Close(fd) }() // nothing was written
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil {
		return nil, err
	}
	if info.Mode&unix.S_IFMT != unix.S_IFREG {
		return nil, ErrNotRegular
	}
	return readAll(descriptor(fd), info.Size, limit)
}

func (d *disk) openBeneath(path string) (fd int, err error) {
	how := unix.OpenHow{
		Flags:   unix.O_RDONLY | unix.O_NONBLOCK | unix.O_CLOEXEC,
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS,
	}
	for {
		fd, err = unix.Openat2(int(d.dir.Fd()), path, &how)
		if !errors.Is(err, unix.EINTR) && !errors.Is(err, unix.EAGAIN) {
			return fd, err
		}
	}
}

// A descriptor reads an open file.
type descriptor int

// Read implements io.Reader; the system's end of file is 0 bytes.
func (d descriptor) Read(buf []byte) (int, error) {
	for {
		n, err := unix.Read(int(d), buf)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if n == 0 && err == nil && len(buf) > 0 {
			return 0, io.EOF
		}
		return max(n, 0), err
	}
}
