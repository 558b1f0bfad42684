package repo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

func TestWorkTreeIsScannedAsItLies(t *testing.T) {
	dir := committed(t, map[string]string{"main.tf": "old", "gone.tf": "", "build/kept.tf": "", "docs/a.md": ""})
	write(t, dir, map[string]string{
		"main.tf": "new", "fresh.tf": "", ".gitignore": "build/\n*.log\n", "build/out.tf": "", "x.log": "", "docs/.gitignore": "!y.log\n", "docs/y.log": "",
	})
	if err := os.Remove(filepath.Join(dir, "gone.tf")); err != nil {
		t.Fatal(err)
	}
	r := opened(t, dir, Options{})
	want := []string{".gitignore", "build/kept.tf", "docs/.gitignore", "docs/a.md", "docs/y.log", "fresh.tf", "main.tf"}
	if diff := cmp.Diff(want, names(r)); diff != "" {
		t.Error(diff)
	}
	if data, err := r.Read("main.tf"); string(data) != "new" || err != nil {
		t.Errorf("Read = %q, %v", data, err)
	}
	if !r.FromDisk || len(r.Commit) != 40 || r.Committed.Year() != 2024 {
		t.Errorf("FromDisk = %v, Commit = %s, Committed = %s", r.FromDisk, r.Commit, r.Committed)
	}
}

func TestCommitIsScannedAsItWas(t *testing.T) {
	dir := committed(t, map[string]string{"main.tf": "old", "gone.tf": "", ".gitignore": "gone.tf\n"})
	write(t, dir, map[string]string{"main.tf": "new", "fresh.tf": ""})
	for _, rev := range []string{"HEAD", "main", "@", "heads/main", "refs/heads/main"} {
		r := opened(t, dir, Options{Rev: rev})
		if diff := cmp.Diff([]string{".gitignore", "gone.tf", "main.tf"}, names(r)); diff != "" {
			t.Error(rev, diff)
		}
		if data, err := r.Read("main.tf"); string(data) != "old" || err != nil {
			t.Errorf("Read = %q, %v", data, err)
		}
		again := opened(t, dir, Options{Rev: r.Commit[:8]})
		if again.Commit != r.Commit {
			t.Errorf("%s is %s by its first digits", r.Commit, again.Commit)
		}
	}
}

func TestUnknownRevisionIsAnError(t *testing.T) {
	dir := committed(t, map[string]string{"a": ""})
	for _, rev := range []string{"nope", "HEAD~1", "HEAD^2", "main~99999999999", "HEAD@{1}", "deadbeef", strings.Repeat("0", 40), "a..b"} {
		if _, err := Open(context.Background(), dir, Options{Rev: rev}); err == nil || !strings.Contains(err.Error(), "revision") {
			t.Errorf("%s: %v", rev, err)
		}
	}
}

func TestRootIsFoundFromInside(t *testing.T) {
	dir := committed(t, map[string]string{"a/b/x.tf": "", ".github/w.yml": ""})
	for path, want := range map[string]string{"": "", "a": "a", "a/b": "a/b", "a/b/x.tf": "a/b", ".github": ".github"} {
		r := opened(t, filepath.Join(dir, path), Options{})
		if r.Component != want || filepath.Base(r.Root) != "app" || len(names(r)) != 2 {
			t.Errorf("%q: Component = %q, Root = %s, %d files", path, r.Component, r.Root, len(names(r)))
		}
	}
}

func TestFolderWithoutGitHasNoHistory(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"main.tf": "x", ".gitignore": ".terraform/\n", ".terraform/m.tf": "", "info/exclude": "*\n"})
	r := opened(t, dir, Options{})
	if diff := cmp.Diff([]string{".gitignore", "info/exclude", "main.tf"}, names(r)); diff != "" {
		t.Error(diff)
	}
	if _, err := r.History.Commits(); !errors.Is(err, detect.ErrNoHistory) {
		t.Errorf("Commits: %v", err)
	}
	if r.Name != filepath.Base(dir) || r.Commit != "" || len(r.Blind) != 0 {
		t.Errorf("Name = %q, Commit = %q, Blind = %v", r.Name, r.Commit, r.Blind)
	}
	if _, err := Open(context.Background(), dir, Options{Rev: "HEAD"}); err == nil {
		t.Error("a revision was found without git")
	}
}

