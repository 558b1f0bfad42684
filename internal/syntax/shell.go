package syntax

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A Command is one simple command of a shell text.
type Command struct {
	// Words are the program and its arguments, quotes removed; what the shell
	// would substitute stands as written ("$IMAGE", "${{ github.sha }}").
	// Assignments before the program and redirections are left out, and so are
	// wrappers that run the rest (sudo, env, time, exec, nice, xargs …).
	Words []string
	// Line and Last are the first and the last line, counted from zero at the
	// first line of the text; here-documents are left out.
	Line, Last int
	// Swallowed says how a failure of the command is lost ("|| true", "set +e",
	// "pipe without pipefail"); empty where it stops the text.
	Swallowed string
	// Dir is the folder that "cd" before it led to, relative to where the text
	// starts; "?" where it cannot be told.
	Dir string
	// Never says why the command is never reached ("it stands behind exit 0");
	// empty where it may be. Only what is constant is told: "exit", "exec",
	// "true ||", "if false", "[ 1 = 2 ] &&".
	Never string
	// Function is the function that the command stands in, where nothing in the
	// text calls that: it runs only in a text that sources this one.
	Function string
}

// Program is the base name of the first word.
func (c Command) Program() string {
	if len(c.Words) == 0 {
		return ""
	}
	return path.Base(c.Words[0])
}

// Has says whether one of the words is the given one.
func (c Command) Has(word string) bool { return slices.Contains(c.Words, word) }

// String is the command on one line.
func (c Command) String() string { return strings.Join(c.Words, " ") }

// ErrNotShell says that a text is written in another language than a POSIX
// shell's.
var ErrNotShell = errors.New("is not written for a POSIX shell")

// Shell parses a shell text into its simple commands, in the order in which
// they are reached: those of a function stand where it is called, those of
// functions that are never called at the end. What "sh -c", "eval" and a
// here-document for a shell hold is parsed too. StopsOnError says that the shell
// runs with "set -e" from the start, Pipefail that a pipe fails with any of
// its parts, as the runners of CI vendors set them; a first line "#!" wins.
// Template markers ("${{ … }}") are kept as one word.
func Shell(text string, stopsOnError, pipefail bool) ([]Command, error) {
	w := shellWalk{stops: stopsOnError, pipefail: pipefail, dir: ".", calls: new(int)}
	if line, ok := strings.CutPrefix(text, "#!"); ok {
		line, _, _ = strings.Cut(line, "\n")
		if !posixShell.MatchString(line) {
			return nil, ErrNotShell
		}
		w.stops, w.pipefail = false, false
		w.set(strings.Fields(line))
	}
	if err := w.run(text); err != nil {
		switch {
		case otherShell.MatchString(text):
			return nil, ErrNotShell
		case markers([]byte(text)):
			return nil, ErrTemplated
		}
		return nil, fmt.Errorf("is not valid shell: %w", err)
	}
	return w.commands, nil
}

var (
	posixShell = regex.New(`\b(?:ba|da|k|mk|z|a|busybox )?sh\b`)
	// otherShell matches what PowerShell, cmd and fish write and no shell can.
	otherShell = regex.New(`(?im)\$env:|^\s*(?:param\s*\(|function\s+[a-z]+-[a-z]+|@echo off|rem\s|set\s+-[gx]+\s)|\s-(?:ErrorAction|ForegroundColor)\b|^\s*\$\w+\s*=\s|-eq \$(?:true|false|null)`)
)

// maxOpeners bounds what the parser of shells calls itself for; the stack that
// it would use up cannot be recovered.
const (
	maxShellSize = 1 << 20
	maxOpeners   = 20_000
)

var opener = regex.New("[({`!|&]|\\b(?:if|while|until|for|case|do|then|time|function|select|elif|else|coproc)\\b")

func parseShell(text string) (*syntax.File, error) {
	if len(text) > maxShellSize {
		return nil, fmt.Errorf("is too large for a shell text: the limit is %d bytes", maxShellSize)
	}
	if len(text) > maxOpeners && len(opener.FindAllStringIndex(text, maxOpeners+1)) > maxOpeners {
		return nil, errNested
	}
	if deeper(text, maxShellDepth) {
		return nil, errNested
	}
	parsed, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err == nil && !walkable(parsed) {
		return nil, errNested
	}
	return parsed, err
}

// What follows goes over a text again for each level of it.
const (
	maxShellDepth = 500
	maxShellNodes = 3_000 // inside each other: a dozen for each level
)

// deeper says whether brackets are open inside each other to more than a depth.
func deeper(text string, limit int) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(', '{':
			depth++
		case ')', '}':
			depth = max(depth-1, 0)
		}
		if depth > limit {
			return true
		}
	}
	return false
}

func walkable(parsed *syntax.File) bool {
	depth, deepest := 0, 0
	syntax.Walk(parsed, func(n syntax.Node) bool {
		if n == nil {
			depth--
			return true
		}
		depth++
		deepest = max(deepest, depth)
		return deepest <= maxShellNodes
	})
	return deepest <= maxShellNodes
}
