package syntax

import (
	"bytes"
	"fmt"
	"path"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

func isJSON(f *detect.File) bool {
	switch path.Ext(f.Path) {
	case ".json", ".jsonc", ".json5":
		return true
	}
	return bytes.HasPrefix(bytes.TrimSpace(f.Data), []byte("{"))
}

func parseJSON(f *detect.File) (Node, error) {
	var y yaml.Node
	if err := yaml.Unmarshal(f.Data, &y); err != nil {
		return Node{}, fmt.Errorf("is not valid JSON: %w", err)
	}
	if y.Kind != yaml.DocumentNode || len(y.Content) != 1 {
		return Node{}, nil
	}
	return Node{file: f, y: y.Content[0]}, nil
}
