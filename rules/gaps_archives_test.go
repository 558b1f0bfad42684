package rules_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/waymark-dev/waymark/rules"
)

// TestGaps holds checks to the places where they must find a gap, and to those
// where they must not. The files of an archive lie in one folder for each
// repository; its comment names, for a folder and a check, all places: "FOLDER
// CHECK PATH:LINE …", or "FOLDER CHECK nowhere". All other lines of the comment
// are for people.
func TestGaps(t *testing.T) {
	archives, err := filepath.Glob("testdata/gaps/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(archive.Comment)) {
				if words := strings.Fields(line); len(words) > 2 && strings.Contains(words[1], "/") {
					lies(t, within(archive, words[0]), words[0], words[1], words[2:])
				}
			}
		})
	}
}

func lies(t *testing.T, files map[string][]byte, folder, check string, want []string) {
	t.Helper()
	var got []string
	for _, g := range assess(t, files, rules.Service, rules.Infrastructure).Gaps {
		if g.Check.ID == check {
			got = append(got, fmt.Sprintf("%s:%d", g.At.Path, g.At.Start.Line))
		}
	}
	if len(got) == 0 {
		got = []string{"nowhere"}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %s lies at %v, want %v", folder, check, got, want)
	}
}
