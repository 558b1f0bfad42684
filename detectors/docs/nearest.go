package docs

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A nameIndex finds the paths of a tree by their last element.
type nameIndex struct {
	tree   *detect.Tree
	byName map[string][]string // files and folders, by base name in lower case
	byStem map[string][]string // files, by base name without extension
	tried  int
}

// maxTried bounds how many names are compared letter by letter.
const maxTried = 5_000_000

func newNameIndex(t *detect.Tree) *nameIndex {
	x := &nameIndex{tree: t, byName: map[string][]string{}, byStem: map[string][]string{}}
	folders := map[string]bool{".": true}
	for _, e := range t.Entries() {
		x.add(e.Path)
		stem := strings.ToLower(strings.TrimSuffix(path.Base(e.Path), path.Ext(e.Path)))
		x.byStem[stem] = append(x.byStem[stem], e.Path)
		for dir := path.Dir(e.Path); !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
			x.add(dir)
		}
	}
	return x
}

func (x *nameIndex) add(p string) {
	name := strings.ToLower(path.Base(p))
	x.byName[name] = append(x.byName[name], p)
}

// ends says whether some path of the tree is the given one or ends in it.
func (x *nameIndex) ends(p string) bool {
	p = path.Clean(p)
	for _, full := range x.byName[strings.ToLower(path.Base(p))] {
		if full == p || strings.HasSuffix(full, "/"+p) {
			return true
		}
	}
	return false
}

// nearest is the path that was probably meant: with another extension or
// another case in the same folder, the only one of that name, or one with a
// slip in its name.
func (x *nameIndex) nearest(p string) string {
	name := strings.ToLower(path.Base(p))
	stem := strings.TrimSuffix(name, strings.ToLower(path.Ext(name)))
	dir := path.Dir(p)
	for _, full := range append(append([]string{}, x.byName[name]...), x.byStem[stem]...) {
		if path.Dir(full) == dir {
			return full
		}
	}
	if same := x.byName[name]; len(same) == 1 && same[0] != dir {
		return same[0]
	}
	beside := x.tree.Under(dir)
	if x.tried += len(beside); x.tried > maxTried {
		return ""
	}
	for _, e := range beside {
		inside := e.Path
		if dir != "." {
			inside = strings.TrimPrefix(e.Path, dir+"/")
		}
		first, _, _ := strings.Cut(inside, "/")
		if slip(strings.ToLower(first), name) {
			return path.Join(dir, first)
		}
	}
	return ""
}

// slip says whether two names of some length differ by one letter: one left
// out, one more, or one in place of another.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 4 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
