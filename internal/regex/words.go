package regex

import (
	"bytes"
	"cmp"
	"regexp/syntax"
	"slices"
	"strings"
)

// words are texts of which a match holds one from each list.
type words struct {
	lists [][]string
	// folded says that they are in lower case, and to be looked for there.
	folded bool
}

// A list that is longer costs as much as the engine, and words that are shorter
// are in every text.
const (
	maxWords = 64
	minWord  = 2
)

func wordsOf(expression string) words {
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return words{}
	}
	r := reader{folded: folds(tree)}
	w := words{folded: r.folded}
	for _, list := range r.needed(tree) {
		if list = withoutLonger(list); useful(list) {
			w.lists = append(w.lists, list)
		}
	}
	slices.SortFunc(w.lists, func(a, b []string) int { return cmp.Compare(len(a), len(b)) })
	return w
}

// folds says whether some part of an expression takes no notice of case.
func folds(tree *syntax.Regexp) bool {
	return tree.Op == syntax.OpLiteral && tree.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(tree.Sub, folds)
}

// withoutLonger are the words of a list that hold no other.
func withoutLonger(list []string) []string {
	slices.SortFunc(list, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	var kept []string
	for _, word := range list {
		if !slices.ContainsFunc(kept, func(other string) bool { return strings.Contains(word, other) }) {
			kept = append(kept, word)
		}
	}
	return kept
}

func useful(list []string) bool { return len(list) <= maxWords && len(list[0]) >= minWord }

// lower is a text in lower case as the engine sees it, to which the long s is one
// as well.
func lower(text string) string { return strings.ReplaceAll(strings.ToLower(text), "ſ", "s") }

func (w *words) mayBeIn(text string) bool {
	if len(w.lists) == 0 {
		return true
	}
	if w.folded {
		text = lower(text)
	}
	holds := func(word string) bool { return strings.Contains(text, word) }
	return !slices.ContainsFunc(w.lists, func(list []string) bool { return !slices.ContainsFunc(list, holds) })
}

func (w *words) mayBeInBytes(text []byte) bool {
	if len(w.lists) == 0 || w.folded {
		return len(w.lists) == 0 || w.mayBeIn(string(text))
	}
	holds := func(word string) bool { return bytes.Contains(text, []byte(word)) }
	return !slices.ContainsFunc(w.lists, func(list []string) bool { return !slices.ContainsFunc(list, holds) })
}
