package syntax

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/waymark-dev/waymark/internal/regex"
)

// Bounds of the calls of functions that are followed.
const (
	maxCallDepth = 16
	maxCallCount = 2000
)

// reached is a call of a function, as far as its commands depend on it.
type reached struct {
	function, args, never string
	swallowed             bool
}

// call lists the commands of a function as it is called, and tells how it ends.
func (w *shellWalk) call(c *syntax.CallExpr, words []string, swallowed string) {
	how := reached{words[0], strings.Join(words[1:], "\x00"), w.never, swallowed != ""}
	end, known := w.reached[how]
	if *w.calls++; !known && w.depth < maxCallDepth && *w.calls < maxCallCount {
		w.reached[how] = ending{}
		args, from, ended := w.args, w.from, w.ended
		w.args, w.from, w.depth = words[1:], c, w.depth+1
		w.statement(w.functions[words[0]].Body, swallowed)
		end = w.ended
		w.args, w.from, w.depth, w.ended = args, from, w.depth-1, ended
		w.reached[how] = end
	}
	if end.level == endsText && w.never == "" {
		w.ended = end
	}
}

// handed says whether a word stands for all that a function was called with.
func handed(word string) bool {
	switch word {
	case "$@", "$*", "${@}", "${*}":
		return true
	}
	return false
}

// expanded are the words of a command, with those that the function it stands
// in was called with in their place.
func (w *shellWalk) expanded(words []string) []string {
	if w.from == nil || !slices.ContainsFunc(words, handed) {
		return words
	}
	var all []string
	for _, word := range words {
		if handed(word) {
			all = append(all, w.args...)
			continue
		}
		all = append(all, word)
	}
	return all
}

// alias notes words that stand for a program.
func (w *shellWalk) alias(words []string) {
	for _, word := range words {
		if name, value, ok := strings.Cut(word, "="); ok && w.never == "" {
			w.aliases[name] = strings.Fields(value)
		}
	}
}

func (w *shellWalk) aliased(words []string) []string {
	if len(words) > 0 && len(w.aliases[words[0]]) > 0 {
		return slices.Concat(w.aliases[words[0]], words[1:])
	}
	return words
}

// uncalled lists the commands of the functions that nothing calls. One whose
// name is a word of something that is run may be called by that; and where a
// program's name cannot be told, it may be any of them.
func (w *shellWalk) uncalled(parsed *syntax.File, order []string) {
	called := map[string]bool{}
	for how := range w.reached {
		called[how.function] = true
	}
	named, any := w.named(parsed)
	never := w.never
	for _, name := range order {
		if called[name] {
			continue
		}
		called[name] = true
		if !any && !named[name] {
			w.never, w.function = "nothing calls "+name+"()", name
			w.reached = map[reached]ending{}
		}
		w.ended = ending{}
		w.call(nil, []string{name}, "")
		w.never, w.function = never, ""
	}
}

var word = regex.New(`[\w.-]+`)

// named are the words of what is run outside of functions, and in those that
// these words name; any says that a program is named by a variable.
func (w *shellWalk) named(parsed *syntax.File) (words map[string]bool, any bool) {
	words = map[string]bool{}
	var visit func(n syntax.Node)
	visit = func(n syntax.Node) {
		syntax.Walk(n, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.FuncDecl:
				return false
			case *syntax.CallExpr:
				any = any || len(n.Args) > 0 && isVariable(n.Args[0])
				return len(n.Args) == 0 || n.Args[0].Lit() != "echo" && n.Args[0].Lit() != "printf"
			case *syntax.Lit:
				w.nameIn(n.Value, words, visit)
			case *syntax.SglQuoted:
				w.nameIn(n.Value, words, visit)
			}
			return true
		})
	}
	visit(parsed)
	return words, any
}

// nameIn notes the names of functions in a text, and visits their bodies.
func (w *shellWalk) nameIn(text string, words map[string]bool, visit func(syntax.Node)) {
	for _, found := range word.FindAllString(text, -1) {
		if f := w.functions[found]; f != nil && !words[found] {
			words[found] = true
			visit(f.Body)
		}
	}
}

// isVariable says whether a word is nothing but a variable.
func isVariable(word *syntax.Word) bool {
	parts := word.Parts
	if len(parts) == 1 {
		if quoted, ok := parts[0].(*syntax.DblQuoted); ok {
			parts = quoted.Parts
		}
	}
	if len(parts) == 0 {
		return false
	}
	_, ok := parts[0].(*syntax.ParamExp)
	return ok && len(parts) == 1
}
