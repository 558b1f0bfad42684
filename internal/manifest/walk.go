package manifest

import "github.com/waymark-dev/waymark/internal/syntax"

// maxDepth bounds how deep a walk goes into a document.
const maxDepth = 40

// Walk calls visit for each scalar below a node with the key that it stands
// under: that of a mapping, or the name beside a value, as environments of
// containers, parameters of CloudFormation and their kin are written.
func Walk(n syntax.Node, visit func(key, value syntax.Node)) { walk(syntax.Node{}, n, visit, 0) }

func walk(key, n syntax.Node, visit func(key, value syntax.Node), depth int) {
	switch {
	case depth > maxDepth:
	case n.IsMap():
		if name, value := named(n); name.Exists() {
			visit(name, value)
			return
		}
		for k, v := range n.Pairs() {
			walk(k, v, visit, depth+1)
		}
	case n.IsList():
		for _, item := range n.Items() {
			walk(key, item, visit, depth+1)
		}
	case n.IsScalar():
		visit(key, n)
	}
}

// named is the name and the value of a mapping that is one setting.
func named(n syntax.Node) (syntax.Node, syntax.Node) {
	for _, keys := range [][2]string{{"name", "value"}, {"ParameterKey", "ParameterValue"}, {"Name", "Value"}, {"key", "value"}} {
		name, value := n.Get(keys[0]), n.Get(keys[1])
		if name.Text() != "" && value.IsScalar() {
			return name, value
		}
	}
	return syntax.Node{}, syntax.Node{}
}
