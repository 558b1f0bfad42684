package syntax

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// TOML is the view of a file as one TOML document, in the model of YAML: tables
// are maps, arrays of tables are lists of maps.
var TOML = detect.NewView(parseTOML)

func parseTOML(f *detect.File) (Node, error) {
	if err := nested(f.Data); err != nil {
		return Node{}, err
	}
	p := unstable.Parser{}
	p.Reset(f.Data)
	t := tomlTree{file: f, parser: &p, root: tomlMap(1)}
	t.table = t.root
	for p.NextExpression() {
		t.expression(p.Expression())
	}
	if err := p.Error(); err != nil {
		return Node{}, fmt.Errorf("is not valid TOML: %w", err)
	}
	return Node{doc: &document{file: f}, y: t.root}, nil
}

// maxTOMLDepth bounds how deep arrays and inline tables may be nested: the
// parser calls itself for each.
const maxTOMLDepth = 200

// nested refuses what is nested deeper than the parser's stack should hold.
func nested(data []byte) error {
	depth := 0
	for _, b := range data {
		switch b {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '\n':
			if depth > maxTOMLDepth {
				return fmt.Errorf("is nested deeper than %d levels: it was not read", maxTOMLDepth)
			}
		}
	}
	if depth > maxTOMLDepth {
		return fmt.Errorf("is nested deeper than %d levels: it was not read", maxTOMLDepth)
	}
	return nil
}

// A tomlTree grows with each expression of the parser.
type tomlTree struct {
	file   *detect.File
	parser *unstable.Parser
	root   *yaml.Node
	table  *yaml.Node // the one that keys go to
}

func tomlMap(line int) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: line, Column: 1}
}

func tomlText(text string, line int) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Line: line, Column: 1}
}

func (t *tomlTree) expression(e *unstable.Node) {
	line := t.line(e)
	switch e.Kind {
	case unstable.Table:
		t.table = t.descend(t.root, keysOf(e.Key()), line)
	case unstable.ArrayTable:
		t.table = t.append(keysOf(e.Key()), line)
	case unstable.KeyValue:
		t.set(t.table, e, line)
	}
}

// line is the line of an expression, by its first key.
func (t *tomlTree) line(e *unstable.Node) int {
	it := e.Key()
	if !it.Next() {
		return 1
	}
	return 1 + bytes.Count(t.file.Data[:min(int(it.Node().Raw.Offset), len(t.file.Data))], []byte{'\n'})
}

func keysOf(it unstable.Iterator) []string {
	var keys []string
	for it.Next() {
		keys = append(keys, string(it.Node().Data))
	}
	return keys
}

func (t *tomlTree) set(into *yaml.Node, e *unstable.Node, line int) {
	keys := keysOf(e.Key())
	if len(keys) == 0 {
		return
	}
	into = t.descend(into, keys[:len(keys)-1], line)
	into.Content = append(into.Content, tomlText(keys[len(keys)-1], line), t.value(e.Value(), line))
}

func (t *tomlTree) value(v *unstable.Node, line int) *yaml.Node {
	switch v.Kind {
	case unstable.Array:
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: line, Column: 1}
		for it := v.Children(); it.Next(); {
			list.Content = append(list.Content, t.value(it.Node(), line))
		}
		return list
	case unstable.InlineTable:
		m := tomlMap(line)
		for it := v.Children(); it.Next(); {
			t.set(m, it.Node(), line)
		}
		return m
	}
	return tomlText(strings.TrimSpace(string(v.Data)), line)
}

// descend is the table at keys below a map, made where it is not there; of an
// array of tables it is the last one.
func (t *tomlTree) descend(from *yaml.Node, keys []string, line int) *yaml.Node {
	for _, key := range keys {
		next := tomlChild(from, key)
		if next == nil {
			next = tomlMap(line)
			from.Content = append(from.Content, tomlText(key, line), next)
		}
		if next.Kind == yaml.SequenceNode && len(next.Content) > 0 {
			next = next.Content[len(next.Content)-1]
		}
		if next.Kind != yaml.MappingNode {
			return tomlMap(line)
		}
		from = next
	}
	return from
}

func (t *tomlTree) append(keys []string, line int) *yaml.Node {
	if len(keys) == 0 {
		return tomlMap(line)
	}
	from := t.descend(t.root, keys[:len(keys)-1], line)
	last := keys[len(keys)-1]
	list := tomlChild(from, last)
	if list == nil || list.Kind != yaml.SequenceNode {
		list = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: line, Column: 1}
		from.Content = append(from.Content, tomlText(last, line), list)
	}
	m := tomlMap(line)
	list.Content = append(list.Content, m)
	return m
}

func tomlChild(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}
