package groovy

import "slices"

type parser struct{ text string }

// block reads the statements of a block.
func (p *parser) block(list []node, depth int) []Call {
	if depth > maxDepth {
		return nil
	}
	var calls []Call
	for len(list) > 0 {
		if list[0].kind == newline || list[0].is(";") {
			list = list[1:]
			continue
		}
		found, size := p.statement(list, depth)
		calls = append(calls, found...)
		list = list[max(size, 1):]
	}
	return calls
}

// statement reads the statement that a list starts with, and tells its length.
func (p *parser) statement(list []node, depth int) ([]Call, int) {
	switch n := list[0]; {
	case n.is("@"):
		return p.annotation(list, depth)
	case n.word("import", "package"):
		return nil, lineEnd(list)
	case n.word("class", "interface", "enum", "trait"):
		if i := near(list, func(n node) bool { return n.open == '{' }); i >= 0 {
			return nil, i + 1
		}
	case n.word("if", "while", "for", "switch", "catch", "synchronized"):
		return p.control(list, depth)
	case n.word("else", "try", "finally", "do"):
		return p.control(list, depth)
	case n.word("case", "default"):
		if i := near(list, func(n node) bool { return n.is(":") }); i >= 0 {
			return nil, i + 1
		}
	case n.word("throw"):
		calls, size := p.expression(list[1:], depth)
		return append([]Call{p.call("throw", list[0], list[:1])}, calls...), size + 1
	case n.word("return", "assert"):
		calls, size := p.expression(list[1:], depth)
		return calls, size + 1
	}
	if call, size, ok := p.definition(list, depth); ok {
		return []Call{call}, size
	}
	return p.expression(list, depth)
}

// near is the index of a node that is searched for among the next few.
func near(list []node, is func(node) bool) int {
	return slices.IndexFunc(list[:min(len(list), 50)], is)
}

// lineEnd is where the line ends that a list starts with.
func lineEnd(list []node) int {
	if i := slices.IndexFunc(list, func(n node) bool { return n.kind == newline }); i >= 0 {
		return i
	}
	return len(list)
}

// annotation reads "@Name" or "@Name(…)".
func (p *parser) annotation(list []node, depth int) ([]Call, int) {
	if len(list) < 2 || !list[1].word() {
		return nil, 1
	}
	size := 2
	for size+1 < len(list) && list[size].is(".") && list[size+1].word() {
		size += 2
	}
	c := p.call("@"+list[size-1].text, list[0], list[:size])
	if size < len(list) && list[size].open == '(' {
		size++
		c = p.call(c.Name, list[0], list[:size])
		c.Args = p.arguments(list[size-1].inner, depth+1)
	}
	return []Call{c}, size
}

// control reads "if (…) …", "try { … }" and their kin: the condition is the
// argument; what follows, a block or one statement, is the body.
func (p *parser) control(list []node, depth int) ([]Call, int) {
	c, size := p.call(list[0].text, list[0], list[:1]), 1
	if size < len(list) && list[size].open == '(' {
		c.Args = []Argument{p.expressionArgument(list[size].inner, list[size].line, depth+1)}
		size++
	}
	for size < len(list) && list[size].kind == newline {
		size++
	}
	switch {
	case size == len(list) || list[size].is(";"):
	case list[size].open == '{':
		c.Body, c.HasBody = p.block(body(list[size]), depth+1), true
		size++
	case depth < maxDepth:
		var length int
		c.Body, length = p.statement(list[size:], depth+1)
		c.HasBody = true
		size += length
	}
	p.span(&c, list[:size])
	return []Call{c}, size
}

// body is what a block holds, without the parameters of a closure.
func body(n node) []node {
	for i, inner := range n.inner {
		switch {
		case inner.is("->"):
			return n.inner[i+1:]
		case inner.kind == newline && i == 0, inner.word(), inner.is(","), inner.kind == newline:
		default:
			return n.inner
		}
	}
	return n.inner
}

// definition reads "def name(…) { … }": at least two words, then parentheses
// and a block on the same line.
func (p *parser) definition(list []node, depth int) (Call, int, bool) {
	words, i := 0, 0
	for i < len(list) && (list[i].word() || list[i].is("<") || list[i].is(">") || list[i].is(",") || list[i].is(".") || list[i].open == '[') {
		if list[i].word() {
			words++
		}
		i++
	}
	if words < 2 || i+1 >= len(list) || list[i].open != '(' || list[i+1].open != '{' || !list[i-1].word() || list[i-2].is(".") || list[0].word("new") {
		return Call{}, 0, false
	}
	c := p.call("def", list[0], list[:i+2])
	c.Defines, c.HasBody = list[i-1].text, true
	for _, part := range split(plainTypes(list[i].inner)) {
		if name := parameter(part); name != "" {
			c.Params = append(c.Params, name)
		}
	}
	c.Body = p.block(list[i+1].inner, depth+1)
	return c, i + 2, true
}

// plainTypes leaves out what stands between "<" and ">" in parameters, which
// has commas of its own.
func plainTypes(list []node) []node {
	var kept []node
	depth := 0
	for _, n := range list {
		switch {
		case n.is("<"):
			depth++
		case n.is(">"):
			depth--
		case depth <= 0:
			kept = append(kept, n)
		}
	}
	return kept
}

// parameter is the last word before a default value.
func parameter(part []node) string {
	name := ""
	for _, n := range part {
		if n.is("=") {
			break
		}
		if n.word() {
			name = n.text
		}
	}
	return name
}

// call is a call that stands where its nodes do.
func (p *parser) call(name string, at node, nodes []node) Call {
	c := Call{Name: name, Line: at.line}
	p.span(&c, nodes)
	return c
}

func (p *parser) span(c *Call, nodes []node) {
	if len(nodes) == 0 {
		return
	}
	c.Start, c.Line = nodes[0].start, nodes[0].line
	last := nodes[len(nodes)-1]
	c.Stop, c.End = last.end, max(last.last, last.line)
}
