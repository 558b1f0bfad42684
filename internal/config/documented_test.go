package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// Every key of the schema stands in the guide.
func TestEveryKeyIsDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var root any
	if err := json.Unmarshal(schema, &root); err != nil {
		t.Fatal(err)
	}
	for key := range keysOf(root) {
		if !regexp.MustCompile(`(?m)(^|[\s{,])` + regexp.QuoteMeta(key) + `:`).Match(page) {
			t.Errorf("docs/configuration.md does not show the key %s", key)
		}
	}
}

// keysOf are the keys that objects of the schema may have.
func keysOf(schema any) map[string]bool {
	keys := map[string]bool{}
	switch s := schema.(type) {
	case map[string]any:
		properties, _ := s["properties"].(map[string]any)
		for key := range properties {
			keys[key] = true
		}
		for _, value := range s {
			for key := range keysOf(value) {
				keys[key] = true
			}
		}
	case []any:
		for _, value := range s {
			for key := range keysOf(value) {
				keys[key] = true
			}
		}
	}
	delete(keys, "")
	return keys
}