func TestHistoryIsLeftAlone(t *testing.T) {
	dir := committed(t, map[string]string{"a": ""})
	if _, err := opened(t, dir, Options{}).History.Commits(); err != nil {
		t.Errorf("Commits: %v", err)
	}
	r := opened(t, dir, Options{NoHistory: true})
	if _, err := r.History.Commits(); !errors.Is(err, detect.ErrNoHistory) || r.Commit == "" {
		t.Errorf("Commits: %v, Commit = %q", err, r.Commit)
	}
}

func TestOriginNamesTheRepository(t *testing.T) {
	dir := committed(t, map[string]string{"a": ""})
	if r := opened(t, dir, Options{}); r.Name != "app" || r.Origin != "" || r.Branch != "main" {
		t.Errorf("Name = %q, Origin = %q, Branch = %q", r.Name, r.Origin, r.Branch)
	}
	if r := opened(t, filepath.Join(dir, ".git"), Options{}); r.Name != "app" || r.FromDisk {
		t.Errorf("Name = %q, FromDisk = %v", r.Name, r.FromDisk)
	}
	write(t, dir, map[string]string{".git/config": "[remote \"origin\"]\n\turl = https://me:secret@example.org/owner/shop.git\n"})
	if r := opened(t, dir, Options{}); r.Name != "shop" || r.Origin != "owner/shop" {
		t.Errorf("Name = %q, Origin = %q", r.Name, r.Origin)
	}
}

func TestUnreadableContentsHaveReasons(t *testing.T) {
	files := map[string]string{
		"big.yaml": strings.Repeat("x", 101), "fits.yaml": strings.Repeat("x", 100), "secret.tfvars": "\x00GITCRYPT\x00abc",
		"image.png": "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 5\n",
	}
	dir := committed(t, files)
	for _, opts := range []Options{{MaxFileSize: 100}, {MaxFileSize: 100, Rev: "HEAD"}} {
		r := opened(t, dir, opts)
		for path, want := range map[string]error{"big.yaml": ErrTooLarge, "fits.yaml": nil, "secret.tfvars": ErrEncrypted, "image.png": ErrLFS, "none": os.ErrNotExist} {
			if _, err := r.Read(path); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", path, err, want)
			}
		}
	}
}

func TestManyReadAtOnce(t *testing.T) {
	dir := committed(t, map[string]string{"a": "1", "b": "2", "c/d": "3"})
	for _, rev := range []string{"", "HEAD"} {
		r := opened(t, dir, Options{Rev: rev})
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				for _, e := range r.Tree.Entries() {
					if _, err := r.Read(e.Path); err != nil {
						t.Errorf("%s: %v", e.Path, err)
					}
				}
			})
		}
		wait.Wait()
	}
}

func TestExcludedIsListedAndNotRead(t *testing.T) {
	dir := committed(t, map[string]string{"old/a/b.tf": "", "x.gen.yaml": "", "sub/y.gen.yaml": "", "live.tf": ""})
	r := opened(t, dir, Options{})
	r.Exclude([]string{"old/", "**/*.gen.yaml"})
	for path, want := range map[string]detect.Place{"old/a/b.tf": detect.Excluded, "x.gen.yaml": detect.Excluded, "sub/y.gen.yaml": detect.Excluded, "live.tf": detect.Live} {
		if got := r.Tree.Place(path); got != want || !r.Tree.Has(path) {
			t.Errorf("Place(%s) = %q, want %q", path, got, want)
		}
	}
}

func TestCancelledOpeningEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, rev := range []string{"", "HEAD"} {
		if _, err := Open(ctx, committed(t, map[string]string{"a": ""}), Options{Rev: rev}); !errors.Is(err, context.Canceled) {
			t.Errorf("rev %q: %v", rev, err)
		}
	}
}

func TestMissingPathIsAnError(t *testing.T) {
	if _, err := Open(context.Background(), filepath.Join(t.TempDir(), "none"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
