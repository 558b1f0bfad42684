package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

func TestFilesAreRead(t *testing.T) {
	for text, want := range map[string]Config{
		"":                         {},
		"# nothing yet\n":          {},
		"---\n":                    {},
		"roles:\nexclude:\n":       {},
		"roles: [service, docs]\n": {Roles: []string{"service", "docs"}},
		"roles:\n  .: [platform]\n  services/api/: [service]\n": {Roles: []string{"platform"}, ComponentRoles: map[string][]string{"services/api": {"service"}}},
		"components: [services/api, ./web]\n":                   {Components: []string{"services/api", "web"}},
		"exclude:\n  - legacy\n  - '**/*.{gen,min}.yaml'\n":     {Exclude: []string{"legacy", "**/*.{gen,min}.yaml"}},
	} {
		got, err := Parse(".waymark.yaml", []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if diff := cmp.Diff(want, withoutEmpty(got)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func withoutEmpty(c Config) Config {
	if len(c.ComponentRoles) == 0 {
		c.ComponentRoles = nil
	}
	return c
}

// wrong are files with what is said about them.
var wrong = map[string]string{
	"role: [service]\n":                      `f:1:1: the key "role" is unknown: did you mean roles?`,
	"exclude: []\nweights:\n  ci: 2\n":       `f:2:1: the key "weights" is unknown: the known ones are components, exclude, roles`,
	"roles: service\n":                       "f:1:8: this must be a list of roles, not \"service\": write `- service`",
	"roles: [servise]\n":                     `f:1:9: the role "servise" is unknown: did you mean service?`,
	"roles:\n  web: [site]\n":                `f:2:9: the role "site" is unknown: the known ones are service, infrastructure, gitops, platform, library, docs`,
	"roles:\n  /web: [docs]\n":               `f:2:3: "/web" must be a folder of the repository, given from its root with slashes`,
	"roles:\n  web:\n":                       "f:2:7: this must be a list of roles, not nothing: write `- service`",
	"components: [../other]\n":               `f:1:14: "../other" must be a folder of the repository, given from its root with slashes`,
	"components: [.]\n":                      "f:1:14: a component lies below the root; roles of the whole repository go under `roles`",
	"components:\n  api: true\n":             "f:2:3: this must be a list of folders, not a mapping: write `- services/api`",
	"components: [[a]]\n":                    "f:1:14: an item of this list must be a text like services/api, not a list",
	"exclude: ['']\n":                        "f:1:11: an item of this list must be a text like legacy/**, not an empty text",
	"exclude: ['a[']\n":                      `f:1:11: "a[" is not a pattern: a bracket or brace is not closed`,
	"exclude: [a]\nexclude: [b]\n":           `f:2:1: the key "exclude" was given on line 1 already`,
	"[a, b]\n":                               "f:1:1: the file must hold keys such as `exclude:`, not a list",
	"? [a]\n: b\n":                           "f:1:3: a key must be a name, not a list",
	"roles: []\n---\nroles: []\n":            "f:2:1: a second document starts here: a configuration file holds one",
	"roles: [docs\nexclude: [a]\n":           "f:1:1: this is not valid YAML: did not find expected ',' or ']'",
	"role: x\ncomponent: y\nexclude: {a: 1}": "f:1:1: the key \"role\" is unknown: did you mean roles?\nf:2:1: the key \"component\" is unknown: did you mean components?\nf:3:10: this must be a list of patterns, not a mapping: write `- legacy/**`",
}

func TestErrorsSayWhereAndWhatInstead(t *testing.T) {
	for text, want := range wrong {
		_, err := Parse("f", []byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%q:\ngot  %v\nwant %s", text, err, want)
		}
		var typed *Error
		if !errors.As(err, &typed) || typed.Path != "f" || typed.Line < 1 || typed.Column < 1 {
			t.Errorf("%q: %#v", text, typed)
		}
	}
}

func TestErrorsAreNotEndless(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		text.WriteString(strings.Repeat("k", i+1) + ": 1\n")
	}
	_, err := Parse("f", []byte(text.String()))
	if n := strings.Count(err.Error(), "\n") + 1; n != maxErrors {
		t.Errorf("%d errors", n)
	}
}

// schema is the schema for editors, compiled.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemaAgreesWithTheParser(t *testing.T) {
	s := schema(t)
	// What only the parser can tell: of the text, not of the value.
	only := []string{"was given", "second document", "not valid YAML", "key must be a name", "not a pattern", "below the root"}
	for text, message := range wrong {
		if slices.ContainsFunc(only, func(part string) bool { return strings.Contains(message, part) }) {
			continue
		}
		if s.Validate(valueOf(t, text)) == nil {
			t.Errorf("the schema accepts %q", text)
		}
	}
	for _, text := range []string{"---\n", "roles: [service, docs]\nexclude: [legacy]\ncomponents: [a/b, ./c]\n", "roles:\n  .: [platform]\n  services/api/: [service]\n", "exclude:\n"} {
		if err := s.Validate(valueOf(t, text)); err != nil {
			t.Errorf("the schema refuses %q: %v", text, err)
		}
	}
}

func valueOf(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestSchemaKnowsEveryKeyAndRole(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Properties map[string]json.RawMessage
		Defs       struct {
			Roles struct{ Items struct{ Enum []string } }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(keys)), slices.Sorted(maps.Keys(s.Properties))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Roles, s.Defs.Roles.Items.Enum); diff != "" {
		t.Error(diff)
	}
}

func FuzzParse(f *testing.F) {
	for text := range wrong {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Parse("f", data)
		var typed *Error
		if err != nil && (!errors.As(err, &typed) || typed.Line < 1 || typed.Column < 1) {
			t.Errorf("%v", err)
		}
	})
}
