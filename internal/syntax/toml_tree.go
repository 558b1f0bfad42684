package syntax

import (
	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

func newTable(at detect.Point) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: at.Line, Column: at.Column}
}

func newList(at detect.Point) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: at.Line, Column: at.Column}
}

func point(y *yaml.Node) detect.Point { return detect.Point{Line: y.Line, Column: y.Column} }

// add puts a value into a table; a key that is taken keeps its first value.
func (r *tomlReader) add(table, key, value *yaml.Node) {
	if r.children[table] == nil {
		r.children[table] = map[string]*yaml.Node{}
	}
	if r.children[table][key.Value] == nil {
		r.children[table][key.Value] = value
		table.Content = append(table.Content, key, value)
	}
}

// descend is the table at keys below another, made where it is not there; of an
// array of tables it is the last one. Where something else is in the way, it
// is a table that is nowhere.
func (r *tomlReader) descend(from *yaml.Node, keys []*yaml.Node) *yaml.Node {
	for _, key := range keys {
		next := r.children[from][key.Value]
		if next == nil {
			next = newTable(point(key))
			r.add(from, key, next)
		}
		if next.Kind == yaml.SequenceNode && len(next.Content) > 0 {
			next = next.Content[len(next.Content)-1]
		}
		if next.Kind != yaml.MappingNode {
			return newTable(point(key))
		}
		from = next
	}
	return from
}

// append adds a table to an array of tables.
func (r *tomlReader) append(keys []*yaml.Node) *yaml.Node {
	last := keys[len(keys)-1]
	from := r.descend(r.root, keys[:len(keys)-1])
	list, table := r.children[from][last.Value], newTable(point(last))
	if list == nil {
		list = newList(point(last))
		r.add(from, last, list)
	}
	if list.Kind == yaml.SequenceNode {
		list.Content = append(list.Content, table)
	}
	return table
}
