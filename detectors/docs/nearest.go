package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A nameIndex finds the paths of a tree by their last element.
type nameIndex struct {
	tree   *detect.Tree
	byName map[string][]string // files and folders, by base name in lower case
	byStem map[string][]string // files, by base name without extension
	listed map[string][]string // names in each folder that was asked for
	tried  int
}

// maxTried bounds how many names are compared letter by letter.
const maxTried = 5_000_000

func newNameIndex(t *detect.Tree) *nameIndex {
	x := &nameIndex{tree: t, byName: map[string][]string{}, byStem: map[string][]string{}, listed: map[string][]string{}}
	folders := map[string]bool{".": true}
	for _, e := range t.Entries() {
		name := x.add(e.Path)
		stem := strings.TrimSuffix(name, path.Ext(name))
		x.byStem[stem] = append(x.byStem[stem], e.Path)
		for dir := path.Dir(e.Path); !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
			x.add(dir)
		}
	}
	return x
}

func (x *nameIndex) add(p string) (name string) {
	name = strings.ToLower(path.Base(p))
	x.byName[name] = append(x.byName[name], p)
	return name
}

// inside are the names in a folder.
func (x *nameIndex) inside(folder string) []string {
	names, ok := x.listed[folder]
	if !ok {
		for name := range x.tree.Children(folder) {
			names = append(names, name)
		}
		x.listed[folder] = names
	}
	return names
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
	if x.tried += len(x.inside(dir)); x.tried > maxTried {
		return ""
	}
	for _, beside := range x.inside(dir) {
		if slip(strings.ToLower(beside), name) {
			return path.Join(dir, beside)
		}
	}
	return ""
}

// misspelt is the path of the tree that differs from the given one by a slip in
// one part, or by the two spellings of YAML's extension; empty where there is
// none, or no folder leads there.
func (x *nameIndex) misspelt(p string) string {
	if ext := path.Ext(p); ext == ".yml" || ext == ".yaml" {
		for _, other := range []string{".yml", ".yaml"} {
			if full := strings.TrimSuffix(p, ext) + other; full != p && x.tree.Has(full) {
				return full
			}
		}
	}
	parts := strings.Split(p, "/")
	for i, part := range parts {
		folder := path.Join(parts[:i]...)
		if folder == "" {
			folder = "."
		}
		if x.tried += len(x.inside(folder)); x.tried > maxTried || len(parts) < 2 {
			return ""
		}
		for _, name := range x.inside(folder) {
			if !slip(name, part) || strings.ContainsAny(part, "0123456789") || otherKind(name, part) {
				continue
			}
			if full := path.Join(folder, name, path.Join(parts[i+1:]...)); x.tree.Has(full) {
				return full
			}
		}
	}
	return ""
}

// otherKind says whether two names have extensions that are two kinds of files:
// "app.css" and "app.scss" are no slip of each other.
func otherKind(a, b string) bool {
	return path.Ext(a) != path.Ext(b) && slices.Contains(kindEndings, path.Ext(a)) && slices.Contains(kindEndings, path.Ext(b))
}

// kindEndings are extensions that are one letter from each other.
var kindEndings = []string{".css", ".scss", ".sass", ".less", ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts", ".md", ".mdx", ".json", ".jsonl", ".json5", ".htm", ".html", ".tf", ".tfvars"}

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
