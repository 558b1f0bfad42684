package objects

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func readBlob(t *testing.T, r *Reader, id ID) string {
	t.Helper()
	data, err := r.Blob(id, 1<<20)
	must(t, err)
	return string(data)
}

func TestPackedObjects(t *testing.T) {
	folder := t.TempDir()
	base := whole(kindBlob, "a base")
	near := packed{kind: kindOffsetDelta, body: appending(6, ", near"), id: whole(kindBlob, "a base, near").id}
	named := packed{kind: kindNamedDelta, base: near.id, body: appending(12, ", named"), id: whole(kindBlob, "a base, near, named").id}
	near.back = int64(len("a base") + 9) // head, deflated bytes
	writePack(t, folder, base, near, named)
	near.back = distance(t, folder, base.id, near.id)
	writePack(t, folder, base, near, named)

	r := open(t, folder).Reader()
	for range 2 { // unpacked, then remembered
		for id, want := range map[ID]string{base.id: "a base", near.id: "a base, near", named.id: "a base, near, named"} {
			if got := readBlob(t, r, id); got != want {
				t.Errorf("blob is %q, want %q", got, want)
			}
		}
	}
	if _, err := r.Blob(named.id, 10); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a blob above the limit: %v", err)
	}
	if _, err := r.Tree(base.id); err == nil || !strings.Contains(err.Error(), "is a blob and not a tree") {
		t.Errorf("a blob as a tree: %v", err)
	}
}

// distance is how far apart two objects lie in the pack.
func distance(t *testing.T, folder string, a, b ID) int64 {
	t.Helper()
	data, err := open(t, folder).packs[0].open()
	must(t, err)
	from, _ := data.index.find(a)
	to, _ := data.index.find(b)
	return to - from
}

// TestHostilePacks: each must end in an error, soon and without much memory.
func TestHostilePacks(t *testing.T) {
	one, two := ID{1}, ID{2}
	for name, test := range map[string]struct {
		entries []packed
		want    error
	}{
		"a cycle of deltas":        {[]packed{{kind: kindNamedDelta, id: one, base: two, body: appending(1, "a")}, {kind: kindNamedDelta, id: two, base: one, body: appending(1, "b")}}, errChain},
		"a delta on itself":        {[]packed{{kind: kindNamedDelta, id: one, base: one, body: appending(1, "a")}}, errChain},
		"an offset of nothing":     {[]packed{{kind: kindOffsetDelta, id: one, body: appending(1, "a")}}, errDamaged},
		"a base before the file":   {[]packed{{kind: kindOffsetDelta, id: one, back: 100, body: appending(1, "a")}}, errDamaged},
		"a base that is not there": {[]packed{{kind: kindNamedDelta, id: one, base: ID{9}, body: appending(1, "a")}}, errDamaged},
		"an unknown type":          {[]packed{{kind: 5, id: one, body: "a"}}, errDamaged},
		"a claim of gigabytes":     {[]packed{{kind: kindBlob, id: one, body: "a", size: 1 << 40}}, ErrTooLarge},
		"a claim of too much":      {[]packed{{kind: kindBlob, id: one, body: "a", size: 1 << 19}}, errDamaged},
		"more than claimed":        {[]packed{{kind: kindBlob, id: one, body: strings.Repeat("a", 1000), size: 10}}, errDamaged},
		"a delta that swells":      {[]packed{whole(kindBlob, "a"), {kind: kindNamedDelta, id: one, base: whole(kindBlob, "a").id, body: "\x01\xff\xff\xff\xff\x0f\x90\x01"}}, ErrTooLarge},
		"a delta of another base":  {[]packed{whole(kindBlob, "ab"), {kind: kindNamedDelta, id: one, base: whole(kindBlob, "ab").id, body: appending(1, "b")}}, errDamaged},
		"a delta that is cut off":  {[]packed{whole(kindBlob, "ab"), {kind: kindNamedDelta, id: one, base: whole(kindBlob, "ab").id, body: "\x02\x09\x90"}}, errDamaged},
		"an empty delta":           {[]packed{whole(kindBlob, "ab"), {kind: kindNamedDelta, id: one, base: whole(kindBlob, "ab").id}}, errDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			writePack(t, folder, test.entries...)
			if _, err := open(t, folder).Reader().Blob(one, 1<<20); !errors.Is(err, test.want) {
				t.Errorf("error is %v, want %v", err, test.want)
			}
		})
	}
}

func TestTruncatedPack(t *testing.T) {
	folder := t.TempDir()
	e := whole(kindBlob, "some contents")
	path := writePack(t, folder, e)
	must(t, os.Truncate(path, 20))
	_, err := open(t, folder).Reader().Blob(e.id, 1<<20)
	if !errors.Is(err, errDamaged) || !strings.Contains(err.Error(), "ends too early") {
		t.Errorf("error is %v", err)
	}
}

