//go:build git

package objects_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/objects"
)

// sh runs a line of shell in a folder, with a git that knows nobody's settings.
func sh(t *testing.T, dir, line string) string {
	t.Helper()
	cmd := exec.Command("sh", "-ec", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "LC_ALL=C",
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.org", "GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.org",
		"GIT_CONFIG_COUNT=2", "GIT_CONFIG_KEY_0=protocol.file.allow", "GIT_CONFIG_VALUE_0=always", "GIT_CONFIG_KEY_1=init.defaultBranch", "GIT_CONFIG_VALUE_1=main")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, stderr.String())
	}
	return strings.TrimSpace(string(out))
}

// origin is a repository of 25 commits on one long file, with tags, packed
// with deltas.
func origin(t *testing.T) string {
	dir := t.TempDir()
	sh(t, dir, `git init -q; git config uploadpack.allowFilter true; git config uploadpack.allowAnySHA1InWant true
		seq 1 3000 > long; mkdir -p a/b; git add -A; git commit -qm one
		for i in $(seq 25); do echo $i >> long; echo $i > a/b/$i; git add -A; git commit -qm $i; done
		git tag light HEAD~3; git tag -a heavy -m notes HEAD~5; git tag -a blob -m notes HEAD:long; git branch old HEAD~9
		git repack -adfq --depth=50 --window=20; git pack-refs --all; git tag loose HEAD~1`)
	return dir
}

func openStore(t *testing.T, dir string) (*objects.Store, *objects.Refs) {
	t.Helper()
	gitDir := sh(t, dir, "git rev-parse --absolute-git-dir")
	common := sh(t, dir, "git rev-parse --path-format=absolute --git-common-dir")
	refs, err := objects.ReadRefs(gitDir, common)
	must(t, err)
	store, err := objects.Open(filepath.Join(common, "objects"))
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	store.Apply(objects.ReadOverlay(common, refs))
	return store, refs
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sameObjects compares what HEAD reaches with what git shows: the size of all
// blobs, a fifth of the commits and trees.
func sameObjects(t *testing.T, dir string) {
	t.Helper()
	store, _ := openStore(t, dir)
	r := store.Reader()
	for i, line := range strings.Split(sh(t, dir, "git rev-list --objects HEAD | cut -c1-40 | git cat-file --batch-check='%(objectname) %(objecttype) %(objectsize)'"), "\n") {
		var name, kind string
		var size int
		_, err := fmt.Sscan(line, &name, &kind, &size)
		must(t, err)
		id, err := objects.ParseID(name)
		must(t, err)
		switch {
		case kind == "blob":
			data, err := r.Blob(id, 1<<20)
			must(t, err)
			if len(data) != size {
				t.Errorf("blob %s has %d bytes, git says %d", id, len(data), size)
			}
		case kind == "tree" && i%5 == 0:
			sameTree(t, dir, r, id)
		case kind == "commit" && i%5 == 0:
			c, err := r.Commit(id)
			must(t, err)
			if want := sh(t, dir, "git show -s --format='%T %P|%an %ae %at %ct|%s' "+name); want != commitLine(c) {
				t.Errorf("commit is %q, git says %q", commitLine(c), want)
			}
		}
	}
}

func sameTree(t *testing.T, dir string, r *objects.Reader, id objects.ID) {
	t.Helper()
	entries, err := r.Tree(id)
	must(t, err)
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%06o %s %s", uint32(e.Mode), e.ID, e.Name))
	}
	if want := sh(t, dir, "git ls-tree --format='%(objectmode) %(objectname) %(path)' "+id.String()); want != strings.Join(got, "\n") {
		t.Errorf("tree is\n%s\ngit says\n%s", strings.Join(got, "\n"), want)
	}
}

func commitLine(c objects.Commit) string {
	var parents []string
	for _, p := range c.Parents {
		parents = append(parents, p.String())
	}
	subject, _, _ := strings.Cut(c.Message, "\n")
	return fmt.Sprintf("%s %s|%s %s %d %d|%s", c.Tree, strings.Join(parents, " "), c.Author.Name, c.Author.Email, c.AuthorTime.Unix(), c.CommitterTime.Unix(), subject)
}

