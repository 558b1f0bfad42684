package objects

import (
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"slices"
)

// inflate reads the contents of an entry and holds it to the size that its
// head claims. They lie in the scratch buffer, if one is given.
func (r *Reader) inflate(e entry, scratch *[]byte) ([]byte, error) {
	if e.size > maxObject {
		return nil, ErrTooLarge
	}
	r.cursor.seek(e.key.pack.file, e.data)
	if err := r.reset(); err != nil {
		return nil, damaged(err)
	}
	if scratch == nil {
		return exactly(r.inflater, e.size, nil)
	}
	data, err := exactly(r.inflater, e.size, (*scratch)[:0])
	*scratch = data[:0]
	return data, err
}

func (r *Reader) reset() error {
	if r.inflater == nil {
		fresh, err := zlib.NewReader(&r.cursor)
		r.inflater = fresh
		return err
	}
	return r.inflater.(zlib.Resetter).Reset(&r.cursor, nil)
}

// exactly reads size bytes and the end behind them. The size of a large object
// is not believed before the bytes have come.
func exactly(from io.Reader, size int64, buf []byte) ([]byte, error) {
	const believed = 1 << 20
	for int64(len(buf)) < size {
		n := int(min(size-int64(len(buf)), believed))
		buf = slices.Grow(buf, n)
		if _, err := io.ReadFull(from, buf[len(buf):len(buf)+n]); err != nil {
			return nil, damaged(err)
		}
		buf = buf[:len(buf)+n]
	}
	var more [1]byte
	if n, err := from.Read(more[:]); n > 0 || err != io.EOF {
		return nil, damaged(err)
	}
	return buf, nil
}

// damaged says that the pack, and not the asking, is at fault.
func damaged(err error) error {
	switch {
	case err == nil:
		return errDamaged
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it ends too early", errDamaged)
	}
	return fmt.Errorf("%w: %w", errDamaged, err)
}
