//go:build git

package history_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// upstream is a repository of a random history, with tags.
func upstream(t *testing.T) string {
	dir := t.TempDir()
	git(t, dir, "", "init", "-q", "--bare")
	git(t, dir, "", "config", "uploadpack.allowFilter", "true")
	git(t, dir, newStream(7).write(120), "fast-import", "--quiet", "--force")
	for i, rev := range []string{"main~9", "main~5", "main~2", "work"} {
		git(t, dir, "", "tag", "-a", "-m", "notes", "v"+string(rune('1'+i)), rev)
	}
	git(t, dir, "", "branch", "-D", "-q", "work")
	return dir
}

func TestHistoryOfClones(t *testing.T) {
	from := upstream(t)
	for name, line := range map[string]string{
		"whole":        "git clone -q --no-checkout file://FROM x",
		"alternates":   "git clone -q --no-checkout --shared FROM x",
		"without blob": "git clone -q --no-checkout --filter=blob:none file://FROM x",
		"work tree":    "git clone -q --no-checkout FROM y; git -C y worktree add -q --no-checkout ../x HEAD~3",
		"replaced":     "git clone -q --no-checkout FROM x; git -C x replace HEAD~2 HEAD~4; git -C x replace --graft HEAD~6 HEAD~20",
		"grafted":      "git clone -q --no-checkout FROM x; cd x; echo $(git rev-parse HEAD~3 HEAD~8 HEAD~11) > .git/info/grafts",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			shell(t, dir, strings.ReplaceAll(line, "FROM", from))
			sameLastChanges(t, dir+"/x")
			commits, err := openHistory(t, dir+"/x").Commits()
			must(t, err)
			if want := strings.Fields(git(t, dir+"/x", "", "rev-list", "HEAD")); len(commits) != len(want) {
				t.Errorf("%d commits, git has %d", len(commits), len(want))
			}
		})
	}
}

func TestHistoryThatCannotTell(t *testing.T) {
	from := upstream(t)
	for name, test := range map[string]struct {
		line string
		want error
	}{
		"shallow":       {"git clone -q --no-checkout --depth=2 file://FROM x", detect.ErrShallow},
		"without trees": {"git clone -q --no-checkout --filter=tree:0 file://FROM x", objects.ErrMissing},
		"empty":         {"git init -q x", detect.ErrNoHistory},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			shell(t, dir, strings.ReplaceAll(test.line, "FROM", from))
			if _, err := openHistory(t, dir+"/x").Changes("a"); !errors.Is(err, test.want) {
				t.Errorf("error is %v, want %v", err, test.want)
			}
		})
	}
}

// TestShippedIsTagContains compares with `git rev-list`, tag by tag.
func TestShippedIsTagContains(t *testing.T) {
	dir := upstream(t)
	h := openHistory(t, dir)
	tags, err := h.Tags()
	must(t, err)
	if len(tags) != 4 {
		t.Fatalf("%d tags", len(tags))
	}
	shipped, err := h.Shipped(tags)
	must(t, err)
	head := strings.Fields(git(t, dir, "", "rev-list", "HEAD"))
	older := []string{}
	for i := len(tags) - 1; i >= 0; i-- { // the tags' own times may be equal: the order that was given counts
		contained := git(t, dir, "", append([]string{"rev-list", tags[i].Commit.ID, "--not"}, older...)...)
		want := 0
		for _, c := range head {
			want += strings.Count(contained, c)
		}
		if len(shipped[i]) != want {
			t.Errorf("%s ships %d commits, git says %d", tags[i].Name, len(shipped[i]), want)
		}
		older = append(older, tags[i].Commit.ID)
	}
}
