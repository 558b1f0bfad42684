package history_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/internal/objects"
)

// subjects are the first lines of commits' messages.
func subjects(commits []detect.Commit) []string {
	var found []string
	for _, c := range commits {
		found = append(found, c.Subject)
	}
	return found
}

func changes(t *testing.T, h *history.History, path string) []string {
	t.Helper()
	commits, err := h.Changes(path)
	must(t, err)
	return subjects(commits)
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestChangesAndLastChange(t *testing.T) {
	b := newBuilder(t)
	f := files{"README.md": "1", "infra/main.tf": "1", "infra/mod/a.tf": "1"}
	one := b.commit("one", f)
	two := b.commit("two", f.with(files{"infra/mod/a.tf": "2"}), one)
	side := b.commit("side", f.with(files{"README.md": "2"}), one)
	merged := b.commit("merge", f.with(files{"README.md": "2", "infra/mod/a.tf": "2"}), two, side)
	head := b.commit("head", f.with(files{"README.md": "2", "infra/mod/a.tf": "2", "new": "1"}), merged)
	h := b.history(head)

	for path, want := range map[string]string{"README.md": "side", "infra/main.tf": "one", "infra/mod": "two", "infra": "two", "infra/": "two", "": "head", ".": "head"} {
		c, err := h.LastChange(path)
		must(t, err)
		same(t, "LastChange "+path, c.Subject, want)
	}
	same(t, "file", changes(t, h, "README.md"), []string{"side", "one"})
	same(t, "folder", changes(t, h, "infra"), []string{"two", "one"})
	same(t, "root", changes(t, h, "."), []string{"head", "side", "two", "one"})
	same(t, "unknown", changes(t, h, "nowhere"), nil)
	if _, err := h.LastChange("nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("LastChange of an unknown path: %v", err)
	}
	all, err := h.Commits()
	must(t, err)
	same(t, "commits", subjects(all), []string{"head", "merge", "side", "two", "one"})
}

func TestChangesFollowMoves(t *testing.T) {
	b := newBuilder(t)
	f := files{"old/a": "contents of a", "old/b": "contents of b", "x": "x"}
	one := b.commit("one", f)
	two := b.commit("two", f.with(files{"old/a": "more of a"}), one)
	moved := files{"new/a": "more of a", "new/b": "contents of b", "x": "x"}
	three := b.commit("move", moved, two)
	head := b.commit("head", moved.with(files{"new/b": "more of b"}), three)
	h := b.history(head)

	same(t, "moved file", changes(t, h, "new/a"), []string{"two", "one"})
	same(t, "moved and changed", changes(t, h, "new/b"), []string{"head", "one"})
	same(t, "moved folder", changes(t, h, "new"), []string{"head", "two", "one"})
	last, err := h.LastChange("new/a")
	must(t, err)
	same(t, "git log names the move", last.Subject, "move")
}

func TestRemoval(t *testing.T) {
	b := newBuilder(t)
	f := files{"docs/a.md": "about a", "docs/b.md": "about b", "gone": "gone", "stay": "stay", "twice": "moved twice", "lost": "lost"}
	one := b.commit("one", f)
	two := b.commit("move", f.with(files{"docs/a.md": "", "docs/b.md": "", "guides/a.md": "about a", "guides/b.md": "about b"}), one)
	f = f.with(files{"docs/a.md": "", "docs/b.md": "", "guides/a.md": "about a", "guides/b.md": "about b", "gone": ""})
	three := b.commit("delete", f, two)
	four := b.commit("first", f.with(files{"twice": "", "once": "moved twice", "lost": "", "lost2": "lost"}), three)
	f = f.with(files{"twice": "", "now": "moved twice", "lost": ""})
	head := b.commit("second", f, four)
	h := b.history(head)

	for _, want := range []struct{ path, subject, to string }{
		{"docs/a.md", "move", "guides/a.md"},
		{"docs", "move", "guides"},
		{"docs/", "move", "guides"},
		{"gone", "delete", ""},
		{"twice", "first", "now"},
		{"lost", "first", ""}, // moved, and removed later
	} {
		r, found, err := h.Removal(want.path)
		must(t, err)
		if !found || r.Commit.Subject != want.subject || r.To != want.to {
			t.Errorf("Removal(%q) = %v, %q to %q; want %q to %q", want.path, found, r.Commit.Subject, r.To, want.subject, want.to)
		}
	}
	for _, path := range []string{"stay", "guides", "never", ""} {
		if _, found, err := h.Removal(path); found || err != nil {
			t.Errorf("Removal(%q) = %v, %v", path, found, err)
		}
	}
}

func TestRemovalByRenameWithEdits(t *testing.T) {
	b := newBuilder(t)
	text := "module\nwith\nsome\nlines\nof\ntext\n"
	one := b.commit("one", files{"old.tf": text, "sub/other.tf": "x"})
	head := b.commit("rename", files{"new.tf": text + "more\n", "unlike.tf": "something else\nof the same length\n"}, one)
	h := b.history(head)
	for path, to := range map[string]string{"old.tf": "new.tf", "sub/other.tf": "", "sub": ""} {
		r, found, err := h.Removal(path)
		must(t, err)
		if !found || r.To != to {
			t.Errorf("Removal(%q) = %v to %q, want %q", path, found, r.To, to)
		}
	}
}

func TestRemovalByMerge(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"a": "1", "b": "1"})
	side := b.commit("side", files{"a": "1", "b": "2"}, one)
	main := b.commit("main", files{"a": "2", "b": "1"}, one)
	merged := b.commit("merge", files{"b": "2"}, main, side)
	r, found, err := b.history(b.commit("head", files{"b": "3"}, merged)).Removal("a")
	must(t, err)
	if !found || r.Commit.Subject != "merge" {
		t.Errorf("Removal = %v, %q", found, r.Commit.Subject)
	}
}

