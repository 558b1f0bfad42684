package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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
		got, err := Parse(".waymark.yaml", []byte(text), known)
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

// known are the ids that the tests know.
var known = Known{
	Criteria: []string{"cost-controls", "developer-portal"}, Questions: []string{"satisfaction"},
	Checks: []string{"docs/dead-link", "docs/dead-path"}, Detectors: []string{"terraform/backend"},
}

// full is a file with every key.
const full = `extends: platform/waymark.yaml
criteria:
  cost-controls: off
  developer-portal: {weight: core}
thresholds: {held: 3/4, applies: 50%, tolerated: 1/5}
answers:
  - criterion: developer-portal
    answer: yes
    by: Ada
    when: '2026-05-01'
    link: https://example.org/portal
    until: '2027-05-01'
suppressions:
  - {rule: docs/*, path: legacy/**, reason: It is archived, until: '2026-12-31'}
  - {rule: acme/policy, path: '**', reason: There is none yet}
checks:
  - id: acme/policy
    criterion: cost-controls
    title: There is no security policy
    why: Reporters do not know where to write
    fix: Add SECURITY.md
    level: error
    exists: SECURITY.md
  - {id: acme/backend, criterion: cost-controls, title: A, fix: B, seen: terraform/backend, strength: wired}
`

func TestEveryKeyIsRead(t *testing.T) {
	got, err := Parse("f", []byte(full), known)
	if err != nil {
		t.Fatal(err)
	}
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	want := Config{
		Criteria:   map[string]Criterion{"cost-controls": {Off: true}, "developer-portal": {Weight: "core"}},
		Thresholds: Thresholds{Fraction{3, 4}, Fraction{50, 100}, Fraction{1, 5}},
		Answers:    []Answer{{"developer-portal", true, "Ada", day("2026-05-01"), "https://example.org/portal", day("2027-05-01"), Place{"f", 7}}},
		Suppressions: []Suppression{
			{"docs/*", "legacy/**", "It is archived", day("2026-12-31"), Place{"f", 14}},
			{"acme/policy", "**", "There is none yet", time.Time{}, Place{"f", 15}},
		},
		Checks: []Check{
			{ID: "acme/policy", Criterion: "cost-controls", Title: "There is no security policy", Why: "Reporters do not know where to write", Fix: "Add SECURITY.md", Level: "error", Exists: "SECURITY.md", At: Place{"f", 17}},
			{ID: "acme/backend", Criterion: "cost-controls", Title: "A", Fix: "B", Level: "warning", Seen: "terraform/backend", Strength: "wired", At: Place{"f", 24}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := schema(t).Validate(valueOf(t, full)); err != nil {
		t.Errorf("the schema refuses it: %v", err)
	}
}

// loaded loads the first of some files, which may extend the others.
func loaded(outside bool, files map[string]string) (Config, error) {
	read := func(path string) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}
	return Loader{Known: known, Read: read, Outside: outside}.Load("a.yaml", []byte(files["a.yaml"]))
}

func TestWhatAFileSaysGoesBeforeWhatItExtends(t *testing.T) {
	got, err := loaded(false, map[string]string{
		"a.yaml":      "extends: base/b.yaml\nroles: [docs]\nexclude: [x]\ncriteria: {cost-controls: on}\nthresholds: {held: 1/2}\n",
		"base/b.yaml": "extends: [c.yaml]\nroles: [service]\nexclude: [y]\ncriteria: {cost-controls: off}\nthresholds: {held: 3/4, applies: 1/3}\n",
		"base/c.yaml": "components: [web]\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Roles: []string{"docs"}, Exclude: []string{"y", "x"}, Components: []string{"web"}, Criteria: map[string]Criterion{"cost-controls": {}},
		Thresholds: Thresholds{Held: Fraction{1, 2}, Applies: Fraction{1, 3}},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestExtendsStaysInsideAndEnds(t *testing.T) {
	for _, c := range []struct {
		outside bool
		files   map[string]string
		want    string
	}{
		{false, map[string]string{"a.yaml": "extends: ../b.yaml\n"}, `a.yaml:1:10: "../b.yaml" lies outside of the repository`},
		{false, map[string]string{"a.yaml": "extends: /b.yaml\n"}, "lies outside of the repository"},
		{true, map[string]string{"a.yaml": "extends: /b.yaml\n", "/b.yaml": "role: [docs]\n"}, `/b.yaml:1:1: the key "role" is unknown`},
		{false, map[string]string{"a.yaml": "extends: b.yaml\n"}, "a.yaml:1:10: b.yaml cannot be read: file does not exist"},
		{false, map[string]string{"a.yaml": "extends: b.yaml\n", "b.yaml": "extends: a.yaml\n"}, "b.yaml:1:10: a.yaml extends itself, by way of a.yaml, b.yaml"},
	} {
		if _, err := loaded(c.outside, c.files); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %s", c.files, err, c.want)
		}
	}
}

// wrong are files with what is said about them.
var wrong = map[string]string{
	"criteria: [ci]\n":                                         "f:1:11: `criteria` must hold criteria such as `cost-controls: off`, not a list",
	"criteria:\n  cost-control: off\n":                         `f:2:3: the criterion "cost-control" is unknown: did you mean cost-controls?`,
	"criteria:\n  cost-controls: maybe\n":                      `f:2:18: this setting must be one of off, on, not "maybe"`,
	"criteria:\n  cost-controls: {weigth: 2}\n":                `f:2:19: the key "weigth" is unknown: did you mean weight?`,
	"criteria:\n  cost-controls: {weight: 3}\n":                `f:2:27: this weight must be one of 1, 2, core, not "3"`,
	"thresholds: {held: two thirds}\n":                         `f:1:20: this must be a share like 2/3 or 75%, not "two thirds"`,
	"thresholds: {held: 4/3}\n":                                "f:1:20: 4/3 is not a share: it lies between none and all",
	"answers:\n  - criterion: developer-portal\n    by: Ada\n": "f:2:5: the key `answer` is missing here\nf:2:5: the key `when` is missing here",
	"checks: [{id: a/b, criterion: cost-controls, title: A, fix: B, exists: C, level: warnign}]\n":                                                                `f:1:82: this level must be one of note, warning, error, not "warnign": did you mean warning?`,
	"answers: [{criterion: developer-portal, answer: perhaps, by: Ada, when: 2026-05-01}]\n":                                                                      `f:1:49: this answer must be one of yes, no, true, false, not "perhaps"`,
	"answers: [{criterion: developer-portal, answer: yes, by: Ada, when: May}]\n":                                                                                 `f:1:69: this must be a date like 2026-05-31, not "May"`,
	"answers:\n- {criterion: developer-portal, answer: yes, by: Ada, when: 2026-05-01}\n- {criterion: developer-portal, answer: no, by: Ada, when: 2026-05-01}\n": "f:3:3: developer-portal was answered on line 2 already",
	"suppressions: [{rule: docs/dead-link, path: a.md}]\n":                                                                                                        "f:1:16: the key `reason` is missing here",
	"suppressions: [{rule: docs/dead-lnik, path: a.md, reason: x}]\n":                                                                                             `f:1:23: the rule "docs/dead-lnik" is unknown: did you mean docs/dead-link?`,
	"suppressions: [{rule: docs/dead-link, path: a.md, reason: ' '}]\n":                                                                                           "f:1:59: this must be a text, not \" \"",
	"checks: [{id: policy, criterion: cost-controls, title: A, fix: B, exists: a}]\n":                                                                             `f:1:15: "policy" must be a family and a name in small letters, like acme/security-policy`,
	"checks: [{id: docs/dead-link, criterion: cost-controls, title: A, fix: B, exists: a}]\n":                                                                     `f:1:15: there is a check "docs/dead-link" already`,
	"checks: [{id: acme/x, criterion: cost-controls, title: A, fix: B}]\n":                                                                                        "f:1:10: a check has exactly one of exists, absent (a pattern of paths), seen and unseen (a detector)",
	"checks: [{id: acme/x, criterion: cost-controls, title: A, fix: B, exists: a, strength: wired}]\n":                                                            "f:1:10: a strength goes with seen or unseen",
	"checks: [{id: acme/x, criterion: cost-controls, title: A, fix: B, seen: terraform/backends}]\n":                                                              `f:1:73: the detector "terraform/backends" is unknown: did you mean terraform/backend?`,
	"role: [service]\n":                      `f:1:1: the key "role" is unknown: did you mean roles?`,
	"exclude: []\nzebra:\n  ci: 2\n":         `f:2:1: the key "zebra" is unknown: the known ones are answers, checks, components, criteria, exclude, extends, roles, suppressions, thresholds`,
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
		_, err := Parse("f", []byte(text), known)
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
	_, err := Parse("f", []byte(text.String()), known)
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
	only := []string{"was given", "was answered", "is unknown: did you mean cost-controls", "rule \"docs", "already", "not a share", "did you mean terraform", "second document", "not valid YAML", "key must be a name", "not a pattern", "below the root"}
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
		_, err := Parse("f", data, known)
		var typed *Error
		if err != nil && (!errors.As(err, &typed) || typed.Line < 1 || typed.Column < 1) {
			t.Errorf("%v", err)
		}
	})
}

func FuzzWithAnswers(f *testing.F) {
	for text := range wrong {
		f.Add([]byte(text))
	}
	f.Add([]byte(full))
	given := []Answer{{ID: "developer-portal", Yes: true, By: "Ada: #1", When: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := WithAnswers("f", data, given)
		if err != nil {
			return
		}
		c, err := Parse("f", text, Known{})
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, text)
		}
		written := 0
		for _, a := range c.Answers {
			if a.ID == given[0].ID && a.By == given[0].By {
				written++
			}
		}
		if written != 1 {
			t.Errorf("the answer stands there %d times:\n%s", written, text)
		}
	})
}
