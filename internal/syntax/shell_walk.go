package syntax

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A shellWalk goes over the statements of a text as a shell would reach them.
type shellWalk struct {
	*masked
	parsed   *syntax.File
	stops    bool
	pipefail bool
	dir      string
	dirs     []string // of pushd
	// functions are those that the text declares, aliases the words that stand
	// for a program, reached the functions whose commands are listed, and how
	// each of them ends.
	functions map[string]*syntax.FuncDecl
	aliases   map[string][]string
	reached   map[reached]ending
	// args are the words that the function at hand was called with, at where;
	// depth is how many calls deep that is, calls how many there were in all.
	args  []string
	from  *syntax.CallExpr
	depth int
	calls *int
	// never says why what is walked is not reached, function where it stands
	// when nothing calls that, ended how the way to what follows was left.
	never    string
	function string
	ended    ending
	// first is the line that a text within the text begins on; inner says that
	// it is one.
	first int
	inner bool
	// followed says that others follow the statement that is walked next, asked
	// that what stands around it acts upon its failure.
	followed, asked bool
	commands        []Command
}

func (w *shellWalk) run(text string) error {
	w.masked = maskExpressions(text)
	parsed, err := parseShell(w.text)
	if err != nil {
		return err
	}
	w.parsed = parsed
	w.functions, w.aliases, w.reached = map[string]*syntax.FuncDecl{}, map[string][]string{}, map[reached]ending{}
	var order []string
	syntax.Walk(parsed, func(n syntax.Node) bool {
		if f, ok := n.(*syntax.FuncDecl); ok && f.Name != nil {
			w.functions[f.Name.Value] = f
			order = append(order, f.Name.Value)
		}
		return true
	})
	w.statements(parsed.Stmts, "")
	w.uncalled(parsed, order)
	return nil
}

// noStop says that a failure is lost because the shell goes on.
const noStop = "no set -e"

func (w *shellWalk) statements(list []*syntax.Stmt, swallowed string) {
	never, asked := w.never, w.asked
	for i, s := range list {
		lost, followed := swallowed, i < len(list)-1 && !w.looksBack(list[i+1])
		if lost == "" && followed && !w.stops {
			lost = noStop
		}
		w.followed, w.asked = followed, asked && i == len(list)-1
		w.statement(s, lost)
		w.stopsAt(s, lost)
		if w.ended.level > 0 && w.never == "" {
			w.never = w.ended.why
		}
	}
	w.never = never
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
	followed, asked := w.followed, w.asked
	w.followed, w.asked = false, false
	switch {
	case swallowed != "":
	case s.Background:
		swallowed = "run in the background"
	case s.Negated && !asked:
		swallowed = "!"
	}
	if s.Background {
		defer w.apart()()
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
		leave := w.apart()
		w.statements(c.Stmts, swallowed)
		leave()
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
		w.loop(c.Do, swallowed, neverTrue(w.condition(c.Cond), c.Until))
	case *syntax.ForClause:
		w.substitutions(c.Loop, "command substitution")
		w.loop(c.Do, swallowed, overNothing(c))
	case *syntax.CaseClause:
		w.substitutions(c.Word, "command substitution")
		for _, item := range c.Items {
			w.perhaps(func() { w.statements(item.Stmts, swallowed) })
		}
	default: // export, local, [[ … ]], (( … ))
		w.substitutions(c, "command substitution")
	}
}

// ifClause walks a condition, whose failure is not lost where one branch ends
// the text because of it.
func (w *shellWalk) ifClause(c *syntax.IfClause, swallowed string) {
	never, left := w.never, []ending(nil)
	all := false // says that one of the branches is taken
	for ; c != nil; c = c.Else {
		lost, negated := "condition", len(c.Cond) > 0 && c.Cond[len(c.Cond)-1].Negated
		if negated && w.ends(c.Then) || !negated && c.Else != nil && !c.Else.ThenPos.IsValid() && w.ends(c.Else.Then) {
			lost = swallowed
		}
		w.asked = negated && lost == swallowed
		w.statements(c.Cond, lost)
		is := w.condition(c.Cond)
		if is != fails && w.never == "" {
			left = append(left, w.perhaps(func() { w.statements(c.Then, swallowed) }))
			all = all || is == succeeds
		} else {
			w.unreached(neverHolds, func() { w.statements(c.Then, swallowed) })
		}
		if is == succeeds && w.never == "" {
			w.never = neverHolds
		}
	}
	w.never = never
	if all && never == "" {
		w.ended = leastOf(left)
	}
}

// binary walks both sides of "&&", "||" and "|". With "set -e" too the shell
// goes on after a list of "&&" unless it was the last part of it that failed.
func (w *shellWalk) binary(c *syntax.BinaryCmd, swallowed string, followed bool) {
	if c.Op == syntax.Pipe || c.Op == syntax.PipeAll {
		w.pipe(c, swallowed)
		return
	}
	left := swallowed
	switch {
	case c.Op == syntax.OrStmt && (left == "" || left == noStop) && w.keeps(c):
		left = ""
	case left != "":
	case c.Op == syntax.OrStmt && !w.fails(c.Y) && !w.looksBack(c.Y):
		left = "|| " + w.firstOf(c.Y)
	case c.Op == syntax.AndStmt && c.X.Negated && w.fails(c.Y):
		w.asked = true
	case c.Op == syntax.AndStmt && followed:
		left = "&& with more after it"
	}
	w.statement(c.X, left)
	then := func() { w.statement(c.Y, swallowed) }
	switch is := w.constant(c.X); {
	case w.ended.level > 0:
		w.unreached(w.ended.why, then)
	case is == unknown:
		w.perhaps(then)
	case (is == succeeds) == (c.Op == syntax.AndStmt):
		then()
	default:
		w.unreached(neverHolds, then)
	}
}

// pipe walks the two sides of a pipe, each of which runs in a shell of its own.
func (w *shellWalk) pipe(c *syntax.BinaryCmd, swallowed string) {
	left := swallowed
	if left == "" && !w.pipefail {
		left = "pipe without pipefail"
	}
	for _, side := range []struct {
		s    *syntax.Stmt
		lost string
	}{{c.X, left}, {c.Y, swallowed}} {
		leave := w.apart()
		w.statement(side.s, side.lost)
		leave()
	}
}
