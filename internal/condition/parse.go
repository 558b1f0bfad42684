package condition

import (
	"errors"
	"fmt"
	"strings"
)

// Bounds of what is read.
const (
	maxLength = 10_000
	maxDepth  = 100
)

// ErrTooLarge says that a condition is longer or deeper than is read.
var ErrTooLarge = errors.New("the condition is too large to be read")

// Parse reads a condition. What a vendor writes around it ("${{ … }}") reads as
// parentheses; an empty text is the zero Expression.
func Parse(text string) (Expression, error) {
	if len(text) > maxLength {
		return Expression{}, ErrTooLarge
	}
	tokens, err := scan(text)
	if err != nil || len(tokens) == 0 {
		return Expression{}, err
	}
	p := parser{tokens: tokens}
	e, err := p.or(0)
	if err == nil && p.next < len(tokens) {
		err = fmt.Errorf("%q is not expected there", p.tokens[p.next].text)
	}
	if err != nil {
		return Expression{}, err
	}
	return e, nil
}

type parser struct {
	tokens []token
	next   int
}

// take moves on if the next token is one of the given operators or words.
func (p *parser) take(texts ...string) bool {
	if p.next >= len(p.tokens) || p.tokens[p.next].kind == quoted {
		return false
	}
	for _, t := range texts {
		if p.tokens[p.next].text == t {
			p.next++
			return true
		}
	}
	return false
}

func (p *parser) or(depth int) (Expression, error) {
	return p.chain(depth, or, p.and, "||", "or", "OR")
}

func (p *parser) and(depth int) (Expression, error) {
	return p.chain(depth, and, p.not, "&&", "and", "AND")
}

func (p *parser) chain(depth int, op op, operand func(int) (Expression, error), signs ...string) (Expression, error) {
	if depth > maxDepth {
		return Expression{}, ErrTooLarge
	}
	e, err := operand(depth)
	for err == nil && p.take(signs...) {
		var right Expression
		right, err = operand(depth)
		e = Expression{op: op, args: []Expression{e, right}}
	}
	return e, err
}

func (p *parser) not(depth int) (Expression, error) {
	if depth > maxDepth {
		return Expression{}, ErrTooLarge
	}
	if p.take("!") || p.word("not") || p.word("NOT") {
		e, err := p.not(depth + 1)
		return e.Not(), err
	}
	return p.comparison(depth)
}

// word takes an operator that is spelt as a word, unless it is called as a
// function.
func (p *parser) word(w string) bool {
	if p.next+1 < len(p.tokens) && p.tokens[p.next+1].text == "(" && p.tokens[p.next+1].kind == sign {
		return false
	}
	return p.take(w)
}

var comparisons = []struct {
	sign string
	op   op
}{{"==", equal}, {"=", equal}, {"!=", unequal}, {"=~", matches}, {"==~", matches}, {"!~", mismatches}}

func (p *parser) comparison(depth int) (Expression, error) {
	left, err := p.primary(depth)
	if err != nil {
		return left, err
	}
	for _, c := range comparisons {
		if p.take(c.sign) {
			right, err := p.primary(depth)
			return Expression{op: c.op, args: []Expression{left, right}}, err
		}
	}
	return left, nil
}

func (p *parser) primary(depth int) (Expression, error) {
	if p.next >= len(p.tokens) {
		return Expression{}, errors.New("the condition ends too early")
	}
	if p.take("(") {
		e, err := p.or(depth + 1)
		if err == nil && !p.take(")") {
			err = errors.New("a parenthesis is not closed")
		}
		return e, err
	}
	t := p.tokens[p.next]
	p.next++
	switch t.kind {
	case quoted:
		return Expression{op: literal, text: t.text}, nil
	case pattern:
		return Expression{op: regular, text: t.text}, nil
	case sign:
		return Expression{}, fmt.Errorf("%q is not expected there", t.text)
	}
	if p.take("(") {
		return p.call(t.text, depth)
	}
	return word(t.text), nil
}

// word is what a word without quotes stands for.
func word(text string) Expression {
	switch lower(text) {
	case "true", "false":
		return Expression{op: literal, text: lower(text)}
	case "null", "none":
		return Expression{op: literal}
	}
	if text[0] >= '0' && text[0] <= '9' || text[0] == '-' {
		return Expression{op: literal, text: text}
	}
	return Expression{op: name, text: text}
}

// call reads the arguments of a call. A method ("x.startsWith('v')") is a
// function whose first argument is what it is called on.
func (p *parser) call(function string, depth int) (Expression, error) {
	e := Expression{op: call, text: function}
	if i := strings.LastIndexByte(function, '.'); i > 0 {
		e.text = function[i+1:]
		e.args = append(e.args, word(function[:i]))
	}
	for !p.take(")") {
		arg, err := p.or(depth + 1)
		if err != nil {
			return e, err
		}
		e.args = append(e.args, arg)
		if !p.take(",") && (p.next >= len(p.tokens) || p.tokens[p.next].text != ")") {
			return e, fmt.Errorf("the arguments of %s do not end", function)
		}
	}
	return e, nil
}
