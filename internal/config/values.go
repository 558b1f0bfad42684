package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/nearest"
	"github.com/waymark-dev/waymark/internal/regex"
)

// fields are the keys of a mapping and what reads their values.
type fields map[string]func(*yaml.Node)

// fields reads a mapping of fixed keys, and says which are given.
func (p *parser) fields(n *yaml.Node, readers fields) map[string]bool {
	given := map[string]bool{}
	for key, value := range p.pairs(n, "this", "keys such as `"+readers.first()+":`") {
		read, ok := readers[key.Value]
		if !ok {
			p.fail(key, "the key %q is unknown: %s", key.Value, nearest.Hint(key.Value, readers.names()))
			continue
		}
		given[key.Value] = true
		read(resolved(value))
	}
	return given
}

func (f fields) names() []string {
	var names []string
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (f fields) first() string { return f.names()[0] }

// need asks for the keys that a mapping must have.
func (p *parser) need(n *yaml.Node, given map[string]bool, keys ...string) {
	for _, key := range keys {
		if n.Kind == yaml.MappingNode && !given[key] {
			p.fail(n, "the key `%s` is missing here", key)
		}
	}
}

// mappings yields the mappings of a list.
func (p *parser) mappings(n *yaml.Node, what, example string) func(yield func(item *yaml.Node) bool) {
	return func(yield func(item *yaml.Node) bool) {
		if n.Kind != yaml.SequenceNode {
			p.fail(n, "this must be a list of %s, not %s: write `- %s`", what, kindOf(n), example)
			return
		}
		for _, item := range n.Content {
			if item = resolved(item); item.Kind != yaml.MappingNode {
				p.fail(item, "an item of this list must hold keys such as `%s`, not %s", example, kindOf(item))
			} else if !yield(item) {
				return
			}
		}
	}
}

// text reads a text, which must say something.
func (p *parser) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || isNull(n) || strings.TrimSpace(n.Value) == "" {
		p.fail(n, "this must be a text, not %s", kindOf(n))
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// oneOf reads one of the given words.
func (p *parser) oneOf(n *yaml.Node, what string, words ...string) string {
	if n.Kind == yaml.ScalarNode && slices.Contains(words, strings.ToLower(n.Value)) {
		return strings.ToLower(n.Value)
	}
	hint := ""
	if near := nearest.Words(n.Value, words); len(near) > 0 && n.Kind == yaml.ScalarNode {
		hint = ": did you mean " + near[0] + "?"
	}
	p.fail(n, "this %s must be one of %s, not %s%s", what, strings.Join(words, ", "), kindOf(n), hint)
	return ""
}

func (p *parser) date(n *yaml.Node) time.Time {
	day, err := time.Parse(time.DateOnly, n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		p.fail(n, "this must be a date like 2026-05-31, not %s", kindOf(n))
	}
	return day
}

func (p *parser) pattern(n *yaml.Node) string {
	pattern := p.text(n)
	if !doublestar.ValidatePattern(pattern) {
		p.fail(n, "%q is not a pattern: a bracket or brace is not closed", pattern)
	}
	return pattern
}

var fractionForm = regex.New(`^(\d{1,3})\s*(?:/\s*(\d{1,3})|%)$`)

// fraction reads "2/3" or "75%".
func (p *parser) fraction(n *yaml.Node) Fraction {
	found := fractionForm.FindStringSubmatch(n.Value)
	if n.Kind != yaml.ScalarNode || found == nil {
		p.fail(n, "this must be a share like 2/3 or 75%%, not %s", kindOf(n))
		return Fraction{}
	}
	f := Fraction{Whole: 100}
	f.Part, _ = strconv.Atoi(found[1])
	if found[2] != "" {
		f.Whole, _ = strconv.Atoi(found[2])
	}
	if f.Whole == 0 || f.Part > f.Whole {
		p.fail(n, "%s is not a share: it lies between none and all", n.Value)
		return Fraction{}
	}
	return f
}

// at is where a node stands.
func (p *parser) at(n *yaml.Node) Place { return Place{p.path, n.Line} }
