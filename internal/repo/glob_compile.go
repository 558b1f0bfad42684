package repo

import "strings"

// compileGlob compiles a pattern; false where git lets it match nothing, as
// with a bracket that is never closed. With paths, wildcards stop at slashes
// and a "**" between slashes does not; fold matches letters whatever their
// case.
func compileGlob(pattern string, paths, fold bool) (glob, bool) {
	c := globCompiler{pattern: pattern, paths: paths, fold: fold}
	for c.at < len(pattern) {
		if !c.next() {
			return nil, false
		}
	}
	return c.glob, true
}

type globCompiler struct {
	pattern     string
	at          int
	paths, fold bool
	glob        glob
}

func (c *globCompiler) next() bool {
	switch b := c.pattern[c.at]; b {
	case '*':
		c.stars()
	case '?':
		c.at++
		c.emit(anyByte)
	case '[':
		return c.bracket()
	case '\\':
		if c.at+1 == len(c.pattern) {
			return false
		}
		c.emitByte(c.pattern[c.at+1])
		c.at += 2
	default:
		c.emitByte(b)
		c.at++
	}
	return true
}

var anyByte = byteSet{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}

func (c *globCompiler) emitByte(b byte) {
	var set byteSet
	set.add(b)
	if c.fold {
		set.fold()
	}
	c.glob = append(c.glob, token{kind: oneOf, set: set})
}

// emit adds a wildcard for one byte, which is never a slash.
func (c *globCompiler) emit(set byteSet) {
	if c.fold {
		set.fold()
	}
	set['/'>>6] &^= 1 << ('/' & 63)
	c.glob = append(c.glob, token{kind: oneOf, set: set})
}

func (c *globCompiler) stars() {
	start := c.at
	for c.at < len(c.pattern) && c.pattern[c.at] == '*' {
		c.at++
	}
	rest := c.pattern[c.at:]
	opens := start == 0 || c.pattern[start-1] == '/'
	closes := rest == "" || rest[0] == '/' || strings.HasPrefix(rest, `\/`)
	switch {
	case !c.paths || c.at-start < 2 || !opens || !closes:
		c.glob = append(c.glob, token{kind: star})
	case rest != "" && rest[0] == '/':
		c.at++
		c.glob = append(c.glob, token{kind: folders})
	default:
		c.glob = append(c.glob, token{kind: deep})
	}
}

// bracket compiles "[a-z]", "[!a]", "[[:digit:]_]". A "]" that comes first
// stands for itself, and so does a "-" at either end.
func (c *globCompiler) bracket() bool {
	p := c.pattern
	i := c.at + 1
	negated := i < len(p) && (p[i] == '!' || p[i] == '^')
	if negated {
		i++
	}
	var set byteSet
	var before byte // start of a range, if a "-" follows; 0 where there is none
	for first := true; first || i < len(p) && p[i] != ']'; first = false {
		var ok bool
		if i, before, ok = bracketItem(p, i, before, &set); !ok {
			return false
		}
	}
	if i >= len(p) {
		return false
	}
	if negated {
		for k := range set {
			set[k] = ^set[k]
		}
	}
	c.at = i + 1
	c.emit(set)
	return true
}

func bracketItem(p string, i int, before byte, set *byteSet) (next int, start byte, ok bool) {
	if i >= len(p) {
		return i, 0, false
	}
	isRange := p[i] == '-' && before != 0 && i+1 < len(p) && p[i+1] != ']'
	switch {
	case isRange:
		b, next, ok := bracketByte(p, i+1)
		set.addRange(before, b)
		return next, 0, ok
	case strings.HasPrefix(p[i:], "[:"):
		end := strings.IndexByte(p[i+2:], ']')
		if end < 0 {
			return i, 0, false
		}
		if name, closed := strings.CutSuffix(p[i+2:i+2+end], ":"); closed {
			return i + 2 + end + 1, 0, set.addClass(name)
		}
	}
	b, next, ok := bracketByte(p, i)
	set.add(b)
	return next, b, ok
}

// bracketByte is the byte at i, or the one behind a backslash there.
func bracketByte(p string, i int) (b byte, next int, ok bool) {
	if p[i] == '\\' {
		i++
	}
	if i == len(p) {
		return 0, i, false
	}
	return p[i], i + 1, true
}

// addClass adds a POSIX class in the C locale; false for an unknown name.
func (s *byteSet) addClass(name string) bool {
	ranges, known := posixClasses[name]
	for i := 0; i+1 < len(ranges); i += 2 {
		s.addRange(ranges[i], ranges[i+1])
	}
	return known
}

// posixClasses are pairs of the first and the last byte of a range.
var posixClasses = map[string]string{
	"alnum": "09AZaz", "alpha": "AZaz", "blank": "\t\t  ", "cntrl": "\x00\x1f\x7f\x7f", "digit": "09",
	"graph": "!~", "lower": "az", "print": " ~", "punct": "!/:@[`{~", "space": "\t\r  ", "upper": "AZ", "xdigit": "09AFaf",
}
