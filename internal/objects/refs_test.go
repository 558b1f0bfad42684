package objects

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func name(digit string) ID {
	id, _ := ParseID(strings.Repeat(digit, 40))
	return id
}

func TestRefs(t *testing.T) {
	dir := t.TempDir()
	hex := func(digit string) string { return strings.Repeat(digit, 40) }
	for path, text := range map[string]string{
		"HEAD": "ref: refs/heads/main\n",
		"packed-refs": "# pack-refs with: peeled fully-peeled sorted \n" + hex("1") + " refs/heads/main\n" + hex("2") + " refs/heads/old\n" +
			hex("3") + " refs/pull/1/head\n" + hex("4") + " refs/tags/v1\n^" + hex("5") + "\n" + hex("6") + " refs/remotes/origin/main\nnonsense\n\n" + hex("7") + " refs/tags/v2\r\n",
		"refs/heads/main":                "" + hex("8") + "\n",
		"refs/heads/feature/x":           hex("9") + "\n",
		"refs/heads/alias":               "ref: refs/heads/main",
		"refs/heads/broken":              "?",
		"refs/heads/loop":                "ref: refs/heads/loop",
		"refs/remotes/origin/HEAD":       "ref: refs/remotes/origin/main\n",
		"refs/replace/" + hex("a"):       hex("b"),
		"refs/stash":                     hex("c"),
		"refs/tags/nested/name/of/a.tag": hex("d"),
	} {
		writeFile(t, filepath.Join(dir, path), text)
	}
	got, err := ReadRefs(dir, dir)
	must(t, err)
	want := &Refs{
		Head:       Head{Branch: "main", ID: name("8")},
		Branches:   []Ref{{Name: "alias", ID: name("8")}, {Name: "feature/x", ID: name("9")}, {Name: "main", ID: name("8")}, {Name: "old", ID: name("2")}},
		Remote:     []Ref{{Name: "origin/main", ID: name("6")}},
		RemoteHead: "main",
		Tags:       []Ref{{Name: "nested/name/of/a.tag", ID: name("d")}, {Name: "v1", ID: name("4"), Peeled: name("5")}, {Name: "v2", ID: name("7")}},
		Replaced:   map[ID]ID{name("a"): name("b")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHead(t *testing.T) {
	for text, want := range map[string]Head{
		"ref: refs/heads/main\n":       {Branch: "main"}, // no commits yet
		strings.Repeat("a", 40) + "\n": {ID: name("a")},
	} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "HEAD"), text)
		refs, err := ReadRefs(dir, dir)
		must(t, err)
		if refs.Head != want {
			t.Errorf("HEAD %q is %+v", text, refs.Head)
		}
	}
}

func TestHeadOfAnotherWorkTree(t *testing.T) {
	common := t.TempDir()
	gitDir := filepath.Join(common, "worktrees", "w")
	writeFile(t, filepath.Join(common, "HEAD"), "ref: refs/heads/main")
	writeFile(t, filepath.Join(gitDir, "HEAD"), "ref: refs/heads/w")
	writeFile(t, filepath.Join(common, "refs/heads/w"), strings.Repeat("a", 40))
	refs, err := ReadRefs(gitDir, common)
	must(t, err)
	if want := (Head{"w", name("a")}); refs.Head != want {
		t.Errorf("HEAD is %+v", refs.Head)
	}
}

func TestUnsupportedRefs(t *testing.T) {
	sha256 := strings.Repeat("a", 64)
	for name, test := range map[string]struct {
		files map[string]string
		want  error
	}{
		"SHA-256 in HEAD":   {map[string]string{"HEAD": sha256}, ErrSHA256},
		"SHA-256 in a file": {map[string]string{"HEAD": "ref: refs/heads/main", "refs/heads/main": sha256}, ErrSHA256},
		"SHA-256 in a pack": {map[string]string{"HEAD": "ref: refs/heads/main", "packed-refs": sha256 + " refs/heads/main\n"}, ErrSHA256},
		"reftable":          {map[string]string{"HEAD": "ref: refs/heads/.invalid", "reftable/tables.list": ""}, ErrReftable},
		"no HEAD":           {nil, os.ErrNotExist},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for path, text := range test.files {
				writeFile(t, filepath.Join(dir, path), text)
			}
			if _, err := ReadRefs(dir, dir); !errors.Is(err, test.want) {
				t.Errorf("error is %v, want %v", err, test.want)
			}
		})
	}
}

func TestOverlayFiles(t *testing.T) {
	dir := t.TempDir()
	a, b := strings.Repeat("a", 40), strings.Repeat("b", 40)
	writeFile(t, filepath.Join(dir, "shallow"), a+"\njunk\n"+b+"\n")
	writeFile(t, filepath.Join(dir, "info/grafts"), "# why\n"+a+" "+b+"\n"+b+"\n")
	got := ReadOverlay(dir, &Refs{})
	want := Overlay{Shallow: map[ID]bool{name("a"): true, name("b"): true}, Grafts: map[ID][]ID{name("a"): {name("b")}, name("b"): {}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
