package secrets

import (
	"bytes"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

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
		if userName(a.Name) && a.Known {
			s.users[a.Text] = true
		}
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
			in := s
			in.made = s.made || b.Type == "resource"
			in.body(b.Body, depth+1)
		}
	}
}

func (s search) attribute(a syntax.Attribute, depth int) {
	at := detect.Span{Path: s.f.Path, Start: a.At.Start, End: a.At.Start}
	switch {
	case a.Body != nil:
		s.body(*a.Body, depth+1)
	case a.Known:
		s.consider(a.Name, a.Text, func() detect.Span { return at }, s.local)
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
