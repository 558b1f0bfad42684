package objects

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Refs are the names that a repository gives to commits.
type Refs struct {
	Head Head
	// Branches are the local branches, by name ("main").
	Branches []Ref
	// Remote are the branches as the remotes had them ("origin/main").
	Remote []Ref
	// RemoteHead is the branch that origin/HEAD points at ("main"); empty
	// where it is not known.
	RemoteHead string
	// Tags are the tags, by name ("v1.0").
	Tags []Ref
	// Replaced are the objects that refs/replace puts in others' places.
	Replaced map[ID]ID
}

// A Head is what is checked out.
type Head struct {
	// Branch is the name of the branch; empty where HEAD is detached.
	Branch string
	// ID is the commit; Zero where the branch has none yet.
	ID ID
}

// A Ref is a name and what it points at.
type Ref struct {
	Name string
	ID   ID
	// Peeled is the commit behind an annotated tag, where packed-refs tells;
	// else Zero: ask Reader.Peel.
	Peeled ID
}

// ErrReftable says that the repository keeps its references in a reftable.
var ErrReftable = errors.New("the repository keeps its references in the reftable format, which is not supported; its files are scanned without history")

// maxRefs bounds how many references are taken in.
const maxRefs = 1 << 20

// ReadRefs reads the references of a repository. In a linked work tree gitDir
// has HEAD and commonDir everything else; else they are the same.
func ReadRefs(gitDir, commonDir string) (*Refs, error) {
	if info, err := os.Stat(filepath.Join(commonDir, "reftable")); err == nil && info.IsDir() {
		return nil, ErrReftable
	}
	all, err := readPacked(filepath.Join(commonDir, "packed-refs"))
	if err != nil {
		return nil, err
	}
	if err := readLooseRefs(commonDir, all); err != nil {
		return nil, err
	}
	refs := sortRefs(all)
	refs.Head, err = readHead(gitDir, all)
	return refs, err
}

// readLooseRefs adds the references that lie in files; they win.
func readLooseRefs(commonDir string, all map[string]target) error {
	count := 0
	return filepath.WalkDir(filepath.Join(commonDir, "refs"), func(path string, e fs.DirEntry, err error) error {
		if count++; count > maxRefs {
			return filepath.SkipAll
		}
		if err != nil || e.IsDir() {
			return nil
		}
		name, err := filepath.Rel(commonDir, path)
		if err != nil || !wanted(filepath.ToSlash(name)) {
			return nil
		}
		text, err := readText(path)
		if err != nil {
			return nil
		}
		return keep(all, filepath.ToSlash(name), strings.TrimSpace(text))
	})
}

func sortRefs(all map[string]target) *Refs {
	refs := &Refs{Replaced: map[ID]ID{}}
	for name, t := range all {
		id, peeled := resolve(all, t)
		kind, short, _ := strings.Cut(strings.TrimPrefix(name, "refs/"), "/")
		ref := Ref{Name: short, ID: id, Peeled: peeled}
		switch {
		case short == "origin/HEAD" && kind == "remotes":
			refs.RemoteHead = strings.TrimPrefix(t.symbolic, "refs/remotes/origin/")
		case id == Zero:
		case kind == "heads":
			refs.Branches = append(refs.Branches, ref)
		case kind == "remotes":
			refs.Remote = append(refs.Remote, ref)
		case kind == "tags":
			refs.Tags = append(refs.Tags, ref)
		case kind == "replace":
			if old, err := ParseID(short); err == nil {
				refs.Replaced[old] = id
			}
		}
	}
	for _, list := range [][]Ref{refs.Branches, refs.Remote, refs.Tags} {
		sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	}
	return refs
}

// resolve follows symbolic references as far as git does.
func resolve(all map[string]target, t target) (id, peeled ID) {
	for range 5 {
		if t.symbolic == "" {
			return t.id, t.peeled
		}
		t = all[t.symbolic]
	}
	return Zero, Zero
}

// readHead reads HEAD; an old one may be a symbolic link.
func readHead(gitDir string, all map[string]target) (Head, error) {
	path := filepath.Join(gitDir, "HEAD")
	text, err := os.Readlink(path)
	if err == nil && strings.HasPrefix(text, "refs/") {
		text = "ref: " + text
	} else if text, err = readText(path); err != nil {
		return Head{}, fmt.Errorf("reading HEAD: %w", err)
	}
	text = strings.TrimSpace(text)
	if to, ok := strings.CutPrefix(text, "ref:"); ok {
		to = strings.TrimSpace(to)
		id, _ := resolve(all, target{symbolic: to})
		return Head{Branch: strings.TrimPrefix(to, "refs/heads/"), ID: id}, nil
	}
	id, err := ParseID(text)
	if err != nil {
		return Head{}, fmt.Errorf("reading HEAD: %w", err)
	}
	return Head{ID: id}, nil
}
