package history_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"

	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/internal/objects"
)

// A builder makes a repository of loose objects, commit by commit, each an
// hour after the one before.
type builder struct {
	t       *testing.T
	folder  string // of the objects
	when    time.Time
	author  string
	overlay objects.Overlay
	tags    []objects.Ref
	// untagged says that the clone was made without tags.
	untagged bool
}

func newBuilder(t *testing.T) *builder {
	return &builder{t: t, folder: t.TempDir(), when: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), author: "Ann Other <ann@example.org>"}
}

// A files is what a commit holds: contents by path.
type files map[string]string

// with is the same files with some changed; empty contents remove a file.
func (f files) with(changes files) files {
	all := files{}
	for path, text := range f {
		all[path] = text
	}
	for path, text := range changes {
		if all[path] = text; text == "" {
			delete(all, path)
		}
	}
	return all
}

func (b *builder) commit(message string, f files, parents ...objects.ID) objects.ID {
	b.t.Helper()
	b.when = b.when.Add(time.Hour)
	var raw strings.Builder
	fmt.Fprintf(&raw, "tree %s\n", b.tree(f))
	for _, p := range parents {
		fmt.Fprintf(&raw, "parent %s\n", p)
	}
	fmt.Fprintf(&raw, "author %s %d +0100\ncommitter %s %d +0100\n\n%s\n", b.author, b.when.Unix(), b.author, b.when.Unix(), message)
	return b.object(plumbing.CommitObject, raw.String())
}

func (b *builder) tag(name string, target objects.ID) {
	b.when = b.when.Add(time.Minute)
	raw := fmt.Sprintf("object %s\ntype commit\ntag %s\ntagger %s %d +0000\n\nnotes\n", target, name, b.author, b.when.Unix())
	b.tags = append(b.tags, objects.Ref{Name: name, ID: b.object(plumbing.TagObject, raw)})
}

func (b *builder) tree(f files) objects.ID {
	var raw bytes.Buffer
	below := map[string]files{}
	lines := map[string]string{} // by name as git sorts them
	for path, text := range f {
		if dir, rest, nested := strings.Cut(path, "/"); nested {
			if below[dir] == nil {
				below[dir] = files{}
			}
			below[dir][rest] = text
			continue
		}
		id := b.object(plumbing.BlobObject, text)
		lines[path] = "100644 " + path + "\x00" + string(id[:])
	}
	for dir, f := range below {
		id := b.tree(f)
		lines[dir+"/"] = "40000 " + dir + "\x00" + string(id[:])
	}
	var names []string
	for name := range lines {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		raw.WriteString(lines[name])
	}
	return b.object(plumbing.TreeObject, raw.String())
}

func (b *builder) object(kind plumbing.ObjectType, raw string) objects.ID {
	b.t.Helper()
	id := objects.ID(plumbing.ComputeHash(kind, []byte(raw)))
	name := id.String()
	path := filepath.Join(b.folder, name[:2], name[2:])
	if _, err := os.Stat(path); err == nil {
		return id
	}
	var file bytes.Buffer
	w := objfile.NewWriter(&file)
	must(b.t, w.WriteHeader(kind, int64(len(raw))))
	_, err := w.Write([]byte(raw))
	must(b.t, err)
	must(b.t, w.Close())
	must(b.t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(b.t, os.WriteFile(path, file.Bytes(), 0o644))
	return id
}

func (b *builder) remove(id objects.ID) {
	name := id.String()
	must(b.t, os.Remove(filepath.Join(b.folder, name[:2], name[2:])))
}

func (b *builder) history(head objects.ID) *history.History {
	store, err := objects.Open(b.folder)
	must(b.t, err)
	store.Apply(b.overlay)
	return history.New(b.t.Context(), store, head, history.Options{Tags: b.tags, Untagged: b.untagged})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
