//go:build git

package history_test

import (
	"fmt"
	"strings"
	"testing"
)

// sameLastChanges compares every file and folder with `git log -1`.
func sameLastChanges(t *testing.T, dir string) {
	t.Helper()
	h := openHistory(t, dir)
	names := strings.TrimRight(git(t, dir, "", "ls-tree", "-r", "-t", "-z", "--name-only", "HEAD"), "\x00")
	for _, path := range append(strings.Split(names, "\x00"), ".") {
		want := strings.TrimSpace(git(t, dir, "", "log", "-1", "--format=%H", "--", ":(literal)"+path))
		got, err := h.LastChange(path)
		if err != nil {
			t.Fatalf("LastChange(%q): %v", path, err)
		}
		if got.ID != want {
			t.Errorf("LastChange(%q) = %s, git log says %s", path, got.ID, want)
		}
	}
}

// sameChanges compares with `git log --full-history --no-merges`.
func sameChanges(t *testing.T, dir string) {
	t.Helper()
	h := openHistory(t, dir)
	names := strings.TrimRight(git(t, dir, "", "ls-tree", "-r", "-t", "-z", "--name-only", "HEAD"), "\x00")
	for _, path := range append(strings.Split(names, "\x00"), ".") {
		want := strings.Fields(git(t, dir, "", "log", "--no-merges", "--full-history", "--format=%H", "--", ":(literal)"+path))
		got, err := h.Changes(path)
		if err != nil {
			t.Fatalf("Changes(%q): %v", path, err)
		}
		if len(got) != len(want) {
			t.Fatalf("Changes(%q) are %d commits, git log has %d", path, len(got), len(want))
		}
		for _, c := range got {
			if !strings.Contains(strings.Join(want, " "), c.ID) {
				t.Errorf("Changes(%q) has %s, which git log has not", path, c.ID)
			}
		}
	}
}

// TestRandomHistories compares with git on random histories: branches, merges
// of two to four parents that take sides or neither, second roots, mode
// changes, files that become folders, submodules, clocks that go backwards,
// odd names. No two files have the same contents, so that nothing moves.
func TestRandomHistories(t *testing.T) {
	for seed := range int64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			git(t, dir, "", "init", "-q", "--bare")
			git(t, dir, newStream(seed).write(250), "fast-import", "--quiet", "--force")
			if seed%2 == 0 {
				git(t, dir, "", "repack", "-adq", "--depth=20")
			}
			sameLastChanges(t, dir)
			sameChanges(t, dir)
		})
	}
}

// TestRenamesAreChangesOfThePath: `git log -1` calls a rename a change.
func TestRenamesAreChangesOfThePath(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "", "init", "-q")
	for i, do := range []string{"mkdir a && echo 1 > a/x && echo 2 > y", "git mv a b", "git mv y b/z", "echo 3 >> b/x", "git mv b/x x"} {
		shell(t, dir, do+" && git add -A && git -c user.name=A -c user.email=a@example.org commit -qm "+fmt.Sprint(i))
	}
	sameLastChanges(t, dir)
}

// TestSubtrees merges a history without a common root below a folder.
func TestSubtrees(t *testing.T) {
	lib, dir := t.TempDir(), t.TempDir()
	git(t, lib, "", "init", "-q")
	git(t, dir, "", "init", "-q")
	commit := " && git add -A && git -c user.name=A -c user.email=a@example.org commit -qm x"
	shell(t, lib, "mkdir src && echo 1 > src/a && echo 1 > README"+commit+" && echo 2 > src/b"+commit)
	shell(t, dir, "echo main > README"+commit)
	git(t, dir, "", "fetch", "-q", lib, "main")
	git(t, dir, "", "merge", "-q", "-s", "ours", "--no-commit", "--allow-unrelated-histories", "FETCH_HEAD")
	git(t, dir, "", "read-tree", "--prefix=lib/", "-u", "FETCH_HEAD")
	git(t, dir, "", "commit", "-qm", "Add lib")
	shell(t, dir, "echo 3 > lib/src/c"+commit)
	shell(t, lib, "echo 9 >> src/a"+commit)
	git(t, dir, "", "fetch", "-q", lib, "main")
	git(t, dir, "", "merge", "-q", "-s", "subtree", "-Xsubtree=lib", "-m", "Update lib", "FETCH_HEAD")
	sameLastChanges(t, dir)
}
