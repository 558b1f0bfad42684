// Package condition reads the conditions that CI vendors put before pipelines,
// jobs and steps, and tells as far as possible without running anything
// whether they hold on a given occasion. One grammar serves them all: names,
// texts, regular expressions, comparisons, "and", "or", "not", and calls.
package condition

import (
	"regexp"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

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

// Literals are the texts that the condition spells out, those of a regular
// expression that is a list of texts too.
func (e Expression) Literals() []string {
	var found []string
	switch {
	case e.op == literal:
		found = append(found, e.text)
	case e.op == regular && exact.MatchString(e.text):
		found = append(found, strings.Split(alternatives.Replace(e.text), "|")...)
	}
	for _, a := range e.args {
		found = append(found, a.Literals()...)
	}
	return found
}

// Names are the names that the condition asks for.
func (e Expression) Names() []string {
	var found []string
	if e.op == name && e.text != "" {
		found = append(found, e.text)
	}
	for _, a := range e.args {
		found = append(found, a.Names()...)
	}
	return found
}

var alternatives = strings.NewReplacer("(?i)", "", "^", "", "(", "", ")", "", "$", "")

// A Pattern is a set of texts that a condition asks for without spelling each
// out, with one that belongs to it. Text is a glob, or a regular expression
// between slashes.
type Pattern struct{ Text, Example string }

// Patterns are those that the condition asks for. It is false where one of them
// has no example that can be told.
func (e Expression) Patterns() ([]Pattern, bool) {
	var found []Pattern
	whole := true
	switch p, ok := e.pattern(); {
	case !ok:
		whole = false
	case p.Text != "":
		found = append(found, p)
	}
	for _, a := range e.args {
		inner, ok := a.Patterns()
		found, whole = append(found, inner...), whole && ok
	}
	return found, whole
}

// example stands for whatever may follow.
const example = "\uFFFD"

// pattern is the one of a single comparison; empty where it asks for none.
func (e Expression) pattern() (Pattern, bool) {
	switch {
	case (e.op == matches || e.op == mismatches) && len(e.args) == 2:
		return regularPattern(e.args[1].text)
	case e.op == call && lower(e.text) == "matches" && len(e.args) == 2:
		return regularPattern(e.args[1].text)
	case e.op != call || len(e.args) != 2:
		return Pattern{}, true
	}
	text, literal := e.args[1].text, e.args[1].op == literal
	switch lower(e.text) {
	case "startswith":
		return Pattern{text + "**", text + example}, literal
	case "endswith":
		return Pattern{"**" + text, example + text}, literal
	case "contains":
		return Pattern{"**" + text + "**", example + text + example}, literal
	}
	return Pattern{}, true
}

// regularPattern is a regular expression as a pattern. Its example is what it
// spells out at its start, and something behind it.
func regularPattern(text string) (Pattern, bool) {
	re, err := regexp.Compile(text)
	if err != nil {
		return Pattern{}, false
	}
	body := strings.TrimPrefix(strings.TrimPrefix(text, "(?i)"), "^")
	start := strings.ReplaceAll(literalStart.FindString(body), `\`, "")
	for _, candidate := range []string{start + example, start, example + start, start + "1", start + "1.0", start + "1.0.0"} {
		if re.MatchString(candidate) {
			return Pattern{"/" + text + "/", candidate}, true
		}
	}
	return Pattern{}, exact.MatchString(text)
}

var literalStart = regex.New(`^(?:[\w/ -]|\\[./-])*`)

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
