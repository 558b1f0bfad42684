//go:build unix

package repo

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

// linked makes a repository of a few files and the given symbolic links.
func linked(t *testing.T, links map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, map[string]string{"docs/guide.md": "text", "a/b/c.tf": ""})
	for name, target := range links {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLinksAreFollowedInsideOnly(t *testing.T) {
	dir := linked(t, map[string]string{
		"README.md": "docs/guide.md", "a/b/up.md": "../../docs/guide.md", "again.md": "README.md", "folder": "a/b", "through.tf": "folder/c.tf", "top": ".",
		"passwd": "/etc/passwd", "device": "/dev/zero", "climb": "../../../../../../etc/passwd", "inside": dir0 + "/docs", "nowhere": "missing.md", "me": "me", "x": "y", "y": "x", "deep": "deep/deep",
	})
	r := opened(t, dir, Options{})
	targets := map[string]string{}
	for _, e := range r.Tree.Entries() {
		if e.Mode == detect.Symlink && e.Target != "" {
			targets[e.Path] = e.Target
		}
	}
	want := map[string]string{"README.md": "docs/guide.md", "a/b/up.md": "docs/guide.md", "again.md": "docs/guide.md", "folder": "a/b", "through.tf": "a/b/c.tf", "top": "."}
	if diff := cmp.Diff(want, targets); diff != "" {
		t.Error(diff)
	}
	reasons := map[string]error{
		"passwd": ErrOutside, "device": ErrOutside, "climb": ErrOutside, "inside": ErrOutside, "me": ErrLinkLoop, "x": ErrLinkLoop, "y": ErrLinkLoop, "deep": ErrLinkLoop,
	}
	for path, err := range blindPaths(r) {
		if !errors.Is(err, reasons[path]) {
			t.Errorf("%s: %v", path, err)
		}
		if data, err := r.Read(path); err == nil {
			t.Errorf("%s was read: %q", path, data)
		}
	}
	if len(r.Blind) != len(reasons) {
		t.Errorf("%d blind spots, want %d: %v", len(r.Blind), len(reasons), r.Blind)
	}
	if _, err := r.Read("nowhere"); !errors.Is(err, ErrDangling) {
		t.Errorf("nowhere: %v", err)
	}
	if data, err := r.Read("again.md"); string(data) != "text" || err != nil {
		t.Errorf("Read = %q, %v", data, err)
	}
	if !r.Tree.Has("top/folder/c.tf") || r.Tree.Has("folder/none") {
		t.Error("links to folders are not seen through")
	}
}

// dir0 is an absolute path: it leads outside whatever it names.
const dir0 = "/srv/checkout"

func TestOnlyRegularFilesAreOpened(t *testing.T) {
	dir := linked(t, nil)
	if err := syscall.Mkfifo(filepath.Join(dir, "main.tf"), 0o644); err != nil {
		t.Skip(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, ".gitignore"), 0o644); err != nil {
		t.Skip(err)
	}
	listener, err := net.Listen("unix", filepath.Join(dir, "s.sock"))
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = listener.Close() }()
	r := opened(t, dir, Options{})
	for _, path := range []string{"main.tf", ".gitignore", "s.sock"} {
		if err := blindPaths(r)[path]; !errors.Is(err, ErrNotRegular) || r.Tree.Has(path) {
			t.Errorf("%s: %v, in the tree: %v", path, err, r.Tree.Has(path))
		}
	}
}

func TestPipeInPlaceOfAFileDoesNotHang(t *testing.T) {
	dir := linked(t, nil)
	r := opened(t, dir, Options{})
	path := filepath.Join(dir, "docs/guide.md")
	if err := errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o644)); err != nil {
		t.Skip(err)
	}
	if _, err := r.Read("docs/guide.md"); !errors.Is(err, ErrNotRegular) {
		t.Error(err)
	}
}

func TestForbiddenFilesAndFoldersAreReported(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := committed(t, map[string]string{"closed/a.tf": "", "open/b.tf": "", "open/.gitignore": "c"})
	for _, name := range []string{"closed", "open/b.tf", "open/.gitignore"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "closed"), 0o755) })
	r := opened(t, dir, Options{})
	if diff := cmp.Diff([]string{"closed/a.tf", "open/.gitignore", "open/b.tf"}, names(r)); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{"closed", "open/.gitignore"} {
		if err := blindPaths(r)[path]; !errors.Is(err, ErrPermission) {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{"closed/a.tf", "open/b.tf"} {
		if _, err := r.Read(path); !errors.Is(err, ErrPermission) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// oddNames are names that break programs which print or parse them.
var oddNames = []string{"new\nline.tf", `quo"te.tf`, "per%20cent.tf", "tab\t.tf", "\x1b[31mred.tf", "back\\slash.tf", "\xff\xfe.tf", " lead.tf", "-rf", "a:b.tf", "COM1", "Same.tf", "same.tf"}

func TestOddNamesAreListedAndRead(t *testing.T) {
	files := map[string]string{}
	for _, name := range oddNames {
		files[name] = name
	}
	dir := t.TempDir()
	write(t, dir, files)
	r := opened(t, dir, Options{})
	if diff := cmp.Diff(sorted(oddNames...), names(r)); diff != "" {
		t.Skip("this file system changes names: " + diff)
	}
	for _, name := range oddNames {
		if data, err := r.Read(name); string(data) != name || err != nil {
			t.Errorf("Read(%q) = %q, %v", name, data, err)
		}
	}
}

func TestDeepFoldersEnd(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	path := strings.Repeat("d/", maxDepth+20)
	if err := root.MkdirAll(path, 0o755); err != nil {
		t.Skip(err)
	}
	r := opened(t, dir, Options{})
	if len(r.Blind) != 1 || !errors.Is(r.Blind[0].Err, ErrTooDeep) {
		t.Errorf("Blind = %v", r.Blind)
	}
}

func TestNestedRepositoriesAreLeftOut(t *testing.T) {
	dir := committed(t, map[string]string{"main.tf": "", "embedded/kept.tf": ""})
	write(t, dir, map[string]string{
		"clone/.git/HEAD": "ref: refs/heads/main\n", "clone/x.tf": "", "tree/.git": "gitdir: /srv/elsewhere\n", "tree/y.tf": "",
		"embedded/.git/HEAD": "ref: refs/heads/main\n", "embedded/untracked.tf": "", "plain/.git": "not a repository", "plain/z.tf": "", "empty/.git/description": "", "empty/w.tf": "",
	})
	if diff := cmp.Diff([]string{"embedded/kept.tf", "empty/w.tf", "main.tf", "plain/z.tf"}, names(opened(t, dir, Options{}))); diff != "" {
		t.Error(diff)
	}
}

func TestDiskIsNotLeft(t *testing.T) {
	dir := linked(t, map[string]string{"out": "/etc/passwd", "up": "../../../../../../etc/passwd", "etc": "/etc"})
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	for name, read := range map[string]func(string, int64) ([]byte, error){"read": d.read, "readInRoot": d.readInRoot} {
		for _, path := range []string{"out", "up", "etc/passwd", "../" + filepath.Base(dir) + "/../../../../etc/passwd", "/etc/passwd"} {
			if data, err := read(path, 1<<20); err == nil {
				t.Errorf("%s(%s) = %.20q", name, path, data)
			}
		}
		if data, err := read("docs/guide.md", 4); string(data) != "text" || err != nil {
			t.Errorf("%s = %q, %v", name, data, err)
		}
		if _, err := read("docs/guide.md", 3); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := read("docs", 3); !errors.Is(err, ErrNotRegular) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
