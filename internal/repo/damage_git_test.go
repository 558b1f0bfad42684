//go:build git

package repo

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/objects"
)

// TestCorruptPack: damage in the middle of a pack leaves the files to be read;
// the history says what is wrong and what tells more.
func TestCorruptPack(t *testing.T) {
	for name, damage := range map[string]func(pack []byte) []byte{
		"overwritten": func(pack []byte) []byte {
			for i := 12; i < len(pack)-20; i++ {
				pack[i] ^= 0x5a
			}
			return pack
		},
		"cut off": func(pack []byte) []byte { return pack[:len(pack)/2] },
		"empty":   func([]byte) []byte { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			dir := sample(t)
			git(t, dir, "repack", "-adq")
			packs, err := filepath.Glob(filepath.Join(dir, ".git/objects/pack/*.pack"))
			if err != nil || len(packs) != 1 {
				t.Fatal(packs, err)
			}
			pack, err := os.ReadFile(packs[0])
			if err == nil {
				err = errors.Join(os.Chmod(packs[0], 0o644), os.WriteFile(packs[0], damage(pack), 0o644))
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := leavesTheFiles(t, dir); err == nil {
				t.Error("history is read to its end from a pack that is damaged")
			}
		})
	}
}

// TestMissingObject: so does an object of an older commit that is not there.
func TestMissingObject(t *testing.T) {
	for _, lost := range []string{"HEAD~1", "HEAD~1^{tree}"} {
		t.Run(lost, func(t *testing.T) {
			dir := sample(t)
			id := strings.TrimSpace(git(t, dir, "rev-parse", lost))
			if err := os.Remove(filepath.Join(dir, ".git/objects", id[:2], id[2:])); err != nil {
				t.Fatal(err)
			}
			err := leavesTheFiles(t, dir)
			if !errors.Is(err, objects.ErrMissing) || !strings.Contains(err.Error(), "git fetch --refetch") {
				t.Errorf("%v does not name the missing object and its remedy", err)
			}
		})
	}
}

// leavesTheFiles checks that the files are read and that the history is not.
func leavesTheFiles(t *testing.T, dir string) error {
	t.Helper()
	r := opened(t, dir, Options{})
	if data, err := r.Read("main.tf"); string(data) != "two" || err != nil {
		t.Errorf("Read = %q, %v", data, err)
	}
	_, err := r.History.Commits()
	if err == nil {
		t.Error("the history was read")
	}
	return err
}

// TestReplacedCommit: replacements are followed as git does.
func TestReplacedCommit(t *testing.T) {
	dir := sample(t)
	write(t, dir, map[string]string{"docs/a.md": "b"})
	commitAll(t, dir)
	git(t, dir, "replace", "HEAD~1", "HEAD~2")
	r := opened(t, dir, Options{})
	all, err := r.History.Commits()
	if want := len(strings.Fields(git(t, dir, "rev-list", "HEAD"))); len(all) != want || err != nil {
		t.Errorf("%d commits, %v; git has %d", len(all), err, want)
	}
	for _, path := range sampleNames {
		last, err := r.History.LastChange(path)
		if want := strings.TrimSpace(git(t, dir, "log", "-1", "--format=%H", "--", path)); last.ID != want || err != nil {
			t.Errorf("%s: %s, %v; git says %s", path, last.ID, err, want)
		}
	}
}

// TestContentsBehindFilters: what git-lfs and git-crypt keep is named as such,
// in the work tree and in the commit, and no filter is run.
func TestContentsBehindFilters(t *testing.T) {
	dir := gitInit(t)
	ran := filepath.Join(dir, "ran")
	write(t, dir, map[string]string{
		".gitattributes": "*.png filter=lfs diff=lfs -text\n*.tfvars filter=git-crypt diff=git-crypt\n",
		"image.png":      "version https://git-lfs.github.com/spec/v1\noid sha256:" + strings.Repeat("a", 64) + "\nsize 5\n",
		"secret.tfvars":  "\x00GITCRYPT\x00\x01\x02\x03", "main.tf": "",
	})
	commitAll(t, dir)
	for _, filter := range []string{"lfs", "git-crypt"} {
		for _, key := range []string{"smudge", "clean", "process"} {
			git(t, dir, "config", "filter."+filter+"."+key, "touch "+ran)
		}
	}
	for _, rev := range []string{"", "HEAD"} {
		r := opened(t, dir, Options{Rev: rev})
		for path, want := range map[string]error{"image.png": ErrLFS, "secret.tfvars": ErrEncrypted, "main.tf": nil} {
			if _, err := r.Read(path); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", path, err, want)
			}
			if _, err := r.History.LastChange(path); err != nil {
				t.Errorf("LastChange(%s): %v", path, err)
			}
		}
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a filter ran")
	}
}
