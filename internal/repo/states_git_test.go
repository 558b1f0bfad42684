//go:build git

package repo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// sample makes a repository with two commits.
func sample(t *testing.T) string {
	t.Helper()
	dir := gitInit(t)
	write(t, dir, map[string]string{"main.tf": "one", "docs/a.md": "a", "deep/er/b.tf": "b"})
	commitAll(t, dir)
	write(t, dir, map[string]string{"main.tf": "two"})
	commitAll(t, dir)
	return dir
}

var sampleNames = []string{"deep/er/b.tf", "docs/a.md", "main.tf"}

// holds checks the names, the contents of main.tf and the length of history.
func holds(t *testing.T, r *Repository, main string, commits int) {
	t.Helper()
	if diff := cmp.Diff(sampleNames, names(r)); diff != "" {
		t.Error(diff)
	}
	if data, err := r.Read("main.tf"); string(data) != main || err != nil {
		t.Errorf("Read = %q, %v", data, err)
	}
	if all, err := r.History.Commits(); len(all) != commits || err != nil {
		t.Errorf("%d commits, %v; want %d", len(all), err, commits)
	}
	if len(r.Blind) != 0 {
		t.Errorf("Blind = %v", r.Blind)
	}
}

func TestLinkedWorkTree(t *testing.T) {
	dir := sample(t)
	for _, other := range []string{filepath.Join(t.TempDir(), "other"), filepath.Join(dir, ".trees", "inner")} {
		git(t, dir, "worktree", "add", "-q", "--detach", other, "HEAD~1")
		r := opened(t, filepath.Join(other, "docs"), Options{})
		holds(t, r, "one", 1)
		if r.Component != "docs" || r.Branch != "main" || filepath.Base(r.Root) != filepath.Base(other) {
			t.Errorf("Component = %q, Branch = %q, Root = %q", r.Component, r.Branch, r.Root)
		}
	}
	holds(t, opened(t, dir, Options{}), "two", 2)
}

func TestAlternates(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "shared")
	git(t, t.TempDir(), "clone", "-q", "--shared", sample(t), dir)
	holds(t, opened(t, dir, Options{}), "two", 2)
	holds(t, opened(t, dir, Options{Rev: "origin/main~1"}), "one", 1)
}

func TestDetachedHead(t *testing.T) {
	dir := sample(t)
	git(t, dir, "checkout", "-q", "HEAD~1")
	r := opened(t, dir, Options{})
	holds(t, r, "one", 1)
	if r.Branch != "main" {
		t.Errorf("Branch = %q", r.Branch)
	}
}

func TestShallowClone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "shallow")
	git(t, t.TempDir(), "clone", "-q", "--depth", "1", "file://"+sample(t), dir)
	r := opened(t, dir, Options{})
	if diff := cmp.Diff(sampleNames, names(r)); diff != "" {
		t.Error(diff)
	}
	if _, err := r.History.Commits(); !errors.Is(err, detect.ErrShallow) {
		t.Errorf("Commits: %v", err)
	}
	if _, err := Open(context.Background(), dir, Options{Rev: "HEAD~1"}); err == nil {
		t.Error("a commit behind the boundary was found")
	}
}

