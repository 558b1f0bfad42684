package detect

import (
	"iter"
	"path"
	"slices"
	"sort"
	"strings"
)

// A Mode is the kind of an entry of the tree.
type Mode uint8

// The kinds of entries.
const (
	Regular Mode = iota
	Executable
	Symlink
	Submodule
)

// An Entry is one file of the tree, or a link or submodule in its place.
type Entry struct {
	Path string
	Mode Mode
	// Target is where a symbolic link points, as a path from the root; empty
	// where it leads outside or nowhere.
	Target string
}

// A Tree is the names of everything that the scan covers. It holds no
// contents.
type Tree struct {
	entries []Entry
	index   map[string]int
	folders map[string]bool
	// recorded are folders into which packages of Python are installed.
	recorded map[string]bool
	marks    map[string]Place // what git attributes say, by path
	places   map[string]Place // of what lies directly in a folder
	// told are the places of folders and files by contents, whatever names say.
	told map[string]Place
}

// NewTree returns a tree of the given entries. Marks are the places that git
// attributes give to paths; they win over what the path tells.
func NewTree(entries []Entry, marks map[string]Place) *Tree {
	return newTree(entries, marks, nil)
}

func newTree(entries []Entry, marks, told map[string]Place) *Tree {
	t := &Tree{told: told, entries: slices.Clone(entries), index: make(map[string]int, len(entries)), folders: map[string]bool{"": true, ".": true}, recorded: map[string]bool{}, marks: marks}
	sort.Slice(t.entries, func(i, j int) bool { return t.entries[i].Path < t.entries[j].Path })
	for i, e := range t.entries {
		t.index[e.Path] = i
		if e.Mode == Submodule {
			t.folders[e.Path] = true
		}
		for dir := path.Dir(e.Path); dir != "." && !t.folders[dir]; dir = path.Dir(dir) {
			t.folders[dir] = true
			if strings.HasSuffix(dir, ".dist-info") {
				t.recorded[path.Dir(dir)] = true
			}
		}
	}
	t.places = t.placesOfFolders()
	return t
}

// Entries are all entries, sorted by path. The slice must not be changed.
func (t *Tree) Entries() []Entry { return t.entries }

// Under are the entries below a folder, sorted by path; "" and "." mean the
// whole tree.
func (t *Tree) Under(folder string) []Entry {
	if folder == "" || folder == "." {
		return t.entries
	}
	below := t.entries[entriesBefore(t.entries, folder+"/"):]
	return below[:entriesBefore(below, folder+afterSlash)]
}

// afterSlash comes right after the slash: no path in a folder sorts behind it.
const afterSlash = string('/' + 1)

// entriesBefore is how many of the sorted entries come before a path.
func entriesBefore(entries []Entry, p string) int {
	return sort.Search(len(entries), func(i int) bool { return entries[i].Path >= p })
}

// Children yields the names of what lies directly in a folder, and whether each is
// a folder, in the order of the paths in them; "" and "." mean the root.
func (t *Tree) Children(folder string) iter.Seq2[string, bool] {
	below, prefix := t.Under(folder), folder+"/"
	if folder == "" || folder == "." {
		prefix = ""
	}
	return func(yield func(string, bool) bool) {
		for len(below) > 0 {
			name, _, isFolder := strings.Cut(below[0].Path[len(prefix):], "/")
			if !yield(name, isFolder) {
				return
			}
			if below = below[1:]; isFolder {
				below = below[entriesBefore(below, prefix+name+afterSlash):]
			}
		}
	}
}

// Below says whether a path is one of the folders or lies in one.
func Below(p string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return folder == "." || p == folder || len(p) > len(folder) && p[len(folder)] == '/' && p[:len(folder)] == folder
	})
}

// Only is the tree of the entries that are kept, with the same places.
func (t *Tree) Only(keep func(path string) bool) *Tree {
	var kept []Entry
	for _, e := range t.entries {
		if keep(e.Path) {
			kept = append(kept, e)
		}
	}
	return newTree(kept, t.marks, t.told)
}

// File is the entry at a path that is not a folder. Paths are compared byte by
// byte.
func (t *Tree) File(p string) (Entry, bool) {
	i, ok := t.index[path.Clean(p)]
	if !ok {
		return Entry{}, false
	}
	return t.entries[i], true
}

// Folders are all folders but the root, in no order.
func (t *Tree) Folders() []string {
	var folders []string
	for folder := range t.folders {
		if folder != "" && folder != "." {
			folders = append(folders, folder)
		}
	}
	return folders
}

// Folder says whether the path is a folder; the root is "" or ".".
func (t *Tree) Folder(p string) bool { return t.folders[path.Clean(p)] }

// Has says whether the path is a file or a folder, symbolic links on the way
// being followed inside the tree.
func (t *Tree) Has(p string) bool { return t.has(path.Clean(p), 8) }

func (t *Tree) has(p string, links int) bool {
	if _, ok := t.index[p]; ok || t.folders[p] {
		return true
	}
	for dir := path.Dir(p); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if i, ok := t.index[dir]; ok {
			e := t.entries[i]
			follow := e.Mode == Symlink && e.Target != "" && links > 0
			return e.Mode == Submodule || follow && t.has(path.Clean(e.Target+p[len(dir):]), links-1)
		}
	}
	return false
}
