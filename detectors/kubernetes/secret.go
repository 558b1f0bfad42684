package kubernetes

import (
	_ "embed"
	"encoding/base64"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

//go:embed secret.md
var secretDoc string

// PlainSecrets sees Secret objects that hold values. Its values are a Secret
// each, which keeps the names of the values only.
var PlainSecrets = &detect.Detector{ID: "kubernetes/plain-secret", Doc: secretDoc, Match: manifests, File: plainSecrets}

func plainSecrets(p *detect.Pass, f *detect.File) error {
	found, err := manifest.Objects.Of(f)
	for _, o := range found {
		if o.Type() != "Secret" {
			continue
		}
		if s, at := secretOf(o); len(s.Keys) > 0 {
			p.Report(o.Subject(), at, describeSecret(s), s)
		}
	}
	return err
}

// secretOf keeps the names of the values that are secrets by their name or by
// their look; a Secret also holds settings, which are nobody's secret. Its
// place is the first value in plain text, else the object.
func secretOf(o manifest.Object) (Secret, detect.Span) {
	at := o.Span()
	s := Secret{Encrypted: o.Get("sops").Exists()}
	held := map[manifest.Held]bool{}
	for _, field := range []string{"stringData", "data"} {
		for key, value := range o.Get(field).Pairs() {
			text := value.Text()
			if field == "data" {
				text = decoded(text)
			}
			h := manifest.HeldBy(key.Text(), text)
			if h == manifest.Nothing || h == manifest.Literal && !manifest.SecretName(key.Text()) && !manifest.LooksSecret(text) {
				continue
			}
			if h == manifest.Literal && !held[h] {
				at = key.Span()
			}
			held[h] = true
			s.Keys = append(s.Keys, key.Text())
		}
	}
	s.Encrypted = s.Encrypted || held[manifest.Encrypted] && !held[manifest.Literal]
	s.Placeholder = !s.Encrypted && !held[manifest.Literal]
	if s.Encrypted {
		at = o.Span()
	}
	return s, at
}

// decoded is the text behind base64, or the text itself where it is not
// base64.
func decoded(text string) string {
	if plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text)); err == nil {
		return string(plain)
	}
	return text
}

func describeSecret(s Secret) string {
	switch {
	case s.Encrypted:
		return "values are encrypted"
	case s.Placeholder:
		return "values are filled in later"
	}
	return "values in plain text: " + strings.Join(s.Keys, ", ")
}