func TestSweeping(t *testing.T) {
	b := newBuilder(t)
	f := files{}
	for i := range 100 {
		f[fmt.Sprintf("dir/%d", i)] = "1"
	}
	one := b.commit("one", f)
	some, many := f, f
	for i := range 51 {
		many = many.with(files{fmt.Sprintf("dir/%d", i): "2"})
		if i < 50 {
			some = many
		}
	}
	two := b.commit("fifty", some, one)
	three := b.commit("all", many.with(files{"dir/60": "3"}), b.commit("back", f, two))
	commits, err := b.history(three).Commits()
	must(t, err)
	got := map[string]bool{}
	for _, c := range commits {
		got[c.Subject] = c.Sweeping
	}
	same(t, "sweeping", got, map[string]bool{"one": true, "fifty": false, "back": false, "all": true})
}

func TestLandedAndShipped(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"a": "1"})
	side := b.commit("side", files{"a": "1", "b": "1"}, one)
	b.tag("v1", one)
	two := b.commit("two", files{"a": "2"}, one)
	merged := b.commit("merge", files{"a": "2", "b": "1"}, two, side)
	fix := b.commit("fix", files{"a": "1", "c": "1"}, two) // of a release branch
	b.tag("v2", fix)
	b.tag("v3", merged)
	head := b.commit("head", files{"a": "3"}, merged)
	h := b.history(head)

	commits, err := h.Commits()
	must(t, err)
	landed := map[string]string{}
	for _, c := range commits {
		landed[c.Subject] = c.Landed.Sub(c.When).String()
	}
	same(t, "landed", landed, map[string]string{"one": "0s", "side": "2h1m0s", "two": "0s", "merge": "0s", "head": "0s"})

	tags, err := h.Tags()
	must(t, err)
	shipped, err := h.Shipped(tags)
	must(t, err)
	got := map[string][]string{}
	for i, tag := range tags {
		got[tag.Name] = subjects(shipped[i])
	}
	same(t, "time of the tag, not of its commit", tags[2].When.Sub(tags[2].Commit.When).String(), "1h1m0s")
	same(t, "shipped", got, map[string][]string{"v1": {"one"}, "v2": {"two"}, "v3": {"merge", "side"}})
}

