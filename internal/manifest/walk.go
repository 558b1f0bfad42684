package manifest

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
)

// maxDepth bounds how deep a walk goes into a document, maxSteps how many nodes
// it looks at: aliases can make a small file endless.
const (
	maxDepth = 40
	maxSteps = 200_000
)

// Walk calls visit for each scalar below a node with the key that it stands
// under: that of a mapping, or the name beside a value, as environments of
// containers, parameters of CloudFormation and their kin are written. In is the
// mapping around it, absent where none is.
func Walk(n syntax.Node, visit func(in, key, value syntax.Node)) {
	steps := 0
	walk(syntax.Node{}, syntax.Node{}, n, visit, 0, &steps)
}

func walk(in, key, n syntax.Node, visit func(in, key, value syntax.Node), depth int, steps *int) {
	*steps++
	switch {
	case depth > maxDepth || *steps > maxSteps:
	case n.IsMap():
		if name, value := named(n); name.Exists() {
			visit(in, name, value)
			return
		}
		for k, v := range n.Pairs() {
			walk(n, k, v, visit, depth+1, steps)
		}
	case n.IsList():
		if function(n) {
			key = syntax.Node{} // what a function takes is not what the key holds
		}
		for _, item := range n.Items() {
			walk(in, key, item, visit, depth+1, steps)
		}
	case n.IsScalar():
		visit(in, key, n)
	}
}

// function says that a tag of the format's own makes the node a call: "!If".
func function(n syntax.Node) bool {
	return strings.HasPrefix(n.Tag(), "!") && !strings.HasPrefix(n.Tag(), "!!")
}

// Pairs calls visit for each key and value of the mappings below a node, lists
// looked through, with the key that the mapping itself stands under. It goes
// into a value where visit says so.
func Pairs(n syntax.Node, visit func(parent, key, value syntax.Node) bool) {
	steps := 0
	pairs(syntax.Node{}, n, visit, 0, &steps)
}

func pairs(parent, n syntax.Node, visit func(parent, key, value syntax.Node) bool, depth int, steps *int) {
	if *steps++; depth > maxDepth || *steps > maxSteps {
		return
	}
	for _, item := range n.Items() {
		pairs(parent, item, visit, depth+1, steps)
	}
	for key, value := range n.Pairs() {
		if visit(parent, key, value) {
			pairs(key, value, visit, depth+1, steps)
		}
	}
}

// named is the name and the value of a mapping that is one setting.
func named(n syntax.Node) (syntax.Node, syntax.Node) {
	for _, keys := range [][2]string{{"name", "value"}, {"ParameterKey", "ParameterValue"}, {"Name", "Value"}, {"key", "value"}} {
		name := n.Get(keys[0])
		if name.Text() == "" {
			continue
		}
		if value := n.Get(keys[1]); value.IsScalar() {
			return name, value
		}
	}
	return syntax.Node{}, syntax.Node{}
}
