package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/waymark-dev/waymark/internal/pages"
)

// Sentence is a message with its capital and its full stop.
func Sentence(s string) string {
	s = capital(s)
	if end := strings.TrimRight(s, `"`); end == "" || strings.ContainsRune(".!?:", rune(end[len(end)-1])) || strings.HasSuffix(s, `…"`) {
		return s
	}
	return s + "."
}

// capital begins a sentence with a capital, unless its first word is a path, a
// flag or another name that is written as it is.
func capital(s string) string {
	word, _, _ := strings.Cut(s, " ")
	if word == "" || strings.Trim(strings.TrimRight(word, ".,:;?!"), "abcdefghijklmnopqrstuvwxyz") != "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// hasWord says whether a name holds one of some words, whatever stands between
// its words.
func hasWord(name string, words ...string) bool {
	return slices.ContainsFunc(wordsIn(name), func(w string) bool { return slices.Contains(words, w) })
}

// wordsIn are the words of a name, in lower case.
func wordsIn(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// inFolder says whether a path lies in a folder of one of some names.
func inFolder(p string, names ...string) bool {
	return slices.ContainsFunc(strings.Split(path.Dir(p), "/"), func(folder string) bool { return slices.Contains(names, folder) })
}

// shownNames is how many names a sentence gives before it counts the others.
const shownNames = 3

// SomeOf names the first of some things, and counts the others.
func SomeOf(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// Counted is a number of things in words: "1 gap", "2 gaps".
func Counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// quoted is the beginning of a sentence of the repository, in quotes.
func quoted(sentence string) string {
	const most = 100
	sentence = strings.Join(strings.Fields(sentence), " ")
	if len(sentence) <= most {
		return `"` + sentence + `"`
	}
	cut := strings.LastIndexByte(sentence[:most], ' ')
	if cut < 0 {
		cut = most
	}
	return `"` + strings.ToValidUTF8(sentence[:cut], "") + `…"`
}

// String is the stage as text for people.
func (s Stage) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Stage %d, %s (typical of %s engineers)\n\n", s.Number, s.Name, s.Typical)
	fmt.Fprintf(&b, "You have: %s.\nStill missing: %s.\n\nCharacteristics\n", s.Have, s.Missing)
	for _, c := range s.Characteristics {
		fmt.Fprintf(&b, "  %s %s\n", c.ID, c.Text)
	}
	b.WriteString("\nCriteria\n")
	for _, c := range Criteria {
		if c.Stage == s.Number {
			fmt.Fprintf(&b, "  %s: %s\n", c.ID, c.Ask)
		}
	}
	if s.Start != "" {
		fmt.Fprintf(&b, "\nTo reach the next stage: %s\nDo not: %s\nReady for the one after when %s.\n", s.Start, s.Avoid, s.Ready)
	}
	return b.String()
}

// Explain is the criterion as text for people, with how it is judged.
func (c *Criterion) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (stage %d, %s)\n\n%s\n\n", c.ID, c.Stage, c.Weight, c)
	fmt.Fprintf(&b, "Why: %s\nStart: %s\n\n", c.Why, c.Step)
	fmt.Fprintf(&b, "Scope: %s. Asked of: %s. Characteristics: %s.\n", c.ScopeText(), appliesText(c.Applies), strings.Join(c.Characteristics, ", "))
	if c.Activity {
		b.WriteString("It is an activity: what only exists and is run by nothing counts as partial.\n")
	}
	fmt.Fprintf(&b, "Met where something is good and at most %s of the subjects is weak or against; partial where something is good or weak; else unmet, or not visible where absence cannot be told.\n", Standard.Tolerated)
	return b.String()
}

// ScopeText says where its evidence may lie.
func (c *Criterion) ScopeText() string {
	if c.Scope == Org && len(c.RepoFor) > 0 {
		return "any repository of the organisation; for " + roleNames(c.RepoFor) + " this one"
	}
	if c.Scope == Org {
		return "any repository of the organisation"
	}
	return "this repository"
}

func appliesText(roles []Role) string {
	if len(roles) == 0 {
		return "every repository"
	}
	return roleNames(roles)
}

// String names the weight.
func (w Weight) String() string {
	switch w {
	case Core:
		return "core, weight 2, gates its stage"
	case Weighty:
		return "weight 2"
	}
	return "weight 1"
}

// Head says what the check is about.
func (c *Check) Head() string {
	return fmt.Sprintf("%s (%s, of %s)\n\n%s.", c.ID, c.Level, c.Criterion, c.Title)
}

// String is the check as text for people.
func (c *Check) String() string {
	return fmt.Sprintf("%s\n\nWhy: %s\nFix: %s", c.Head(), c.Why, c.Fix)
}

// Page is a section of the page of the detector that has the check's id; empty
// where there is none.
func (c *Check) Page(section string) string {
	criterion := CriterionByID(c.Criterion)
	if criterion == nil {
		return ""
	}
	for _, condition := range slices.Concat(criterion.For, criterion.Against) {
		for _, d := range condition.Looks() {
			if d.ID == c.ID {
				return pages.Find(d.Doc, section)
			}
		}
	}
	return ""
}
