package syntax

import (
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// simple walks a simple command. The exit code of a command substitution
// counts only where it is assigned and nothing is run with it.
func (w *shellWalk) simple(c *syntax.CallExpr, s *syntax.Stmt, swallowed string) {
	lost := swallowed
	if len(c.Args) > 0 {
		lost = "command substitution"
	}
	for _, a := range c.Assigns {
		w.substitutions(a, lost)
	}
	var words []string
	for _, arg := range c.Args {
		words = append(words, w.word(arg))
		w.substitutions(arg, "command substitution")
	}
	at := c
	if plain := unwrap(words); w.from != nil && len(plain) > 0 && handed(plain[0]) {
		at = w.from // it is nothing but what the function was handed
	}
	words = w.expanded(words)
	kept := w.aliased(unwrap(words))
	if len(kept) == 0 {
		return
	}
	switch name := path.Base(kept[0]); {
	case kept[0] == "set":
		w.set(kept[1:])
	case kept[0] == "alias":
		w.alias(kept[1:])
	case kept[0] == "cd", kept[0] == "pushd", kept[0] == "popd":
		w.cd(kept)
	case len(kept) == len(words) && w.functions[kept[0]] != nil:
		w.call(c, kept, swallowed)
	case !w.inner && (name == "eval" || IsShell(name)) && len(kept) <= len(c.Args) && w.within(c, s, kept, swallowed):
	default:
		w.add(kept, at.Pos(), at.Args[len(at.Args)-1].End(), swallowed)
	}
	w.leaves(words)
}

func (w *shellWalk) add(words []string, from, to syntax.Pos, swallowed string) {
	for i := range words {
		words[i] = w.unmask(words[i])
	}
	w.commands = append(w.commands, Command{
		Words: words, Swallowed: swallowed, Dir: w.dir, Never: w.never, Function: w.function,
		Line: w.first + w.line(from.Offset(), from.Line()), Last: w.first + w.line(to.Offset(), to.Line()),
	})
}

// IsShell says whether a program, or the interpreter of a script, reads text as
// this package's Shell does.
func IsShell(name string) bool {
	switch name {
	case "sh", "bash", "dash", "ash", "zsh", "ksh":
		return true
	}
	return false
}

// within walks the text that a command gives to a shell: behind "-c", behind
// "eval", or in a here-document. It says whether there was one that parses.
func (w *shellWalk) within(c *syntax.CallExpr, s *syntax.Stmt, words []string, swallowed string) bool {
	sub := shellWalk{dir: w.dir, inner: true, never: w.never, function: w.function, calls: w.calls}
	args := c.Args[len(c.Args)-len(words):]
	text, at := "", syntax.Pos{}
	switch i := textAfter(words); {
	case words[0] == "eval" && len(words) > 1:
		text, at, sub.stops, sub.pipefail = strings.Join(words[1:], " "), args[1].Pos(), w.stops, w.pipefail
	case i > 0:
		text, at = words[i], args[i].Pos()
		sub.set(words[1:i])
	default:
		text, at = w.heredoc(s)
		sub.set(words[1:])
	}
	if text == "" || sub.run(w.unmask(text)) != nil {
		return false
	}
	for _, found := range sub.commands {
		if swallowed != "" {
			found.Swallowed = swallowed
		}
		line := w.first + w.line(at.Offset(), at.Line())
		found.Line, found.Last = found.Line+line, found.Last+line
		w.commands = append(w.commands, found)
	}
	return true
}

// textAfter is where the text stands that a shell is given with -c; 0 where it
// is given none.
func textAfter(words []string) int {
	for i := 1; i+1 < len(words); i++ {
		switch option := words[i]; {
		case !strings.HasPrefix(option, "-") && !strings.HasPrefix(option, "+"):
			if words[i-1] != "-o" && !strings.HasSuffix(words[i-1], "o") {
				return 0
			}
		case !strings.HasPrefix(option, "--") && strings.HasSuffix(option, "c"):
			return i + 1
		}
	}
	return 0
}

// heredoc is the here-document that a statement reads.
func (w *shellWalk) heredoc(s *syntax.Stmt) (string, syntax.Pos) {
	for _, r := range s.Redirs {
		if r.Hdoc != nil {
			return w.word(r.Hdoc), r.Hdoc.Pos()
		}
	}
	return "", syntax.Pos{}
}

// substitutions walks the commands inside "$( … )" and "<( … )".
func (w *shellWalk) substitutions(n syntax.Node, swallowed string) {
	if n == nil {
		return
	}
	syntax.Walk(n, func(n syntax.Node) bool {
		var list []*syntax.Stmt
		switch n := n.(type) {
		case *syntax.CmdSubst:
			list = n.Stmts
		case *syntax.ProcSubst:
			list = n.Stmts
		default:
			return true
		}
		leave := w.apart()
		w.statements(list, swallowed)
		leave()
		return false
	})
}
