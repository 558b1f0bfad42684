package wiring

import (
	"path"
	"slices"
	"strings"
)

// idleWords are programs that do nothing of note to anything.
var idleWords = strings.Fields("true : false echo printf exit cd pwd sleep set test [ [[ export ls date @true @echo")

// comparers are utilities that a test may consist of.
var comparers = strings.Fields("diff cmp grep egrep")

// makeFunctions are functions of make that run nothing: they set variables, or
// say something.
// Source: https://www.gnu.org/software/make/manual/html_node/Functions.html
var makeFunctions = strings.Fields("$(eval $(info $(warning $(error $(if $(or $(and ${eval ${info ${warning ${error")

// idle says whether a task is seen to do nothing that its name could tell: its
// commands only say or set something, look after files, are never reached, or
// it only needs others.
func (b *builder) idle(t *Task) bool {
	if len(t.Commands) == 0 {
		return slices.ContainsFunc(t.Needs, func(need string) bool {
			return len(b.tasks.named(sameRunner(t.Runner), path.Clean(t.Dir), need)) > 0
		})
	}
	return !slices.ContainsFunc(t.Commands, func(c Command) bool {
		return c.Never == "" && slices.ContainsFunc(innermost(c.Words), mayDoMore)
	})
}

// mayDoMore says whether a command in which nothing of note was seen may do
// some: a script, a container, a program that is not known.
func mayDoMore(words []string) bool {
	name := programName(words[0])
	switch {
	case slices.Contains(idleWords, words[0]), slices.ContainsFunc(makeFunctions, func(f string) bool { return strings.HasPrefix(words[0], f) }):
		return false
	case slices.Contains(utilities, name):
		return slices.Contains(comparers, name)
	}
	_, provisions := infrastructurePrograms()[name]
	_, delivers := deliveryPrograms()[name]
	return !provisions && !delivers || subcommand(words[1:], "run") >= 0 || subcommand(words[1:], "exec") >= 0
}
