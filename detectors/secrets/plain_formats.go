package secrets

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
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
var throwaway = regexp.MustCompile(`(?i)(^|[/._-])(localhost|local|dev|development|test|tests|testing|dummy|snakeoil|minica|pebble|vagrant|insecure|self-?signed)([/._-]|$)`)

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
		s.consider(strings.TrimSpace(name), unquoted(value), func() detect.Span { return s.f.At(n, 1, len(name)) }, isLocalFile(s.f.Path))
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
		case "local", "dev", "development", "test", "testing", "ci", "e2e", "sandbox", "localhost":
			return true
		}
	}
	return base == ".env"
}

func isCompose(base string) bool {
	return strings.HasPrefix(base, "docker-compose") || strings.HasPrefix(base, "compose.") || strings.Contains(base, ".compose.")
}

// data reports settings of a YAML or JSON file, and of configuration files
// inside a ConfigMap. Secret objects are left to their own detector.
func (s search) data() {
	if strings.HasPrefix(s.f.Path, ".github/workflows/") {
		return
	}
	docs, _, err := manifest.Documents(s.f)
	if err != nil && len(docs) == 0 {
		return
	}
	for _, doc := range docs {
		kind := doc.Get("kind").Text()
		if kind == "Secret" || kind == "CustomResourceDefinition" || doc.Get("sops").IsMap() || doc.Get("openapi").Exists() || doc.Get("$schema").Exists() && doc.Get("properties").Exists() {
			continue
		}
		manifest.Walk(doc, func(key, value syntax.Node) {
			s.setting(key, value)
			if kind == "ConfigMap" && value.Block() {
				s.inner(value)
			}
		})
	}
}

// setting reports a scalar under its key, or "NAME=value" in a list.
func (s search) setting(key, value syntax.Node) {
	if name, text, found := strings.Cut(value.Text(), "="); found && !strings.ContainsAny(name, " :/{") && !manifest.SecretName(key.Text()) && manifest.SecretName(name) {
		s.consider(name, text, s.nameOf(value), isLocalFile(s.f.Path))
		return
	}
	s.consider(key.Text(), value.Text(), s.nameOf(key), isLocalFile(s.f.Path))
}

// nameOf is the place of a name: of a mapping's key, or the start of the line
// that a longer text stands on. It never covers a value.
func (s search) nameOf(n syntax.Node) func() detect.Span {
	return func() detect.Span {
		at := n.Span()
		return detect.Span{Path: at.Path, Start: at.Start, End: at.Start}
	}
}

// inner reports the settings of a YAML document that is the text of a block.
func (s search) inner(block syntax.Node) {
	docs, err := syntax.YAML.Of(detect.NewFile(s.f.Path, []byte(block.Text())))
	if err != nil {
		return
	}
	for _, doc := range docs {
		manifest.Walk(doc, func(key, value syntax.Node) {
			if manifest.SecretName(key.Text()) && !value.Block() {
				s.consider(key.Text(), value.Text(), func() detect.Span { return s.f.Line(block.Line() + key.Line()) }, false)
			}
		})
	}
}

// hcl reports attributes of a Terraform, Terragrunt or variables file, the
// defaults of variables, and what URLs in comments give away.
func (s search) hcl() {
	n := 0
	for line := range bytes.Lines(s.f.Data) {
		n++
		if text := string(bytes.TrimSpace(line)); strings.HasPrefix(text, "#") || strings.HasPrefix(text, "//") {
			if what, near := embedded(text); what != "" {
				s.report("comment", what, s.f.Line(n), near)
			}
		}
	}
	body, err := syntax.HCL.Of(s.f)
	if err != nil {
		return
	}
	s.body(body, 0)
}

func (s search) body(body syntax.Body, depth int) {
	if depth > 12 {
		return
	}
	for _, a := range body.Attributes {
		s.attribute(a, depth)
	}
	for _, b := range body.Blocks {
		switch {
		case b.Type == "data":
		case b.Type == "variable" && len(b.Labels) == 1:
			if a, ok := b.Body.Attribute("default"); ok {
				a.Name = b.Labels[0]
				s.attribute(a, depth)
			}
		default:
			s.body(b.Body, depth+1)
		}
	}
}

func (s search) attribute(a syntax.Attribute, depth int) {
	at := detect.Span{Path: s.f.Path, Start: a.At.Start, End: a.At.Start}
	switch {
	case a.Body != nil:
		s.body(*a.Body, depth+1)
	case a.Known:
		s.consider(a.Name, a.Text, func() detect.Span { return at }, false)
	case len(a.List) == 0:
		if what, near := embedded(a.Raw); what != "" {
			s.report(a.Name, what, s.within(a), near)
		}
	}
	for _, item := range a.List {
		item.Name = a.Name
		s.attribute(item, depth+1)
	}
}

// within is the line of a long value that holds the secret.
func (s search) within(a syntax.Attribute) detect.Span {
	n := a.At.Start.Line
	for line := range strings.Lines(a.Raw) {
		if what, _ := embedded(line); what != "" {
			return s.f.Line(n)
		}
		n++
	}
	return s.f.Line(a.At.Start.Line)
}
