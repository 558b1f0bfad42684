package objects

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseCommit(t *testing.T) {
	a, b := strings.Repeat("a", 40), strings.Repeat("b", 40)
	raw := "tree " + a + "\nparent " + a + "\nparent " + b + "\nauthor Ann <O'Ther> Other <ann@example.org> 1700000000 -0530\n" +
		"committer  <> 1 +0000\nencoding latin1\ngpgsig -----BEGIN\n tree " + b + "\n \n -----END\nmergetag object " + b + "\n\nsubject\n\nbody\n"
	got, err := ParseCommit([]byte(raw))
	must(t, err)
	want := Commit{
		Tree: name("a"), Parents: []ID{name("a"), name("b")}, Message: "subject\n\nbody\n",
		Author:        Person{"Ann", "O'Ther> Other <ann@example.org"},
		AuthorTime:    time.Date(2023, 11, 14, 16, 43, 20, 0, time.FixedZone("", -(5*60+30)*60)),
		CommitterTime: time.Unix(1, 0),
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApproxTime(0)); diff != "" {
		t.Error(diff)
	}
	if _, offset := got.AuthorTime.Zone(); offset != -19800 {
		t.Errorf("zone is %d", offset)
	}
}

func TestParseDamagedCommits(t *testing.T) {
	a := strings.Repeat("a", 40)
	for _, raw := range []string{"", "\n\n", "tree xyz\n\nx", "tree " + a + "\nparent 12\n\nx", "author A <a> 1 +0000\n\nx"} {
		if _, err := ParseCommit([]byte(raw)); err == nil {
			t.Errorf("%q is a commit", raw)
		}
	}
	for _, author := range []string{"", "<", ">", "A", "A <a", "A a> 1", "A <a> x", "A <a> 99999999999999999999 +0000", "A <a> -5 +9999", "A <a>1 +0000"} {
		c, err := ParseCommit([]byte("tree " + a + "\nauthor " + author + "\n\nx"))
		must(t, err)
		if c.AuthorTime.Year() > 1970 {
			t.Errorf("author %q wrote at %v", author, c.AuthorTime)
		}
	}
}

func TestParseTag(t *testing.T) {
	got, err := ParseTag([]byte("object " + strings.Repeat("a", 40) + "\ntype commit\ntag v1\ntagger Ann <a@b> 1 +0000\n\nnotes\n"))
	must(t, err)
	want := Tag{Target: name("a"), Name: "v1", Tagger: Person{"Ann", "a@b"}, Time: time.Unix(1, 0), Message: "notes\n"}
	if diff := cmp.Diff(want, got, cmpopts.EquateApproxTime(0)); diff != "" {
		t.Error(diff)
	}
	if _, err := ParseTag([]byte("type commit\n\n")); err == nil {
		t.Error("a tag of nothing")
	}
}

func TestParseTree(t *testing.T) {
	id := strings.Repeat("\x11", 20)
	raw := "100664 group\x00" + id + "100755 run\x00" + id + "120000 link\x00" + id + "40000 dir\x00" + id + "040000 old\x00" + id + "160000 sub\x00" + id + "100644 new\nline\x00" + id
	got, err := ParseTree([]byte(raw))
	must(t, err)
	var modes []Mode
	for _, e := range got {
		modes = append(modes, e.Mode)
	}
	if diff := cmp.Diff([]Mode{Regular, Executable, Symlink, Folder, Folder, Submodule, Regular}, modes); diff != "" {
		t.Error(diff)
	}
	if got[6].Name != "new\nline" || got[6].ID != name("1") {
		t.Errorf("last entry is %+v", got[6])
	}
	for _, raw := range []string{"1", " a\x00" + id, "100644 a\x00short", "100644 \x00" + id, "8 a\x00" + id, "100644", "1234567890 a\x00" + id} {
		if _, err := ParseTree([]byte(raw)); err == nil {
			t.Errorf("%q is a tree", raw)
		}
	}
}

func TestPlainNames(t *testing.T) {
	for name, want := range map[string]bool{"a": true, "a b\n": true, "...": true, ".github": true, "": false, ".": false, "..": false, ".git": false, ".GIT": false, "a/b": false} {
		if got := (TreeEntry{Name: name}).Plain(); got != want {
			t.Errorf("Plain(%q) = %v", name, got)
		}
	}
}

func FuzzParseTree(f *testing.F) {
	f.Add([]byte("100644 a\x00" + strings.Repeat("\x11", 20) + "40000 b\x00" + strings.Repeat("\x22", 20)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		entries, err := ParseTree(raw)
		for _, e := range entries {
			if err == nil && (e.Name == "" || strings.Contains(e.Name, "\x00")) {
				t.Errorf("an entry is called %q", e.Name)
			}
		}
	})
}

func FuzzParseCommit(f *testing.F) {
	f.Add([]byte("tree " + strings.Repeat("a", 40) + "\nparent " + strings.Repeat("b", 40) + "\nauthor A <a> 1 +0100\ncommitter A <a> 1 +0100\n\nx"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if c, err := ParseCommit(raw); err == nil && (c.Tree == Zero || c.AuthorTime.Year() > 10000) {
			t.Errorf("commit is %+v", c)
		}
	})
}

func FuzzParseTag(f *testing.F) {
	f.Add([]byte("object " + strings.Repeat("a", 40) + "\ntype commit\ntag v1\ntagger A <a> 1 +0000\n\nx"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if tag, err := ParseTag(raw); err == nil && tag.Target == Zero {
			t.Errorf("tag is %+v", tag)
		}
	})
}

func FuzzPackedRefs(f *testing.F) {
	f.Add("# pack-refs with: peeled\n" + strings.Repeat("a", 40) + " refs/tags/v1\n^" + strings.Repeat("b", 40) + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := parsePackedRefs(text)
		if err != nil {
			return
		}
		for _, ref := range sortRefs(all).Tags {
			if ref.ID == Zero {
				t.Errorf("tag %q points at nothing", ref.Name)
			}
		}
	})
}

func FuzzPackIndex(f *testing.F) {
	path := writePack(f, f.TempDir(), whole(kindBlob, "a"), whole(kindBlob, "b"))
	data, err := os.ReadFile(strings.TrimSuffix(path, "pack") + "idx")
	must(f, err)
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := readIndex(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		for i := 0; i+len(ID{}) <= len(x.names); i += len(ID{}) {
			if at, ok := x.find(ID(x.names[i : i+len(ID{})])); ok && at < 0 {
				t.Errorf("object %d begins at %d", i/len(ID{}), at)
			}
		}
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("\x02\x09\x90\x02\x03abc"))
	f.Fuzz(func(t *testing.T, delta []byte) {
		folder := t.TempDir()
		base := whole(kindBlob, "ab")
		writePack(t, folder, base, packed{kind: kindNamedDelta, id: ID{1}, base: base.id, body: string(delta)})
		if data, err := open(t, folder).Reader().Blob(ID{1}, 1<<20); err == nil && len(data) > 1<<20 {
			t.Error("larger than the limit")
		}
	})
}
