package terraform

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// A place is where a template stands, and what can be looked up from there.
// Paths that are known to lie in the repository start with a slash, which
// stands for its root.
type place struct {
	tree *detect.Tree
	dir  string
	// file is the Terragrunt file of the template; nil in configurations.
	file *terragruntFile
	// others are all Terragrunt files by their path.
	others map[string]*terragruntFile
	depth  int
}

// What a template may cost: how many values that refer to others are followed,
// how many interpolations one text may hold, and how long it may be. Beyond
// that it stays as written.
const (
	maxExpansion      = 4
	maxInterpolations = 8
	maxTemplate       = 1000
)

var (
	interpolation = regex.New(`\$\{[^{}]*\}`)
	findInParents = regex.New(`^find_in_parent_folders\(\s*(?:"([^"]*)")?[^()]*\)$`)
	directory     = regex.New(`^dirname\((.*)\)$`)
	readFile      = regex.New(`^read_terragrunt_config\((.*)\)$`)
	ownLocal      = regex.New(`^local\.([0-9A-Za-z_-]+)$`)
	readLocal     = regex.New(`^local\.([0-9A-Za-z_-]+)\.locals\.([0-9A-Za-z_-]+)$`)
	includeLocal  = regex.New(`^include\.(?:[0-9A-Za-z_-]+\.)?locals\.([0-9A-Za-z_-]+)$`)
)

// expand puts in the "${ … }" of a template what they stand for, as far as it
// can be told without evaluating anything; the others stay as written.
func expand(text string, at place) string {
	if n := strings.Count(text, "${"); n == 0 || n > maxInterpolations || at.depth > maxExpansion || len(text) > maxTemplate {
		return text
	}
	at.depth++
	return interpolation.ReplaceAllStringFunc(text, func(s string) string {
		if value, ok := at.value(strings.TrimSpace(s[2 : len(s)-1])); ok {
			return value
		}
		return s
	})
}

// value is what an expression stands for.
// Source: https://terragrunt.gruntwork.io/docs/reference/hcl/functions/
func (at place) value(expression string) (string, bool) {
	if p, ok := at.path(expression); ok {
		return p, true
	}
	if m := ownLocal.FindStringSubmatch(expression); m != nil && at.file != nil {
		return at.local(at.file, m[1])
	}
	if m := readLocal.FindStringSubmatch(expression); m != nil && at.file != nil {
		return at.local(at.read(m[1]), m[2])
	}
	if m := includeLocal.FindStringSubmatch(expression); m != nil && at.file != nil {
		return at.included(m[1])
	}
	return "", false
}

// path is the path that a function gives.
func (at place) path(expression string) (string, bool) {
	call, _, _ := strings.Cut(expression, "(")
	switch call {
	case "get_repo_root", "get_path_to_repo_root":
		return "/", true
	case "get_terragrunt_dir", "get_original_terragrunt_dir":
		return "/" + at.dir, true
	case "get_parent_terragrunt_dir", "path_relative_from_include":
		return at.parent()
	}
	if m := findInParents.FindStringSubmatch(expression); m != nil {
		return at.above(m[1])
	}
	if m := directory.FindStringSubmatch(expression); m != nil {
		inner, ok := at.path(strings.TrimSpace(m[1]))
		return path.Dir(inner), ok
	}
	return "", false
}

// above is the nearest file or folder of a name in the folders around.
func (at place) above(name string) (string, bool) {
	if name == "" {
		name = unitFile
	}
	for dir := at.dir; dir != "." && dir != "/"; {
		dir = path.Dir(dir)
		if found := path.Join(dir, name); at.tree.Has(found) {
			return "/" + found, true
		}
	}
	return "", false
}

// parent is the folder of the first file included, else of the nearest
// terragrunt.hcl above.
func (at place) parent() (string, bool) {
	if at.file != nil {
		for _, include := range at.file.includes {
			if p, ok := resolvePath(include, place{tree: at.tree, dir: at.dir, depth: at.depth}); ok {
				return "/" + path.Dir(p), true
			}
		}
	}
	found, ok := at.above("")
	return path.Dir(found), ok
}

// local is the value of a local of a file.
func (at place) local(file *terragruntFile, name string) (string, bool) {
	if file == nil {
		return "", false
	}
	text, ok := file.locals[name]
	at.file = file
	if text = expand(text, at); !ok || strings.HasPrefix(text, "${") {
		return "", false
	}
	return text, true
}

// read is the file that a local reads.
func (at place) read(name string) *terragruntFile {
	text := strings.TrimSuffix(strings.TrimPrefix(at.file.locals[name], "${"), "}")
	m := readFile.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	found, ok := resolvePath("${"+m[1]+"}", place{tree: at.tree, dir: at.dir, depth: at.depth})
	if !ok {
		found, ok = resolvePath(strings.Trim(m[1], `" `), place{tree: at.tree, dir: at.dir, depth: at.depth})
	}
	if !ok {
		return nil
	}
	return at.others[found]
}

// included is the value of a local of the included files.
func (at place) included(name string) (string, bool) {
	for _, include := range at.file.includes {
		p, ok := resolvePath(include, place{tree: at.tree, dir: at.dir, depth: at.depth})
		if !ok {
			continue
		}
		if value, ok := at.local(at.others[p], name); ok {
			return value, true
		}
	}
	return "", false
}

// resolvePath is the file of the repository that a template of a path names.
func resolvePath(text string, at place) (string, bool) {
	text = expand(text, at)
	dir := at.dir
	if strings.HasPrefix(text, "/") {
		dir = "."
	}
	p := path.Join(dir, text)
	_, ok := at.tree.File(p)
	return p, ok && !strings.Contains(text, "${")
}
