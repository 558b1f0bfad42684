package repo

import (
	"context"
	"os"
	"path/filepath"
	"sort"
	"testing"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// write lays files below a folder; names end in contents.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// committed makes a repository with one commit of the given files, without the
// git binary, and returns its folder.
func committed(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "app")
	r, err := gogit.PlainInitWithOptions(dir, &gogit.PlainInitOptions{InitOptions: gogit.InitOptions{DefaultBranch: plumbing.Main}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, files)
	w, err := r.Worktree()
	if err != nil {
		t.Fatal(err)
	}
	for name := range files {
		if _, err := w.Add(name); err != nil {
			t.Fatal(err)
		}
	}
	who := &object.Signature{Name: "A", Email: "a@example.org", When: time.Date(2024, 5, 31, 12, 0, 0, 0, time.UTC)}
	if _, err := w.Commit("first", &gogit.CommitOptions{Author: who, AllowEmptyCommits: true}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// opened opens a repository for the length of the test.
func opened(t *testing.T, path string, opts Options) *Repository {
	t.Helper()
	r, err := Open(context.Background(), path, opts)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// names are the paths of the tree.
func names(r *Repository) []string {
	var all []string
	for _, e := range r.Tree.Entries() {
		all = append(all, e.Path)
	}
	return all
}

// blindPaths are the paths that could not be listed, with the reasons.
func blindPaths(r *Repository) map[string]error {
	all := map[string]error{}
	for _, b := range r.Blind {
		all[b.Path] = b.Err
	}
	return all
}

func sorted(list ...string) []string {
	sort.Strings(list)
	return list
}
