package syntax

import "mvdan.cc/sh/v3/syntax"

// An ending is how the way to the statements that follow is left: a loop, a
// function or the text, and by what.
type ending struct {
	level int
	why   string
}

// The levels of endings; each includes those below it.
const (
	endsRound = iota + 1
	endsCall
	endsText
)

// neverHolds is why something behind a condition is not reached.
const neverHolds = "it stands behind a condition that never holds"

// endsOf are the words that leave a loop, a function or the text.
var endsOf = map[string]int{"break": endsRound, "continue": endsRound, "return": endsCall, "exit": endsText, "exec": endsText}

// leaves notes that a command leaves something.
func (w *shellWalk) leaves(words []string) {
	level := endsOf[words[0]]
	if level == 0 || w.never != "" || words[0] == "exec" && len(words) == 1 {
		return
	}
	why := "it stands behind " + words[0]
	if words[0] == "exit" && len(words) > 1 {
		why += " " + words[1]
	}
	w.ended = ending{level, why}
}

// stopsAt notes that a statement which always fails ends a text that stops at
// failures.
func (w *shellWalk) stopsAt(s *syntax.Stmt, lost string) {
	if _, simple := s.Cmd.(*syntax.CallExpr); simple && w.stops && lost == "" && w.never == "" && w.ended.level == 0 && !s.Negated && w.constant(s) == fails {
		w.ended = ending{endsText, "it stands behind what always fails"}
	}
}

// unreached walks what is not reached, and why.
func (w *shellWalk) unreached(why string, walk func()) {
	never, ended := w.never, w.ended
	if never == "" {
		w.never = why
	}
	walk()
	w.never, w.ended = never, ended
}

// perhaps walks what may not be reached, and tells how it ends.
func (w *shellWalk) perhaps(walk func()) ending {
	before := w.ended
	walk()
	after := w.ended
	w.ended = before
	return after
}

// loop walks what is done again and again, or never.
func (w *shellWalk) loop(body []*syntax.Stmt, swallowed string, never bool) {
	walk := func() { w.statements(body, swallowed) }
	if never {
		w.unreached(neverHolds, walk)
		return
	}
	w.perhaps(walk)
}

// overNothing says whether a loop goes over an empty list.
func overNothing(c *syntax.ForClause) bool {
	list, ok := c.Loop.(*syntax.WordIter)
	return ok && list.InPos.IsValid() && len(list.Items) == 0
}

// apart begins what has a shell of its own, and gives what ends that.
func (w *shellWalk) apart() func() {
	dir, stops, ended := w.dir, w.stops, w.ended
	return func() { w.dir, w.stops, w.ended = dir, stops, ended }
}

// leastOf is how branches end of which one is taken.
func leastOf(branches []ending) ending {
	least := branches[0]
	for _, e := range branches[1:] {
		if e.level < least.level {
			least = e
		}
	}
	return least
}
