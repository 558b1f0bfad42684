package syntax

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A Command is one simple command of a shell text.
type Command struct {
	// Words are the program and its arguments, quotes removed; what the shell
	// would substitute stands as written ("$IMAGE", "${{ github.sha }}").
	// Assignments before the program and redirections are left out, and so are
	// wrappers that run the rest (sudo, env, time, exec, nice, xargs …).
	Words []string
	// Line counts from zero at the first line of the text.
	Line int
	// Swallowed says how a failure of the command is lost ("|| true", "set +e",
	// "pipe without pipefail"); empty where it stops the text.
	Swallowed string
	// Dir is the folder that "cd" before it led to, relative to where the text
	// starts; "?" where it cannot be told.
	Dir string
}

// Program is the base name of the first word.
func (c Command) Program() string {
	if len(c.Words) == 0 {
		return ""
	}
	return path.Base(c.Words[0])
}

// Has says whether one of the words is the given one.
func (c Command) Has(word string) bool {
	for _, w := range c.Words {
		if w == word {
			return true
		}
	}
	return false
}

// String is the command on one line.
func (c Command) String() string { return strings.Join(c.Words, " ") }

// Shell parses a shell text into its simple commands, in their order: those
// inside functions, conditions and loops too. StopsOnError says that the shell
// runs with "set -e" from the start, Pipefail that a pipe fails with any of
// its parts, as the runners of CI vendors set them. Template markers
// ("${{ … }}") are kept as one word.
func Shell(text string, stopsOnError, pipefail bool) ([]Command, error) {
	masked := maskExpressions(text)
	parsed, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(bytes.NewReader([]byte(masked.text)), "")
	if err != nil {
		return nil, fmt.Errorf("is not valid shell: %w", err)
	}
	w := shellWalk{masked: masked, stops: stopsOnError, pipefail: pipefail, dir: "."}
	w.statements(parsed.Stmts, "")
	return w.commands, nil
}
