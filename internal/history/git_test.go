//go:build git

package history_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/internal/objects"
)

// git runs the real git, free of the settings of whoever runs the test.
func git(t *testing.T, dir, input string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{
		"-C", dir, "-c", "user.name=Ann Other", "-c", "user.email=ann@example.org", "-c", "protocol.file.allow=always",
		"-c", "init.defaultBranch=main", "-c", "core.quotePath=false", "-c", "advice.detachedHead=false",
	}, args...)...)
	return run(t, cmd, input)
}

// shell runs a line of shell in a folder.
func shell(t *testing.T, dir, line string) string {
	t.Helper()
	cmd := exec.Command("sh", "-ec", line)
	cmd.Dir = dir
	return run(t, cmd, "")
}

func run(t *testing.T, cmd *exec.Cmd, input string) string {
	t.Helper()
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "LC_ALL=C")
	cmd.Stdin = strings.NewReader(input)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.String())
	}
	return string(out)
}

// openHistory opens the history of HEAD as the program does.
func openHistory(t *testing.T, dir string) *history.History {
	t.Helper()
	gitDir := strings.TrimSpace(git(t, dir, "", "rev-parse", "--absolute-git-dir"))
	common := strings.TrimSpace(git(t, dir, "", "rev-parse", "--path-format=absolute", "--git-common-dir"))
	refs, err := objects.ReadRefs(gitDir, common)
	if err != nil {
		t.Fatal(err)
	}
	store, err := objects.Open(filepath.Join(common, "objects"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	store.Apply(objects.ReadOverlay(common, refs))
	return history.New(t.Context(), store, refs.Head.ID, history.Options{Tags: refs.Tags})
}