func TestClones(t *testing.T) {
	from := origin(t)
	for name, clone := range map[string]string{
		"packed":                       "git clone -q --no-local file://%s x",
		"hard links":                   "git clone -q %s x",
		"alternates":                   "git clone -q --shared %s x",
		"alternates of alternates":     "git clone -q --shared %s y; git clone -q --shared y x",
		"relative alternates":          "git clone -q --shared %s x; realpath --relative-to=x/.git/objects %[1]s/.git/objects > x/.git/objects/info/alternates",
		"bare":                         "git clone -q --bare %s x",
		"loose":                        "git clone -q %s y; git init -q x; cat y/.git/objects/pack/*.pack | git -C x unpack-objects -q; git -C x update-ref HEAD $(git -C y rev-parse HEAD)",
		"two packs and a common index": "git clone -q %s x; cd x; for i in 1 2; do echo $i > new; git add new; git commit -qm $i; git repack -dq; done; git multi-pack-index write",
		"reference deltas":             "git clone -q %s x; cd x; git -c repack.useDeltaBaseOffset=false repack -adfq",
		"work tree":                    "git clone -q %s y; git -C y worktree add -q ../x HEAD~2",
		"separate git folder":          "git clone -q --separate-git-dir=there %s x",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			sh(t, dir, fmt.Sprintf(clone, from))
			sameObjects(t, filepath.Join(dir, "x"))
		})
	}
}

func TestRefsOfGit(t *testing.T) {
	from := origin(t)
	dir := t.TempDir()
	sh(t, dir, "git clone -q "+from+" x; cd x; git checkout -q -b topic; git pack-refs --all; git commit -q --allow-empty -m more; git checkout -q --detach HEAD~1")
	store, refs := openStore(t, dir+"/x")
	if got := refs.Head; got.Branch != "" || got.ID.String() != sh(t, dir+"/x", "git rev-parse HEAD") {
		t.Errorf("HEAD is %+v", got)
	}
	if refs.RemoteHead != "main" {
		t.Errorf("origin/HEAD is %q", refs.RemoteHead)
	}
	var got []string
	r := store.Reader()
	for _, tag := range refs.Tags {
		id, ok, err := r.Peel(tag.ID)
		must(t, err)
		if ok {
			got = append(got, tag.Name+" "+id.String())
		}
	}
	if want := sh(t, from, `for t in heavy light loose; do echo $t $(git rev-parse $t^{commit}); done`); want != strings.Join(got, "\n") {
		t.Errorf("tags are\n%s\ngit says\n%s", strings.Join(got, "\n"), want)
	}
	for _, b := range append(refs.Branches, refs.Remote...) {
		if want := sh(t, dir+"/x", "git rev-parse "+b.Name); want != b.ID.String() {
			t.Errorf("%s is %s, git says %s", b.Name, b.ID, want)
		}
	}
}

func TestShallowClone(t *testing.T) {
	from := origin(t)
	dir := t.TempDir()
	sh(t, dir, "git clone -q --depth=3 file://"+from+" x")
	sameObjects(t, dir+"/x")
	store, refs := openStore(t, dir+"/x")
	r := store.Reader()
	c, err := r.Commit(refs.Head.ID)
	for range 2 {
		must(t, err)
		c, err = r.Commit(c.Parents[0])
	}
	must(t, err)
	if !c.Cut || len(c.Parents) > 0 {
		t.Errorf("the third commit is not the last: %+v", c)
	}
}

func TestPartialClone(t *testing.T) {
	from := origin(t)
	dir := t.TempDir()
	sh(t, dir, "git clone -q --no-checkout --filter=blob:none file://"+from+" x")
	store, refs := openStore(t, dir+"/x")
	r := store.Reader()
	c, err := r.Commit(refs.Head.ID)
	must(t, err)
	folder, err := r.Tree(c.Tree)
	must(t, err)
	folder, err = r.Tree(folder[0].ID) // a
	must(t, err)
	folder, err = r.Tree(folder[0].ID) // a/b
	must(t, err)
	if _, err := r.Blob(folder[0].ID, 1<<20); !errors.Is(err, objects.ErrMissing) {
		t.Errorf("a blob that was not fetched: %v", err)
	}
}

func TestReplaceAndGrafts(t *testing.T) {
	dir := origin(t)
	sh(t, dir, "git replace HEAD~2 HEAD~4; git replace --graft HEAD~6 HEAD~20")
	store, refs := openStore(t, dir)
	r := store.Reader()
	var got []string
	for id := refs.Head.ID; ; {
		got = append(got, id.String())
		c, err := r.Commit(id)
		must(t, err)
		if len(c.Parents) == 0 {
			break
		}
		id = c.Parents[0]
	}
	if want := sh(t, dir, "git rev-list HEAD"); want != strings.Join(got, "\n") {
		t.Errorf("%d commits, git says\n%s", len(got), want)
	}
}

func TestSHA256(t *testing.T) {
	dir := t.TempDir()
	sh(t, dir, "git init -q --object-format=sha256; echo 1 > a; git add a; git commit -qm one")
	if _, err := objects.ReadRefs(dir+"/.git", dir+"/.git"); !errors.Is(err, objects.ErrSHA256) {
		t.Errorf("error is %v", err)
	}
}
