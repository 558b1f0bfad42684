package repo

import (
	"bytes"
	"strings"
)

// ignoreRules are the patterns of one .gitignore file, in front of those of the
// files that it takes precedence over. The nil *ignoreRules ignores nothing.
type ignoreRules struct {
	outer    *ignoreRules
	base     string // folder of the file with a final slash; empty for the root
	patterns []pattern
}

// maxPatterns bounds the patterns of one file: every path is held against all.
const maxPatterns = 10_000

// with adds the rules of a .gitignore file in the given folder, which is empty
// for the root.
func (r *ignoreRules) with(folder string, data []byte, fold bool) *ignoreRules {
	patterns := parseIgnore(data, fold)
	if len(patterns) == 0 {
		return r
	}
	base := folder
	if base != "" {
		base += "/"
	}
	return &ignoreRules{outer: r, base: base, patterns: patterns}
}

// ignored says what the rules say of a path below the folders of all of them:
// the last pattern that matches decides. That nothing below an ignored folder
// can be taken back is for the walk to see to.
func (r *ignoreRules) ignored(p string, isFolder bool) bool {
	for ; r != nil; r = r.outer {
		rel := p[len(r.base):]
		for i := len(r.patterns) - 1; i >= 0; i-- {
			if r.patterns[i].match(rel, isFolder) {
				return !r.patterns[i].negated
			}
		}
	}
	return false
}

func parseIgnore(data []byte, fold bool) []pattern {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var patterns []pattern
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if line = trimBlanks(line); line == "" || len(patterns) == maxPatterns {
			continue
		}
		patterns = append(patterns, parsePattern(line, fold))
	}
	return patterns
}

// trimBlanks removes trailing spaces that no backslash protects.
func trimBlanks(line string) string {
	end := 0
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' && i+1 < len(line) {
			i++
			end = i + 1
		} else if line[i] != ' ' {
			end = i + 1
		}
	}
	return line[:end]
}
