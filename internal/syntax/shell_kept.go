package syntax

import (
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// keeps says whether a failure in front of "||" is not lost, but kept in a
// variable that is tested or left with later: "check || failed=1", or
// "found=$(check) || true".
func (w *shellWalk) keeps(c *syntax.BinaryCmd) bool {
	for _, s := range []*syntax.Stmt{c.X, c.Y} {
		if name := assigned(s); name != "" && w.tested(name, c.End()) {
			return true
		}
	}
	return false
}

// assigned is the variable of a statement that does nothing but set it; empty
// for others.
func assigned(s *syntax.Stmt) string {
	c, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) > 0 || len(c.Assigns) != 1 || c.Assigns[0].Name == nil {
		return ""
	}
	return c.Assigns[0].Name.Value
}

// tested says whether a variable is tested, or is the exit code, behind a place.
func (w *shellWalk) tested(name string, after syntax.Pos) bool {
	found := false
	syntax.Walk(w.parsed, func(n syntax.Node) bool {
		if n == nil || found {
			return false
		}
		found = n.Pos().After(after) && tests(n) && reads(n, name)
		return !found
	})
	return found
}

// testing are commands that test what they are given, or end with it.
var testing = []string{"[", "test", "exit", "return"}

func tests(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.TestClause, *syntax.ArithmCmd:
		return true
	case *syntax.CallExpr:
		return len(n.Args) > 0 && slices.Contains(testing, n.Args[0].Lit())
	}
	return false
}

// reads says whether the value of a variable is taken somewhere in a node.
func reads(n syntax.Node, name string) bool {
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.ParamExp:
			found = found || n.Param != nil && n.Param.Value == name
		case *syntax.ArithmCmd:
			if word, ok := n.X.(*syntax.Word); ok && word.Lit() == name {
				found = true
			}
		}
		return !found
	})
	return found
}
