package rules_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/waymark-dev/waymark/detectors"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/internal/scan"
	"github.com/waymark-dev/waymark/rules"
)

// TestDecoys holds what only looks like evidence against what is evidence. The
// files of an archive lie in one folder for each repository; its comment says
// what a criterion must come to there: "FOLDER CRITERION OUTCOME". All other
// lines of the comment are for people. Each is judged as a service with its own
// infrastructure.
func TestDecoys(t *testing.T) {
	archives, err := filepath.Glob("testdata/decoys/*.txtar")
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
				if words := strings.SplitN(strings.TrimSpace(line), " ", 3); len(words) == 3 && rules.CriterionByID(words[1]) != nil {
					holds(t, within(archive, words[0]), words[0], words[1], rules.Outcome(words[2]))
				}
			}
		})
	}
}

// within are the files of one repository of an archive.
func within(archive *txtar.Archive, folder string) map[string][]byte {
	files := map[string][]byte{}
	for _, f := range archive.Files {
		if p, ok := strings.CutPrefix(f.Name, folder+"/"); ok {
			files[p] = f.Data
		}
	}
	return files
}

func holds(t *testing.T, files map[string][]byte, folder, criterion string, want rules.Outcome) {
	t.Helper()
	for _, r := range assess(t, files, rules.Service, rules.Infrastructure).Results {
		if r.Criterion.ID == criterion && r.Outcome != want {
			t.Errorf("%s: %s is %s, want %s: %s", folder, criterion, r.Outcome, want, r.Because)
		}
	}
}

// assess judges the files of a repository without history, as of the given
// roles or those that they show.
func assess(t *testing.T, files map[string][]byte, roles ...rules.Role) *rules.Assessment {
	t.Helper()
	var entries []detect.Entry
	for p := range files {
		entries = append(entries, detect.Entry{Path: p})
	}
	repo := &detect.Repo{Name: "shop", Origin: "acme/shop", Host: "github.com", Branch: "main", Tree: detect.NewTree(entries, nil), History: history.None{}}
	read := func(p string) ([]byte, error) {
		if data, ok := files[p]; ok {
			return data, nil
		}
		return nil, fs.ErrNotExist
	}
	o, err := scan.Run(t.Context(), repo, read, detectors.All, scan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return rules.Assess(o, rules.Settings{Roles: roles})
}
