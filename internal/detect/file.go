package detect

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// A File is one file of the scanned tree: read once and shared, read-only, by
// every detector that asked for it.
type File struct {
	Path string
	Data []byte

	once  sync.Once
	lines []int // offset of the first byte of each line
	ascii bool  // each code point is one byte
	views sync.Map

	threesOnce sync.Once
	threes     threes
}

// NewFile returns a file with the given path and contents. A byte order mark
// is left out, and UTF-16 that has one becomes UTF-8: offsets count in what
// Data then holds.
func NewFile(path string, data []byte) *File { return &File{Path: path, Data: decode(data)} }

// Whole is the span that means the whole file.
func (f *File) Whole() Span { return Span{Path: f.Path} }

// Bytes is the span from the byte at start up to, not including, the byte at
// end. Offsets outside the file are moved to its nearest edge.
func (f *File) Bytes(start, end int) Span {
	start = min(max(start, 0), len(f.Data))
	end = min(max(end, start), len(f.Data))
	return Span{Path: f.Path, Start: f.point(start), End: f.point(end)}
}

// Line is the span of line n, counted from one, without its line break. A line
// outside the file is moved to the nearest one.
func (f *File) Line(n int) Span { return f.Lines(n, n) }

// Lines is the span from the start of line first to the end of line last.
func (f *File) Lines(first, last int) Span {
	starts := f.starts()
	first = min(max(first, 1), len(starts))
	last = min(max(last, first), len(starts))
	end := len(f.Data)
	if last < len(starts) {
		end = starts[last]
	}
	line := bytes.TrimRight(f.Data[starts[last-1]:end], "\r\n")
	return f.Bytes(starts[first-1], starts[last-1]+len(line))
}

// LineCount is the number of lines; an empty file has one.
func (f *File) LineCount() int { return len(f.starts()) }

// At is the span of n code points that starts at the given line and column, as
// parsers that count code points (YAML) give them.
func (f *File) At(line, column, n int) Span {
	starts := f.starts()
	line = min(max(line, 1), len(starts))
	start := f.advance(line, starts[line-1], column-1)
	return f.Bytes(start, f.advance(line, start, n))
}

// advance moves n code points on from an offset in a line, stopping at its end.
func (f *File) advance(line, offset, n int) int {
	end := len(f.Data)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	if f.ascii {
		return min(offset+max(n, 0), max(end, offset))
	}
	for ; n > 0 && offset < end; n-- {
		_, size := utf8.DecodeRune(f.Data[offset:])
		offset += size
	}
	return offset
}

func (f *File) point(offset int) Point {
	starts := f.starts()
	line := sort.SearchInts(starts, offset+1)
	column := offset - starts[line-1] + 1
	if !f.ascii {
		column = utf8.RuneCount(f.Data[starts[line-1]:offset]) + 1
	}
	return Point{Line: line, Column: column, Offset: offset}
}

func (f *File) starts() []int {
	f.once.Do(func() {
		f.lines = append(make([]int, 0, bytes.Count(f.Data, []byte{'\n'})+1), 0)
		f.ascii = true
		for i, b := range f.Data {
			switch {
			case b == '\n' && i+1 < len(f.Data):
				f.lines = append(f.lines, i+1)
			case b >= utf8.RuneSelf:
				f.ascii = false
			}
		}
	})
	return f.lines
}

// A View derives something from a file at most once, however many detectors
// ask for it.
type View[T any] struct {
	derive func(*File) (T, error)
}

// NewView returns a view that derives its value with the given function.
func NewView[T any](derive func(*File) (T, error)) *View[T] { return &View[T]{derive: derive} }

// Of is the value derived from f, or the error of deriving it.
func (v *View[T]) Of(f *File) (T, error) {
	held, ok := f.views.Load(v)
	if !ok {
		held, _ = f.views.LoadOrStore(v, sync.OnceValues(func() (T, error) { return v.derive(f) }))
	}
	return held.(func() (T, error))()
}
