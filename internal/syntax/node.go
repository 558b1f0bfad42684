// Package syntax holds the views of a file's text that detectors share: each
// format is parsed once for each file, within bounds, and every position comes
// back as a span of the file.
package syntax

import (
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Node is a place in a YAML or JSON document. The zero Node is the absent
// one: everything may be asked of it and nothing is there. Aliases are
// followed; merge keys ("<<") are looked through by Get and Pairs.
//
// A walk over all that is below a node ends: what aliases make of a document
// is bounded, and none holds itself.
type Node struct {
	doc *document
	y   *yaml.Node
}

// A document is what the nodes of one document share.
type document struct {
	file *detect.File
	// indexes are those of large mappings, by their node: see index.
	indexes sync.Map
}

func (n Node) resolved() *yaml.Node {
	if n.y != nil && n.y.Kind == yaml.AliasNode {
		return n.y.Alias // which is never an alias
	}
	return n.y
}

func (n Node) child(y *yaml.Node) Node { return Node{doc: n.doc, y: y} }

// is says whether the node is of a kind.
func (n Node) is(kind yaml.Kind) bool {
	y := n.resolved()
	return y != nil && y.Kind == kind
}

// Exists says whether there is something at this place; a null is something.
func (n Node) Exists() bool { return n.y != nil }

// IsMap says whether the node is a mapping.
func (n Node) IsMap() bool { return n.is(yaml.MappingNode) }

// IsList says whether the node is a sequence.
func (n Node) IsList() bool { return n.is(yaml.SequenceNode) }

// IsScalar says whether the node is a scalar, null included.
func (n Node) IsScalar() bool { return n.is(yaml.ScalarNode) }

// IsNull says whether the node is an explicit or empty null.
func (n Node) IsNull() bool { return n.IsScalar() && n.resolved().ShortTag() == "!!null" }

// Tag is the short tag of the node, "!Ref" or "!!str"; empty where absent.
func (n Node) Tag() string {
	if y := n.resolved(); y != nil {
		return y.ShortTag()
	}
	return ""
}

// Text is the value of a scalar, unquoted; empty for everything else and for
// null.
func (n Node) Text() string {
	if !n.IsScalar() || n.IsNull() {
		return ""
	}
	return n.resolved().Value
}

// Block says whether the scalar is written as a literal or folded block, whose
// text starts on the line after the node's own.
func (n Node) Block() bool { return n.IsScalar() && isBlock(n.resolved()) }

func isBlock(y *yaml.Node) bool { return y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 }

// True says whether the scalar is a YAML 1.1 or 1.2 true.
func (n Node) True() bool {
	switch strings.ToLower(n.Text()) {
	case "true", "yes", "on":
		return true
	}
	return false
}

// False says whether the scalar is a YAML 1.1 or 1.2 false.
func (n Node) False() bool {
	switch strings.ToLower(n.Text()) {
	case "false", "no", "off":
		return true
	}
	return false
}

// Templated says whether a template engine fills in a part of the scalar.
func (n Node) Templated() bool {
	text := n.Text()
	return strings.Contains(text, "{{") || strings.Contains(text, "{%") || strings.Contains(text, "<%")
}

// Items are the items of a sequence; nil for other nodes.
func (n Node) Items() []Node {
	if !n.IsList() {
		return nil
	}
	y := n.resolved()
	items := make([]Node, len(y.Content))
	for i, c := range y.Content {
		items[i] = n.child(c)
	}
	return items
}

// List is the items of a sequence, or the node itself where it is a single
// mapping or scalar, as many CI formats allow; nil where absent or null.
func (n Node) List() []Node {
	switch {
	case n.IsList():
		return n.Items()
	case !n.Exists() || n.IsNull():
		return nil
	}
	return []Node{n}
}

// Texts are the scalar texts of List.
func (n Node) Texts() []string {
	var texts []string
	for _, item := range n.List() {
		if item.IsScalar() {
			texts = append(texts, item.Text())
		}
	}
	return texts
}
