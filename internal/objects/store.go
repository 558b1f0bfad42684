package objects

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// ErrMissing says that an object is not in the store: a partial clone, a
// shallow clone whose boundary is lost, or a damaged repository.
var ErrMissing = errors.New("object is missing from the clone")

// Bounds on what one repository may make us do.
const (
	maxAlternates = 32       // object folders, own and borrowed
	maxObject     = 64 << 20 // bytes of any object
	maxChain      = 4096     // deltas on one object; git writes at most 4095
	maxText       = 64 << 20 // bytes of packed-refs and the like
)

// A Store is the objects of one repository, those that it borrows from others
// included. It is safe for concurrent use; reading goes through Readers.
type Store struct {
	folders []string
	packs   []*pack
	overlay Overlay
	absent  bool
}

// Open finds the packs and object folders below objectsDir and follows its
// alternates. No index is read before the first object is asked for.
func Open(objectsDir string) (*Store, error) {
	info, err := os.Stat(objectsDir)
	if err != nil {
		return nil, fmt.Errorf("opening the objects of the repository: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("opening the objects of the repository: %s is not a folder", objectsDir)
	}
	s := &Store{}
	s.add(objectsDir)
	return s, nil
}

// Absent says that the repository borrows objects from folders that are not
// there, or that its list of them cannot be read.
func (s *Store) Absent() bool { return s.absent }

// Apply lays shallow boundaries, grafts and replacements over the store. It
// must be called before the first Reader is made.
func (s *Store) Apply(o Overlay) { s.overlay = o }

// Close closes the packs. Readers must not be used afterwards.
func (s *Store) Close() error {
	var errs []error
	for _, p := range s.packs {
		errs = append(errs, p.close())
	}
	return errors.Join(errs...)
}

// packed is the size of all packs.
func (s *Store) packed() int64 {
	var sum int64
	for _, p := range s.packs {
		if info, err := os.Stat(p.path + ".pack"); err == nil {
			sum += info.Size()
		}
	}
	return sum
}

// add takes in an object folder and those it borrows from, each once.
func (s *Store) add(folder string) {
	folder = filepath.Clean(folder)
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	for _, known := range s.folders {
		if known == folder {
			return
		}
	}
	if len(s.folders) >= maxAlternates {
		return
	}
	s.folders = append(s.folders, folder)
	s.addPacks(filepath.Join(folder, "pack"))
	borrowed, err := alternates(folder)
	s.absent = s.absent || err != nil
	for _, other := range borrowed {
		if info, err := os.Stat(other); err != nil || !info.IsDir() {
			s.absent = true
			continue
		}
		s.add(other)
	}
}

// addPacks takes in the packs of a folder, newest first, as git tries them.
func (s *Store) addPacks(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	var found []*pack
	for _, e := range entries {
		name, isIndex := strings.CutSuffix(e.Name(), ".idx")
		if !isIndex || !strings.HasPrefix(name, "pack-") {
			continue
		}
		p := &pack{path: filepath.Join(folder, name)}
		if info, err := e.Info(); err == nil {
			p.changed = info.ModTime()
		}
		found = append(found, p)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].changed.After(found[j].changed) })
	s.packs = append(s.packs, found...)
}

// alternates are the object folders that info/alternates names; relative ones
// are relative to the object folder.
func alternates(folder string) ([]string, error) {
	text, err := readText(filepath.Join(folder, "info", "alternates"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var found []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !filepath.IsAbs(line) {
			line = filepath.Join(folder, line)
		}
		found = append(found, line)
	}
	return found, err
}

// readText reads a regular file of the repository's own administration.
func readText(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is not a regular file", path)
	}
	if info.Size() > maxText {
		return "", fmt.Errorf("%s is larger than %d MB", path, maxText>>20)
	}
	text, err := os.ReadFile(path)
	return string(text), err
}
