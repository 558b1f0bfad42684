package groovy

import (
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	sign kind = iota
	word
	number
	literal
	newline
)

// A token is a word, a string, a sign …
type token struct {
	kind kind
	text string
	// lines are those that the lines of a string stand on.
	lines      []int
	start, end int
	line, last int
}

func (t token) is(s string) bool { return t.kind == sign && t.text == s }

type scanner struct {
	text   string
	pos    int
	line   int
	tokens []token
}

func scan(text string) []token {
	s := scanner{text: text, line: 1}
	if strings.HasPrefix(text, "#!") {
		s.skipLine()
	}
	for s.pos < len(text) {
		s.next()
	}
	return s.tokens
}

func (s *scanner) has(prefix string) bool { return strings.HasPrefix(s.text[s.pos:], prefix) }

func (s *scanner) next() {
	switch b := s.text[s.pos]; {
	case b == '\n':
		s.push(newline, "\n", 1)
		s.line++
	case b == ' ' || b == '\t' || b == '\r' || b == '\f':
		s.pos++
	case b == '\\' && s.has("\\\n"):
		s.pos += 2
		s.line++
	case s.has("//"):
		s.skipLine()
	case s.has("/*"):
		s.skipTo("*/")
	case s.has(`"""`), s.has("'''"):
		s.quoted(s.text[s.pos:s.pos+3], s.text[s.pos] == '"', true)
	case b == '"' || b == '\'':
		s.quoted(string(b), b == '"', false)
	case s.has("$/"):
		s.raw("$/", "/$")
	case b == '/' && s.slashy():
		s.raw("/", "/")
	case wordStart(b):
		s.run(word, wordByte)
	case b >= '0' && b <= '9':
		s.run(number, func(b byte) bool { return wordByte(b) })
	default:
		s.sign()
	}
}

// signs are those of more than one byte that matter, longer ones first.
var signs = []string{"==~", "<=>", "?.", "*.", ".&", "==", "!=", "=~", "->", "?:", "+=", "-=", "<=", ">=", "&&", "||", "<<", ".."}

func (s *scanner) sign() {
	for _, m := range signs {
		if s.has(m) {
			s.push(sign, m, len(m))
			return
		}
	}
	_, size := utf8.DecodeRuneInString(s.text[s.pos:])
	s.push(sign, s.text[s.pos:s.pos+size], size)
}

func (s *scanner) push(k kind, text string, size int) {
	s.tokens = append(s.tokens, token{kind: k, text: text, start: s.pos, end: s.pos + size, line: s.line, last: s.line})
	s.pos += size
}

func (s *scanner) run(k kind, part func(byte) bool) {
	size := 1
	for s.pos+size < len(s.text) && part(s.text[s.pos+size]) {
		size++
	}
	s.push(k, s.text[s.pos:s.pos+size], size)
}

func wordStart(b byte) bool {
	return b == '_' || b == '$' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

func wordByte(b byte) bool { return wordStart(b) || b >= '0' && b <= '9' }

func (s *scanner) skipLine() {
	if i := strings.IndexByte(s.text[s.pos:], '\n'); i >= 0 {
		s.pos += i
		return
	}
	s.pos = len(s.text)
}

func (s *scanner) skipTo(end string) {
	size := len(s.text) - s.pos
	if i := strings.Index(s.text[s.pos+2:], end); i >= 0 {
		size = 2 + i + len(end)
	}
	s.line += strings.Count(s.text[s.pos:s.pos+size], "\n")
	s.pos += size
}

// slashy says whether a slash starts a string, and not a division: behind an
// operator or an opening bracket, and closed on its line.
func (s *scanner) slashy() bool {
	line, _, _ := strings.Cut(s.text[s.pos+1:min(s.pos+500, len(s.text))], "\n")
	if strings.IndexByte(line, '/') <= 0 {
		return false
	}
	if len(s.tokens) == 0 {
		return true
	}
	switch before := s.tokens[len(s.tokens)-1]; before.kind {
	case word:
		return before.text == "return" || before.text == "in" || before.text == "case"
	case sign:
		return !strings.ContainsAny(before.text, ")]}")
	case newline:
		return true
	}
	return false
}
