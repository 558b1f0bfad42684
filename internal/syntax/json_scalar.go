package syntax

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// space passes over white space and comments.
func (r *jsonReader) space() {
	for r.pos < len(r.data) {
		rest := r.data[r.pos:]
		switch {
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n' || rest[0] == '\r':
			r.pos++
		case bytes.HasPrefix(rest, []byte("//")):
			r.skipTo(rest, "\n")
		case bytes.HasPrefix(rest, []byte("/*")):
			r.skipTo(rest, "*/")
		case bytes.HasPrefix(rest, []byte("\u00a0")), bytes.HasPrefix(rest, []byte("\u2028")):
			_, size := utf8.DecodeRune(rest)
			r.pos += size
		default:
			return
		}
	}
}

// skipTo moves behind the next occurrence of end, or to the end of the text.
func (r *jsonReader) skipTo(rest []byte, end string) {
	i := bytes.Index(rest, []byte(end))
	if i < 0 {
		r.pos = len(r.data)
		return
	}
	r.pos += i + len(end)
}

// text reads a quoted string.
func (r *jsonReader) text() (*yaml.Node, error) {
	quote := r.peek()
	y := r.node(yaml.ScalarNode, "!!str")
	y.Style = yaml.DoubleQuotedStyle
	if quote == '\'' {
		y.Style = yaml.SingleQuotedStyle
	}
	r.pos++
	from := r.pos
	var value []byte
	for r.pos < len(r.data) {
		switch b := r.data[r.pos]; b {
		case quote:
			y.Value = string(append(value, r.data[from:r.pos]...))
			r.pos++
			return y, nil
		case '\\':
			value = append(value, r.data[from:r.pos]...)
			value = r.escape(value)
			from = r.pos
		case '\n':
			return nil, r.fault("a string has no end")
		default:
			r.pos++
		}
	}
	return nil, r.fault("a string has no end")
}

var escapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", 'v': "\v", '0': "\x00", '\n': "", '\r': ""}

// escape reads what a backslash begins and appends what it stands for.
func (r *jsonReader) escape(value []byte) []byte {
	r.pos++
	b := r.peek()
	r.pos = min(r.pos+1, len(r.data))
	if b == 'u' {
		return utf8.AppendRune(value, r.codePoint())
	}
	if text, ok := escapes[b]; ok {
		return append(value, text...)
	}
	return append(value, b)
}

// codePoint reads the digits of \uXXXX, and the second half of a pair.
func (r *jsonReader) codePoint() rune {
	first := r.hex()
	if utf16.IsSurrogate(first) && bytes.HasPrefix(r.data[r.pos:], []byte(`\u`)) {
		r.pos += 2
		return utf16.DecodeRune(first, r.hex())
	}
	return first
}

func (r *jsonReader) hex() rune {
	digits := r.data[r.pos:min(r.pos+4, len(r.data))]
	n, err := strconv.ParseUint(string(digits), 16, 16)
	if err != nil {
		return utf8.RuneError
	}
	r.pos += len(digits)
	return rune(n)
}

// word reads a number, true, false, null, or the plain key of JSON5.
func (r *jsonReader) word() (*yaml.Node, error) {
	from := r.pos
	for r.pos < len(r.data) && !bytes.ContainsRune([]byte(" \t\r\n,:]}[{\"'/"), rune(r.data[r.pos])) {
		r.pos++
	}
	word := string(r.data[from:r.pos])
	r.pos = from
	tag := wordTag(word)
	if tag == "" {
		if word == "" && from < len(r.data) {
			word = string(r.data[from : from+1])
		}
		return nil, r.fault(strconv.Quote(word) + " is no value")
	}
	y := r.node(yaml.ScalarNode, tag)
	y.Value = word
	r.pos = from + len(word)
	return y, nil
}

// plainKey is the tag of a word that is a key in JSON5, and no value.
const plainKey = "!!key"

func wordTag(word string) string {
	switch word {
	case "":
		return ""
	case "true", "false":
		return "!!bool"
	case "null", "undefined":
		return "!!null"
	case "NaN", "Infinity", "+Infinity", "-Infinity":
		return "!!float"
	}
	if _, err := strconv.ParseInt(word, 0, 64); err == nil {
		return "!!int"
	}
	if _, err := strconv.ParseFloat(word, 64); err == nil {
		return "!!float"
	}
	if b := word[0]; b == '_' || b == '$' || b|0x20 >= 'a' && b|0x20 <= 'z' {
		return plainKey
	}
	return ""
}
