package config

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/nearest"
)

type parser struct {
	path    string
	known   Known
	config  Config
	extends []*yaml.Node
	errs    []error
	// late are checks that need the whole file.
	late []func()
}

// maxErrors bounds how many errors are worth reading.
const maxErrors = 20

func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	if len(p.errs) < maxErrors {
		p.errs = append(p.errs, &Error{p.path, n.Line, n.Column, fmt.Sprintf(format, args...)})
	}
}

// keys are the top-level keys and what reads their values.
var keys = map[string]func(*parser, *yaml.Node){
	"extends":      (*parser).extended,
	"roles":        (*parser).roles,
	"components":   (*parser).components,
	"exclude":      (*parser).exclude,
	"criteria":     (*parser).criteria,
	"thresholds":   (*parser).thresholds,
	"answers":      (*parser).answers,
	"suppressions": (*parser).suppressions,
	"checks":       (*parser).checks,
}

func (p *parser) root(n *yaml.Node) {
	if isNull(n) {
		return
	}
	for key, value := range p.pairs(n, "the file", "keys such as `exclude:`") {
		read, ok := keys[key.Value]
		if !ok {
			p.fail(key, "the key %q is unknown: %s", key.Value, nearest.Hint(key.Value, slices.Sorted(maps.Keys(keys))))
			continue
		}
		if !isNull(value) {
			read(p, resolved(value))
		}
	}
	for _, look := range p.late {
		look()
	}
}

// extended reads the files that are extended: one, or a list.
func (p *parser) extended(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Value != "" {
		p.extends = []*yaml.Node{n}
		return
	}
	for item := range p.items(n, "files", "platform/waymark.yaml") {
		p.extends = append(p.extends, item)
	}
}

// pairs yields the keys and values of a mapping; what is no mapping, and what
// is said twice, is an error.
func (p *parser) pairs(n *yaml.Node, what, want string) func(yield func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if n.Kind != yaml.MappingNode {
			p.fail(n, "%s must hold %s, not %s", what, want, kindOf(n))
			return
		}
		seen := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind != yaml.ScalarNode {
				p.fail(key, "a key must be a name, not %s", kindOf(key))
				continue
			}
			if line, ok := seen[key.Value]; ok {
				p.fail(key, "the key %q was given on line %d already", key.Value, line)
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

// roles are a list for the repository, or a map from folders to lists in which
// "." is the repository.
func (p *parser) roles(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		p.config.Roles = p.roleList(n)
		return
	}
	p.config.ComponentRoles = map[string][]string{}
	for key, value := range p.pairs(n, "`roles`", "") {
		folder, ok := p.folder(key)
		switch {
		case !ok:
		case folder == ".":
			p.config.Roles = p.roleList(resolved(value))
		default:
			p.config.ComponentRoles[folder] = p.roleList(resolved(value))
		}
	}
}

func (p *parser) roleList(n *yaml.Node) []string {
	var found []string
	for item := range p.items(n, "roles", "service") {
		if !slices.Contains(Roles, item.Value) {
			p.fail(item, "the role %q is unknown: %s", item.Value, nearest.Hint(item.Value, Roles))
			continue
		}
		found = append(found, item.Value)
	}
	return found
}

func (p *parser) components(n *yaml.Node) {
	for item := range p.items(n, "folders", "services/api") {
		folder, ok := p.folder(item)
		if ok && folder == "." {
			p.fail(item, "a component lies below the root; roles of the whole repository go under `roles`")
		} else if ok {
			p.config.Components = append(p.config.Components, folder)
		}
	}
}

func (p *parser) exclude(n *yaml.Node) {
	for item := range p.items(n, "patterns", "legacy/**") {
		if !doublestar.ValidatePattern(item.Value) {
			p.fail(item, "%q is not a pattern: a bracket or brace is not closed", item.Value)
			continue
		}
		p.config.Exclude = append(p.config.Exclude, item.Value)
	}
}

// items yields the texts of a list.
func (p *parser) items(n *yaml.Node, what, example string) func(yield func(item *yaml.Node) bool) {
	return func(yield func(item *yaml.Node) bool) {
		if n.Kind != yaml.SequenceNode {
			p.fail(n, "this must be a list of %s, not %s: write `- %s`", what, kindOf(n), example)
			return
		}
		for _, item := range n.Content {
			if item = resolved(item); item.Kind != yaml.ScalarNode || isNull(item) || item.Value == "" {
				p.fail(item, "an item of this list must be a text like %s, not %s", example, kindOf(item))
			} else if !yield(item) {
				return
			}
		}
	}
}

// folder reads the path of a folder from the root; "." is the root itself.
func (p *parser) folder(n *yaml.Node) (string, bool) {
	folder := path.Clean(n.Value)
	if path.IsAbs(folder) || folder == ".." || strings.HasPrefix(folder, "../") || strings.Contains(folder, `\`) {
		p.fail(n, "%q must be a folder of the repository, given from its root with slashes", n.Value)
		return "", false
	}
	return folder, true
}

// resolved follows an alias.
func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	if isNull(n) {
		return "nothing"
	}
	if n.Value == "" {
		return "an empty text"
	}
	return fmt.Sprintf("%.40q", n.Value)
}