func TestPartialClone(t *testing.T) {
	from := sample(t)
	git(t, from, "config", "uploadpack.allowFilter", "true")
	bare := filepath.Join(t.TempDir(), "partial.git")
	git(t, t.TempDir(), "clone", "-q", "--bare", "--filter=blob:none", "file://"+from, bare)
	r := opened(t, bare, Options{})
	if diff := cmp.Diff(sampleNames, names(r)); diff != "" {
		t.Error(diff)
	}
	if _, err := r.Read("main.tf"); !errors.Is(err, ErrMissing) {
		t.Errorf("Read: %v", err)
	}
	// What could not be checked out is not deleted.
	dir := filepath.Join(t.TempDir(), "partial")
	git(t, t.TempDir(), "clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+from, dir)
	git(t, dir, "read-tree", "HEAD")
	r = opened(t, dir, Options{})
	if diff := cmp.Diff(sampleNames, names(r)); diff != "" {
		t.Error(diff)
	}
	if _, err := r.Read("main.tf"); !errors.Is(err, ErrMissing) {
		t.Errorf("Read: %v", err)
	}
}

func TestCloneWithoutTrees(t *testing.T) {
	from := sample(t)
	git(t, from, "config", "uploadpack.allowFilter", "true")
	bare := filepath.Join(t.TempDir(), "treeless.git")
	git(t, t.TempDir(), "clone", "-q", "--bare", "--filter=tree:0", "file://"+from, bare)
	r := opened(t, bare, Options{})
	if err := blindPaths(r)[""]; !errors.Is(err, ErrMissing) || len(names(r)) != 0 {
		t.Errorf("Blind = %v, %d files", r.Blind, len(names(r)))
	}
}

func TestRepositoryWithoutCommits(t *testing.T) {
	dir := gitInit(t)
	write(t, dir, map[string]string{"main.tf": "", ".gitignore": "x\n", "x": ""})
	git(t, dir, "add", "main.tf")
	r := opened(t, dir, Options{})
	if diff := cmp.Diff([]string{".gitignore", "main.tf"}, names(r)); diff != "" {
		t.Error(diff)
	}
	if _, err := r.History.Head(); !errors.Is(err, detect.ErrNoHistory) || r.Commit != "" || r.Branch != "main" {
		t.Errorf("Head: %v, Commit = %q, Branch = %q", err, r.Commit, r.Branch)
	}
	for _, path := range []string{dir, gitInit(t, "--bare")} {
		if _, err := Open(context.Background(), path, Options{Rev: "HEAD"}); !errors.Is(err, errNoCommits) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestBareClone(t *testing.T) {
	bare := filepath.Join(t.TempDir(), "shop.git")
	git(t, t.TempDir(), "clone", "-q", "--bare", sample(t), bare)
	r := opened(t, bare, Options{})
	holds(t, r, "two", 2)
	if r.Name != "shop" || r.Branch != "main" || r.FromDisk {
		t.Errorf("Name = %q, Branch = %q, FromDisk = %v", r.Name, r.Branch, r.FromDisk)
	}
	holds(t, opened(t, filepath.Join(bare, "refs"), Options{Rev: "main^"}), "one", 1)
	if err := os.Remove(filepath.Join(bare, "config")); err != nil {
		t.Fatal(err)
	}
	holds(t, opened(t, bare, Options{}), "two", 2)
}

func TestSubmodule(t *testing.T) {
	inner, dir := sample(t), sample(t)
	git(t, dir, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner, "lib")
	commitAll(t, dir)
	missing := filepath.Join(t.TempDir(), "missing")
	git(t, t.TempDir(), "clone", "-q", dir, missing)
	if err := os.Remove(filepath.Join(missing, "lib")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, missing} {
		for _, rev := range []string{"", "HEAD"} {
			r := opened(t, path, Options{Rev: rev})
			want := sorted(append([]string{".gitmodules", "lib"}, sampleNames...)...)
			if diff := cmp.Diff(want, names(r)); diff != "" {
				t.Error(diff)
			}
			if _, err := r.Read("lib"); !errors.Is(err, ErrSubmodule) || !r.Tree.Has("lib/main.tf") {
				t.Errorf("Read: %v; what lies in a submodule is there: %v", err, r.Tree.Has("lib/main.tf"))
			}
		}
	}
	holds(t, opened(t, filepath.Join(dir, "lib"), Options{}), "two", 2)
}

func TestSparseCheckout(t *testing.T) {
	for _, flags := range [][]string{{"--cone"}, {"--cone", "--sparse-index"}, {"--no-cone"}} {
		dir := filepath.Join(t.TempDir(), "sparse")
		git(t, t.TempDir(), "clone", "-q", sample(t), dir)
		git(t, dir, append(append([]string{"sparse-checkout", "set"}, flags...), "docs")...)
		if _, err := os.Stat(filepath.Join(dir, "deep")); err == nil {
			t.Fatal("nothing was left out")
		}
		r := opened(t, dir, Options{})
		holds(t, r, "two", 2)
		if data, err := r.Read("deep/er/b.tf"); string(data) != "b" || err != nil {
			t.Errorf("%v: Read = %q, %v", flags, data, err)
		}
	}
}

func TestIndexVersions(t *testing.T) {
	for _, setting := range []string{"index.version=2", "index.version=3", "index.version=4", "index.skipHash=true", "core.untrackedCache=true", "core.splitIndex=true"} {
		dir := sample(t)
		write(t, dir, map[string]string{".gitignore": "*\n", "docs/new.md": ""})
		key, value, _ := strings.Cut(setting, "=")
		git(t, dir, "config", key, value)
		git(t, dir, "add", "-f", ".gitignore")
		git(t, dir, "add", "-f", "--intent-to-add", "docs/new.md")
		want := sorted(append([]string{".gitignore", "docs/new.md"}, sampleNames...)...)
		if key == "core.splitIndex" { // the tree of HEAD stands in
			want = sampleNames
		}
		if diff := cmp.Diff(want, names(opened(t, dir, Options{}))); diff != "" {
			t.Error(setting, diff)
		}
	}
}

func TestGitFolderBehindALink(t *testing.T) {
	dir := sample(t)
	moved := filepath.Join(t.TempDir(), "moved")
	if err := errors.Join(os.Rename(filepath.Join(dir, ".git"), moved), os.Symlink(moved, filepath.Join(dir, ".git"))); err != nil {
		t.Fatal(err)
	}
	holds(t, opened(t, dir, Options{}), "two", 2)
}

func TestBrokenGitLeavesTheFiles(t *testing.T) {
	breaks := map[string]map[string]string{
		"points nowhere": {".git": "gitdir: ../gone\n"}, "junk": {".git": "junk"}, "empty": {".git": ""},
		"damaged": {".git/objects/x": ""}, "bad HEAD": {".git/HEAD": "nonsense", ".git/objects/x": "", ".git/refs/x": ""},
		"lost commit": {".git/HEAD": strings.Repeat("a", 40), ".git/objects/x": "", ".git/refs/x": ""},
	}
	for name, files := range breaks {
		dir := t.TempDir()
		write(t, dir, files)
		write(t, dir, map[string]string{"sub/main.tf": ""})
		r := opened(t, filepath.Join(dir, "sub"), Options{})
		if err := blindPaths(r)[""]; err == nil || !r.Tree.Has("sub/main.tf") || r.Component != "sub" {
			t.Errorf("%s: %v, %v", name, err, names(r))
		}
		if _, err := Open(context.Background(), dir, Options{Rev: "HEAD"}); err == nil {
			t.Errorf("%s: HEAD was found", name)
		}
	}
}

// What is damaged in git's own files and leaves something to be read is said.
func TestDamagedGitFilesAreBlindSpots(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(dotGit string) error
		want   string
	}{
		"index": {func(d string) error {
			return os.WriteFile(d+"/index", []byte("DIRC\x00\x00\x00\x02\xff\xff\xff\xff"), 0o600)
		}, "index"},
		"index is a pipe": {func(d string) error { return errors.Join(os.Remove(d+"/index"), syscall.Mkfifo(d+"/index", 0o600)) }, "index"},
		"config":          {func(d string) error { return os.WriteFile(d+"/config", []byte("[core\n\x00\xff"), 0o600) }, "settings"},
		"config is a pipe": {func(d string) error {
			return errors.Join(os.Remove(d+"/config"), syscall.Mkfifo(d+"/config", 0o600))
		}, "settings"},
		"alternates": {func(d string) error {
			return os.WriteFile(d+"/objects/info/alternates", []byte("/nowhere/objects\n"), 0o600)
		}, "borrows"},
		"alternates is a device": {func(d string) error { return os.Symlink("/dev/zero", d+"/objects/info/alternates") }, "borrows"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := sample(t)
			if err := c.damage(filepath.Join(dir, ".git")); err != nil {
				t.Fatal(err)
			}
			r := opened(t, dir, Options{})
			if err := blindPaths(r)[""]; err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v does not name %q", err, c.want)
			}
			if data, err := r.Read("main.tf"); string(data) != "two" || err != nil {
				t.Errorf("Read = %q, %v", data, err)
			}
		})
	}
	if err := blindPaths(opened(t, sample(t), Options{}))[""]; err != nil {
		t.Errorf("a sound repository: %v", err)
	}
}

