package detect

import (
	"maps"
	"path"
	"strings"
)

// A Reacher is the value of a finding that tells what is applied: folders and
// files that are live whatever their names say, as long as the finding is.
type Reacher interface {
	Reaches(r *Repo) []string
}

// A Stencil is the value of a finding of something that has a name: Blank says
// that the name is still to be filled in, and not by an engine that the tool
// itself has.
type Stencil interface {
	Blank() bool
}

// Told is the tree with places that the contents of files tell, whatever names
// say; the tree itself where none of them is news. What git attributes say stays,
// and so does what was told before: what is told of one path never goes to and fro.
func (t *Tree) Told(places map[string]Place) *Tree {
	told := map[string]Place{}
	for p, place := range places {
		if _, before := t.told[p]; !before && t.placeOfAny(p) != place {
			told[p] = place
		}
	}
	if len(told) == 0 {
		return t
	}
	maps.Copy(told, t.told)
	other := *t
	other.told, other.places = told, nil
	other.places = other.placesOfFolders()
	return &other
}

// placeOfAny is the place of a file, or of what lies directly in a folder; what
// is not there is live.
func (t *Tree) placeOfAny(p string) Place {
	switch {
	case t.folders[p]:
		return t.placeBelow(p)
	case t.exists(p):
		return t.Place(p)
	}
	return Live
}

// BodyOf is the outermost folder of templates that a path lies in, which its
// name alone does not make the body of a template; empty where there is none.
func BodyOf(p string) string {
	for at, part := range strings.Split(path.Dir(p), "/") {
		if part == "templates" || part == "template" {
			return strings.Join(strings.Split(p, "/")[:at+1], "/")
		}
	}
	return ""
}

// Token says whether a text holds a token that a script replaces: __NAME__,
// @@NAME@@ or #{NAME}.
func Token(text string) bool {
	return between(text, "__", "__", true) || between(text, "@@", "@@", false) || between(text, "#{", "}", false)
}

// between says whether a text holds a word between two marks; one in capitals
// where only such are tokens.
func between(text, open, end string, capitals bool) bool {
	for {
		_, rest, ok := strings.Cut(text, open)
		if !ok {
			return false
		}
		word, _, closed := strings.Cut(rest, end)
		if closed && isWord(word, capitals) {
			return true
		}
		text = rest
	}
}

func isWord(word string, capitals bool) bool {
	letters := 0
	for _, r := range word {
		switch {
		case r >= 'A' && r <= 'Z' || !capitals && r >= 'a' && r <= 'z':
			letters++
		case r >= '0' && r <= '9', r == '_', !capitals && (r == '.' || r == '-'):
		default:
			return false
		}
	}
	return letters > 0
}
