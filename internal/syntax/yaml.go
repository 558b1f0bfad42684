package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Documents are the documents of a YAML or JSON file.
type Documents []Node

// YAML is the view of a file as YAML documents. Its error is ErrTemplated
// where the text holds template markers and does not parse for that reason;
// the documents that do parse are given beside an error.
var YAML = detect.NewView(func(f *detect.File) (Documents, error) {
	docs, err := decodeYAML(f, f.Data)
	if err != nil && errors.As(err, new(*invalid)) && markers(f.Data) {
		return docs, ErrTemplated
	}
	return docs, err
})

// ErrTemplated says that a file is the input of a template engine and becomes
// YAML only after it has run.
var ErrTemplated = errors.New("is templated: it can be read only after its template engine has run")

// markers says whether a text holds the marks of a template engine.
func markers(data []byte) bool {
	for _, mark := range []string{"{{", "{%", "<%", "%{"} {
		if bytes.Contains(data, []byte(mark)) {
			return true
		}
	}
	return false
}

// invalid says that a text is not what its format allows.
type invalid struct {
	format string
	err    error
}

func (e *invalid) Error() string { return "is not valid " + e.format + ": " + e.err.Error() }
func (e *invalid) Unwrap() error { return e.err }

// What a file may hold.
const (
	maxDocuments = 5_000
	maxNodes     = 600_000
	maxDepth     = 1_000
)

// decodeYAML parses text, whose lines and columns are those of the file. Where
// a document is not valid, the others are read none the less.
func decodeYAML(f *detect.File, text []byte) (Documents, error) {
	if bytes.Count(text, []byte("\n"))+bytes.Count(text, []byte(",")) > maxNodes {
		return nil, errTooMuch
	}
	docs, err := decodeStream(f, text, 0)
	if err == nil || !errors.As(err, new(*invalid)) {
		return docs, err
	}
	docs = nil
	for _, part := range separate(text) {
		more, _ := decodeStream(f, part.text, part.line)
		docs = append(docs, more...)
	}
	return docs[:min(len(docs), maxDocuments)], err
}

func decodeStream(f *detect.File, text []byte, line int) (Documents, error) {
	var docs Documents
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for len(docs) < maxDocuments {
		var y yaml.Node
		err := decoder.Decode(&y)
		if errors.Is(err, io.EOF) {
			return docs, nil
		}
		if err != nil {
			return docs, &invalid{"YAML", yamlFault(err, text)}
		}
		if y.Kind != yaml.DocumentNode || len(y.Content) != 1 {
			continue
		}
		if err := bounded(y.Content[0]); err != nil {
			return docs, err
		}
		shift(y.Content[0], line)
		docs = append(docs, Node{doc: &document{file: f}, y: y.Content[0]})
	}
	return docs, fmt.Errorf("holds more than %d documents: the rest was not read", maxDocuments)
}

// A part is a document of a stream, behind a number of lines.
type part struct {
	text []byte
	line int
}

// separate splits a stream at the lines that begin a document.
func separate(text []byte) []part {
	parts := []part{{}}
	start, at, line := 0, 0, 0
	for l := range bytes.Lines(text) {
		if at > 0 && bytes.HasPrefix(l, []byte("---")) && len(parts) < maxDocuments {
			parts[len(parts)-1].text = text[start:at]
			parts = append(parts, part{line: line})
			start = at
		}
		at += len(l)
		line++
	}
	parts[len(parts)-1].text = text[start:]
	return parts
}

// shift moves a node and all below it down by a number of lines.
func shift(y *yaml.Node, lines int) {
	if lines == 0 {
		return
	}
	y.Line += lines
	for _, c := range y.Content {
		shift(c, lines)
	}
}

// yamlFault says what is wrong and in which line.
func yamlFault(err error, text []byte) error {
	what := strings.TrimPrefix(err.Error(), "yaml: ")
	if strings.HasPrefix(what, "line ") {
		return errors.New(what)
	}
	for line, i := 1, 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == '\n':
			line++
		case r == utf8.RuneError && size == 1, unicode.IsControl(r) && r != '\t' && r != '\r' && r != 0x85:
			return lineFault(line, what)
		}
		i += size
	}
	return errors.New(what)
}

func lineFault(line int, what string) error { return fmt.Errorf("line %d: %s", line, what) }
