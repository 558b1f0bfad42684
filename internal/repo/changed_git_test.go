//go:build git

package repo

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestUncommittedChangesAreSeen(t *testing.T) {
	later := time.Now().Add(time.Hour)
	touch := func(dir, name string) error { return os.Chtimes(filepath.Join(dir, name), later, later) }
	for name, c := range map[string]struct {
		change func(t *testing.T, dir string) error
		want   bool
	}{
		"nothing": {func(*testing.T, string) error { return nil }, false},
		"ignored": {func(t *testing.T, dir string) error { write(t, dir, map[string]string{"x.log": ""}); return nil }, false},
		"touched": {func(_ *testing.T, dir string) error { return touch(dir, "main.tf") }, false},
		"same link": {func(_ *testing.T, dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "link")), os.Symlink("main.tf", filepath.Join(dir, "link")))
		}, false},
		"line ends": {func(t *testing.T, dir string) error {
			write(t, dir, map[string]string{"lines.md": "a\r\nb\r\n"})
			return touch(dir, "lines.md")
		}, false},
		"sparse": {func(t *testing.T, dir string) error { git(t, dir, "sparse-checkout", "set", "docs"); return nil }, false},
		"edited": {func(t *testing.T, dir string) error {
			write(t, dir, map[string]string{"main.tf": "ten"})
			return touch(dir, "main.tf")
		}, true},
		"staged": {func(t *testing.T, dir string) error {
			write(t, dir, map[string]string{"main.tf": "x"})
			git(t, dir, "add", ".")
			return nil
		}, true},
		"added": {func(t *testing.T, dir string) error {
			write(t, dir, map[string]string{"new.tf": "x"})
			git(t, dir, "add", ".")
			return nil
		}, true},
		"untracked": {func(t *testing.T, dir string) error { write(t, dir, map[string]string{"new.tf": "x"}); return nil }, true},
		"deleted":   {func(_ *testing.T, dir string) error { return os.Remove(filepath.Join(dir, "main.tf")) }, true},
		"unstaged":  {func(t *testing.T, dir string) error { git(t, dir, "rm", "-q", "--cached", "docs/a.md"); return nil }, true},
		"other link": {func(_ *testing.T, dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "link")), os.Symlink("x", filepath.Join(dir, "link")))
		}, true},
	} {
		dir := gitInit(t)
		write(t, dir, map[string]string{".gitignore": "*.log\n", "main.tf": "two", "docs/a.md": "a", "lines.md": "a\nb\n"})
		if err := os.Symlink("main.tf", filepath.Join(dir, "link")); err != nil {
			t.Fatal(err)
		}
		commitAll(t, dir)
		if err := c.change(t, dir); err != nil {
			t.Fatal(err)
		}
		if got, err := opened(t, dir, Options{}).Changed(); got != c.want || err != nil {
			t.Errorf("%s: Changed = %v, %v; want %v", name, got, err, c.want)
		}
		if got, err := opened(t, dir, Options{Rev: "HEAD"}).Changed(); got || err != nil {
			t.Errorf("%s: a commit is changed: %v, %v", name, got, err)
		}
	}
}
