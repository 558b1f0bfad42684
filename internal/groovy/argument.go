package groovy

import "strings"

// arguments reads what stands between parentheses, or behind the name of a
// call without them.
func (p *parser) arguments(list []node, depth int) []Argument {
	if depth > maxDepth {
		return nil
	}
	var args []Argument
	for _, part := range split(list) {
		args = append(args, p.argument(part, depth))
	}
	return args
}

// split splits at commas; parts that hold nothing are left out.
func split(list []node) [][]node {
	var parts [][]node
	var part []node
	for _, n := range list {
		switch {
		case n.is(","):
			parts, part = append(parts, part), nil
		case n.kind != newline || n.open != 0:
			part = append(part, n)
		}
	}
	parts = append(parts, part)
	kept := parts[:0]
	for _, part := range parts {
		if len(part) > 0 {
			kept = append(kept, part)
		}
	}
	return kept
}

func (p *parser) argument(part []node, depth int) Argument {
	if len(part) > 2 && part[1].is(":") && (part[0].word() || part[0].kind == literal && part[0].open == 0 || part[0].open == '(') {
		a := p.argument(part[2:], depth)
		a.Name = part[0].text
		return a
	}
	switch n := part[0]; {
	case n.open == '{' && len(part) == 1:
		return Argument{Body: p.block(body(n), depth+1), HasBody: true, Line: n.line}
	case n.open == '[' && len(part) == 1:
		return Argument{Items: p.arguments(n.inner, depth+1), Text: p.source(part), Line: n.line}
	}
	if a, ok := p.joined(part); ok {
		return a
	}
	return p.expressionArgument(part, part[0].line, depth)
}

// joined reads a string: alone, with a method called on it (stripIndent), or
// joined from several parts by "+", of which those that are no strings become
// interpolations.
func (p *parser) joined(part []node) (Argument, bool) {
	if part[0].open == 0 && part[0].kind == literal && (len(part) == 1 || part[1].is(".")) {
		return Argument{Text: part[0].text, Literal: true, Lines: part[0].lines, Line: part[0].line}, true
	}
	if !plus(part) {
		return Argument{}, false
	}
	var s sum
	start := 0
	for i := 0; i <= len(part); i++ {
		if i < len(part) && !part[i].is("+") {
			continue
		}
		if i == start {
			return Argument{}, false
		}
		s.add(p, part[start:i])
		start = i + 1
	}
	return Argument{Text: s.text.String(), Literal: true, Lines: s.lines, Line: part[0].line}, s.texts > 0
}

// A sum is texts joined by "+".
type sum struct {
	text  strings.Builder
	lines []int
	texts int
}

func (s *sum) add(p *parser, part []node) {
	if len(part) > 1 || part[0].open != 0 || part[0].kind != literal {
		if len(s.lines) == 0 {
			s.lines = []int{part[0].line}
		}
		s.text.WriteString("${" + flatten.Replace(p.source(part)) + "}")
		return
	}
	s.texts++
	s.text.WriteString(part[0].text)
	lines := part[0].lines
	if len(s.lines) > 0 {
		lines = lines[1:]
	}
	s.lines = append(s.lines, lines...)
}

func plus(part []node) bool {
	for _, n := range part {
		if n.is("+") {
			return true
		}
	}
	return false
}

// expressionArgument is an argument of which only the source and the calls in
// it are known.
func (p *parser) expressionArgument(part []node, line, depth int) Argument {
	return Argument{Text: strings.TrimSpace(p.source(part)), Line: line, Calls: p.calls(part, depth+1, false)}
}
