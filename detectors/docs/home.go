package docs

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// homeOf gives the folder of the repository that a command of a document runs
// in, together with the folder that the command's options name; false where
// the document has led the reader elsewhere.
func homeOf(r *detect.Repo, document string, cs []typed) func(t typed, option string) (string, bool) {
	foreign := foreignFrom(r.Name, cs)
	return func(t typed, option string) (string, bool) {
		if foreign >= 0 && t.at.Start.Line >= foreign {
			return "", false
		}
		led := strings.TrimPrefix(strings.TrimPrefix(t.dir, r.Name+"/"), "./")
		if t.dir == r.Name {
			led = "."
		}
		if led == "?" {
			return "", false
		}
		led = path.Join(led, option)
		for _, base := range []string{path.Dir(document), "."} {
			if full := path.Join(base, led); r.Tree.Folder(full) {
				return full, true
			}
		}
		return "", false
	}
}

// foreignFrom is the line from which a document works in the clone of another
// repository; -1 where it does not.
func foreignFrom(name string, cs []typed) int {
	for _, t := range cs {
		if !t.has("git", "clone") {
			continue
		}
		for _, w := range t.words[2:] {
			if base := strings.TrimSuffix(path.Base(w), ".git"); strings.Contains(w, "/") && !strings.ContainsAny(w, "{<$") && !strings.EqualFold(base, name) {
				return t.at.Start.Line
			}
		}
	}
	return -1
}
