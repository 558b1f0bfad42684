package docs

import (
	"bytes"
	"slices"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A turnover is what became of the files that a document describes since its
// last change. Ten commits that raise a version and lower it again leave the
// document as right as it was.
type turnover struct {
	before, now [][]byte
	// longer counts the bytes of the longer of both texts of each file that is
	// named and more than values, shared those that both have.
	longer, shared int
	unknown        bool
}

// Bounds on what is compared for one document.
const (
	maxTurned      = 100
	maxTurnedBytes = 256 << 10 // of each file
)

// since compares the paths that changed behind a document's back. What was not
// there when the document was written, it never described.
func (a ageing) since(s Staleness) turnover {
	var t turnover
	head, err := a.repo.History.Head()
	if err != nil {
		return turnover{unknown: true}
	}
	for p, named := range a.files(s.Paths) {
		before, err := a.repo.History.Contents(s.Changed, p)
		now, errNow := a.repo.History.Contents(head, p)
		if err != nil || errNow != nil {
			t.unknown = true // a partial clone: nothing speaks for the document
			continue
		}
		if len(before) > 0 && len(before) <= maxTurnedBytes && len(now) <= maxTurnedBytes {
			t.add(before, now, named && !holdsValues(p))
		}
	}
	return t
}

// files are the files among some paths, true, and those in the folders among
// them, false.
func (a ageing) files(paths []string) map[string]bool {
	found := map[string]bool{}
	for _, p := range paths {
		if _, ok := a.repo.Tree.File(p); ok {
			found[p] = true
		}
	}
	for _, p := range paths {
		for _, e := range a.repo.Tree.Under(p) {
			if !found[e.Path] && len(found) < maxTurned {
				found[e.Path] = false
			}
		}
	}
	return found
}

func (t *turnover) add(before, now []byte, weighs bool) {
	t.before, t.now = append(t.before, before), append(t.now, now)
	if weighs {
		t.longer += max(len(before), len(now))
		t.shared += sharedLines(before, now)
	}
}

// sharedLines are the bytes of the lines that two texts have in common.
func sharedLines(a, b []byte) int {
	lines := map[string]int{}
	for line := range bytes.Lines(a) {
		lines[string(bytes.TrimSpace(line))]++
	}
	shared := 0
	for line := range bytes.Lines(b) {
		if key := string(bytes.TrimSpace(line)); lines[key] > 0 {
			lines[key]--
			shared += len(line)
		}
	}
	return shared
}

// other says whether next to nothing of what is described is as it was.
func (t turnover) other() bool {
	if t.longer == 0 {
		return t.unknown
	}
	return t.shared*minShared <= t.longer
}

// minShared is the part of a text, one in so many, that must be left of it for a
// document not to be taken for outdated by that alone.
const minShared = 10

// valueFiles are files that hold values, versions and lists which change while
// what a document says of them stays true.
var valueFiles = regex.New(`(?i)(?:\.tfvars(?:\.json)?|\.lock|(?:^|[/.-])values[\w.-]*\.ya?ml|/?(?:versions?\.(?:tf|tofu)|Chart\.yaml|package(?:-lock)?\.json|pnpm-lock\.yaml|go\.(?:mod|sum)|[\w-]*requirements[\w-]*\.(?:txt|ya?ml)|OWNERS|CODEOWNERS|catalog-info\.ya?ml|\.\w+ignore|\.eslintrc[\w.]*|babel\.config\.\w+|\.terraform\.lock\.hcl|\.pre-commit-config\.yaml|[\w-]*version(?:\.txt)?))$`)

func holdsValues(p string) bool { return valueFiles.MatchString(p) }

// mostGone is how many words are told.
const mostGone = 5

// gone are the names in a document's code that stood in what it describes when
// it was written, and are nowhere in it now. One plain word may be there or not
// by chance.
func (t turnover) gone(d Document) []string {
	var found []string
	plain := 0
	for _, w := range d.code {
		if len(found) < mostGone && anyHas(t.before, w) && !anyHas(t.now, w) {
			found = append(found, w)
			if !codeName.MatchString(w) {
				plain++
			}
		}
	}
	if plain == len(found) && plain < minPlain {
		return nil
	}
	return found
}

// minPlain is how many plain words must be gone where no other name is.
const minPlain = 2

func anyHas(texts [][]byte, word string) bool {
	return slices.ContainsFunc(texts, func(text []byte) bool { return hasWord(text, word) })
}

// hasWord says whether a text has a word as a whole.
func hasWord(text []byte, word string) bool {
	for {
		i := bytes.Index(text, []byte(word))
		if i < 0 {
			return false
		}
		rest := text[i+len(word):]
		if (i == 0 || !inWord(text[i-1])) && (len(rest) == 0 || !inWord(rest[0])) {
			return true
		}
		text = rest
	}
}

func inWord(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

var (
	// codeName is a word that is the name of a thing: of several parts.
	codeName = regex.New(`[A-Za-z][A-Za-z0-9]*(?:[:_-][A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+`)
	// codeWord is one in code of its own, of any kind.
	codeWord = regex.New(`^[A-Za-z][\w-]{3,}$`)
)

// anywhere are names of tools and of settings that others read, too.
var anywhere = []string{"NODE_ENV", "RAILS_ENV", "GOPATH", "PYTHONPATH", "docker-compose", "apt-get", "node_modules", "pre-commit", "kube-system", "GITHUB_TOKEN", "us-east-1", "eu-west-1"}

// maxCodeNames bounds the names of one document that are kept.
const maxCodeNames = 1_000

// codeNames are the names of things in the code of a page, each once.
func codeNames(page *syntax.Page, cs []typed) []string {
	var found []string
	seen := map[string]bool{}
	take := func(words ...string) {
		for _, w := range words {
			if !seen[w] && len(w) > 3 && len(found) < maxCodeNames && !slices.Contains(anywhere, w) {
				seen[w] = true
				found = append(found, w)
			}
		}
	}
	for _, c := range page.Code {
		take(codeName.FindAllString(c.Text, maxCodeNames)...)
		take(codeWord.FindAllString(c.Text, 1)...)
	}
	for _, f := range page.Fences {
		take(codeName.FindAllString(f.Body, maxCodeNames)...)
	}
	for _, c := range cs {
		for _, w := range c.words[1:] {
			take(codeWord.FindAllString(w, 1)...)
		}
	}
	return found
}

// fewSaid is below how many words a document without code says nothing that
// could become wrong.
const fewSaid = 12

// saysLittle says whether a page only says what something is.
func saysLittle(page *syntax.Page) bool {
	return words(page) < fewSaid && len(page.Code)+len(page.Fences)+len(page.Links) == 0
}
