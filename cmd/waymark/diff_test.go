package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
	"golang.org/x/tools/txtar"
)

// change lays files over a checkout, removes some, and commits everything.
func change(t *testing.T, root, files string, removed ...string) {
	t.Helper()
	for _, name := range removed {
		must(t, os.RemoveAll(filepath.Join(root, filepath.FromSlash(name))))
	}
	for _, f := range txtar.Parse([]byte(files)).Files {
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, f.Data, 0o644))
	}
	repository, err := git.PlainOpen(root)
	must(t, err)
	tree, err := repository.Worktree()
	must(t, err)
	must(t, tree.AddWithOptions(&git.AddOptions{All: true}))
	who := &object.Signature{Name: "Ada", Email: "ada@example.org", When: time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)}
	_, err = tree.Commit("Change", &git.CommitOptions{Author: who, Committer: who})
	must(t, err)
}

// differs is what the JSON of a difference says.
type differs struct {
	Base, Head          struct{ Stage int }
	Gained, Lost, Other []struct{ ID, From, To string }
	New, Fixed          []struct{ Check, Path string }
	Kept                int
}

func diffOf(t *testing.T, root string, args ...string) differs {
	t.Helper()
	code, stdout, stderr := waymark(t, append([]string{"diff", "--repository", root, "--format", "json"}, args...)...)
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var d differs
	must(t, json.Unmarshal([]byte(stdout), &d))
	return d
}

func TestDiffTellsWhatAChangeDoes(t *testing.T) {
	root := configured(t, "")
	change(t, root, `-- README.md --
# Shop

It sells things. See [the guide](guide.md) and [the other](other.md).
-- Makefile --
test:
	go test ./...
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make test
`)
	d := diffOf(t, root, "HEAD~1", "HEAD")
	gained := map[string]string{}
	for _, c := range d.Gained {
		gained[c.ID] = c.To
	}
	if gained["continuous-integration"] != "met" || len(d.Lost) > 0 {
		t.Errorf("gained %v, lost %v", d.Gained, d.Lost)
	}
	links := 0
	for _, g := range d.New {
		if g.Check == "docs/dead-link" {
			links++
		}
	}
	if links != 1 {
		t.Errorf("new gaps %v, want the second dead link: only the line of the first one changed", d.New)
	}
	back := diffOf(t, root, "HEAD", "HEAD~1")
	if len(back.Lost) != len(d.Gained) || len(back.Fixed) != len(d.New) {
		t.Errorf("the way back loses %d of %d criteria and fixes %d of %d gaps", len(back.Lost), len(d.Gained), len(back.Fixed), len(d.New))
	}
	code, _, stderr := waymark(t, "diff", "--repository", root, "HEAD", "HEAD~1", "--fail-on", "regression")
	if code != exitHolds || !strings.Contains(stderr, "regression") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	if code, _, _ := waymark(t, "diff", "--repository", root, "HEAD~1", "--fail-on", "regression"); code != exitDone {
		t.Errorf("a change that only gains fails: exit code %d", code)
	}
	if code, _, _ := waymark(t, "diff", "--repository", root, "HEAD~1", "--fail-on", "gap"); code != exitHolds {
		t.Errorf("a new gap passes --fail-on gap: exit code %d", code)
	}
	if code, _, _ := waymark(t, "diff", "--repository", root, "HEAD", "--fail-on", "gap"); code != exitDone {
		t.Errorf("the gaps that were there before count: exit code %d", code)
	}
}

func TestMovesMakeNoNewGaps(t *testing.T) {
	root := configured(t, "")
	moved := strings.Replace(service, "-- main.tf --\n", "-- infra/live/main.tf --\n# Moved down by a comment.\n\n", 1)
	change(t, root, moved, "main.tf")
	d := diffOf(t, root, "HEAD~1")
	if len(d.New)+len(d.Fixed) > 0 || d.Kept == 0 {
		t.Errorf("new %v, fixed %v, kept %d; want all kept", d.New, d.Fixed, d.Kept)
	}
}

