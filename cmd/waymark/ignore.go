package main

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/rules"
)

// The words of a comment that keeps a gap from being shown.
var ignoreWords = []byte("waymark:ignore")

// In most formats any of these starts a comment; in documents only their own
// do, since a code example in them may hold the others.
var (
	anyComment = regex.New(`(?:#|//|/\*|--|;|<!--|\{\{-?\s*/\*)\s*waymark:ignore\b[ \t]*(\S*)[ \t]*(.*)`)
	ofDocument = regex.New(`<!--\s*waymark:ignore\b[ \t]*(\S*)[ \t]*(.*)`)
	commentEnd = regex.New(`\s*(?:-->|\*/(?:\s*-?\}\})?)\s*$`)
)

// ignores collects the comments that keep gaps from being shown, from the files
// that the scan reads.
type ignores struct {
	mu   sync.Mutex
	read func(string) ([]byte, error)
	list []rules.Suppression
}

// Read reads a file and remembers its comments.
func (g *ignores) Read(p string) ([]byte, error) {
	data, err := g.read(p)
	if err == nil && bytes.Contains(data, ignoreWords) {
		found := ignoresIn(p, data)
		g.mu.Lock()
		defer g.mu.Unlock()
		g.list = append(g.list, found...)
	}
	return data, err
}

// found are the comments, in the order of their places.
func (g *ignores) found() []rules.Suppression {
	slices.SortStableFunc(g.list, func(a, b rules.Suppression) int {
		if a.Path != b.Path {
			return strings.Compare(a.Path, b.Path)
		}
		return a.Line - b.Line
	})
	return slices.CompactFunc(g.list, func(a, b rules.Suppression) bool { return a == b })
}

func ignoresIn(p string, data []byte) []rules.Suppression {
	form := anyComment
	if ext := strings.ToLower(path.Ext(p)); ext == ".md" || ext == ".markdown" || ext == ".mdx" {
		form = ofDocument
	}
	var list []rules.Suppression
	for i, line := range strings.Split(string(data), "\n") {
		found := form.FindStringSubmatch(strings.TrimRight(line, "\r"))
		if found == nil {
			continue
		}
		rule := commentEnd.ReplaceAllString(found[1], "")
		reason := strings.TrimSpace(commentEnd.ReplaceAllString(found[2], ""))
		list = append(list, rules.Suppression{Rule: rule, Path: p, Inline: true, Reason: reason, At: p, Line: i + 1})
	}
	return list
}
