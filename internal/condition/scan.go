package condition

import (
	"fmt"
	"strings"
)

type tokenKind uint8

const (
	sign tokenKind = iota
	bare
	quoted
	pattern
)

type token struct {
	kind tokenKind
	text string
}

// signs are the operators, longer ones first.
var signs = []string{"==~", "==", "!=", "=~", "!~", "&&", "||", "(", ")", ",", "!", "="}

func scan(text string) ([]token, error) {
	text = strings.NewReplacer("${{", "(", "}}", ")").Replace(text)
	var tokens []token
	for text != "" {
		if trimmed := strings.TrimLeft(text, " \t\r\n"); trimmed != text {
			text = trimmed
			continue
		}
		t, size := next(text, tokens)
		if size == 0 {
			return nil, fmt.Errorf("%.20q cannot be read", text)
		}
		tokens = append(tokens, t)
		text = text[size:]
	}
	return tokens, nil
}

// next is the token that text starts with, and its length; 0 where there is
// none.
func next(text string, before []token) (token, int) {
	switch text[0] {
	case '\'', '"':
		s, size := quote(text)
		return token{quoted, s}, size
	case '/':
		if len(before) > 0 && (before[len(before)-1].kind == sign) {
			return regularExpression(text)
		}
	}
	for _, s := range signs {
		if strings.HasPrefix(text, s) {
			return token{sign, s}, len(s)
		}
	}
	size := 0
	for size < len(text) && wordByte(text[size]) {
		if text[size] == '[' {
			end := strings.IndexByte(text[size:], ']')
			if end < 0 {
				return token{}, 0
			}
			size += end
		}
		size++
	}
	if word := plain(text[:size]); word != "" {
		return token{bare, word}, size
	}
	return token{}, 0
}

// plain is a name as the dots of its parts spell it: variables['Build.Reason']
// is variables.Build.Reason, "${X}" is "$X".
func plain(name string) string {
	return strings.NewReplacer("['", ".", `["`, ".", "']", "", `"]`, "", "[", ".", "]", "", "{", "", "}", "", "?.", ".").Replace(name)
}

func wordByte(b byte) bool {
	return b == '_' || b == '.' || b == '-' || b == '*' || b == '$' || b == '[' || b == '{' || b == '}' || b == '?' || b == ':' ||
		b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// quote reads a text in quotes; a doubled quote, or one behind a backslash, is
// part of it.
func quote(text string) (string, int) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && text[i+1] == text[0]:
			i++
			b.WriteByte(text[i])
		case text[i] != text[0]:
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == text[0]:
			i++
			b.WriteByte(text[0])
		default:
			return b.String(), i + 1
		}
	}
	return "", 0
}

// regularExpression reads /…/ and the flag that ignores case.
func regularExpression(text string) (token, int) {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '/':
			re := strings.ReplaceAll(text[1:i], `\/`, "/")
			if strings.HasPrefix(text[i+1:], "i") {
				return token{pattern, "(?i)" + re}, i + 2
			}
			return token{pattern, re}, i + 1
		}
	}
	return token{}, 0
}

func lower(s string) string { return strings.ToLower(s) }
