package docs

import (
	_ "embed"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed ignored.md
var ignoredDoc string

// IgnoreFiles sees .gitignore files: what lies in a work tree without being
// kept may be named by documents and is not missed. Its values are an Ignored
// each.
var IgnoreFiles = &detect.Detector{ID: "docs/ignore-file", Doc: ignoredDoc, Match: []string{"**/.gitignore"}, File: ignoreFiles}

// maxIgnored bounds the patterns of one file that are kept.
const maxIgnored = 1_000

func ignoreFiles(p *detect.Pass, f *detect.File) error {
	i := Ignored{Dir: path.Dir(f.Path)}
	for line := range strings.Lines(string(f.Data)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") && doublestar.ValidatePattern(line) && len(i.Patterns) < maxIgnored {
			i.Patterns = append(i.Patterns, line)
		}
	}
	if len(i.Patterns) > 0 {
		p.Report(f.Path, f.Whole(), "what git leaves out", i)
	}
	return nil
}

// covers says whether the patterns leave a path out; the last one that matches
// it, or a folder around it, decides.
func (i Ignored) covers(p string) bool {
	if !within(p, i.Dir) {
		return false
	}
	if i.Dir != "." {
		p = p[len(i.Dir)+1:]
	}
	ignored := false
	for _, pattern := range i.Patterns {
		body, kept := strings.CutPrefix(pattern, "!")
		if matchesBelow(body, p) {
			ignored = !kept
		}
	}
	return ignored
}

// matchesBelow says whether a pattern of git's kind matches a path or a folder
// around it.
func matchesBelow(pattern, p string) bool {
	body := strings.TrimSuffix(strings.TrimPrefix(pattern, "/"), "/")
	if !strings.HasPrefix(pattern, "/") && !strings.Contains(body, "/") {
		body = "**/" + body
	}
	return doublestar.MatchUnvalidated(body, p) || doublestar.MatchUnvalidated(body+"/**", p)
}
