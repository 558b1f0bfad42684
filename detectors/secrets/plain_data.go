package secrets

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// data reports settings of a YAML or JSON file, and of configuration files
// inside a ConfigMap. Secret objects are left to their own detector.
func (s search) data() {
	docs, _, err := manifest.Documents(s.f)
	if err != nil && len(docs) == 0 {
		return
	}
	for _, doc := range docs {
		kind := doc.Get("kind").Text()
		if kind == "Secret" || kind == "CustomResourceDefinition" || doc.Get("sops").IsMap() || doc.Get("openapi").Exists() || doc.Get("$schema").Exists() && doc.Get("properties").Exists() {
			continue
		}
		if servesJobs(doc) {
			s.local = true
		}
		s.usersOf(doc)
		manifest.Walk(doc, func(in, key, value syntax.Node) {
			if !shown(in) {
				s.setting(key, value)
			}
			if kind == "ConfigMap" && value.Block() {
				s.inner(value)
			}
		})
	}
}

// usersOf keeps the names of users that a document sets.
func (s search) usersOf(doc syntax.Node) {
	manifest.Walk(doc, func(_, key, value syntax.Node) {
		name, text, found := strings.Cut(value.Text(), "=")
		if !found || strings.ContainsAny(name, " :/{") {
			name, text = key.Text(), value.Text()
		}
		if userName(name) {
			s.users[text] = true
		}
	})
}

// setting reports a scalar under its key, or "NAME=value" in a list.
func (s search) setting(key, value syntax.Node) {
	if name, text, found := strings.Cut(value.Text(), "="); found && !strings.ContainsAny(name, " :/{") && !manifest.SecretName(key.Text()) && manifest.SecretName(name) {
		s.consider(name, text, s.nameOf(value), s.local)
		return
	}
	s.consider(key.Text(), value.Text(), s.nameOf(key), s.local)
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
		manifest.Walk(doc, func(_, key, value syntax.Node) {
			if manifest.SecretName(key.Text()) && !value.Block() {
				s.consider(key.Text(), value.Text(), func() detect.Span { return s.f.Line(block.Line() + key.Line()) }, false)
			}
		})
	}
}
