package syntax

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// expression matches what a CI vendor or template engine substitutes before
// the shell sees the text.
var expression = regexp.MustCompile(`\$?\{\{[^}]*\}\}|\$\[\[[^\]]*\]\]|<<[^<>\n]*>>`)

// A masked text has each expression replaced by a word that the shell grammar
// takes for plain.
type masked struct {
	text        string
	expressions []string
}

const maskPrefix = "__waymark_expression_"

func maskExpressions(text string) masked {
	var m masked
	m.text = expression.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, "<<") && !strings.Contains(s, "parameters") && !strings.Contains(s, "pipeline") {
			return s
		}
		m.expressions = append(m.expressions, s)
		return maskPrefix + strconv.Itoa(len(m.expressions)-1) + "_"
	})
	return m
}

var maskWord = regexp.MustCompile(maskPrefix + `(\d+)_`)

func (m masked) unmask(s string) string {
	if !strings.Contains(s, maskPrefix) {
		return s
	}
	return maskWord.ReplaceAllStringFunc(s, func(w string) string {
		i, err := strconv.Atoi(maskWord.FindStringSubmatch(w)[1])
		if err != nil || i >= len(m.expressions) {
			return w
		}
		return m.expressions[i]
	})
}

type shellWalk struct {
	masked   masked
	stops    bool
	pipefail bool
	dir      string
	commands []Command
}

func (w *shellWalk) statements(list []*syntax.Stmt, swallowed string) {
	for i, s := range list {
		lost := swallowed
		if lost == "" && !w.stops && i < len(list)-1 {
			lost = "no set -e"
		}
		w.statement(s, lost)
	}
}

func (w *shellWalk) statement(s *syntax.Stmt, swallowed string) {
	if s == nil || s.Cmd == nil {
		return
	}
	if s.Background && swallowed == "" {
		swallowed = "run in the background"
	}
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		w.call(c, swallowed)
	case *syntax.BinaryCmd:
		w.binary(c, swallowed)
	case *syntax.Block:
		w.statements(c.Stmts, swallowed)
	case *syntax.Subshell:
		dir := w.dir
		w.statements(c.Stmts, swallowed)
		w.dir = dir
	case *syntax.IfClause:
		w.ifClause(c, swallowed)
	case *syntax.WhileClause:
		w.statements(c.Cond, "condition")
		w.statements(c.Do, swallowed)
	case *syntax.ForClause:
		w.statements(c.Do, swallowed)
	case *syntax.CaseClause:
		for _, item := range c.Items {
			w.statements(item.Stmts, swallowed)
		}
	case *syntax.FuncDecl:
		dir := w.dir
		w.statement(c.Body, swallowed)
		w.dir = dir
	case *syntax.TimeClause:
		w.statement(c.Stmt, swallowed)
	}
}

func (w *shellWalk) ifClause(c *syntax.IfClause, swallowed string) {
	for ; c != nil; c = c.Else {
		w.statements(c.Cond, "condition")
		w.statements(c.Then, swallowed)
	}
}

func (w *shellWalk) binary(c *syntax.BinaryCmd, swallowed string) {
	switch c.Op {
	case syntax.OrStmt:
		left := swallowed
		if left == "" && succeeds(c.Y) {
			left = "|| " + w.text(c.Y)
		}
		w.statement(c.X, left)
		w.statement(c.Y, swallowed)
	case syntax.Pipe, syntax.PipeAll:
		left := swallowed
		if left == "" && !w.pipefail {
			left = "pipe without pipefail"
		}
		w.statement(c.X, left)
		w.statement(c.Y, swallowed)
	default:
		w.statement(c.X, swallowed)
		w.statement(c.Y, swallowed)
	}
}

// succeeds says whether what stands behind "||" lets the text go on.
func succeeds(s *syntax.Stmt) bool {
	fails := false
	syntax.Walk(s, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CallExpr); ok && len(c.Args) > 0 {
			switch c.Args[0].Lit() {
			case "exit", "return":
				fails = fails || len(c.Args) < 2 || c.Args[1].Lit() != "0"
			case "false":
				fails = true
			}
		}
		return true
	})
	return !fails
}

// text is the first command of a statement in words.
func (w *shellWalk) text(s *syntax.Stmt) string {
	sub := shellWalk{masked: w.masked, stops: true}
	sub.statement(s, "")
	if len(sub.commands) == 0 {
		return "…"
	}
	return sub.commands[0].String()
}

// wrappers run the words that follow their own options.
var wrappers = []string{"sudo", "env", "time", "exec", "nice", "nohup", "command", "xvfb-run", "dotenv"}

func (w *shellWalk) call(c *syntax.CallExpr, swallowed string) {
	for _, a := range c.Assigns {
		w.substitutions(a.Value)
	}
	words := make([]string, 0, len(c.Args))
	for _, arg := range c.Args {
		words = append(words, w.masked.unmask(word(arg)))
		w.substitutions(arg)
	}
	words = unwrap(words)
	if len(words) == 0 {
		return
	}
	switch words[0] {
	case "set":
		w.set(words[1:])
		return
	case "cd", "pushd":
		w.cd(words[1:])
		return
	}
	w.commands = append(w.commands, Command{Words: words, Line: int(c.Pos().Line()) - 1, Swallowed: swallowed, Dir: w.dir})
}

// substitutions walks the commands inside "$( … )"; their failure is lost
// unless the surrounding command looks at it.
func (w *shellWalk) substitutions(arg *syntax.Word) {
	if arg == nil {
		return
	}
	syntax.Walk(arg, func(n syntax.Node) bool {
		if sub, ok := n.(*syntax.CmdSubst); ok {
			dir := w.dir
			w.statements(sub.Stmts, "command substitution")
			w.dir = dir
			return false
		}
		return true
	})
}

func unwrap(words []string) []string {
	for len(words) > 1 && slices.Contains(wrappers, path.Base(words[0])) {
		words = words[1:]
		for len(words) > 1 && (strings.HasPrefix(words[0], "-") || strings.Contains(words[0], "=")) {
			words = words[1:]
		}
	}
	return words
}

func (w *shellWalk) set(args []string) {
	for i, a := range args {
		on := strings.HasPrefix(a, "-")
		if !on && !strings.HasPrefix(a, "+") {
			continue
		}
		if strings.ContainsRune(a, 'e') && !strings.HasPrefix(a, "--") {
			w.stops = on
		}
		if strings.HasSuffix(a, "o") && i+1 < len(args) {
			switch args[i+1] {
			case "pipefail":
				w.pipefail = on
			case "errexit":
				w.stops = on
			}
		}
	}
}

func (w *shellWalk) cd(args []string) {
	switch {
	case len(args) == 0 || args[0] == "-" || strings.ContainsAny(args[0], "$`"):
		w.dir = "?"
	case path.IsAbs(args[0]):
		w.dir = args[0]
	case w.dir != "?":
		w.dir = path.Join(w.dir, args[0])
	}
}

// word is a word with its quotes removed and its substitutions as written.
func word(arg *syntax.Word) string {
	var b strings.Builder
	for _, part := range arg.Parts {
		wordPart(&b, part)
	}
	return b.String()
}

func wordPart(b *strings.Builder, part syntax.WordPart) {
	switch p := part.(type) {
	case *syntax.Lit:
		b.WriteString(strings.ReplaceAll(p.Value, "\\\n", ""))
	case *syntax.SglQuoted:
		b.WriteString(p.Value)
	case *syntax.DblQuoted:
		for _, inner := range p.Parts {
			wordPart(b, inner)
		}
	default:
		_ = syntax.NewPrinter().Print(b, p)
	}
}
