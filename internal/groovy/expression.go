package groovy

import "strings"

// expression reads an expression statement up to its end.
func (p *parser) expression(list []node, depth int) ([]Call, int) {
	size := expressionEnd(list)
	statement := list[:size]
	assigned := ""
	if i := assignment(statement); i > 0 {
		assigned = p.source(statement[:i])
		statement = statement[i+1:]
	}
	if len(statement) == 1 && statement[0].open == '{' && assigned != "" {
		c := p.call("", statement[0], statement)
		c.Body, c.HasBody, c.Assigned = p.block(body(statement[0]), depth+1), true, variable(assigned)
		return []Call{c}, size
	}
	calls := p.calls(statement, depth, true)
	if len(calls) > 0 {
		calls[0].Assigned = variable(assigned)
	}
	return calls, size
}

// variable is the name in what stands before "=": its last word where it
// declares one.
func variable(target string) string {
	if words := strings.Fields(target); len(words) > 1 && !strings.Contains(target, "[") {
		return words[len(words)-1]
	}
	return target
}

// expressionEnd is where an expression ends: at the end of its line, unless
// the line, or the next one, tells that it goes on.
func expressionEnd(list []node) int {
	for i, n := range list {
		switch {
		case n.is(";"):
			return i
		case n.kind == newline && (i == 0 || !continues(list[i-1])) && !continued(list[i+1:]):
			return i
		}
	}
	return len(list)
}

func continues(n node) bool {
	return n.open == 0 && n.kind == sign && !strings.Contains(")]}", n.text) || n.kind == newline
}

func continued(rest []node) bool {
	for _, n := range rest {
		if n.kind != newline {
			return n.is(".") || n.is("?.") || n.is("?") || n.is(":") || n.is("&&") || n.is("||")
		}
	}
	return false
}

// assignment is the index of the "=" of a statement; 0 where there is none.
func assignment(list []node) int {
	for i, n := range list {
		switch {
		case n.is("="):
			return i
		case n.open == '(' || n.open == '{' || n.kind == newline:
			return 0
		}
	}
	return 0
}

func (p *parser) source(list []node) string {
	if len(list) == 0 {
		return ""
	}
	return p.text[list[0].start:max(list[len(list)-1].end, list[0].start)]
}

// calls are the calls in an expression. Where commands are allowed, the first
// may do without parentheses.
func (p *parser) calls(list []node, depth int, command bool) []Call {
	if depth > maxDepth {
		return nil
	}
	var found []Call
	for i := 0; i < len(list); {
		switch n := list[i]; {
		case n.word():
			calls, size := p.path(list[i:], depth, command)
			found = append(found, calls...)
			i += max(size, 1)
		case n.open == '{':
			found = append(found, p.block(body(n), depth+1)...)
			i++
		case n.open != 0:
			found = append(found, p.calls(n.inner, depth+1, false)...)
			i++
		default:
			i++
		}
		command = false
	}
	return found
}

// path reads a path of words and the call, or the chain of calls, that it
// names.
func (p *parser) path(list []node, depth int, command bool) ([]Call, int) {
	name, size := pathName(list)
	if size >= len(list) {
		return nil, size
	}
	c := p.call(name, list[0], list[:size])
	length := p.tail(&c, list[size:], depth)
	if length == 0 && command && startsArgument(list[size-1], list[size]) && !declares(list) {
		c.Args = p.arguments(list[size:], depth+1)
		takeBody(&c)
		p.span(&c, list)
		return []Call{c}, len(list)
	}
	if length == 0 {
		return nil, size
	}
	size += length
	p.span(&c, list[:size])
	return p.chain(c, list, size, depth)
}

// declares says whether a statement without "=" declares a variable: "def x",
// "String x".
func declares(list []node) bool {
	if list[0].word("def", "final", "var", "static") {
		return true
	}
	return len(list) == 2 && list[1].word() && list[0].text[0] >= 'A' && list[0].text[0] <= 'Z'
}

// chain reads what is called on the result of a call.
func (p *parser) chain(c Call, list []node, size, depth int) ([]Call, int) {
	for links := 0; links < maxDepth; links++ {
		at := size
		for at < len(list) && list[at].kind == newline {
			at++
		}
		if at+1 >= len(list) || !list[at].is(".") && !list[at].is("?.") || !list[at+1].word() {
			break
		}
		receiver := c
		next := Call{Name: c.Name + "." + list[at+1].text, Receiver: &receiver}
		size = at + 2
		size += p.tail(&next, list[size:], depth)
		p.span(&next, list[:size])
		c = next
	}
	return []Call{c}, size
}

// tail reads "(…)", "{…}" or both behind a name, and tells their length.
func (p *parser) tail(c *Call, list []node, depth int) int {
	size := 0
	if size < len(list) && list[size].open == '(' {
		c.Args = p.arguments(list[size].inner, depth+1)
		takeBody(c)
		size++
	}
	if size < len(list) && list[size].open == '{' {
		c.Body, c.HasBody = p.block(body(list[size]), depth+1), true
		size++
	}
	return size
}

// takeBody lets a closure that is the last argument be the body.
func takeBody(c *Call) {
	if n := len(c.Args); n > 0 && c.Args[n-1].HasBody && c.Args[n-1].Name == "" {
		c.Body, c.HasBody = c.Args[n-1].Body, true
		c.Args = c.Args[:n-1]
	}
}

func pathName(list []node) (string, int) {
	var b strings.Builder
	size := 0
	if list[0].word("new") && len(list) > 1 && list[1].word() {
		b.WriteString("new ")
		size++
	}
	b.WriteString(list[size].text)
	size++
	for size+1 < len(list) && (list[size].is(".") || list[size].is("?.")) && (list[size+1].word() || list[size+1].kind == literal) {
		b.WriteString("." + list[size+1].text)
		size += 2
	}
	return b.String(), size
}

// startsArgument says whether a node behind a name is the first argument of a
// call without parentheses.
func startsArgument(name, n node) bool {
	switch {
	case n.open == '[':
		return n.start > name.end
	case n.open != 0:
		return false
	case n.kind == word:
		return !n.word("in", "as", "instanceof")
	}
	return n.kind == literal || n.kind == number
}
