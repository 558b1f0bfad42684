package ownership

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

func tree(paths ...string) *detect.Tree {
	var entries []detect.Entry
	for _, p := range paths {
		entries = append(entries, detect.Entry{Path: p})
	}
	return detect.NewTree(entries, nil)
}

func TestPatternsMatchAsTheHostsDo(t *testing.T) {
	m := matcher{tree: tree("a.js", "docs/guide.md", "docs/deep/guide.md", "lib/docs/x.md", "src/a.js", "src/api/a.go", "my file.txt")}
	for pattern, want := range map[string]int{
		"*":            7,
		"*.js":         2,
		"/*.js":        1,
		"docs/*":       1,
		"/docs/":       2,
		"docs/":        3,
		"docs":         3,
		"src/api":      1,
		"/src/**/*.go": 1,
		"**/docs/**":   3,
		"/src/api/a":   0,
		"/":            7,
		"/my file.txt": 1,
		"missing/":     0,
	} {
		if got := m.each(pattern, func(int) {}); got != want {
			t.Errorf("%q matches %d files, want %d", pattern, got, want)
		}
	}
}

func TestLaterRulesOverrideWithinTheirSection(t *testing.T) {
	files := &detect.Repo{Tree: tree("main.tf", "infra/main.tf", "README.md")}
	rules, owned, err := codeowners(files, detect.NewFile("CODEOWNERS", []byte("infra/ @a\n*.tf @b ann@acme.dev\n[Docs] @writers\n*.md\nmy\\ notes @c # why\n")))
	if err != nil {
		t.Fatal(err)
	}
	want := []Rule{
		{Pattern: "infra/", Owners: []string{"@a"}, Matches: 1, Overridden: true, Line: 1},
		{Pattern: "*.tf", Owners: []string{"@b", mail}, Matches: 2, Line: 2},
		{Pattern: "*.md", Owners: []string{"@writers"}, Matches: 1, Line: 4},
		{Pattern: "my notes", Owners: []string{"@c"}, Line: 5},
	}
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"README.md", "infra/main.tf", "main.tf"}, owned); diff != "" {
		t.Error(diff)
	}
}
