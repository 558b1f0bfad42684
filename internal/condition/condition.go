// Package condition reads the conditions that CI vendors put before pipelines,
// jobs and steps, and tells as far as possible without running anything
// whether they hold on a given occasion. One grammar serves them all: names,
// texts, regular expressions, comparisons, "and", "or", "not", and calls.
package condition

// A Truth is what is known of a condition.
type Truth int8

// The truths.
const (
	False   Truth = -1
	Unknown Truth = 0
	True    Truth = 1
)

// A Value is what is known of a name. The zero Value is unknown.
type Value struct {
	text string
	kind kind
}

type kind uint8

const (
	unknown kind = iota
	known
	other
)

// Text is a value that is known; Null, which is the empty text, one that is
// known to be missing.
func Text(s string) Value { return Value{s, known} }

// Null is what a missing value is.
var Null = Text("")

// Other is some value that starts with prefix, goes on, and is none of those
// that conditions spell out: the name of any other branch.
func Other(prefix string) Value { return Value{prefix, other} }

// Of is a truth as a value.
func Of(t Truth) Value {
	switch t {
	case True:
		return Text("true")
	case False:
		return Text("false")
	}
	return Value{}
}

// With is the value behind a prefix: that of a ref from that of a branch.
func (v Value) With(prefix string) Value {
	if v.kind == unknown {
		return v
	}
	return Value{prefix + v.text, v.kind}
}

// Truth is the value as a condition: what is missing, empty, zero or false
// does not hold.
func (v Value) Truth() Truth {
	switch v.kind {
	case unknown:
		return Unknown
	case other:
		return True
	}
	switch v.text {
	case "", "false", "False", "0", "null", "-0":
		return False
	}
	return True
}

// An Expression is a condition that was read. The zero Expression holds
// nothing and its truth is unknown.
type Expression struct {
	op   op
	text string // of a literal, a name, the name of a call
	args []Expression
}

type op uint8

const (
	nothing op = iota
	literal
	regular
	name
	call
	not
	and
	or
	equal
	unequal
	matches
	mismatches
)

// Literals are the texts that the condition spells out.
func (e Expression) Literals() []string {
	var found []string
	if e.op == literal {
		found = append(found, e.text)
	}
	for _, a := range e.args {
		found = append(found, a.Literals()...)
	}
	return found
}

// Calls says whether the condition calls a function of that name.
func (e Expression) Calls(function string) bool {
	if e.op == call && lower(e.text) == lower(function) {
		return true
	}
	for _, a := range e.args {
		if a.Calls(function) {
			return true
		}
	}
	return false
}

// And is the condition that holds where both hold.
func (e Expression) And(more Expression) Expression {
	switch {
	case e.op == nothing:
		return more
	case more.op == nothing:
		return e
	}
	return Expression{op: and, args: []Expression{e, more}}
}

// Open is a condition of which nothing is known.
var Open = Expression{op: name}

// Or is the condition that holds where one of the two does.
func (e Expression) Or(more Expression) Expression {
	switch {
	case e.op == nothing:
		return more
	case more.op == nothing:
		return e
	}
	return Expression{op: or, args: []Expression{e, more}}
}

// Not is the condition that holds where this one does not.
func (e Expression) Not() Expression {
	if e.op == nothing {
		return e
	}
	return Expression{op: not, args: []Expression{e}}
}
