//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/waymark-dev/waymark/internal/hostile"
)

// manyFiles are enough files that a scan takes a while.
func manyFiles(t *testing.T) string {
	t.Helper()
	c := hostile.Case{Files: map[string]string{}}
	for i := range 1_500 {
		c.Files[fmt.Sprintf("k8s/%d/app.yaml", i)] = strings.Repeat("---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers: [{name: a, image: 'shop:1'}]\n", 5)
	}
	root := t.TempDir()
	must(t, c.Write(root))
	return root
}

// TestInterruptedAnywhere: the program ends within a second of Ctrl-C, whenever
// it comes, says so, and leaves the file of the report as it was.
func TestInterruptedAnywhere(t *testing.T) {
	root := manyFiles(t)
	out := t.TempDir()
	file := filepath.Join(out, "a.json")
	for _, after := range []time.Duration{0, 20, 60, 120, 300} {
		must(t, os.WriteFile(file, []byte("as it was"), 0o644))
		c := process(t, root, nil, "scan", "-o", "json="+file, root)
		var stderr bytes.Buffer
		c.Stderr = &stderr
		must(t, c.Start())
		time.Sleep(after * time.Millisecond)
		sent := time.Now()
		must(t, c.Process.Signal(os.Interrupt))
		err := c.Wait()
		if took := time.Since(sent); took > 3*time.Second && !raceEnabled {
			t.Errorf("after %d ms: it took %v to stop", after, took)
		}
		data, readErr := os.ReadFile(file)
		must(t, readErr)
		whole := bytes.HasSuffix(bytes.TrimSpace(data), []byte("}"))
		if err == nil && !whole || err != nil && string(data) != "as it was" && !whole {
			t.Errorf("after %d ms the report is broken: %v, %.80s", after, err, data)
		}
		left, readErr := os.ReadDir(out)
		must(t, readErr)
		if len(left) != 1 {
			t.Errorf("after %d ms: %v is left", after, left)
		}
	}
}

// TestFullDisk: what cannot be written whole is told, with the file.
func TestFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no full device")
	}
	root := checkout(t, []txtar.File{{Name: "main.tf", Data: []byte("resource \"null_resource\" \"a\" {}\n")}})
	code, _, stderr := waymark(t, "scan", "-o", "json=/dev/full", root)
	if code != exitIncomplete || !strings.Contains(stderr, "write /dev/full") || !strings.Contains(stderr, "no space") {
		t.Errorf("exit code %d and %q", code, stderr)
	}
}

// TestFewFileDescriptors: a low limit is enough, or is told.
func TestFewFileDescriptors(t *testing.T) {
	root := manyFiles(t)
	for _, limit := range []int{12, 64} {
		self, err := os.Executable()
		must(t, err)
		c := exec.CommandContext(t.Context(), "sh", "-c", fmt.Sprintf("ulimit -n %d && exec \"$@\"", limit), "sh", self, "scan", "--format", "json", root)
		c.Env = append(os.Environ(), "WAYMARK_IS_THE_TEST=1")
		var stdout, stderr bytes.Buffer
		c.Stdout, c.Stderr = &stdout, &stderr
		err = c.Run()
		var failed *exec.ExitError
		switch {
		case err == nil && bytes.Contains(stdout.Bytes(), []byte("too many open files")):
			t.Errorf("with %d descriptors files are left unread", limit)
		case errors.As(err, &failed) && failed.ExitCode() != exitIncomplete, err != nil && !strings.Contains(stderr.String(), "too many open files"):
			t.Errorf("with %d descriptors: %v, %.500s", limit, err, stderr.String())
		}
	}
}

// TestFilesThatVanish: what goes away between the listing and the reading is a
// blind spot, and nothing else changes.
func TestFilesThatVanish(t *testing.T) {
	root := manyFiles(t)
	c := process(t, root, nil, "scan", "--format", "json", root)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	must(t, c.Start())
	time.Sleep(50 * time.Millisecond)
	must(t, os.RemoveAll(filepath.Join(root, "k8s", "1499")))
	must(t, os.RemoveAll(filepath.Join(root, "k8s", "700")))
	if err := c.Wait(); err != nil || !bytes.Contains(stdout.Bytes(), []byte(`"verdict"`)) {
		t.Errorf("%v: %.500s", err, stderr.String())
	}
}
