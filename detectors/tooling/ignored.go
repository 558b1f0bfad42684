package tooling

import (
	"bytes"
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed ignored.md
var ignoredDoc string

// IgnoredLocks sees the lines by which git ignores lock files of dependencies.
// Its values are an IgnoredLock each.
var IgnoredLocks = &detect.Detector{ID: "tooling/ignored-lock-file", Doc: ignoredDoc, Match: []string{"**/.gitignore"}, File: ignoredLocks}

// ecosystemLocks are the names of lock files, and the ecosystem that each is of.
var ecosystemLocks = map[string]string{
	".terraform.lock.hcl": "terraform", "package-lock.json": "npm", "yarn.lock": "npm", "pnpm-lock.yaml": "npm", "go.sum": "go", "poetry.lock": "pip", "Pipfile.lock": "pip", "uv.lock": "pip",
	"Cargo.lock": "cargo", "composer.lock": "composer", "Gemfile.lock": "bundler",
}

// ignoredLocks reads the patterns of a file; a later one with a leading "!"
// takes an earlier one back.
// Source: https://git-scm.com/docs/gitignore
func ignoredLocks(p *detect.Pass, f *detect.File) error {
	found := map[string]int{}
	n := 0
	for line := range bytes.Lines(f.Data) {
		n++
		text := strings.TrimSpace(string(line))
		pattern, back := strings.TrimPrefix(text, "!"), strings.HasPrefix(text, "!")
		for name := range ecosystemLocks {
			if text == "" || text[0] == '#' || !names(pattern, name) {
				continue
			}
			if _, seen := found[name]; back {
				delete(found, name)
			} else if !seen {
				found[name] = n
			}
		}
	}
	for name, line := range found {
		p.Report(name, f.Line(line), "git ignores "+name, IgnoredLock{Dir: path.Dir(f.Path), Ecosystem: ecosystemLocks[name], Name: name})
	}
	return nil
}

// names says whether a pattern of git names a lock file wherever it lies.
func names(pattern, name string) bool {
	pattern = strings.TrimPrefix(strings.TrimPrefix(pattern, "**/"), "/")
	if strings.Contains(pattern, "/") || pattern == "*" || pattern == "*.*" || pattern == ".*" {
		return false
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}
