package history

import (
	"bytes"

	"github.com/waymark-dev/waymark/internal/objects"
)

// Bounds on the search for the new name of a file that was edited as it moved.
const (
	maxSimilar      = 100       // files to compare with
	maxSimilarBytes = 256 << 10 // of each
)

// edited finds the file that a removed one became, where no new file has its
// contents: the one that shares most lines with it, if by bytes these are at
// least half of the longer (git's own measure for renames is about that).
func (d detail) edited(path string, reader *objects.Reader) string {
	old, ok := d.removed(path)
	if !ok {
		return ""
	}
	before, err := reader.Blob(old, maxSimilarBytes)
	if err != nil || len(before) == 0 {
		return ""
	}
	best, to, tried := 50, "", 0
	for _, c := range d.changes {
		if c.old != objects.Zero || c.mode == objects.Submodule || tried == maxSimilar {
			continue
		}
		tried++
		if after, err := reader.Blob(c.new, maxSimilarBytes); err == nil {
			if p := likeness(before, after); p > best || p == best && to == "" {
				best, to = p, d.paths.path(c.path)
			}
		}
	}
	return to
}

// removed is what the commit removed at exactly this path.
func (d detail) removed(path string) (objects.ID, bool) {
	for _, c := range d.changes {
		if c.new == objects.Zero && c.mode != objects.Submodule && d.paths.path(c.path) == path {
			return c.old, true
		}
	}
	return objects.Zero, false
}

// likeness is how many percent of the longer text are lines of the other.
func likeness(a, b []byte) int {
	longer := max(len(a), len(b))
	if longer == 0 || 2*min(len(a), len(b)) < longer {
		return 0
	}
	lines := map[string]int{}
	for line := range bytes.Lines(a) {
		lines[string(line)]++
	}
	shared := 0
	for line := range bytes.Lines(b) {
		if lines[string(line)] > 0 {
			lines[string(line)]--
			shared += len(line)
		}
	}
	return shared * 100 / longer
}
