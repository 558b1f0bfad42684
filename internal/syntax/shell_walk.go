package syntax

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A shellWalk goes over the statements of a text as a shell would reach them.
type shellWalk struct {
	*masked
	stops    bool
	pipefail bool
	dir      string
	dirs     []string // of pushd
	// functions are those that the text declares, reached those whose commands
	// are listed: as swallowed, or not.
	functions map[string]*syntax.FuncDecl
	reached   map[reached]bool
	// first is the line that a text within the text begins on; inner says that
	// it is one.
	first int
	inner bool
	// followed says that others follow the statement that is walked next.
	followed bool
	commands []Command
}

type reached struct {
	function  string
	swallowed bool
}

func (w *shellWalk) run(text string) error {
	w.masked = maskExpressions(text)
	parsed, err := parseShell(w.text)
	if err != nil {
		return err
	}
	w.functions, w.reached = map[string]*syntax.FuncDecl{}, map[reached]bool{}
	var order []string
	syntax.Walk(parsed, func(n syntax.Node) bool {
		if f, ok := n.(*syntax.FuncDecl); ok && f.Name != nil {
			w.functions[f.Name.Value] = f
			order = append(order, f.Name.Value)
		}
		return true
	})
	w.statements(parsed.Stmts, "")
	for _, name := range order {
		if !w.reached[reached{name, true}] && !w.reached[reached{name, false}] {
			w.call(name, "")
		}
	}
	return nil
}

// call lists the commands of a function, where it was not reached before in
// the same way.
func (w *shellWalk) call(name, swallowed string) {
	how := reached{name, swallowed != ""}
	if w.reached[how] {
		return
	}
	w.reached[how] = true
	w.statement(w.functions[name].Body, swallowed)
}

func (w *shellWalk) statements(list []*syntax.Stmt, swallowed string) {
	for i, s := range list {
		lost, followed := swallowed, i < len(list)-1 && !w.looksBack(list[i+1])
		switch {
		case lost != "" || !followed:
		case !w.stops:
			lost = "no set -e"
		case s.Negated:
			lost = "!"
		}
		w.followed = followed
		w.statement(s, lost)
	}
}

// looksBack says whether a statement asks for the exit code of the one before.
func (w *shellWalk) looksBack(s *syntax.Stmt) bool {
	from, to := s.Pos().Offset(), s.End().Offset()
	if c, ok := s.Cmd.(*syntax.IfClause); ok && len(c.Cond) > 0 {
		to = c.ThenPos.Offset()
	}
	return from < to && to <= uint(len(w.text)) && strings.Contains(w.text[from:to], "$?")
}

func (w *shellWalk) statement(s *syntax.Stmt, swallowed string) {
	if s == nil {
		return
	}
	followed := w.followed
	w.followed = false
	if s.Background && swallowed == "" {
		swallowed = "run in the background"
	}
	for _, r := range s.Redirs {
		w.substitutions(r, "command substitution")
	}
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		w.simple(c, s, swallowed)
	case *syntax.BinaryCmd:
		w.binary(c, swallowed, followed)
	case *syntax.Block:
		w.statements(c.Stmts, swallowed)
	case *syntax.Subshell:
		dir, stops := w.dir, w.stops
		w.statements(c.Stmts, swallowed)
		w.dir, w.stops = dir, stops
	case *syntax.TimeClause:
		w.statement(c.Stmt, swallowed)
	case *syntax.FuncDecl, nil:
	default:
		w.compound(c, swallowed)
	}
}

// compound walks the commands that hold others.
func (w *shellWalk) compound(c syntax.Command, swallowed string) {
	switch c := c.(type) {
	case *syntax.IfClause:
		w.ifClause(c, swallowed)
	case *syntax.WhileClause:
		w.statements(c.Cond, "condition")
		w.statements(c.Do, swallowed)
	case *syntax.ForClause:
		w.substitutions(c.Loop, "command substitution")
		w.statements(c.Do, swallowed)
	case *syntax.CaseClause:
		w.substitutions(c.Word, "command substitution")
		for _, item := range c.Items {
			w.statements(item.Stmts, swallowed)
		}
	default: // export, local, [[ … ]], (( … ))
		w.substitutions(c, "command substitution")
	}
}

// ifClause walks a condition, whose failure is not lost where one branch ends
// the text because of it.
func (w *shellWalk) ifClause(c *syntax.IfClause, swallowed string) {
	for ; c != nil; c = c.Else {
		lost := "condition"
		negated := len(c.Cond) > 0 && c.Cond[len(c.Cond)-1].Negated
		if negated && w.ends(c.Then) || !negated && c.Else != nil && !c.Else.ThenPos.IsValid() && w.ends(c.Else.Then) {
			lost = swallowed
		}
		w.statements(c.Cond, lost)
		w.statements(c.Then, swallowed)
	}
}

// binary walks both sides of "&&", "||" and "|". With "set -e" too the shell
// goes on after a list of "&&" unless it was the last part of it that failed.
func (w *shellWalk) binary(c *syntax.BinaryCmd, swallowed string, followed bool) {
	left := swallowed
	switch {
	case left != "":
	case c.Op == syntax.OrStmt && !w.fails(c.Y) && !w.looksBack(c.Y):
		left = "|| " + w.firstOf(c.Y)
	case c.Op == syntax.AndStmt && followed:
		left = "&& with more after it"
	case (c.Op == syntax.Pipe || c.Op == syntax.PipeAll) && !w.pipefail:
		left = "pipe without pipefail"
	}
	w.statement(c.X, left)
	w.statement(c.Y, swallowed)
}