func TestBlank(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"doc": "a b\nc\n", "dir/x": "1", "dir/y": "2"})
	two := b.commit("reflow", files{"doc": "a\nb c\n\n", "dir/x": "1 ", "dir/y": "3"}, one)
	h := b.history(two)
	head, err := h.Head()
	must(t, err)
	for path, want := range map[string]bool{"doc": true, "dir/x": true, "dir": false, "dir/y": false, "none": false} {
		got, err := h.Blank(head, path)
		must(t, err)
		same(t, "Blank "+path, got, want)
	}
}

func TestContents(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"dir/doc": "old\n"})
	two := b.commit("two", files{"dir/doc": "new\n"}, one)
	h := b.history(two)
	commits, err := h.Commits()
	must(t, err)
	for i, want := range []string{"new\n", "old\n"} {
		got, err := h.Contents(commits[i], "dir/doc")
		must(t, err)
		same(t, "Contents of "+commits[i].Subject, string(got), want)
	}
	for _, path := range []string{"dir", "none", "dir/doc/none"} {
		got, err := h.Contents(commits[0], path)
		must(t, err)
		same(t, "Contents of "+path, len(got), 0)
	}
}

func TestTagsOfACloneWithoutTags(t *testing.T) {
	b := newBuilder(t)
	b.untagged = true
	h := b.history(b.commit("one", files{"doc": "a"}))
	if _, err := h.Tags(); err == nil || !strings.Contains(err.Error(), "git fetch --tags") {
		t.Errorf("the tags of a clone without tags are told with %v", err)
	}
}

func TestMessages(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("Add a thing", files{"a": "1"})
	b.author = "renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>"
	two := b.commit("\nRevert \"Add a thing\"\n\nThis reverts commit "+one.String()+".", files{"a": "2"}, one)
	b.author = "Ann Other <other@example.com>"
	three := b.commit("Fix\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>", files{"a": "3"}, two)
	commits, err := b.history(three).Commits()
	must(t, err)
	if commits[2].Author != commits[0].Author || commits[1].Author == commits[0].Author {
		t.Errorf("authors are %q", []string{commits[0].Author, commits[1].Author, commits[2].Author})
	}
	if strings.Contains(fmt.Sprint(commits), "example") {
		t.Error("an address shows")
	}
	same(t, "bot", []bool{commits[0].Bot, commits[1].Bot}, []bool{false, true})
	same(t, "assisted", []bool{commits[0].Assisted, commits[1].Assisted}, []bool{true, false})
	same(t, "reverts", commits[1].Reverts, one.String())
	same(t, "subject", commits[1].Subject, `Revert "Add a thing"`)
}

func TestMailmapOfTheScannedCommit(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"a": "1"})
	b.author = "ann <a@old.example>"
	two := b.commit("two", files{"a": "2", ".mailmap": "# people\nAnn Other <ann@example.org> <A@old.example>\n"}, one)
	h := b.history(two)
	commits, err := h.Commits()
	must(t, err)
	same(t, "author", commits[0].Author, commits[1].Author)
	head, err := h.Head()
	must(t, err)
	commits[0].Author = ""
	same(t, "head", head, commits[0])
}

