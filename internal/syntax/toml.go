package syntax

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// TOML is the view of a file as one TOML document, in the model of YAML: tables
// are maps, arrays of tables are lists of maps, and all values texts.
var TOML = detect.NewView(func(f *detect.File) (Node, error) {
	if err := shallowTOML(f.Data); err != nil {
		return Node{}, err
	}
	r := tomlReader{file: f, root: newTable(detect.Point{Line: 1, Column: 1}), children: map[*yaml.Node]map[string]*yaml.Node{}}
	r.table = r.root
	r.parser.Reset(f.Data)
	for r.parser.NextExpression() {
		r.expression(r.parser.Expression())
	}
	if err := r.parser.Error(); err != nil {
		return Node{}, &invalid{"TOML", r.fault(err)}
	}
	return Node{doc: &document{file: f}, y: r.root}, nil
})

// maxTOMLDepth bounds how deep arrays and inline tables may be nested: the
// parser calls itself for each.
const maxTOMLDepth = 200

// shallowTOML refuses what is nested deeper than the parser's stack should
// hold. Brackets in texts and comments count too.
func shallowTOML(data []byte) error {
	depth := 0
	for _, b := range data {
		switch b {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		}
		if depth > maxTOMLDepth {
			return errNested
		}
	}
	return nil
}

// A tomlReader grows a tree with each expression of the parser.
type tomlReader struct {
	file   *detect.File
	parser unstable.Parser
	root   *yaml.Node
	table  *yaml.Node // the one that keys go to
	// children finds what each table holds.
	children map[*yaml.Node]map[string]*yaml.Node
}

func (r *tomlReader) fault(err error) error {
	var at *unstable.ParserError
	if !errors.As(err, &at) {
		return err
	}
	if offset, ok := offsetIn(r.file.Data, at.Highlight); ok {
		return lineFault(r.file.Bytes(offset, offset).Start.Line, at.Message)
	}
	return errors.New(at.Message)
}

func (r *tomlReader) expression(e *unstable.Node) {
	switch keys := r.keys(e); {
	case len(keys) == 0:
	case e.Kind == unstable.Table:
		r.table = r.descend(r.root, keys)
	case e.Kind == unstable.ArrayTable:
		r.table = r.append(keys)
	case e.Kind == unstable.KeyValue:
		r.set(r.table, keys, e.Value())
	}
}

// keys are the parts of a dotted key as nodes.
func (r *tomlReader) keys(e *unstable.Node) []*yaml.Node {
	var keys []*yaml.Node
	for it := e.Key(); it.Next(); {
		keys = append(keys, r.scalar(it.Node(), detect.Point{Line: 1, Column: 1}))
	}
	return keys
}

// scalar is a text at its place; where the parser does not tell, at another.
func (r *tomlReader) scalar(n *unstable.Node, or detect.Point) *yaml.Node {
	y := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.TrimSpace(string(n.Data))}
	at := or
	if offset, ok := r.offset(n); ok {
		at = r.file.Bytes(offset, offset).Start
		switch r.file.Data[offset] {
		case '"':
			y.Style = yaml.DoubleQuotedStyle
		case '\'':
			y.Style = yaml.SingleQuotedStyle
		}
	}
	y.Line, y.Column = at.Line, at.Column
	return y
}

func (r *tomlReader) offset(n *unstable.Node) (int, bool) {
	if n.Raw.Length > 0 && int(n.Raw.Offset) < len(r.file.Data) {
		return int(n.Raw.Offset), true
	}
	return offsetIn(r.file.Data, n.Data)
}

func (r *tomlReader) set(table *yaml.Node, keys []*yaml.Node, value *unstable.Node) {
	last := keys[len(keys)-1]
	r.add(r.descend(table, keys[:len(keys)-1]), last, r.value(value, point(last)))
}

func (r *tomlReader) value(n *unstable.Node, at detect.Point) *yaml.Node {
	switch n.Kind {
	case unstable.Array:
		list := newList(at)
		for it := n.Children(); it.Next(); {
			list.Content = append(list.Content, r.value(it.Node(), at))
		}
		return list
	case unstable.InlineTable:
		table := newTable(at)
		for it := n.Children(); it.Next(); {
			if keys := r.keys(it.Node()); len(keys) > 0 {
				r.set(table, keys, it.Node().Value())
			}
		}
		return table
	}
	return r.scalar(n, at)
}
