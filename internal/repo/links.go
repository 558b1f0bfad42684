package repo

import (
	"errors"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// maxLinks bounds how many symbolic links one path may lead through.
const maxLinks = 40

// linkText is what a symbolic link holds.
type linkText func(path string) (string, error)

// resolveLinks sets the targets of the symbolic links among the entries, and
// says which ones lead outside or in a circle; one that leads to nothing hides
// nothing. Everything is decided by the names listed; the system is not asked to
// follow anything.
func resolveLinks(entries []detect.Entry, text linkText) []detect.BlindSpot {
	l := links{texts: map[string]string{}, known: map[string]bool{".": true}}
	var blind []detect.BlindSpot
	failed := map[string]bool{}
	for _, e := range entries {
		l.learn(e.Path)
		if e.Mode != detect.Symlink {
			continue
		}
		target, err := text(e.Path)
		if err != nil {
			failed[e.Path] = true
			blind = append(blind, detect.BlindSpot{Path: e.Path, Err: reason(err, maxPath)})
		}
		l.texts[e.Path] = target
	}
	for i, e := range entries {
		if e.Mode != detect.Symlink || failed[e.Path] {
			continue
		}
		target, err := l.resolve(e.Path)
		if err != nil && !errors.Is(err, ErrDangling) {
			blind = append(blind, detect.BlindSpot{Path: e.Path, Err: err})
		}
		entries[i].Target = target
	}
	return blind
}

type links struct {
	texts map[string]string // of each link
	known map[string]bool   // every file, link and folder
}

func (l *links) learn(p string) {
	for ; !l.known[p]; p = path.Dir(p) {
		l.known[p] = true
	}
}

// resolve follows a path from the root to what is no link.
func (l *links) resolve(p string) (string, error) {
	done, todo := ".", p
	for hops := 0; todo != ""; {
		var name string
		name, todo, _ = strings.Cut(todo, "/")
		if name == ".." && done == "." {
			return "", ErrOutside
		}
		next := path.Join(done, name)
		text, isLink := l.texts[next]
		if !isLink {
			done = next
			continue
		}
		if hops++; hops > maxLinks {
			return "", ErrLinkLoop
		}
		if outside(text) {
			return "", ErrOutside
		}
		todo = strings.Trim(text+"/"+todo, "/")
	}
	if !l.known[done] {
		return "", ErrDangling
	}
	return done, nil
}

// outside says whether a link leads to one machine's own folders: an absolute
// path means nothing in another clone, even where it leads back inside.
func outside(text string) bool {
	return strings.HasPrefix(text, "/") || strings.HasPrefix(text, `\`) || len(text) > 1 && text[1] == ':'
}
