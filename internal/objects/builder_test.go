package objects

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"
)

// A packed is one entry of a pack made by hand, honest or not.
type packed struct {
	kind kind
	id   ID     // under which the index lists it
	back int64  // distance to the base of an offset delta
	base ID     // of a named delta
	body string // contents, or the delta
	size int    // that the head claims; 0 for the truth
}

// writePack writes a pack and its index below an object folder, and returns
// the pack's path.
func writePack(t testing.TB, folder string, entries ...packed) string {
	t.Helper()
	var pack bytes.Buffer
	index := new(idxfile.Writer)
	pack.WriteString("PACK\x00\x00\x00\x02")
	must(t, binary.Write(&pack, binary.BigEndian, uint32(len(entries))))
	must(t, index.OnHeader(uint32(len(entries))))
	for _, e := range entries {
		at := pack.Len()
		e.write(t, &pack)
		must(t, index.OnInflatedObjectContent(plumbing.Hash(e.id), int64(at), crc32.ChecksumIEEE(pack.Bytes()[at:]), nil))
	}
	sum := sha1.Sum(pack.Bytes())
	pack.Write(sum[:])
	must(t, index.OnFooter(sum))
	path := filepath.Join(folder, "pack", "pack-1.pack")
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, pack.Bytes(), 0o644))
	memory, err := index.Index()
	must(t, err)
	var idx bytes.Buffer
	_, err = idxfile.NewEncoder(&idx).Encode(memory)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(folder, "pack", "pack-1.idx"), idx.Bytes(), 0o644))
	return path
}

func (e packed) write(t testing.TB, pack *bytes.Buffer) {
	size := e.size
	if size == 0 {
		size = len(e.body)
	}
	first := byte(e.kind)<<4 | byte(size&15)
	for size >>= 4; size > 0; size >>= 7 {
		pack.WriteByte(first | 0x80)
		first = byte(size & 0x7f)
	}
	pack.WriteByte(first)
	switch e.kind {
	case kindOffsetDelta:
		pack.WriteByte(byte(e.back)) // short distances only
	case kindNamedDelta:
		pack.Write(e.base[:])
	}
	w := zlib.NewWriter(pack)
	_, err := w.Write([]byte(e.body))
	must(t, err)
	must(t, w.Close())
}

// whole is an honest entry.
func whole(k kind, body string) packed {
	return packed{kind: k, body: body, id: ID(plumbing.ComputeHash(plumbing.ObjectType(k), []byte(body)))}
}

// appending is a delta that copies size bytes of its base and adds more.
func appending(size int, more string) string {
	return string([]byte{byte(size), byte(size + len(more)), 0x90, byte(size), byte(len(more))}) + more
}

// writeLoose writes an object into a file of its own.
func writeLoose(t testing.TB, folder string, k kind, body string) ID {
	t.Helper()
	id := whole(k, body).id
	var file bytes.Buffer
	w := objfile.NewWriter(&file)
	must(t, w.WriteHeader(plumbing.ObjectType(k), int64(len(body))))
	_, err := w.Write([]byte(body))
	must(t, err)
	must(t, w.Close())
	writeFile(t, loosePath(folder, id), file.String())
	return id
}

func loosePath(folder string, id ID) string {
	return filepath.Join(folder, id.String()[:2], id.String()[2:])
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, []byte(text), 0o644))
}

func open(t testing.TB, folder string) *Store {
	t.Helper()
	s, err := Open(folder)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
