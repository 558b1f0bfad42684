package objects

import (
	"bytes"
	"errors"
	"strings"
)

// A Mode is what an entry of a tree is, as git writes it in octal; permissions
// are reduced to the two that git keeps.
type Mode uint32

// The modes.
const (
	Folder     Mode = 0o040000
	Regular    Mode = 0o100644
	Executable Mode = 0o100755
	Symlink    Mode = 0o120000
	Submodule  Mode = 0o160000
)

// A TreeEntry is one name in a tree. Names are bytes as they come; they may
// hold anything but NUL, even ".." and "/" in a hostile tree: see Plain.
type TreeEntry struct {
	Mode Mode
	Name string
	ID   ID
}

// Plain says whether the name is one that a file can have below the root.
func (e TreeEntry) Plain() bool {
	return e.Name != "" && e.Name != "." && e.Name != ".." && !strings.EqualFold(e.Name, ".git") && !strings.ContainsAny(e.Name, "/\x00")
}

var errTree = errors.New("tree is damaged")

// ParseTree reads the entries of a raw tree.
func ParseTree(raw []byte) ([]TreeEntry, error) {
	entries := make([]TreeEntry, 0, len(raw)/40+1)
	for len(raw) > 0 {
		e, rest, err := NextEntry(raw)
		if err != nil {
			return nil, err
		}
		entries = append(entries, TreeEntry{e.Mode, string(e.Name), ID(e.ID)})
		raw = rest
	}
	return entries, nil
}

// A RawEntry is an entry of a tree that shares the tree's bytes.
type RawEntry struct {
	Mode Mode
	Name []byte
	ID   []byte // 20 bytes
}

// NextEntry splits the first entry off a raw tree.
func NextEntry(raw []byte) (RawEntry, []byte, error) {
	var mode Mode
	i := 0
	for ; i < len(raw) && raw[i] != ' '; i++ {
		if raw[i] < '0' || raw[i] > '7' || i > 7 {
			return RawEntry{}, nil, errTree
		}
		mode = mode<<3 | Mode(raw[i]-'0')
	}
	if i == 0 || i == len(raw) {
		return RawEntry{}, nil, errTree
	}
	raw = raw[i+1:]
	end := bytes.IndexByte(raw, 0)
	if end <= 0 || end+21 > len(raw) {
		return RawEntry{}, nil, errTree
	}
	return RawEntry{canonical(mode), raw[:end], raw[end+1 : end+21]}, raw[end+21:], nil
}

// canonical reduces a mode as git does: old trees hold 100664 and the like.
func canonical(m Mode) Mode {
	switch m & 0o170000 {
	case 0o100000:
		if m&0o100 != 0 {
			return Executable
		}
		return Regular
	case 0o120000:
		return Symlink
	case 0o040000:
		return Folder
	}
	return Submodule
}
