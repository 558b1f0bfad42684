package secrets

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// key reports the private key that a file begins with, or holds after a
// certificate.
func (s search) key() {
	n := 0
	for line := range bytes.Lines(s.f.Data) {
		n++
		if privateKey.Match(line) && bytes.HasPrefix(line, []byte("-----BEGIN")) && !bytes.Contains(line, []byte("ENCRYPTED")) {
			s.report(path.Base(s.f.Path), "private key", s.f.Line(n), throwaway.MatchString(s.f.Path))
			return
		}
	}
}

// throwaway matches paths of keys that were made for a machine of one's own or
// for a test authority.
var throwaway = regex.New(`(?i)(^|[/._-])(localhost|local|dev|development|test|tests|testing|dummy|snakeoil|minica|pebble|vagrant|insecure|self-?signed)([/._-]|$)`)

// assignments reports the lines NAME=value of an environment or properties
// file.
func (s search) assignments() {
	n := 0
	for line := range bytes.Lines(s.f.Data) {
		n++
		text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(string(line)), "export "))
		name, value, found := strings.Cut(text, "=")
		if !found || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "!") {
			continue
		}
		if userName(strings.TrimSpace(name)) {
			s.users[unquoted(value)] = true
		}
		s.consider(strings.TrimSpace(name), unquoted(value), func() detect.Span { return s.f.At(n, 1, len(name)) }, s.local)
	}
}

// unquoted is a value without quotes, and without the comment behind it.
func unquoted(value string) string {
	value = strings.TrimSpace(value)
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') {
		if end := strings.IndexByte(value[1:], value[0]); end >= 0 {
			return value[1 : end+1]
		}
	}
	before, _, _ := strings.Cut(value, " #")
	return strings.TrimSpace(before)
}

// preseed reports the passwords of accounts that an installer of Debian makes.
func (s search) preseed() {
	n := 0
	for line := range bytes.Lines(s.f.Data) {
		n++
		words := strings.Fields(string(line))
		if len(words) == 4 && words[0] == "d-i" && words[2] == "password" && strings.HasPrefix(words[1], "passwd/") {
			s.consider(words[1], words[3], func() detect.Span { return s.f.Line(n) }, false)
		}
	}
}

// isLocalFile says whether the settings of a file are for a developer's
// machine or for tests, by its name.
func isLocalFile(p string) bool {
	base := strings.ToLower(path.Base(p))
	if isCompose(base) {
		return true
	}
	parts := strings.FieldsFunc(base, func(r rune) bool { return r == '.' || r == '-' || r == '_' })
	for _, part := range parts {
		switch part {
		case "local", "dev", "development", "developer", "test", "tests", "testing", "ci", "e2e", "sandbox", "localhost", "fixture", "fixtures", "mock", "mocks":
			return true
		}
	}
	return base == ".env"
}

func isCompose(base string) bool {
	return strings.HasPrefix(base, "docker-compose") || strings.HasPrefix(base, "compose.") || strings.Contains(base, ".compose.")
}