func TestShallow(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"a": "1", "b": "1"})
	two := b.commit("two", files{"a": "1", "b": "2"}, one)
	head := b.commit("three", files{"a": "1", "b": "3"}, two)
	b.overlay.Shallow = map[objects.ID]bool{two: true}
	b.remove(one)
	h := b.history(head)

	_, err := h.Commits()
	if !errors.Is(err, detect.ErrShallow) || !strings.Contains(err.Error(), "git fetch --unshallow") || !strings.Contains(err.Error(), "fetch-depth: 0") {
		t.Errorf("Commits of a shallow clone: %v", err)
	}
	_, err = h.Tags()
	if !errors.Is(err, detect.ErrShallow) {
		t.Errorf("Tags of a shallow clone: %v", err)
	}
	if _, err = h.LastChange("a"); !errors.Is(err, detect.ErrShallow) {
		t.Errorf("a path that has not changed since the boundary: %v", err)
	}
	c, err := h.LastChange("b")
	must(t, err)
	same(t, "a path that has", c.Subject, "three")
	c, err = h.Head()
	must(t, err)
	same(t, "head", c.Subject, "three")
}

func TestNoHistory(t *testing.T) {
	b := newBuilder(t)
	for _, h := range []detect.History{b.history(objects.Zero), history.None{}} {
		if _, err := h.Head(); !errors.Is(err, detect.ErrNoHistory) {
			t.Errorf("Head: %v", err)
		}
		if _, err := h.Changes("a"); !errors.Is(err, detect.ErrNoHistory) {
			t.Errorf("Changes: %v", err)
		}
	}
}

func TestMissingObjects(t *testing.T) {
	b := newBuilder(t)
	f := files{"dir/a": "1"}
	one := b.commit("one", f)
	head := b.commit("two", files{"dir/a": "2"}, one)
	b.remove(b.tree(files{"a": "1"}))
	if _, err := b.history(head).LastChange("dir/a"); !errors.Is(err, objects.ErrMissing) || !strings.Contains(err.Error(), "git fetch --refetch") {
		t.Errorf("a missing tree: %v", err)
	}
	b.remove(one)
	if _, err := b.history(head).Commits(); !errors.Is(err, objects.ErrMissing) {
		t.Errorf("a missing commit: %v", err)
	}
}

func TestBlobsAreNotNeeded(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"a": "1"})
	head := b.commit("two", files{"a": "2", "b": "1"}, one)
	b.remove(b.object(3, "1"))
	b.remove(b.object(3, "2"))
	h := b.history(head)
	same(t, "changes", changes(t, h, "a"), []string{"two", "one"})
	c, err := h.Head()
	must(t, err)
	blank, err := h.Blank(c, "a")
	must(t, err)
	same(t, "blank", blank, false)
}

func TestCancelled(t *testing.T) {
	b := newBuilder(t)
	head := b.commit("one", files{"a": "1"})
	store, err := objects.Open(b.folder)
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := history.New(ctx, store, head, history.Options{}).Commits(); !errors.Is(err, context.Canceled) {
		t.Errorf("Commits after the end: %v", err)
	}
}

// TestGitBomb: ten folders that all are the same ten folders, and so on.
func TestGitBomb(t *testing.T) {
	b := newBuilder(t)
	id := b.object(3, "boom")
	entry := "100644"
	for range 9 {
		raw := ""
		for i := range 10 {
			raw += fmt.Sprintf("%s f%d\x00%s", entry, i, id[:])
		}
		id, entry = b.object(2, raw), "40000"
	}
	head := b.object(1, fmt.Sprintf("tree %s\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nboom\n", id))
	if _, err := b.history(head).Commits(); err == nil || !strings.Contains(err.Error(), "more paths") {
		t.Errorf("Commits of a bomb: %v", err)
	}
}

func TestConcurrentQuestions(t *testing.T) {
	b := newBuilder(t)
	one := b.commit("one", files{"a": "1", "b": "1"})
	head := b.commit("two", files{"a": "2"}, one)
	h := b.history(head)
	done := make(chan error)
	for range 8 {
		go func() {
			_, err := h.Changes("a")
			_, _, err2 := h.Removal("b")
			_, err3 := h.Tags()
			done <- errors.Join(err, err2, err3)
		}()
	}
	for range 8 {
		must(t, <-done)
	}
}
