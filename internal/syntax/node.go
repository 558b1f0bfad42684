// Package syntax holds the views of a file's text that detectors share: each
// format is parsed once for each file, within bounds, and every position comes
// back as a span of the file.
package syntax

import (
	"iter"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Node is a place in a YAML or JSON document. The zero Node is the absent
// one: everything may be asked of it and nothing is there. Aliases are
// followed; merge keys ("<<") are looked through by Get and Pairs.
type Node struct {
	file *detect.File
	y    *yaml.Node
}

// maxAliasDepth bounds how many aliases and merge keys one look-up follows.
const maxAliasDepth = 16

func (n Node) resolved() *yaml.Node {
	y := n.y
	for i := 0; y != nil && y.Kind == yaml.AliasNode; i++ {
		if i == maxAliasDepth {
			return nil
		}
		y = y.Alias
	}
	return y
}

func (n Node) child(y *yaml.Node) Node { return Node{file: n.file, y: y} }

// Exists says whether there is something at this place; a null is something.
func (n Node) Exists() bool { return n.y != nil }

// IsMap says whether the node is a mapping.
func (n Node) IsMap() bool { y := n.resolved(); return y != nil && y.Kind == yaml.MappingNode }

// IsList says whether the node is a sequence.
func (n Node) IsList() bool { y := n.resolved(); return y != nil && y.Kind == yaml.SequenceNode }

// IsScalar says whether the node is a scalar, null included.
func (n Node) IsScalar() bool { y := n.resolved(); return y != nil && y.Kind == yaml.ScalarNode }

// IsNull says whether the node is an explicit or empty null.
func (n Node) IsNull() bool {
	y := n.resolved()
	return y != nil && y.Kind == yaml.ScalarNode && y.ShortTag() == "!!null"
}

// Text is the value of a scalar, unquoted; empty for everything else and for
// null.
func (n Node) Text() string {
	if !n.IsScalar() || n.IsNull() {
		return ""
	}
	return n.resolved().Value
}

// Tag is the short tag of the node, "!Ref" or "!!str"; empty where absent.
func (n Node) Tag() string {
	if y := n.resolved(); y != nil {
		return y.ShortTag()
	}
	return ""
}

// Block says whether the scalar is written as a literal or folded block, whose
// text starts on the line after the node's own.
func (n Node) Block() bool {
	y := n.resolved()
	return y != nil && y.Kind == yaml.ScalarNode && y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

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

// Get is the value at a route of keys; absent where a step is missing or is
// not a mapping.
func (n Node) Get(keys ...string) Node {
	for _, key := range keys {
		_, n = n.Pair(key)
	}
	return n
}

// Pair is the key node and the value node of a key in a mapping.
func (n Node) Pair(key string) (Node, Node) {
	for k, v := range n.Pairs() {
		if k.Text() == key {
			return k, v
		}
	}
	return Node{}, Node{}
}

// Pairs yields keys and values of a mapping in their order, those merged in by
// "<<" last and only where not overridden; nothing for other nodes.
func (n Node) Pairs() iter.Seq2[Node, Node] {
	return func(yield func(Node, Node) bool) { n.pairs(map[string]bool{}, 0, yield) }
}

func (n Node) pairs(seen map[string]bool, depth int, yield func(Node, Node) bool) bool {
	y := n.resolved()
	if y == nil || y.Kind != yaml.MappingNode || depth > maxAliasDepth {
		return true
	}
	for i := 0; i+1 < len(y.Content); i += 2 {
		k := y.Content[i]
		if k.Tag == "!!merge" || seen[k.Value] {
			continue
		}
		seen[k.Value] = true
		if !yield(n.child(k), n.child(y.Content[i+1])) {
			return false
		}
	}
	for i := 0; i+1 < len(y.Content); i += 2 {
		if y.Content[i].Tag != "!!merge" {
			continue
		}
		merged := n.child(y.Content[i+1])
		if !merged.IsList() {
			if !merged.pairs(seen, depth+1, yield) {
				return false
			}
			continue
		}
		for _, item := range merged.Items() {
			if !item.pairs(seen, depth+1, yield) {
				return false
			}
		}
	}
	return true
}

// Items are the items of a sequence; nil for other nodes.
func (n Node) Items() []Node {
	y := n.resolved()
	if y == nil || y.Kind != yaml.SequenceNode {
		return nil
	}
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

// Line is the line that the node starts on, counted from one; 0 where absent.
func (n Node) Line() int {
	if n.y == nil {
		return 0
	}
	return n.y.Line
}

// Span is the place of the node: for a scalar on one line the scalar itself,
// else its first line. The zero Node has the zero span.
func (n Node) Span() detect.Span {
	if n.y == nil || n.file == nil {
		return detect.Span{}
	}
	if n.y.Kind == yaml.ScalarNode && n.y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		width := len([]rune(n.y.Value))
		if n.y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			width += 2
		}
		return n.file.At(n.y.Line, n.y.Column, width)
	}
	return n.file.Line(n.y.Line)
}

// Through is the span from the start of n to the last line of the last thing
// in it.
func (n Node) Through() detect.Span {
	if n.y == nil || n.file == nil {
		return detect.Span{}
	}
	return n.file.Lines(n.y.Line, lastLine(n.y, 0))
}

func lastLine(y *yaml.Node, depth int) int {
	last := y.Line
	if y.Kind == yaml.ScalarNode {
		extra := strings.Count(strings.TrimRight(y.Value, "\n"), "\n")
		if y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			extra++
		}
		return last + extra
	}
	if n := len(y.Content); n > 0 && depth < 1000 {
		last = max(last, lastLine(y.Content[n-1], depth+1))
	}
	return last
}
