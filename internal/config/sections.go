package config

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/nearest"
	"github.com/waymark-dev/waymark/internal/regex"
)

// criteria is a map from the ids of criteria to "off" or settings.
func (p *parser) criteria(n *yaml.Node) {
	p.config.Criteria = map[string]Criterion{}
	for key, value := range p.pairs(n, "`criteria`", "criteria such as `cost-controls: off`") {
		if !p.knows(key, "criterion", p.known.Criteria) {
			continue
		}
		var c Criterion
		value = resolved(value)
		if value.Kind == yaml.MappingNode {
			p.fields(value, fields{"weight": func(n *yaml.Node) { c.Weight = p.oneOf(n, "weight", "1", "2", "core") }})
		} else {
			c.Off = p.oneOf(value, "setting", "off", "on") == "off"
		}
		p.config.Criteria[key.Value] = c
	}
}

func (p *parser) thresholds(n *yaml.Node) {
	t := &p.config.Thresholds
	p.fields(n, fields{
		"held":      func(n *yaml.Node) { t.Held = p.fraction(n) },
		"applies":   func(n *yaml.Node) { t.Applies = p.fraction(n) },
		"tolerated": func(n *yaml.Node) { t.Tolerated = p.fraction(n) },
	})
}

func (p *parser) answers(n *yaml.Node) {
	for item := range p.mappings(n, "answers", "criterion: developer-portal") {
		a := Answer{At: p.at(item)}
		given := p.fields(item, fields{
			"criterion": func(n *yaml.Node) {
				if a.ID = p.text(n); a.ID != "" {
					p.knows(n, "criterion", slices.Concat(p.known.Criteria, p.known.Questions))
				}
			},
			"answer": func(n *yaml.Node) {
				a.Yes = slices.Contains([]string{"yes", "true"}, p.oneOf(n, "answer", "yes", "no", "true", "false"))
			},
			"by":    func(n *yaml.Node) { a.By = p.text(n) },
			"when":  func(n *yaml.Node) { a.When = p.date(n) },
			"link":  func(n *yaml.Node) { a.Link = p.text(n) },
			"until": func(n *yaml.Node) { a.Until = p.date(n) },
		})
		p.need(item, given, "criterion", "answer", "by", "when")
		if i := slices.IndexFunc(p.config.Answers, func(b Answer) bool { return a.ID != "" && b.ID == a.ID }); i >= 0 {
			p.fail(item, "%s was answered on line %d already", a.ID, p.config.Answers[i].At.Line)
			continue
		}
		p.config.Answers = append(p.config.Answers, a)
	}
}

func (p *parser) suppressions(n *yaml.Node) {
	for item := range p.mappings(n, "suppressions", "rule: docs/dead-link") {
		s := Suppression{At: p.at(item)}
		given := p.fields(item, fields{
			"rule":   func(n *yaml.Node) { s.Rule = p.rule(n) },
			"path":   func(n *yaml.Node) { s.Path = p.pattern(n) },
			"reason": func(n *yaml.Node) { s.Reason = p.text(n) },
			"until":  func(n *yaml.Node) { s.Until = p.date(n) },
		})
		p.need(item, given, "rule", "path", "reason")
		p.config.Suppressions = append(p.config.Suppressions, s)
	}
}

// rule reads the id of a check, or a pattern of them.
func (p *parser) rule(n *yaml.Node) string {
	rule := p.pattern(n)
	own := func(c Check) bool { return MatchRule(rule, c.ID) }
	known := func(id string) bool { return MatchRule(rule, id) }
	if rule != "" && len(p.known.Checks) > 0 && !slices.ContainsFunc(p.known.Checks, known) && !slices.ContainsFunc(p.config.Checks, own) {
		p.late = append(p.late, func() {
			if !slices.ContainsFunc(p.config.Checks, own) && !p.foreign(rule) {
				p.fail(n, "the rule %q is unknown%s", rule, p.near(rule, p.known.Checks))
			}
		})
	}
	return rule
}