func TestDiffForPeople(t *testing.T) {
	root := configured(t, "")
	change(t, root, "-- docs/a.md --\n# `A` @team <b>\n\n[x](gone.md)\n")
	code, text, _ := waymark(t, "diff", "--repository", root, "HEAD~1")
	if code != exitDone || !strings.Contains(text, "New gaps (1)") || !strings.Contains(text, "docs/a.md:3") || !strings.Contains(text, "as before") {
		t.Errorf("exit code %d:\n%s", code, text)
	}
	file := filepath.Join(t.TempDir(), "comment.md")
	if code, stdout, stderr := waymark(t, "diff", "--repository", root, "HEAD~1", "-f", "markdown", "--output", file); code != exitDone || stdout != "" {
		t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
	}
	data, err := os.ReadFile(file)
	must(t, err)
	if !strings.HasPrefix(string(data), "<!-- waymark-diff -->\n## Waymark: ") || !strings.Contains(string(data), "`docs/dead-link`") {
		t.Errorf("the comment is\n%s", data)
	}
}

func TestABaselineHidesWhatItKnows(t *testing.T) {
	root := configured(t, "")
	file := filepath.Join(t.TempDir(), "baseline.json")
	if code, _, stderr := waymark(t, "scan", "--baseline", file, root); code != exitUsage || !strings.Contains(stderr, "write it with --write-baseline") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	if code, _, stderr := waymark(t, "scan", "--baseline", file, "--write-baseline", root); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	code, text, stderr := waymark(t, "scan", "--baseline", file, "--fail-on", "gap", "--fail-on", "regression", root)
	if code != exitDone || strings.Contains(text, "docs/dead-link") {
		t.Errorf("exit code %d, %s, the known gaps are shown: %v", code, stderr, strings.Contains(text, "docs/dead-link"))
	}
	if !strings.Contains(text, "none that is new; not shown: ") {
		t.Errorf("the report does not say that there are gaps:\n%s", text)
	}
	change(t, root, "-- docs/a.md --\n# A\n\n[x](gone.md)\n", "main.tf")
	code, text, stderr = waymark(t, "scan", "--baseline", file, "--fail-on", "gap", root)
	if code != exitHolds || !strings.Contains(text, "docs/a.md:3") || !strings.Contains(stderr, "--fail-on 'gap' holds: docs/a.md:3 docs/dead-link") {
		t.Errorf("exit code %d, %q, and the new gap is shown: %v", code, stderr, strings.Contains(text, "docs/a.md:3"))
	}
	code, _, stderr = waymark(t, "scan", "--baseline", file, "--fail-on", "regression", root)
	if code != exitHolds || !strings.Contains(stderr, "infrastructure-as-code was met and is unmet") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	must(t, os.WriteFile(file, []byte("{}"), 0o644))
	if code, _, stderr := waymark(t, "scan", "--baseline", file, root); code != exitUsage || !strings.Contains(stderr, "write it again") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	if code, _, stderr := waymark(t, "scan", "--fail-on", "regression", root); code != exitUsage || !strings.Contains(stderr, "needs --baseline") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}

func TestSinceComparesWithACommit(t *testing.T) {
	root := configured(t, "")
	change(t, root, "-- docs/a.md --\n# A\n\n[x](gone.md)\n", "main.tf")
	code, text, _ := waymark(t, "scan", "--since", "HEAD~1", "--fail-on", "gap", root)
	if code != exitHolds || !strings.Contains(text, "docs/a.md:3") || strings.Contains(text, "README.md:3") {
		t.Errorf("exit code %d:\n%s", code, text)
	}
	if code, _, stderr := waymark(t, "scan", "--since", "HEAD~1", "--fail-on", "regression", root); code != exitHolds || !strings.Contains(stderr, "infrastructure-as-code") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	if code, _, stderr := waymark(t, "scan", "--since", "nowhere", root); code != exitIncomplete || !strings.Contains(stderr, `--since nowhere: `) {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}
