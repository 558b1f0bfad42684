package regex

import (
	"regexp/syntax"
)

// A reader reads parsed expressions: in lower case where some part takes no notice
// of case.
type reader struct{ folded bool }

// needed are lists of which a match holds one word each.
func (r reader) needed(tree *syntax.Regexp) [][]string {
	if all, ok := r.exact(tree); ok {
		return [][]string{all}
	}
	switch tree.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return r.needed(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return r.needed(tree.Sub[0])
		}
	case syntax.OpConcat:
		return r.sequence(tree.Sub)
	case syntax.OpAlternate:
		return r.oneOf(tree.Sub)
	}
	return nil
}

// sequence joins what is exact and stands next to each other.
func (r reader) sequence(parts []*syntax.Regexp) [][]string {
	var lists [][]string
	joined := []string{""}
	for _, part := range parts {
		all, ok := r.exact(part)
		if ok && len(joined)*len(all) <= maxWords {
			joined = product(joined, all)
			continue
		}
		lists = append(lists, joined)
		if joined = []string{""}; ok {
			joined = all
		} else {
			lists = append(lists, r.needed(part)...)
		}
	}
	return append(lists, joined)
}

// oneOf joins the best lists of alternatives; none where one needs nothing.
func (r reader) oneOf(alternatives []*syntax.Regexp) [][]string {
	var joined []string
	for _, alternative := range alternatives {
		var best []string
		for _, list := range r.needed(alternative) {
			if list = withoutLonger(list); len(best) == 0 || len(list[0]) > len(best[0]) {
				best = list
			}
		}
		if len(best) == 0 {
			return nil
		}
		joined = append(joined, best...)
	}
	return [][]string{joined}
}

// exact are all texts that an expression matches, where they are few.
func (r reader) exact(tree *syntax.Regexp) ([]string, bool) {
	switch tree.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}, true
	case syntax.OpLiteral:
		return []string{r.text(string(tree.Rune))}, true
	case syntax.OpCharClass:
		return r.class(tree.Rune)
	case syntax.OpCapture:
		return r.exact(tree.Sub[0])
	case syntax.OpQuest:
		all, ok := r.exact(tree.Sub[0])
		return append([]string{""}, all...), ok
	case syntax.OpAlternate:
		return r.either(tree.Sub)
	case syntax.OpConcat:
		return r.each(tree.Sub)
	}
	return nil, false
}

func (r reader) text(s string) string {
	if r.folded {
		return lower(s)
	}
	return s
}

// class are the code points of a small class, which is given as ranges.
func (r reader) class(ranges []rune) ([]string, bool) {
	var all []string
	for i := 0; i < len(ranges); i += 2 {
		for c := ranges[i]; c <= ranges[i+1]; c++ {
			if all = append(all, r.text(string(c))); len(all) > 8 {
				return nil, false
			}
		}
	}
	return all, len(all) > 0
}

func (r reader) either(parts []*syntax.Regexp) ([]string, bool) {
	var all []string
	for _, part := range parts {
		more, ok := r.exact(part)
		if all = append(all, more...); !ok || len(all) > maxWords {
			return nil, false
		}
	}
	return all, true
}

func (r reader) each(parts []*syntax.Regexp) ([]string, bool) {
	all := []string{""}
	for _, part := range parts {
		more, ok := r.exact(part)
		if !ok || len(all)*len(more) > maxWords {
			return nil, false
		}
		all = product(all, more)
	}
	return all, true
}

// product is each beginning with each end.
func product(beginnings, ends []string) []string {
	all := make([]string, 0, len(beginnings)*len(ends))
	for _, begin := range beginnings {
		for _, end := range ends {
			all = append(all, begin+end)
		}
	}
	return all
}
