package policy

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

var (
	regoPackage  = regex.New(`^package\s+([\w.]+)`)
	regoRefuses  = regex.New(`^(deny|violation)(_\w+)?\s*(\[|\(|:=|=|\{|contains\b|if\b)`)
	regoWarns    = regex.New(`^warn(_\w+)?\s*(\[|\(|:=|=|\{|contains\b|if\b)`)
	sentinelMain = regex.New(`^main\s*=\s*rule\b`)
	guardRule    = regex.New(`^rule\s+\w+`)
	bicepPolicy  = regex.New(`^\s*resource\s+(\w+)\s+'([A-Za-z.]+/[A-Za-z]+)@`)
)

// rego reports a module that names its package and has a rule that refuses or
// warns, in the words that Conftest and Gatekeeper look for. Tests of policies
// are none.
func (s sighting) rego() {
	if strings.HasSuffix(s.f.Path, "_test.rego") {
		return
	}
	name, refuses, warns := "", false, false
	for line := range bytes.Lines(s.f.Data) {
		if m := regoPackage.FindSubmatch(line); m != nil {
			name = string(m[1])
		}
		refuses = refuses || regoRefuses.Match(line)
		warns = warns || regoWarns.Match(line)
	}
	if name == "" || !refuses && !warns {
		return
	}
	engine := "opa"
	if name == "main" {
		engine = "conftest"
	}
	s.report(s.f.Path, s.f.Whole(), engine, refuses, false)
}

func (s sighting) sentinel() {
	if s.has(sentinelMain) {
		s.report(s.f.Path, s.f.Whole(), "sentinel", true, false)
	}
}

func (s sighting) guard() {
	if s.has(guardRule) {
		s.report(s.f.Path, s.f.Whole(), "cfn-guard", true, false)
	}
}

func (s sighting) has(pattern *regex.Pattern) bool {
	for line := range bytes.Lines(s.f.Data) {
		if pattern.Match(line) {
			return true
		}
	}
	return false
}

// sentinelSet reports the policies that a set names, with their level.
// Source: https://developer.hashicorp.com/sentinel/docs/configuration
func (s sighting) sentinelSet() {
	body, err := syntax.HCL.Of(s.f)
	if err != nil {
		return
	}
	for _, b := range body.All("policy") {
		if len(b.Labels) == 1 {
			level := b.Body.Text("enforcement_level")
			s.report(b.Labels[0], b.At, "sentinel", level != "" && level != "advisory", true)
		}
	}
}

func (s sighting) bicep() {
	n := 0
	for line := range bytes.Lines(s.f.Data) {
		n++
		if m := bicepPolicy.FindSubmatch(line); m != nil {
			if g, ok := guardrails[strings.ToLower(string(m[2]))]; ok {
				s.report(string(m[1]), s.f.Line(n), g.engine, g.enforces, true)
			}
		}
	}
}

// data reports policies that are told by their structure: rules of Semgrep and
// Checkov, definitions of Azure Policy, packs of Pulumi.
func (s sighting) data() {
	if path.Base(s.f.Path) == "PulumiPolicy.yaml" {
		s.report(s.f.Path, s.f.Whole(), "crossguard", true, false)
		return
	}
	if !s.f.ContainsAny("policyRule", "pattern", "definition:", "/policy") {
		return
	}
	docs, _, err := manifest.Documents(s.f)
	if err != nil {
		return
	}
	for _, doc := range docs {
		switch {
		case doc.Get("properties", "policyRule").IsMap(), doc.Get("policyRule", "if").IsMap():
			s.report(s.f.Path, s.f.Whole(), "azure-policy", false, false)
		case semgrepRule(doc):
			s.report(s.f.Path, s.f.Whole(), "semgrep", true, false)
		case doc.Get("metadata", "id").Exists() && doc.Get("definition").Exists() && doc.Get("metadata", "category").Exists():
			s.report(s.f.Path, s.f.Whole(), "checkov", true, false)
		}
		for _, r := range doc.Get("resources").Items() {
			kind := r.Get("type")
			if g, ok := guardrails[strings.ToLower(kind.Text())]; ok && kind.Text() != "" {
				s.report(kind.Text(), kind.Span(), g.engine, g.enforces, true)
			}
		}
	}
}

func semgrepRule(doc syntax.Node) bool {
	for _, rule := range doc.Get("rules").Items() {
		if rule.Get("id").Exists() && rule.Get("languages").IsList() && rule.Get("severity").Exists() {
			return true
		}
	}
	return false
}
