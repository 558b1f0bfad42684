package syntax

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A constant is what a statement comes to, where that can be told without
// running it.
type constant int

const (
	unknown constant = iota
	succeeds
	fails
)

func constantOf(holds bool) constant {
	if holds {
		return succeeds
	}
	return fails
}

func (c constant) not() constant {
	switch c {
	case succeeds:
		return fails
	case fails:
		return succeeds
	}
	return unknown
}

// neverTrue says whether the body of a loop is never reached.
func neverTrue(condition constant, until bool) bool {
	if until {
		return condition == succeeds
	}
	return condition == fails
}

// condition is what a condition comes to; what stands behind "else" has none.
func (w *shellWalk) condition(list []*syntax.Stmt) constant {
	switch len(list) {
	case 0:
		return succeeds
	case 1:
		return w.constant(list[0])
	}
	return unknown
}

// maxConstant bounds how deep a condition is looked into.
const maxConstant = 20

func (w *shellWalk) constant(s *syntax.Stmt) constant { return w.constantWithin(s, 0) }

func (w *shellWalk) constantWithin(s *syntax.Stmt, depth int) constant {
	if s == nil || s.Background || len(s.Redirs) > 0 || depth > maxConstant {
		return unknown
	}
	is := unknown
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		is = w.constantCall(c)
	case *syntax.BinaryCmd:
		is = w.constantList(c, depth+1)
	case *syntax.Block:
		if len(c.Stmts) == 1 {
			is = w.constantWithin(c.Stmts[0], depth+1)
		}
	case *syntax.Subshell:
		if len(c.Stmts) == 1 {
			is = w.constantWithin(c.Stmts[0], depth+1)
		}
	case *syntax.TestClause:
		is = w.constantTest(c.X)
	case *syntax.ArithmCmd:
		if word, ok := c.X.(*syntax.Word); ok {
			if n, err := strconv.Atoi(word.Lit()); err == nil {
				is = constantOf(n != 0)
			}
		}
	}
	if s.Negated {
		return is.not()
	}
	return is
}

func (w *shellWalk) constantList(c *syntax.BinaryCmd, depth int) constant {
	first := w.constantWithin(c.X, depth)
	switch {
	case first == unknown || c.Op != syntax.AndStmt && c.Op != syntax.OrStmt:
		return unknown
	case (first == succeeds) == (c.Op == syntax.AndStmt):
		return w.constantWithin(c.Y, depth)
	}
	return first
}

// constantCall tells of the commands that always do the same.
func (w *shellWalk) constantCall(c *syntax.CallExpr) constant {
	words := make([]string, len(c.Args))
	for i, a := range c.Args {
		var ok bool
		if words[i], ok = w.literal(a); !ok && (i == 0 || words[0] != "echo" && words[0] != "printf") {
			return unknown
		}
	}
	if len(words) == 0 || w.functions[words[0]] != nil {
		return unknown
	}
	switch words[0] {
	case "true", ":", "echo", "printf":
		return succeeds
	case "false":
		return fails
	case "test":
		return compared(words[1:])
	case "[":
		return compared(words[1 : len(words)-1])
	}
	return unknown
}

// literal is a word that says the same always.
func (w *shellWalk) literal(word *syntax.Word) (string, bool) {
	for _, part := range word.Parts {
		switch p := part.(type) {
		case *syntax.Lit, *syntax.SglQuoted:
		case *syntax.DblQuoted:
			for _, inner := range p.Parts {
				if _, ok := inner.(*syntax.Lit); !ok {
					return "", false
				}
			}
		default:
			return "", false
		}
	}
	text := w.word(word)
	return text, !strings.Contains(text, maskPrefix)
}

// compared is what "test" says of words that are constant.
func compared(words []string) constant {
	switch {
	case len(words) == 0:
		return fails
	case len(words) > 1 && words[0] == "!":
		return compared(words[1:]).not()
	case len(words) == 1:
		return constantOf(words[0] != "")
	case len(words) == 2 && words[0] == "-z":
		return constantOf(words[1] == "")
	case len(words) == 2 && words[0] == "-n":
		return constantOf(words[1] != "")
	case len(words) == 3:
		return compare(words[0], words[1], words[2])
	}
	return unknown
}

func compare(a, operator, b string) constant {
	switch operator {
	case "=", "==":
		return constantOf(a == b)
	case "!=":
		return constantOf(a != b)
	}
	m, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	if errA != nil || errB != nil {
		return unknown
	}
	switch operator {
	case "-eq":
		return constantOf(m == n)
	case "-ne":
		return constantOf(m != n)
	case "-lt":
		return constantOf(m < n)
	case "-le":
		return constantOf(m <= n)
	case "-gt":
		return constantOf(m > n)
	case "-ge":
		return constantOf(m >= n)
	}
	return unknown
}

// constantTest is what "[[ … ]]" says of words that are constant.
func (w *shellWalk) constantTest(x syntax.TestExpr) constant {
	switch x := x.(type) {
	case *syntax.Word:
		if text, ok := w.literal(x); ok {
			return constantOf(text != "")
		}
	case *syntax.ParenTest:
		return w.constantTest(x.X)
	case *syntax.UnaryTest:
		if x.Op == syntax.TsNot {
			return w.constantTest(x.X).not()
		}
		if word, ok := x.X.(*syntax.Word); ok {
			if text, ok := w.literal(word); ok {
				return compared([]string{x.Op.String(), text})
			}
		}
	case *syntax.BinaryTest:
		a, okA := x.X.(*syntax.Word)
		b, okB := x.Y.(*syntax.Word)
		if !okA || !okB {
			return unknown
		}
		left, okA := w.literal(a)
		right, okB := w.literal(b)
		if okA && okB && !strings.ContainsAny(right, `*?[\`) {
			return compare(left, x.Op.String(), right)
		}
	}
	return unknown
}
