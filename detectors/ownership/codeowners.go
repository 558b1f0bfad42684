package ownership

import (
	"fmt"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// maxRules bounds the lines of one CODEOWNERS file that are taken in.
const maxRules = 5_000

// codeowners reads the rules of a CODEOWNERS file, of GitHub's or GitLab's
// kind, and holds them against the tree.
func codeowners(r *detect.Repo, f *detect.File) (all []Rule, owned []string, err error) {
	t := r.Tree
	sections := hostOf(r).sections(string(f.Data))
	m := matcher{tree: t, owned: make([]bool, len(t.Entries()))}
	for _, rules := range sections {
		m.resolve(rules)
		if all = append(all, rules...); len(all) > maxRules {
			return nil, nil, fmt.Errorf("has more than %d rules", maxRules)
		}
	}
	if m.spent > maxTries {
		return all, m.paths(), fmt.Errorf("has too many patterns for so many files: what they match was counted in part")
	}
	return all, m.paths(), nil
}

// section is the header of a part of GitLab's files: a name, perhaps how many
// must approve, perhaps the owners of the lines that name none.
var section = regex.New(`^\^?\[[^\]]+\](\[\d+\])?(\s+(.*))?$`)

// sections are the rules of each section; GitHub's files are one. The last
// line that matches a file decides, in each section alone.
func (h host) sections(text string) [][]Rule {
	all := [][]Rule{nil}
	var heirs []string
	number := 0
	for line := range strings.Lines(text) {
		number++
		words := wordsOf(line)
		if len(words) == 0 {
			continue
		}
		if header := section.FindStringSubmatch(strings.TrimSpace(line)); header != nil {
			all = append(all, nil)
			heirs, _ = h.owners(wordsOf(header[3]))
			continue
		}
		if strings.HasPrefix(words[0], "!") {
			continue // GitHub skips such a line, GitLab takes it as an exclusion
		}
		rule := Rule{Pattern: words[0], Line: number}
		rule.Owners, rule.Ghosts = h.owners(words[1:])
		if len(words) == 1 {
			rule.Owners = heirs
		}
		last := len(all) - 1
		all[last] = append(all[last], rule)
	}
	return all
}

// wordsOf splits a line at blanks that no backslash protects; a word that
// starts with a hash begins a comment.
func wordsOf(line string) []string {
	var words []string
	var word strings.Builder
	escaped := false
	for _, r := range line + "\n" {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '#' && word.Len() == 0:
			return words
		case r == ' ' || r == '\t' || r == '\r' || r == '\n':
			if word.Len() > 0 {
				words = append(words, word.String())
				word.Reset()
			}
		default:
			word.WriteRune(r)
		}
	}
	return words
}

// mail stands for an address, which no report may show.
const mail = "(e-mail)"

// ownersOf are the words that name owners in files without a host's rules:
// users, teams and addresses.
func ownersOf(words []string) []string {
	owners, _ := host{}.owners(words)
	return owners
}
