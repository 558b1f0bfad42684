package syntax

import (
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// ends says whether statements leave the text with a failure.
func (w *shellWalk) ends(list []*syntax.Stmt) bool {
	return slices.ContainsFunc(list, func(s *syntax.Stmt) bool { return w.fails(s) })
}

// fails says whether what stands behind "||" fails too, or leaves the text.
func (w *shellWalk) fails(s *syntax.Stmt) bool { return w.failsWithin(s, 0) }

// endingNames are names that functions of other files have which leave a text.
var endingNames = []string{"die", "fail", "abort", "fatal", "err_exit", "error_exit", "exit_with_error", "bail"}

const maxCalls = 4

func (w *shellWalk) failsWithin(s *syntax.Stmt, depth int) bool {
	found := false
	syntax.Walk(s, func(n syntax.Node) bool {
		c, ok := n.(*syntax.CallExpr)
		if !ok || len(c.Args) == 0 {
			return true
		}
		name := c.Args[0].Lit()
		switch f := w.functions[name]; {
		case name == "exit" || name == "return":
			found = found || len(c.Args) < 2 || c.Args[1].Lit() != "0"
		case name == "false":
			found = true
		case f != nil && depth < maxCalls:
			found = found || w.failsWithin(f.Body, depth+1)
		case f == nil && slices.Contains(endingNames, name):
			found = true
		}
		return true
	})
	return found
}

// firstOf is the first command of a statement in words, without what its
// words are made of.
func (w *shellWalk) firstOf(s *syntax.Stmt) string {
	sub := shellWalk{masked: w.masked, stops: true, inner: true, calls: new(int)}
	sub.statement(s, "")
	if len(sub.commands) == 0 {
		return "…"
	}
	for _, c := range sub.commands {
		if c.Swallowed != "command substitution" { // it runs first, and is told later
			return c.String()
		}
	}
	return sub.commands[0].String()
}