// foreign says that a rule may be a check of a file that is extended: none of
// the known ones is of its family.
func (p *parser) foreign(rule string) bool {
	family, _, _ := strings.Cut(rule, "/")
	return len(p.extends) > 0 && !slices.ContainsFunc(p.known.Checks, func(id string) bool { return strings.HasPrefix(id, family+"/") })
}

// MatchRule says whether a pattern of rules matches the id of a check.
func MatchRule(pattern, id string) bool {
	ok, err := doublestar.Match(pattern, id)
	return ok && err == nil
}

var ownID = regex.New(`^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$`)

func (p *parser) checks(n *yaml.Node) {
	for item := range p.mappings(n, "checks", "id: acme/security-policy") {
		c := Check{At: p.at(item), Level: "warning"}
		given := p.fields(item, fields{
			"id":        func(n *yaml.Node) { c.ID = p.ownID(n) },
			"criterion": func(n *yaml.Node) { c.Criterion = p.text(n); p.knows(n, "criterion", p.known.Criteria) },
			"title":     func(n *yaml.Node) { c.Title = p.text(n) },
			"why":       func(n *yaml.Node) { c.Why = p.text(n) },
			"fix":       func(n *yaml.Node) { c.Fix = p.text(n) },
			"level":     func(n *yaml.Node) { c.Level = p.oneOf(n, "level", "note", "warning", "error") },
			"exists":    func(n *yaml.Node) { c.Exists = p.pattern(n) },
			"absent":    func(n *yaml.Node) { c.Absent = p.pattern(n) },
			"seen":      func(n *yaml.Node) { c.Seen = p.text(n); p.knows(n, "detector", p.known.Detectors) },
			"unseen":    func(n *yaml.Node) { c.Unseen = p.text(n); p.knows(n, "detector", p.known.Detectors) },
			"strength":  func(n *yaml.Node) { c.Strength = p.oneOf(n, "strength", "present", "wired", "blocking", "used") },
		})
		p.need(item, given, "id", "criterion", "title", "fix")
		p.form(item, given)
		p.config.Checks = append(p.config.Checks, c)
	}
}

// ownID reads the id of an own check, which must be one that nobody has.
func (p *parser) ownID(n *yaml.Node) string {
	id := p.text(n)
	switch {
	case id == "":
	case !ownID.MatchString(id):
		p.fail(n, "%q must be a family and a name in small letters, like acme/security-policy", id)
	case slices.Contains(p.known.Checks, id), slices.ContainsFunc(p.config.Checks, func(c Check) bool { return c.ID == id }):
		p.fail(n, "there is a check %q already", id)
	}
	return id
}

// form asks for exactly one of the two forms of an own check.
func (p *parser) form(item *yaml.Node, given map[string]bool) {
	forms := 0
	for _, key := range []string{"exists", "absent", "seen", "unseen"} {
		if given[key] {
			forms++
		}
	}
	if forms != 1 {
		p.fail(item, "a check has exactly one of exists, absent (a pattern of paths), seen and unseen (a detector)")
	}
	if given["strength"] && !given["seen"] && !given["unseen"] {
		p.fail(item, "a strength goes with seen or unseen")
	}
}

// knows says whether an id is known, and what was meant where not.
func (p *parser) knows(n *yaml.Node, what string, known []string) bool {
	if len(known) == 0 || n.Kind != yaml.ScalarNode || n.Value == "" || slices.Contains(known, n.Value) {
		return true
	}
	p.fail(n, "the %s %q is unknown%s", what, n.Value, p.near(n.Value, known))
	return false
}

// near is a hint at the id that was meant.
func (p *parser) near(id string, known []string) string {
	if len(nearest.Words(id, known)) > 0 {
		return ": " + nearest.Hint(id, known)
	}
	return ": 'waymark rules' lists all of them"
}
