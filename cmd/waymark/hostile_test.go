package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/waymark-dev/waymark/internal/hostile"
)

const (
	// hostileTime bounds the scan of one hostile file, on a machine that has
	// other things to do.
	hostileTime = 60 * time.Second
	// hostilePeak bounds its memory, in bytes.
	hostilePeak = 400 << 20
)

// TestHostileRepositories: the program ends in time and within its memory, says
// what it could not read, shows no secret and leaves nothing behind.
func TestHostileRepositories(t *testing.T) {
	for _, c := range hostile.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			root := filepath.Join(folder, "shop")
			if err := c.Write(root); errors.Is(err, os.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
				t.Skip("this system makes no such files: ", err)
			} else {
				must(t, err)
			}
			said := scanHostile(t, folder, root)
			for _, text := range c.Hidden {
				for format, report := range said {
					if strings.Contains(report, text) {
						t.Errorf("the %s report shows %q", format, text)
					}
				}
			}
			for path, reason := range c.Blind {
				blindIn(t, said, path, reason)
			}
			left, err := os.ReadDir(folder)
			must(t, err)
			if len(left) != 1 {
				t.Errorf("the scan left %v behind", left)
			}
		})
	}
}

// scanHostile scans as a process of its own and gives all reports.
func scanHostile(t *testing.T, folder, root string) map[string]string {
	t.Helper()
	out := t.TempDir()
	args := []string{"scan"}
	for _, name := range formatNames() {
		args = append(args, "-o", name+"="+filepath.Join(out, name))
	}
	ctx, stop := context.WithTimeout(t.Context(), hostileTime)
	defer stop()
	c := process(t, folder, []string{"TMPDIR=" + folder}, append(args, root)...)
	kill := context.AfterFunc(ctx, func() { _ = c.Process.Kill() })
	defer kill()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Run(); err != nil {
		t.Fatalf("%v: %.2000s", err, stderr.String())
	}
	if peak := peakOf(c.ProcessState); peak > hostilePeak && !raceEnabled {
		t.Errorf("the scan took %d MB, more than %d", peak>>20, hostilePeak>>20)
	}
	said := map[string]string{}
	for _, name := range formatNames() {
		data, err := os.ReadFile(filepath.Join(out, name))
		must(t, err)
		said[name] = string(data)
	}
	return said
}

// blindIn says where a path is not told to be unread.
func blindIn(t *testing.T, said map[string]string, path, reason string) {
	t.Helper()
	var report struct {
		Repositories []struct {
			BlindSpots []struct{ Path, Reason string }
		}
	}
	must(t, json.Unmarshal([]byte(said["json"]), &report))
	spots := report.Repositories[0].BlindSpots
	if !slices.ContainsFunc(spots, func(s struct{ Path, Reason string }) bool {
		return s.Path == path && strings.Contains(s.Reason, reason)
	}) {
		t.Errorf("%s is no blind spot because of %q: %v", path, reason, spots)
	}
	for _, format := range []string{"table", "sarif", "markdown", "html"} {
		if !strings.Contains(said[format], path) {
			t.Errorf("the %s report does not name %s", format, path)
		}
	}
}