func TestUnsupportedFormatsLeaveTheFiles(t *testing.T) {
	sha256 := gitInit(t, "--object-format=sha256")
	write(t, sha256, map[string]string{"main.tf": ""})
	commitAll(t, sha256)
	newer, reftable, unknown, ignored := sample(t), sample(t), sample(t), sample(t)
	git(t, newer, "config", "core.repositoryFormatVersion", "99")
	git(t, reftable, "config", "core.repositoryFormatVersion", "1")
	write(t, reftable, map[string]string{".git/config": "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n"})
	write(t, unknown, map[string]string{".git/config": "[core]\nrepositoryformatversion = 1\n[extensions]\nfuture = true\n"})
	write(t, ignored, map[string]string{".git/config": "[core]\nrepositoryformatversion = 0\n[extensions]\nfuture = true\nworktreeConfig = true\n"})
	for dir, want := range map[string]error{sha256: objects.ErrSHA256, newer: nil, reftable: objects.ErrReftable, unknown: nil} {
		r := opened(t, dir, Options{})
		if err := blindPaths(r)[""]; err == nil || want != nil && !errors.Is(err, want) || !r.Tree.Has("main.tf") {
			t.Errorf("%v, %v", err, names(r))
		}
		bare := filepath.Join(dir, ".git")
		if _, err := Open(context.Background(), bare, Options{}); err == nil {
			t.Errorf("%s was read", bare)
		}
	}
	holds(t, opened(t, ignored, Options{}), "two", 2)
}

