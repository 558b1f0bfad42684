package repo

import "strings"

// A glob is a compiled pattern of git's kind. Matching never backtracks over
// more than the text itself, however the pattern is written.
type glob []token

type tokenKind uint8

const (
	oneOf   tokenKind = iota // one byte of the set
	star                     // any bytes but slashes
	deep                     // any bytes
	folders                  // nothing, or any bytes up to and with a slash
)

type token struct {
	kind tokenKind
	set  byteSet
}

// A byteSet is a set of bytes; git matches bytes, not characters.
type byteSet [4]uint64

func (s *byteSet) add(b byte)      { s[b>>6] |= 1 << (b & 63) }
func (s *byteSet) has(b byte) bool { return s[b>>6]&(1<<(b&63)) != 0 }

func (s *byteSet) addRange(first, last byte) {
	for b := int(first); b <= int(last); b++ {
		s.add(byte(b))
	}
}

// fold adds the other case of each ASCII letter in the set.
func (s *byteSet) fold() {
	for lower := byte('a'); lower <= 'z'; lower++ {
		upper := lower - 'a' + 'A'
		if s.has(lower) || s.has(upper) {
			s.add(lower)
			s.add(upper)
		}
	}
}

// A position is where matching resumes when what follows a wildcard failed.
type position struct{ token, text int }

// none is the position of a wildcard that was not met.
var none = position{token: -1}

// match says whether the whole text matches. Only the last star and the last
// deep wildcard are ever tried again: a star is confined to its folder, and
// what an earlier deep wildcard could take the later one can take as well.
func (g glob) match(text string) bool {
	lastStar, lastDeep := none, none
	for i, t := 0, 0; ; {
		switch {
		case i == len(g):
			if t == len(text) {
				return true
			}
		case g[i].kind == star:
			i++
			lastStar = position{i, t}
			continue
		case g[i].kind == deep, g[i].kind == folders:
			i++
			lastStar, lastDeep = none, position{i, t}
			continue
		case t < len(text) && g[i].set.has(text[t]):
			i++
			t++
			continue
		}
		if lastStar.extendStar(text) {
			i, t = lastStar.token, lastStar.text
			continue
		}
		if !g.extendDeep(&lastDeep, text) {
			return false
		}
		lastStar = none
		i, t = lastDeep.token, lastDeep.text
	}
}

func (p *position) extendStar(text string) bool {
	if p.token < 0 || p.text == len(text) || text[p.text] == '/' {
		return false
	}
	p.text++
	return true
}

func (g glob) extendDeep(p *position, text string) bool {
	if p.token < 0 || p.text == len(text) {
		return false
	}
	if g[p.token-1].kind == deep {
		p.text++
		return true
	}
	slash := strings.IndexByte(text[p.text:], '/')
	p.text += slash + 1
	return slash >= 0
}