// TestUnreadablePack: the object may well be in it, and the error says so.
func TestUnreadablePack(t *testing.T) {
	for _, harm := range []func(pack string) error{
		os.Remove,
		func(pack string) error {
			return os.WriteFile(strings.TrimSuffix(pack, "pack")+"idx", []byte("junk"), 0o644)
		},
		func(pack string) error { return os.Truncate(strings.TrimSuffix(pack, "pack")+"idx", 1050) },
		func(pack string) error { return os.Truncate(strings.TrimSuffix(pack, "pack")+"idx", 0) },
	} {
		folder := t.TempDir()
		e := whole(kindBlob, "some contents")
		must(t, harm(writePack(t, folder, e)))
		_, err := open(t, folder).Reader().Blob(e.id, 1<<20)
		if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "pack-1") {
			t.Errorf("error is %v", err)
		}
	}
}

func TestLooseObjects(t *testing.T) {
	folder := t.TempDir()
	good := writeLoose(t, folder, kindBlob, "loose")
	empty := writeLoose(t, folder, kindBlob, "empty file")
	writeFile(t, loosePath(folder, empty), "")
	cut := writeLoose(t, folder, kindBlob, strings.Repeat("cut off ", 1000))
	must(t, os.Truncate(loosePath(folder, cut), 20))
	dir := ID{7}
	must(t, os.MkdirAll(loosePath(folder, dir), 0o755))

	r := open(t, folder).Reader()
	if got := readBlob(t, r, good); got != "loose" {
		t.Errorf("blob is %q", got)
	}
	if _, err := r.Blob(good, 2); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a blob above the limit: %v", err)
	}
	for _, id := range []ID{empty, cut, dir} {
		if _, err := r.Blob(id, 1<<20); err == nil || errors.Is(err, ErrMissing) {
			t.Errorf("a damaged object: %v", err)
		}
	}
	if _, err := r.Blob(ID{9}, 1<<20); !errors.Is(err, ErrMissing) {
		t.Errorf("a missing object: %v", err)
	}
}

func TestAlternates(t *testing.T) {
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, name, "objects") }
	id := writeLoose(t, at("far"), kindBlob, "far")
	writeLoose(t, at("plain"), kindBlob, "plain")
	writePack(t, at("near"), whole(kindBlob, "near"))
	writeFile(t, filepath.Join(at("near"), "info", "alternates"), "# borrowed\n../../far/objects\n")
	writeFile(t, filepath.Join(at("far"), "info", "alternates"), at("near")+"\n"+at("nowhere")+"\n") // a circle
	writeFile(t, filepath.Join(at("own"), "info", "alternates"), at("near")+"\r\n")

	own := open(t, at("own"))
	if !own.Absent() || open(t, at("plain")).Absent() {
		t.Error("what is borrowed from nowhere is not told from what is there")
	}
	r := own.Reader()
	if got := readBlob(t, r, id) + readBlob(t, r, whole(kindBlob, "near").id); got != "farnear" {
		t.Errorf("blobs are %q", got)
	}
}

func TestOverlay(t *testing.T) {
	folder := t.TempDir()
	tree := writeLoose(t, folder, kindTree, "")
	commit := func(message string, parents ...ID) ID {
		raw := "tree " + tree.String() + "\n"
		for _, p := range parents {
			raw += "parent " + p.String() + "\n"
		}
		return writeLoose(t, folder, kindCommit, raw+"\n"+message)
	}
	one := commit("one")
	two := commit("two", one)
	three := commit("three", two)
	s := open(t, folder)
	s.Apply(Overlay{Shallow: map[ID]bool{two: true, one: true}, Grafts: map[ID][]ID{three: {one, two}}, Replaced: map[ID]ID{one: three}})
	r := s.Reader()

	c, err := r.Commit(two)
	must(t, err)
	if !c.Cut || len(c.Parents) != 0 {
		t.Errorf("a shallow commit has parents: %+v", c)
	}
	c, err = r.Commit(three)
	must(t, err)
	if c.Cut || len(c.Parents) != 2 {
		t.Errorf("a graft gives two parents: %+v", c)
	}
	c, err = r.Commit(one)
	must(t, err)
	if c.ID != one || c.Message != "three" {
		t.Errorf("a replaced commit keeps its name: %+v", c)
	}
}

func TestAnObjectLiesFarBehindInALargePack(t *testing.T) {
	index := []byte("\xfftOc\x00\x00\x00\x02")
	for range 256 {
		index = binary.BigEndian.AppendUint32(index, 1)
	}
	index = append(index, make([]byte, 20+4)...) // the object 0 and its checksum
	index = binary.BigEndian.AppendUint32(index, 1<<31)
	index = binary.BigEndian.AppendUint64(index, 3<<30)
	index = append(index, make([]byte, 2*20)...)
	x, err := readIndex(bytes.NewReader(index), int64(len(index)))
	must(t, err)
	if at, ok := x.find(ID{}); !ok || at != 3<<30 {
		t.Errorf("the object begins at %d, %v", at, ok)
	}
	if _, ok := x.find(ID{1}); ok {
		t.Error("an object that is not there is found")
	}
}
