package repo

import (
	"path"
	"strings"
)

// A pattern is one pattern of a .gitignore or .gitattributes file.
type pattern struct {
	negated bool
	folder  bool // matches folders only
	name    bool // holds no slash: looks at the last element of the path
	never   bool // git lets it match nothing
	fold    bool
	// prefix is the text before the first wildcard; it is compared as it is, and
	// the glob is put to the rest alone. Git does so as well, and it shows:
	// "foo**/bar" matches "foo/x/bar".
	prefix string
	suffix string // of a pattern "*suffix" for names
	glob   glob   // nil where prefix or suffix is everything
}

// parsePattern reads a pattern from which comments and trailing blanks have
// been removed.
func parsePattern(text string, fold bool) pattern {
	p := pattern{fold: fold}
	text, p.negated = strings.CutPrefix(text, "!")
	text, p.folder = strings.CutSuffix(text, "/")
	p.name = !strings.Contains(text, "/")
	text = strings.TrimPrefix(text, "/")
	wild := strings.IndexAny(text, `*?[\`)
	switch {
	case text == "":
		p.never = true
	case wild < 0:
		p.prefix = text
	case p.name && wild == 0 && text[0] == '*' && !strings.ContainsAny(text[1:], `*?[\`):
		p.suffix = text[1:]
	case p.name:
		p.compile(text)
	default:
		p.prefix = text[:wild]
		p.compile(text[wild:])
	}
	return p
}

func (p *pattern) compile(text string) {
	g, ok := compileGlob(text, !p.name, p.fold)
	p.glob, p.never = g, !ok
}

// match says whether the pattern matches a path relative to the folder of the
// file that the pattern stands in.
func (p *pattern) match(rel string, isFolder bool) bool {
	if p.never || p.folder && !isFolder {
		return false
	}
	if p.name {
		return p.matchName(path.Base(rel))
	}
	if !p.hasPrefix(rel) {
		return false
	}
	rest := rel[len(p.prefix):]
	if p.glob == nil {
		return rest == ""
	}
	return p.glob.match(rest)
}

func (p *pattern) matchName(name string) bool {
	switch {
	case p.glob != nil:
		return p.glob.match(name)
	case p.prefix != "":
		return len(name) == len(p.prefix) && p.hasPrefix(name)
	}
	return len(name) >= len(p.suffix) && p.equal(name[len(name)-len(p.suffix):], p.suffix)
}

func (p *pattern) hasPrefix(text string) bool {
	return len(text) >= len(p.prefix) && p.equal(text[:len(p.prefix)], p.prefix)
}

func (p *pattern) equal(a, b string) bool {
	return a == b || p.fold && strings.EqualFold(a, b)
}
