package syntax

import (
	"bytes"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// JSON is the view of a file as one JSON document, absent where the file is
// empty. Comments and trailing commas are tolerated, as are the plain keys and
// single quotes of JSON5.
var JSON = detect.NewView(func(f *detect.File) (Node, error) {
	r := jsonReader{data: f.Data, line: 1, column: 1}
	y, err := r.document()
	if err != nil || y == nil {
		return Node{}, err
	}
	return Node{doc: &document{file: f}, y: y}, nil
})

type jsonReader struct {
	data []byte
	pos  int
	// line and column are those of the byte at counted.
	counted, line, column int
	// room is where the next nodes go: one at a time they cost the collector more
	// than all the rest of reading.
	room []yaml.Node
}

// nodesAtOnce is how many nodes are made room for at a time, at most.
const nodesAtOnce = 64

func (r *jsonReader) document() (*yaml.Node, error) {
	if bytes.Count(r.data, []byte(","))+bytes.Count(r.data, []byte(":")) > maxNodes {
		return nil, errTooMuch
	}
	if r.space(); r.pos == len(r.data) {
		return nil, nil
	}
	y, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if r.space(); r.pos < len(r.data) {
		return nil, r.fault("something follows the end of the document")
	}
	return y, nil
}

// fault is what is wrong at the current place.
func (r *jsonReader) fault(what string) error {
	r.count()
	if markers(r.data) {
		return ErrTemplated
	}
	return &invalid{"JSON", lineFault(r.line, what)}
}

// count brings line and column up to the current place.
func (r *jsonReader) count() {
	for ; r.counted < min(r.pos, len(r.data)); r.counted++ {
		switch b := r.data[r.counted]; {
		case b == '\n':
			r.line, r.column = r.line+1, 1
		case b&0xC0 != 0x80: // not a continuation of a code point
			r.column++
		}
	}
}

// node is a new node at the current place.
func (r *jsonReader) node(kind yaml.Kind, tag string) *yaml.Node {
	r.count()
	if len(r.room) == 0 {
		r.room = make([]yaml.Node, min(nodesAtOnce, (len(r.data)-r.pos)/8+1))
	}
	y := &r.room[0]
	r.room = r.room[1:]
	y.Kind, y.Tag, y.Line, y.Column = kind, tag, r.line, r.column
	return y
}

func (r *jsonReader) peek() byte {
	if r.pos >= len(r.data) {
		return 0
	}
	return r.data[r.pos]
}

func (r *jsonReader) value(depth int) (*yaml.Node, error) {
	r.space()
	switch r.peek() {
	case '{':
		return r.collection(yaml.MappingNode, "!!map", '}', depth)
	case '[':
		return r.collection(yaml.SequenceNode, "!!seq", ']', depth)
	case '"', '\'':
		return r.text()
	}
	y, err := r.word()
	if err == nil && y.Tag == plainKey {
		return nil, r.fault(strconv.Quote(y.Value) + " is no value")
	}
	return y, err
}

// collection reads an object or an array.
func (r *jsonReader) collection(kind yaml.Kind, tag string, end byte, depth int) (*yaml.Node, error) {
	if depth >= maxDepth {
		return nil, errNested
	}
	y := r.node(kind, tag)
	r.pos++
	for {
		if r.space(); r.peek() == end {
			r.pos++
			return y, nil
		}
		if err := r.member(y, depth); err != nil {
			return nil, err
		}
		switch r.space(); {
		case r.peek() == ',':
			r.pos++
		case r.peek() != end:
			return nil, r.fault(fmt.Sprintf("a comma or %q is missing", string(end)))
		}
	}
}

// member reads an item, with its key where y is an object.
func (r *jsonReader) member(y *yaml.Node, depth int) error {
	if y.Kind == yaml.MappingNode {
		key, err := r.key()
		if err != nil {
			return err
		}
		y.Content = append(y.Content, key)
	}
	value, err := r.value(depth + 1)
	y.Content = append(y.Content, value)
	return err
}

func (r *jsonReader) key() (*yaml.Node, error) {
	read := r.word
	if r.peek() == '"' || r.peek() == '\'' {
		read = r.text
	}
	key, err := read()
	if err != nil {
		return nil, err
	}
	key.Tag = "!!str"
	if r.space(); r.peek() != ':' {
		return nil, r.fault("a colon is missing after a key")
	}
	r.pos++
	return key, nil
}