func TestSettingsRunNothing(t *testing.T) {
	dir := sample(t)
	trap := "touch " + filepath.Join(dir, "ran")
	write(t, dir, map[string]string{
		".git/config": "[core]\nfsmonitor = \"" + trap + "\"\nhooksPath = hooks\nsshCommand = " + trap + "\nworktree = /etc\nbare = true\npager = " + trap +
			"\nattributesFile = /etc/passwd\nexcludesFile = /etc/passwd\n[filter \"x\"]\nclean = " + trap + "\nsmudge = " + trap + "\nprocess = " + trap +
			"\nrequired\n[diff]\nexternal = " + trap + "\n[include]\npath = /dev/zero\n[alias]\nstatus = !" + trap + "\n[remote \"origin\"]\nurl = ext::" + trap + "\n[broken\nx y z\n[pack]\nwindow = 10k\n",
		".gitattributes":        "* filter=x diff=x\n",
		".git/hooks/post-index": "#!/bin/sh\n" + trap,
	})
	r := opened(t, dir, Options{})
	want := sorted(append([]string{".gitattributes"}, sampleNames...)...)
	if diff := cmp.Diff(want, names(r)); diff != "" {
		t.Error(diff)
	}
	if data, err := r.Read("main.tf"); string(data) != "two" || err != nil || r.Origin != "" {
		t.Errorf("Read = %q, %v; Origin = %q", data, err, r.Origin)
	}
	if _, err := r.History.Commits(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "ran")); err == nil {
		t.Error("a command of the repository was run")
	}
}

func TestOddNamesInACommit(t *testing.T) {
	dir := gitInit(t)
	odd := []string{"new\nline.tf", `quo"te.tf`, "per%20cent.tf", "\x1b[31mred.tf", "back\\slash.tf", "\xff.tf", "Case.tf", "case.tf", "folder/Same", "Folder/same"}
	files := map[string]string{}
	for _, name := range odd {
		files[name] = name
	}
	write(t, dir, files)
	commitAll(t, dir)
	for _, rev := range []string{"", "HEAD"} {
		r := opened(t, dir, Options{Rev: rev})
		if diff := cmp.Diff(sorted(odd...), names(r)); diff != "" {
			t.Error(diff)
		}
		for _, name := range odd {
			if data, err := r.Read(name); string(data) != name || err != nil {
				t.Errorf("Read(%q) = %q, %v", name, data, err)
			}
		}
	}
}

func TestLinksInACommit(t *testing.T) {
	dir := gitInit(t)
	write(t, dir, map[string]string{"docs/guide.md": "text"})
	for name, target := range map[string]string{"README.md": "docs/guide.md", "passwd": "/etc/passwd", "me": "me", "up": "../x"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	commitAll(t, dir)
	plain := filepath.Join(t.TempDir(), "plain") // as on systems without links
	git(t, t.TempDir(), "clone", "-q", "-c", "core.symlinks=false", dir, plain)
	for _, r := range []*Repository{opened(t, dir, Options{}), opened(t, dir, Options{Rev: "HEAD"}), opened(t, plain, Options{})} {
		if data, err := r.Read("README.md"); string(data) != "text" || err != nil {
			t.Errorf("Read = %q, %v", data, err)
		}
		for path, want := range map[string]error{"passwd": ErrOutside, "me": ErrLinkLoop, "up": ErrOutside} {
			if err := blindPaths(r)[path]; !errors.Is(err, want) {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}
