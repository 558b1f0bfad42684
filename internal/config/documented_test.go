package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A place is an object of the schema: where it stands in a file, and its keys.
type place struct {
	// before is what leads to a key of it, as a flow mapping; after closes it.
	before, after string
	keys          map[string]node
}

// A node is what the tests look at of a part of the schema.
type node struct {
	Description          string
	Ref                  string `json:"$ref"`
	Enum                 []any
	Properties           map[string]node
	Items                *node
	AdditionalProperties json.RawMessage
	OneOf, AnyOf         []node
}

// places are all objects with fixed keys below a node.
func places(n node, before, after string) []place {
	var list []place
	if len(n.Properties) > 0 {
		list = append(list, place{before, after, n.Properties})
	}
	for key, below := range n.Properties {
		list = append(list, places(below, before+key+": {", "}"+after)...)
	}
	if n.Items != nil {
		list = append(list, places(*n.Items, strings.TrimSuffix(before, "{")+"[{", "}]"+strings.TrimPrefix(after, "}"))...)
	}
	var more node
	if json.Unmarshal(n.AdditionalProperties, &more) == nil {
		list = append(list, places(more, before+"cost-controls: {", "}"+after)...)
	}
	for _, form := range n.OneOf {
		list = append(list, places(form, before, after)...)
	}
	return list
}

func schemaPlaces(t *testing.T) []place {
	t.Helper()
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var root node
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	return places(root, "{", "}")
}

// Each key that the schema has, wherever it may stand, is shown in the guide,
// is read, tells editors what it is, and is what a misspelling of it is said to
// have meant.
func TestEveryKeyIsDocumentedReadAndFoundWhenMisspelt(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range schemaPlaces(t) {
		for key, value := range p.keys {
			n++
			at := p.before + key + p.after
			if !regexp.MustCompile(`(?m)(^|[\s{,])` + regexp.QuoteMeta(key) + `:`).Match(guide) {
				t.Errorf("%s: docs/configuration.md does not show it", at)
			}
			if value.Description == "" {
				t.Errorf("%s: the schema does not say what it is", at)
			}
			if err := parsed(p.before + key + ": &x [[]]" + p.after); err == nil || strings.Contains(err.Error(), fmt.Sprintf("the key %q is unknown", key)) {
				t.Errorf("%s: what it holds is not looked at: %v", at, err)
			}
			wrong := key + key[len(key)-1:]
			if err := parsed(p.before + wrong + ": 1" + p.after); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("the key %q is unknown: did you mean %s?", wrong, key)) {
				t.Errorf("%s: of a misspelling it says %v", at, err)
			}
		}
	}
	if n < len(keys)+20 {
		t.Errorf("only %d keys were found in the schema", n)
	}
}

func parsed(text string) error {
	_, err := Parse("f", []byte(text+"\n"), known)
	return err
}

// Each word that a key takes is what a misspelling of it is said to have meant.
func TestEveryWordIsFoundWhenMisspelt(t *testing.T) {
	n := 0
	for _, p := range schemaPlaces(t) {
		for _, key := range slices.Sorted(maps.Keys(p.keys)) {
			for _, value := range p.keys[key].Enum {
				word, ok := value.(string)
				if !ok || len(word) < 2 {
					continue
				}
				n++
				wrong := word + word[len(word)-1:]
				if err := parsed(p.before + key + ": " + wrong + p.after); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("not %q: did you mean %s?", wrong, word)) {
					t.Errorf("%s%s: of %q it says %v", p.before, key, wrong, err)
				}
			}
		}
	}
	for _, role := range Roles {
		n++
		if err := parsed("roles: [" + role + role[len(role)-1:] + "]"); err == nil || !strings.Contains(err.Error(), "did you mean "+role+"?") {
			t.Errorf("of the misspelt role %s it says %v", role, err)
		}
	}
	if n < 14 {
		t.Errorf("only %d words were found in the schema", n)
	}
}
