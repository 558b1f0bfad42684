package syntax

import (
	"bytes"
	"path"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Data is the YAML view or the JSON view of a file, chosen by its extension
// (.json, .jsonc, .json5), for others by whether it begins with a brace.
func Data(f *detect.File) (Documents, error) {
	if !isJSON(f) {
		return YAML.Of(f)
	}
	n, err := JSON.Of(f)
	if err != nil {
		return nil, err
	}
	return Documents{n}, nil
}

func isJSON(f *detect.File) bool {
	switch path.Ext(f.Path) {
	case ".json", ".jsonc", ".json5":
		return true
	case ".yaml", ".yml":
		return false
	}
	return bytes.HasPrefix(bytes.TrimSpace(f.Data), []byte("{"))
}
