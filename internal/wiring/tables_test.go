package wiring

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A program or block that stood in two tables would mean now this, now that.
func TestTablesNameEachThingOnce(t *testing.T) {
	seen := map[string]bool{}
	once := func(name string) {
		if seen[name] {
			t.Errorf("%s is listed twice", name)
		}
		seen[name] = true
	}
	for _, names := range single {
		for _, name := range strings.Fields(names) {
			once(name)
		}
	}
	for _, table := range []map[string]program{infrastructurePrograms(), checkPrograms(), buildPrograms(), deliveryPrograms()} {
		for name := range table {
			once(name)
		}
	}
	seen = map[string]bool{}
	for _, names := range simpleUsages {
		for _, entry := range strings.Fields(names) {
			name, _, _ := strings.Cut(entry, "=")
			once(name)
		}
	}
	for _, table := range []map[string]usage{actionUsages(), taskUsages(), orbUsages()} {
		for name := range table {
			once(name)
		}
	}
}

var kebab = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

func TestToolsHaveKebabNames(t *testing.T) {
	for name, p := range programs() {
		if p.tool != "" && !kebab.MatchString(p.tool) {
			t.Errorf("%s has the tool %q", name, p.tool)
		}
		for activity := range p.does {
			if activity != "" && !slices.Contains(weight, activity) {
				t.Errorf("%s does %q", name, activity)
			}
		}
	}
	for name, u := range usages() {
		if u.tool != "" && !kebab.MatchString(u.tool) {
			t.Errorf("%s has the tool %q", name, u.tool)
		}
		if name != strings.ToLower(name) {
			t.Errorf("%s is not in lower case, and is never found", name)
		}
	}
}
