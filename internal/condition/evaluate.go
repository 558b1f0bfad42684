package condition

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A World tells the values of names on one occasion; of a call that is not
// known here, by its name with "()" behind it.
type World func(name string) Value

// In is the truth of the condition in a world.
func (e Expression) In(w World) Truth { return e.value(w).Truth() }

func (e Expression) value(w World) Value {
	switch e.op {
	case literal:
		return Text(e.text)
	case name:
		return w(e.text)
	case call:
		return e.called(w)
	case not:
		return Of(-e.args[0].In(w))
	case and, or:
		return e.either(w)
	case equal:
		return Of(same(e.args[0].value(w), e.args[1].value(w)))
	case unequal:
		return Of(-same(e.args[0].value(w), e.args[1].value(w)))
	case matches:
		return Of(match(e.args[0].value(w), e.args[1]))
	case mismatches:
		return Of(-match(e.args[0].value(w), e.args[1]))
	}
	return Value{}
}

// either gives the operand that decides, as most vendors do.
func (e Expression) either(w World) Value {
	decides := True
	if e.op == and {
		decides = False
	}
	left, right := e.args[0].value(w), e.args[1].value(w)
	switch left.Truth() {
	case decides:
		return left
	case -decides:
		return right
	}
	if right.Truth() == decides {
		return right
	}
	return Value{}
}

func same(a, b Value) Truth {
	switch {
	case a.kind == unknown || b.kind == unknown:
		return Unknown
	case a.kind == other && b.kind == other:
		return Unknown
	case a.kind == other || b.kind == other:
		return False
	}
	return truth(strings.EqualFold(a.text, b.text))
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// match compares with a regular expression; one that Go does not know leaves
// the matter open.
func match(v Value, e Expression) Truth {
	if v.kind == unknown || e.op != regular && e.op != literal {
		return Unknown
	}
	re, err := regexp.Compile(e.text)
	switch {
	case err != nil:
		return Unknown
	case v.kind == known:
		return truth(re.MatchString(v.text))
	case re.MatchString(v.text + "\uFFFD"):
		return True
	case exact.MatchString(e.text) || apart(v.text, e.text):
		return False
	}
	return Unknown
}

// apart says whether an expression is tied to a start that differs from the
// one that is known.
func apart(start, expression string) bool {
	body, tied := strings.CutPrefix(expression, "^")
	want := strings.ReplaceAll(literalStart.FindString(body), `\`, "")
	return tied && !strings.HasPrefix(start, want) && !strings.HasPrefix(want, start)
}

// exact matches regular expressions that spell out whole values.
var exact = regex.New(`^(\(\?i\))?\^\(?[\w/|-]+\)?\$$`)

// called evaluates a call of what vendors share; anything else the world
// knows.
func (e Expression) called(w World) Value {
	switch function := lower(e.text); function {
	case "eq", "equals", "ne", "startswith", "endswith", "contains", "matches":
		if len(e.args) != 2 {
			return Value{}
		}
		return Of(e.compared(function, w))
	case "and", "or":
		return e.folded(w)
	case "not":
		if len(e.args) == 1 {
			return Of(-e.args[0].In(w))
		}
	case "in", "notin":
		return Of(e.among(w))
	case "format":
		return e.formatted(w)
	case "fromjson", "lower", "upper", "trim", "tolowercase", "string":
		if len(e.args) == 1 {
			return e.args[0].value(w)
		}
	}
	return w(e.text + "()")
}

func (e Expression) compared(function string, w World) Truth {
	a, b := e.args[0].value(w), e.args[1].value(w)
	switch function {
	case "eq", "equals":
		return same(a, b)
	case "ne":
		return -same(a, b)
	case "matches":
		return match(a, e.args[1])
	}
	if a.kind == unknown || b.kind != known {
		return Unknown
	}
	part, whole := lower(b.text), lower(a.text)
	switch {
	case a.kind == other:
		return within(function, whole, part)
	case function == "startswith":
		return truth(strings.HasPrefix(whole, part))
	case function == "endswith":
		return truth(strings.HasSuffix(whole, part))
	}
	return truth(strings.Contains(whole, part))
}

// within compares a text of which only the start is known.
func within(function, start, part string) Truth {
	switch {
	case function != "endswith" && strings.HasPrefix(start, part), function == "contains" && strings.Contains(start, part):
		return True
	case function == "startswith" && !strings.HasPrefix(part, start):
		return False
	}
	return Unknown
}

// folded is "and" or "or" of any number of arguments.
func (e Expression) folded(w World) Value {
	if len(e.args) == 0 {
		return Value{}
	}
	op := map[string]op{"and": and, "or": or}[lower(e.text)]
	folded := e.args[0]
	for _, a := range e.args[1:] {
		folded = Expression{op: op, args: []Expression{folded, a}}
	}
	return folded.value(w)
}

// among is "in" and "notIn": whether the first argument is one of the rest.
func (e Expression) among(w World) Truth {
	if len(e.args) == 0 {
		return Unknown
	}
	found := False
	for _, a := range e.args[1:] {
		found = max(found, same(e.args[0].value(w), a.value(w)))
	}
	if lower(e.text) == "notin" {
		return -found
	}
	return found
}

// formatted puts the arguments in place of {0}, {1} …
func (e Expression) formatted(w World) Value {
	if len(e.args) == 0 || e.args[0].op != literal {
		return Value{}
	}
	text := e.args[0].text
	for i, a := range e.args[1:] {
		v := a.value(w)
		hole := "{" + strconv.Itoa(i) + "}"
		if v.kind != known {
			if prefix, found := strings.CutSuffix(text, hole); found && v.kind == other {
				return v.With(prefix)
			}
			return Value{}
		}
		text = strings.ReplaceAll(text, hole, v.text)
	}
	return Text(text)
}
