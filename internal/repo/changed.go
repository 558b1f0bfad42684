package repo

import (
	"bytes"
	"crypto/sha1"
	"fmt"
	"os"
	"path/filepath"

	"github.com/waymark-dev/waymark/internal/objects"
)

// Changed says whether what was scanned differs from Commit: by a file that is
// not committed as it lies, staged or not, or by one that is gone. It looks at
// every tracked file's size and time, and reads those that were touched. The
// error says why it cannot be told.
func (r *Repository) Changed() (bool, error) {
	if !r.FromDisk || r.opening.head == objects.Zero {
		return false, nil
	}
	staged, err := readIndex(filepath.Join(r.opening.place.gitDir, "index"))
	if err != nil {
		return false, fmt.Errorf("finding uncommitted changes: %w", err)
	}
	o := *r.opening
	o.reader = o.store.Reader()
	committed, err := o.trackedInCommit()
	if err != nil {
		return false, fmt.Errorf("finding uncommitted changes: %w", err)
	}
	known := map[string]bool{}
	for _, e := range staged {
		known[e.path] = true
		if e.mode == objects.Folder { // of a sparse index
			return false, fmt.Errorf("finding uncommitted changes: %w", errIndex)
		}
		if f := committed.files[e.path]; f.id != e.id || f.mode != modeOf(e.mode) || r.touched(e) {
			return true, nil
		}
	}
	return len(staged) != len(committed.files) || r.holdsOther(known), nil
}

// holdsOther says whether the tree has a file that git does not know.
func (r *Repository) holdsOther(known map[string]bool) bool {
	for _, e := range r.Tree.Entries() {
		if !known[e.Path] {
			return true
		}
	}
	return false
}

// touched says whether a file on the disk is another one than was staged. What
// is the same but for its line ends, or kept elsewhere by a filter, is not.
func (r *Repository) touched(e indexEntry) bool {
	if e.left || e.mode == objects.Submodule {
		return false
	}
	info, err := os.Lstat(filepath.Join(r.Root, filepath.FromSlash(e.path)))
	if err != nil {
		return true
	}
	if uint32(info.Size()) == e.size && info.ModTime().Equal(e.changed) {
		return false
	}
	if e.mode == objects.Symlink {
		return r.target(e.path) != e.id
	}
	data, err := r.source.read(e.path, maxIndex)
	if err != nil {
		return true
	}
	return blobID(data) != e.id && blobID(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))) != e.id && !r.filtered(e)
}

// filtered says whether git keeps something else than the file's contents.
func (r *Repository) filtered(e indexEntry) bool {
	data, err := r.opening.store.Reader().Blob(e.id, 1024)
	return err == nil && stored(data) != nil
}

// target is the object that a symbolic link would be stored as.
func (r *Repository) target(path string) objects.ID {
	text, err := os.Readlink(filepath.Join(r.Root, filepath.FromSlash(path)))
	if err != nil {
		return objects.Zero
	}
	return blobID([]byte(filepath.ToSlash(text)))
}

func blobID(data []byte) objects.ID {
	h := sha1.New() // the name that git gives, not a protection
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return objects.ID(h.Sum(nil))
}
