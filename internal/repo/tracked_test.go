package repo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/google/go-cmp/cmp"
)

// entryOf is one entry of a tree as git stores it.
func entryOf(mode, name string, id plumbing.Hash) []byte {
	return append([]byte(mode+" "+name+"\x00"), id[:]...)
}

// hostile makes a bare repository whose commit has the tree that make returns;
// put stores an object.
func hostile(t *testing.T, make func(put func(plumbing.ObjectType, []byte) plumbing.Hash) plumbing.Hash) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bare.git")
	r, err := gogit.PlainInitWithOptions(dir, &gogit.PlainInitOptions{Bare: true, InitOptions: gogit.InitOptions{DefaultBranch: plumbing.Main}})
	if err != nil {
		t.Fatal(err)
	}
	put := func(kind plumbing.ObjectType, data []byte) plumbing.Hash {
		o := &plumbing.MemoryObject{}
		o.SetType(kind)
		if _, err := o.Write(data); err != nil {
			t.Fatal(err)
		}
		id, err := r.Storer.SetEncodedObject(o)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	who := "A <a@example.org> 1700000000 +0000"
	commit := put(plumbing.CommitObject, fmt.Appendf(nil, "tree %s\nauthor %s\ncommitter %s\n\nhostile\n", make(put), who, who))
	if err := r.Storer.SetReference(plumbing.NewHashReference(plumbing.Main, commit)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestNamesThatNoFileCanHaveAreLeftOut(t *testing.T) {
	dir := hostile(t, func(put func(plumbing.ObjectType, []byte) plumbing.Hash) plumbing.Hash {
		blob := put(plumbing.BlobObject, []byte("x"))
		var tree []byte
		for _, name := range []string{"..", ".", ".git", ".GIT", "../../etc/passwd", "/etc/passwd", "good.tf"} {
			tree = append(tree, entryOf("100644", name, blob)...)
		}
		return put(plumbing.TreeObject, tree)
	})
	r := opened(t, dir, Options{})
	if diff := cmp.Diff([]string{"good.tf"}, names(r)); diff != "" {
		t.Error(diff)
	}
	if len(r.Blind) != 6 || !errors.Is(r.Blind[0].Err, ErrName) {
		t.Errorf("Blind = %v", r.Blind)
	}
}

func TestTreesThatHoldThemselvesManyTimesEnd(t *testing.T) {
	for _, leaf := range []string{"100644", "40000"} { // with files, and without any
		dir := hostile(t, func(put func(plumbing.ObjectType, []byte) plumbing.Hash) plumbing.Hash {
			id := put(plumbing.BlobObject, nil)
			if leaf == "40000" {
				id = put(plumbing.TreeObject, nil)
			}
			for _, mode := range []string{leaf, "40000", "40000", "40000"} {
				var tree []byte
				for i := range 200 {
					tree = append(tree, entryOf(mode, fmt.Sprintf("%03d", i), id)...)
				}
				id = put(plumbing.TreeObject, tree)
			}
			return id
		})
		o := opening{ctx: context.Background(), place: discover(dir), repository: &Repository{}}
		if err := o.openGit(); err != nil {
			t.Fatal(err)
		}
		c, err := o.reader.Commit(o.head)
		if err != nil {
			t.Fatal(err)
		}
		known := newTracked()
		known.room = 1000
		known.addTree(o.ctx, c.Tree, "", false, o.reader)
		if len(known.files) > 1000 || len(known.blind) != 1 || !errors.Is(known.blind[0].Err, ErrTooManyFiles) {
			t.Errorf("%d files, blind: %v", len(known.files), known.blind)
		}
		if err := o.repository.Close(); err != nil {
			t.Error(err)
		}
	}
}

// indexOf is an index of version 2 or 4 with regular files of the given names.
func indexOf(version uint32, names ...string) []byte {
	data := binary.BigEndian.AppendUint32([]byte("DIRC"), version)
	data = binary.BigEndian.AppendUint32(data, uint32(len(names)))
	for _, name := range names {
		start := len(data)
		data = append(data, make([]byte, statLength+idLength+2)...)
		binary.BigEndian.PutUint32(data[start+24:], 0o100644)
		if version == 4 {
			data = append(append(append(data, 0), name...), 0)
			continue
		}
		data = append(append(data, name...), 0)
		for (len(data)-start)%8 != 0 {
			data = append(data, 0)
		}
	}
	return append(data, make([]byte, idLength)...)
}

func TestIndexIsBounded(t *testing.T) {
	good := indexOf(2, "a.tf", "dir/b.tf")
	if entries, err := parseIndex(good); err != nil || len(entries) != 2 || entries[1].path != "dir/b.tf" {
		t.Fatalf("%v, %v", entries, err)
	}
	for length := range good {
		if _, err := parseIndex(good[:length]); err == nil && length < len(good)-idLength {
			t.Errorf("an index cut at %d is taken as whole", length)
		}
	}
	huge := bytes.Clone(good)
	binary.BigEndian.PutUint32(huge[8:], 1<<31-1)
	growing := indexOf(4, make([]string, 5000)...) // each name repeats the one before
	for name, data := range map[string][]byte{
		"count": huge, "version 9": indexOf(9, "a"), "no names": growing, "text": []byte("hello"), "empty": nil,
		"split": append(good[:len(good)-idLength:len(good)-idLength], "link\x00\x00\x00\x01x00000000000000000000"...),
	} {
		if _, err := parseIndex(data); !errors.Is(err, errIndex) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIndexCannotNameFilesOutside(t *testing.T) {
	dir := committed(t, map[string]string{"main.tf": ""})
	secret := filepath.Join(filepath.Dir(dir), "secret")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	index := indexOf(2, "../secret", secret, ".git/config", "main.tf")
	if err := os.WriteFile(filepath.Join(dir, ".git", "index"), index, 0o644); err != nil {
		t.Fatal(err)
	}
	r := opened(t, dir, Options{})
	if diff := cmp.Diff([]string{"main.tf"}, names(r)); diff != "" {
		t.Error(diff)
	}
	if len(r.Blind) != 3 || !errors.Is(r.Blind[0].Err, ErrName) {
		t.Errorf("Blind = %v", r.Blind)
	}
}

func FuzzIndex(f *testing.F) {
	f.Add(indexOf(2, "a.tf", "dir/b.tf"))
	f.Add(indexOf(4, "a.tf", "b.tf"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, _ := parseIndex(data)
		for _, e := range entries {
			if len(e.path) > maxPath || e.path == "" {
				t.Errorf("path of %d bytes", len(e.path))
			}
		}
	})
}
