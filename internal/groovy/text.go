package groovy

import "strings"

// quoted reads a string in quotes. Interpolations are kept as they are
// written, on one line; a string on one line ends with its line.
func (s *scanner) quoted(quote string, interpolates, multiline bool) {
	t := token{kind: literal, start: s.pos, line: s.line, lines: []int{s.line}}
	var b strings.Builder
	s.pos += len(quote)
	for s.pos < len(s.text) && !s.has(quote) {
		switch {
		case s.text[s.pos] == '\\' && s.pos+1 < len(s.text):
			s.escape(&b, &t)
		case interpolates && s.has("${"):
			b.WriteString(s.interpolation())
		case s.text[s.pos] == '\n' && !multiline:
			s.end(t, b.String(), 0)
			return
		default:
			s.byte(&b, &t)
		}
	}
	s.end(t, b.String(), len(quote))
}

// raw reads a string without escapes.
func (s *scanner) raw(open, end string) {
	t := token{kind: literal, start: s.pos, line: s.line, lines: []int{s.line}}
	var b strings.Builder
	s.pos += len(open)
	for s.pos < len(s.text) && !s.has(end) {
		if s.has(`\/`) {
			s.pos++
		}
		s.byte(&b, &t)
	}
	s.end(t, b.String(), len(end))
}

func (s *scanner) byte(b *strings.Builder, t *token) {
	c := s.text[s.pos]
	if c == '\n' {
		s.line++
		t.lines = append(t.lines, s.line)
	}
	b.WriteByte(c)
	s.pos++
}

func (s *scanner) end(t token, text string, quote int) {
	s.pos = min(s.pos+quote, len(s.text))
	t.text, t.end, t.last = text, s.pos, s.line
	s.tokens = append(s.tokens, t)
}

// escape reads a backslash and what follows. One at the end of a line stays,
// which means the same to a shell.
func (s *scanner) escape(b *strings.Builder, t *token) {
	c := s.text[s.pos+1]
	s.pos++
	switch c {
	case 'n':
		b.WriteByte('\n')
		t.lines = append(t.lines, s.line)
		s.pos++
	case 't':
		b.WriteByte('\t')
		s.pos++
	case 'r', 'b', 'f':
		s.pos++
	case '\n':
		b.WriteByte('\\')
		s.byte(b, t)
	default:
		s.byte(b, t)
	}
}

// maxInterpolation bounds how far the end of an interpolation is looked for.
const maxInterpolation = 500

// interpolation reads "${ … }" with its inner braces, which it gives as
// parentheses, so that the whole ends with its first closing brace.
func (s *scanner) interpolation() string {
	start, depth := s.pos, 0
	for i := s.pos + 1; i < len(s.text) && i < s.pos+maxInterpolation; i++ {
		switch s.text[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			s.pos = i + 1
			s.line += strings.Count(s.text[start:s.pos], "\n")
			return "${" + flatten.Replace(s.text[start+2:i]) + "}"
		}
	}
	s.pos += 2
	return "${"
}

var flatten = strings.NewReplacer("{", "(", "}", ")", "\n", " ")
