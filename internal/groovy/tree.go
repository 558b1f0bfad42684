package groovy

// A node is a token, or what stands between two brackets.
type node struct {
	token
	// open is the bracket that a group starts with; 0 for a token.
	open  byte
	inner []node
}

var closers = map[string]string{"(": ")", "[": "]", "{": "}"}

// group makes a tree of brackets. Those that do not match, or lie too deep,
// are left out.
func group(tokens []token) node {
	stack := []node{{}}
	for _, t := range tokens {
		top := &stack[len(stack)-1]
		switch {
		case t.kind == sign && closers[t.text] != "" && len(stack) < maxDepth:
			stack = append(stack, node{token: t, open: t.text[0]})
		case len(stack) > 1 && t.is(closers[string(top.open)]):
			stack = close(stack, t)
		case t.is("(") || t.is("[") || t.is("{") || t.is(")") || t.is("]") || t.is("}"):
		case t.kind == newline && (top.open == '(' || top.open == '['):
		default:
			top.inner = append(top.inner, node{token: t})
		}
	}
	for len(stack) > 1 {
		stack = close(stack, tokens[len(tokens)-1])
	}
	return stack[0]
}

// close ends the innermost group with a token.
func close(stack []node, end token) []node {
	done := stack[len(stack)-1]
	stack = stack[:len(stack)-1]
	done.end, done.last = end.end, end.last
	top := &stack[len(stack)-1]
	top.inner = append(top.inner, done)
	return stack
}

func (n node) is(s string) bool { return n.open == 0 && n.token.is(s) }

func (n node) word(names ...string) bool {
	if n.open != 0 || n.kind != word {
		return false
	}
	for _, name := range names {
		if n.text == name {
			return true
		}
	}
	return len(names) == 0
}
