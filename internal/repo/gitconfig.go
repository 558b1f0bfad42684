package repo

import (
	"slices"
	"strings"
)

// gitConfig are the settings of a .git/config file, by lower-case section and
// key with the subsection between them ("remote.origin.url"), in file order.
//
// It is read by ourselves and with tolerance: git refuses a whole file for one
// malformed line, and libraries for settings that git accepts. Included files
// are not followed, and no setting makes anything run.
type gitConfig map[string][]string

// first is the first value of a setting; empty where it is absent.
func (c gitConfig) first(name string) string {
	if values := c[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// last is the last value of a setting, the one that counts for most.
func (c gitConfig) last(name string) string {
	if values := c[name]; len(values) > 0 {
		return values[len(values)-1]
	}
	return ""
}

// isTrue says whether the last value of a setting is one of git's words for
// true.
func (c gitConfig) isTrue(name string) bool {
	switch strings.ToLower(c.last(name)) {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}

// isFalse says whether the last value of a setting is one of git's words for
// false.
func (c gitConfig) isFalse(name string) bool {
	values := c[name]
	return len(values) > 0 && slices.Contains([]string{"false", "no", "off", "0", ""}, strings.ToLower(c.last(name)))
}

func parseGitConfig(text string) gitConfig {
	c := gitConfig{}
	section := ""
	for text = strings.TrimPrefix(text, "\ufeff"); text != ""; {
		text = strings.TrimLeft(text, " \t\r\n")
		switch {
		case strings.HasPrefix(text, "["):
			section, text = parseSection(text)
		case strings.HasPrefix(text, "#") || strings.HasPrefix(text, ";"):
			text = skipLine(text)
		default:
			var key, value string
			if key, value, text = parseSetting(text); key != "" && section != "" {
				c[section+"."+key] = append(c[section+"."+key], value)
			}
		}
	}
	return c
}

// damaged says that a text is no configuration, or one that was cut or written
// over: it holds NUL bytes, or the header of a section has no end.
func damaged(text string) bool {
	for line := range strings.Lines(text) {
		if strings.ContainsRune(line, 0) || strings.HasPrefix(strings.TrimSpace(line), "[") && !strings.Contains(line, "]") {
			return true
		}
	}
	return false
}

func skipLine(text string) string {
	_, rest, _ := strings.Cut(text, "\n")
	return rest
}

// parseSection reads `[core]`, `[remote "origin"]` or the old `[remote.origin]`.
// The section of a malformed header is empty, and its settings are dropped.
func parseSection(text string) (section, rest string) {
	line, after, _ := strings.Cut(text[1:], "\n")
	end := strings.IndexAny(line, `"]`)
	if end < 0 {
		return "", after
	}
	section = strings.ToLower(strings.TrimSpace(line[:end]))
	if line[end] == '"' {
		sub, length := unquote(line[end+1:])
		section += "." + sub
		closing := strings.IndexByte(line[end+1+length:], ']')
		if closing < 0 {
			return "", after
		}
		end += 1 + length + closing
	}
	return section, text[1+end+1:]
}

// unquote reads up to the next double quote that no backslash protects, and
// says how much it took.
func unquote(text string) (value string, length int) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			return b.String(), i + 1
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String(), len(text)
}

// parseSetting reads `key = value`; a key alone is true, and a line that is no
// setting has an empty key.
func parseSetting(text string) (key, value, rest string) {
	end := 0
	for end < len(text) && (isLetter(text[end]) || end > 0 && (text[end] == '-' || '0' <= text[end] && text[end] <= '9')) {
		end++
	}
	key, rest = strings.ToLower(text[:end]), strings.TrimLeft(text[end:], " \t")
	switch {
	case key == "":
		return "", "", skipLine(text)
	case strings.HasPrefix(rest, "="):
		value, rest = parseValue(rest[1:])
		return key, value, rest
	case rest == "" || strings.ContainsRune("\r\n#;", rune(rest[0])):
		return key, "true", skipLine(rest)
	}
	return "", "", skipLine(rest)
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// parseValue reads to the end of the line: quotes may enclose parts of it, a
// backslash escapes, and at the end of the line it joins the next one.
func parseValue(text string) (value, rest string) {
	var b strings.Builder
	quoted := false
	kept := 0 // bytes up to the last one that is no trailing blank
	for i := 0; i < len(text); i++ {
		switch ch := text[i]; {
		case ch == '\n':
			return b.String()[:kept], text[i+1:]
		case ch == '"':
			quoted = !quoted
			kept = b.Len()
		case ch == '\\' && i+1 < len(text):
			i++
			i = joinedLine(text, i)
			if text[i] != '\n' {
				b.WriteByte(unescape(text[i]))
				kept = b.Len()
			}
		case !quoted && (ch == '#' || ch == ';'):
			return b.String()[:kept], skipLine(text[i:])
		case !quoted && (ch == ' ' || ch == '\t' || ch == '\r'):
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
		default:
			b.WriteByte(ch)
			kept = b.Len()
		}
	}
	return b.String()[:kept], ""
}

// joinedLine moves from the carriage return of a Windows line break to its line
// feed.
func joinedLine(text string, i int) int {
	if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
		return i + 1
	}
	return i
}

func unescape(b byte) byte {
	switch b {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'b':
		return '\b'
	}
	return b
}
