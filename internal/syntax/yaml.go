package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Documents are the documents of a YAML or JSON file.
type Documents []Node

// YAML is the view of a file as YAML documents. Its error is ErrTemplated
// where the text holds template markers and does not parse for that reason.
var YAML = detect.NewView(parseYAML)

// ErrTemplated says that a file is the input of a template engine and becomes
// YAML only after it has run.
var ErrTemplated = errors.New("templated: it becomes YAML only after its template engine has run")

// maxDocuments bounds the documents of one file.
const maxDocuments = 5000

func parseYAML(f *detect.File) (Documents, error) { return decodeYAML(f, f.Data) }

func decodeYAML(f *detect.File, text []byte) (Documents, error) {
	var docs Documents
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for len(docs) < maxDocuments {
		var y yaml.Node
		err := decoder.Decode(&y)
		if errors.Is(err, io.EOF) {
			return docs, nil
		}
		if err != nil {
			if bytes.Contains(f.Data, []byte("{{")) || bytes.Contains(f.Data, []byte("{%")) || bytes.Contains(f.Data, []byte("<%")) {
				return docs, ErrTemplated
			}
			return docs, fmt.Errorf("is not valid YAML: %w", err)
		}
		if y.Kind == yaml.DocumentNode && len(y.Content) == 1 {
			docs = append(docs, Node{file: f, y: y.Content[0]})
		}
	}
	return docs, fmt.Errorf("holds more than %d documents: the rest was not read", maxDocuments)
}

// JSON is the view of a file as one JSON document; comments and trailing
// commas are tolerated, as the tools that read JSON5 and JSONC do.
var JSON = detect.NewView(parseJSON)

// Data is the YAML view or the JSON view of a file, chosen by its extension
// (.json, .jsonc, .json5, .template holding an object).
func Data(f *detect.File) (Documents, error) {
	if isJSON(f) {
		n, err := JSON.Of(f)
		if err != nil {
			return nil, err
		}
		return Documents{n}, nil
	}
	return YAML.Of(f)
}
