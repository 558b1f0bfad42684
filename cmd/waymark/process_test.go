package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/go-git/go-git/v5"
	"golang.org/x/tools/txtar"
)

// TestMain lets the test binary be the program, for tests that need a process
// and scripts that call it.
func TestMain(m *testing.M) {
	if os.Getenv("WAYMARK_IS_THE_TEST") != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is the program as a process of its own.
func process(t *testing.T, folder string, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	c := exec.CommandContext(t.Context(), self, args...)
	c.Dir = folder
	c.Env = append(os.Environ(), append(env, "WAYMARK_IS_THE_TEST=1")...)
	return c
}

// reports are all reports about a repository, by their formats.
func reports(t *testing.T, folder string, env []string, path string, args ...string) map[string][]byte {
	t.Helper()
	out := t.TempDir()
	args = append([]string{"scan"}, args...)
	for _, name := range formatNames() {
		args = append(args, "-o", name+"="+filepath.Join(out, name))
	}
	var stderr bytes.Buffer
	c := process(t, folder, env, append(args, path)...)
	c.Stderr = &stderr
	if err := c.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr.String())
	}
	made := map[string][]byte{}
	for _, name := range formatNames() {
		data, err := os.ReadFile(filepath.Join(out, name))
		must(t, err)
		made[name] = data
	}
	return made
}

// TestSameCommitSameBytes: neither the cores, the current folder, the locale,
// the time zone, the kind of clone nor what was scanned before has a say.
func TestSameCommitSameBytes(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("..", "..", "testdata", "monorepo.txtar"))
	must(t, err)
	root := checkout(t, archive.Files)
	want := reports(t, root, nil, root, "--jobs", "1")
	same := func(about string, got map[string][]byte) {
		t.Helper()
		for name, data := range want {
			if !bytes.Equal(data, got[name]) {
				t.Errorf("%s: the %s report differs", about, name)
			}
		}
	}
	same("on many cores", reports(t, root, nil, root, "--jobs", "16"))
	same("on one core", reports(t, root, []string{"GOMAXPROCS=1"}, root))
	same("from another folder", reports(t, filepath.Dir(root), nil, root))
	same("elsewhere in the world", reports(t, root, []string{"TZ=Asia/Kathmandu", "LC_ALL=tr_TR.UTF-8", "LANG=tr_TR.UTF-8"}, root))
	same("at a revision", reports(t, root, nil, root, "--rev", "HEAD"))

	bare := filepath.Join(t.TempDir(), "bare")
	_, err = git.PlainClone(bare, true, &git.CloneOptions{URL: root})
	must(t, err)
	must(t, os.RemoveAll(root))
	must(t, os.Rename(bare, root))
	same("from a bare clone", reports(t, filepath.Dir(root), nil, root))
}
