package repo

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// The attributes that hosts and reviewers set for generated and foreign code.
const (
	vendoredAttribute  = "linguist-vendored"
	generatedAttribute = "linguist-generated"
)

// A setting is what an attribute is set to for a path.
type setting uint8

const (
	unspecified setting = iota
	yes
	no
)

// An attributeRule is one line of a .gitattributes file.
type attributeRule struct {
	pattern             pattern
	vendored, generated *setting // nil where the line does not speak of it
}

// attributeRules are the lines of one .gitattributes file, the base being its
// folder with a final slash, empty for the root.
type attributeRules struct {
	base  string
	rules []attributeRule
}

// marksOf are the places that the attributes give to the entries. Files are in
// the order in which they are asked: info/attributes, then from the deepest
// folder up.
func marksOf(entries []detect.Entry, files []attributeRules) map[string]detect.Place {
	if !slices.ContainsFunc(files, func(f attributeRules) bool { return len(f.rules) > 0 }) {
		return nil
	}
	marks := map[string]detect.Place{}
	for _, e := range entries {
		if place, ok := mark(e.Path, files); ok {
			marks[e.Path] = place
		}
	}
	return marks
}

// mark is the place of one path; false where the attributes do not tell.
func mark(p string, files []attributeRules) (detect.Place, bool) {
	vendored := lookUp(p, files, func(r attributeRule) *setting { return r.vendored })
	generated := lookUp(p, files, func(r attributeRule) *setting { return r.generated })
	switch {
	case vendored == yes:
		return detect.Vendored, true
	case generated == yes:
		return detect.Generated, true
	case vendored == no:
		return detect.Live, true
	}
	return detect.Live, false
}

func lookUp(p string, files []attributeRules, of func(attributeRule) *setting) setting {
	for _, f := range files {
		rel, below := strings.CutPrefix(p, f.base)
		if !below {
			continue
		}
		for _, r := range slices.Backward(f.rules) {
			if s := of(r); s != nil && r.pattern.match(rel, false) {
				return *s
			}
		}
	}
	return unspecified
}

// readAttributes parses the .gitattributes files among the entries, the deepest
// folder first.
func readAttributes(entries []detect.Entry, fold bool, from source) ([]attributeRules, []detect.BlindSpot) {
	var files []attributeRules
	var blind []detect.BlindSpot
	for _, e := range entries {
		if path.Base(e.Path) != ".gitattributes" || e.Mode != detect.Regular && e.Mode != detect.Executable {
			continue
		}
		data, err := from.read(e.Path, maxSmall)
		if err != nil {
			blind = append(blind, detect.BlindSpot{Path: e.Path, Err: reason(err, maxSmall)})
			continue
		}
		files = append(files, attributeRules{base: strings.TrimSuffix(e.Path, ".gitattributes"), rules: parseAttributes(string(data), fold)})
	}
	slices.SortStableFunc(files, func(a, b attributeRules) int { return strings.Count(b.base, "/") - strings.Count(a.base, "/") })
	return files, blind
}

// parseAttributes keeps the lines that speak of the two attributes, by
// themselves or through a macro.
func parseAttributes(text string, fold bool) []attributeRule {
	var rules []attributeRule
	macros := map[string]attributeRule{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" || line[0] == '#' || len(rules) == maxPatterns {
			continue
		}
		name, attributes := splitAttributes(line)
		rule := parseSettings(attributes, macros)
		if macro, ok := strings.CutPrefix(name, "[attr]"); ok {
			macros[macro] = rule
			continue
		}
		rule.pattern = parsePattern(name, fold)
		if !rule.pattern.negated && (rule.vendored != nil || rule.generated != nil) {
			rules = append(rules, rule)
		}
	}
	return rules
}

// splitAttributes parts the pattern, which may be quoted as in C, from the
// attributes.
func splitAttributes(line string) (name string, attributes []string) {
	if quoted, err := strconv.QuotedPrefix(line); err == nil && line[0] == '"' {
		name, _ = strconv.Unquote(quoted)
		return name, strings.Fields(line[len(quoted):])
	}
	fields := strings.Fields(line)
	return fields[0], fields[1:]
}

func parseSettings(attributes []string, macros map[string]attributeRule) attributeRule {
	var rule attributeRule
	for _, a := range attributes {
		name, s := parseAttribute(a)
		switch name {
		case vendoredAttribute:
			rule.vendored = &s
		case generatedAttribute:
			rule.generated = &s
		default:
			if macro, ok := macros[name]; ok && s == yes {
				rule.vendored, rule.generated = firstSet(macro.vendored, rule.vendored), firstSet(macro.generated, rule.generated)
			}
		}
	}
	return rule
}

func firstSet(a, b *setting) *setting {
	if a != nil {
		return a
	}
	return b
}

// parseAttribute reads "name", "-name", "!name" and "name=value".
func parseAttribute(text string) (string, setting) {
	if name, ok := strings.CutPrefix(text, "-"); ok {
		return name, no
	}
	if name, ok := strings.CutPrefix(text, "!"); ok {
		return name, unspecified
	}
	name, value, hasValue := strings.Cut(text, "=")
	if hasValue && (strings.EqualFold(value, "false") || value == "0") {
		return name, no
	}
	return name, yes
}
