package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
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

// minForeign is how many paths that are not there make a document one of
// another repository, where next to none is.
const minForeign = 4

// foreign says whether a document below the root names files that are not
// there, and next to none that is.
func foreign(t *detect.Tree, document string, paths []mention) bool {
	if path.Dir(document) == "." {
		return false
	}
	here, missing := map[string]bool{}, map[string]bool{}
	for _, m := range paths {
		switch {
		case m.pattern || m.rooted || m.gone || !strings.Contains(m.path, "/") || unkept(m.path):
		case slices.ContainsFunc(m.bases(document), func(base string) bool { return t.Has(path.Join(base, m.path)) }):
			here[m.path] = true
		default:
			missing[m.path] = true
		}
	}
	return len(missing) >= minForeign && len(missing) >= minForeign*len(here)
}

// otherClone is how a sentence says in which repository something lies or is
// run.
var otherClone = regex.New("(?i)\\b(?:inside|in|from|within) (?:(?:an?|the|its own|their own) )?(?:[`*\\[]*([\\w./-]+)[`*\\]]*(?:\\([^)]*\\))? (?:repo|repository|repository's)\\b|(checkout of)\\b|([\\w-]+-repo)\\b)")

// sibling is what a sentence calls another repository without a name.
var sibling = regex.New(`(?i)\b(?:sibling|separate|another|other|private) repo(?:sitory|sitories|s)?\b`)

// ownWords are what a sentence calls the repository that it stands in.
var ownWords = []string{"a", "the", "this", "same", "our", "your", "current", "git", "github", "gitlab", "root", "local", "cloned", "whole", "entire", "main", "parent", "source", "public", "code", "existing"}

// elsewhere says whether a sentence speaks of another repository than the one of
// a name.
func elsewhere(name, sentence string) bool {
	if sibling.MatchString(sentence) {
		return true
	}
	for _, m := range otherClone.FindAllStringSubmatch(sentence, 4) {
		other := strings.ToLower(m[1] + m[2] + m[3])
		if !slices.Contains(ownWords, other) && !strings.Contains(strings.ToLower(name), path.Base(other)) {
			return true
		}
	}
	return false
}
