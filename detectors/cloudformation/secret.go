package cloudformation

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// parameterSecret notes a parameter that is named like a secret and has one as
// its default: hidden by NoEcho or not, it stands in the template.
func (t *Template) parameterSecret(name, parameter syntax.Node) {
	value := parameter.Get("Default")
	if strings.HasPrefix(parameter.Get("Type").Text(), "AWS::") {
		return
	}
	t.secret(name, value)
}

// propertySecrets notes the properties that are named like a secret and hold
// one.
func (t *Template) propertySecrets(n syntax.Node, depth int) {
	if depth > maxDepth {
		return
	}
	for _, item := range n.Items() {
		t.propertySecrets(item, depth+1)
	}
	for key, value := range n.Pairs() {
		t.secret(key, value)
		t.propertySecrets(value, depth+1)
	}
}

// secret notes the place of a secret in plain text: a value that a function or
// a dynamic reference gives is none.
func (t *Template) secret(name, value syntax.Node) {
	literal := value.IsScalar() && value.Tag() == "!!str" && manifest.SecretName(name.Text()) && manifest.HeldBy(name.Text(), value.Text()) == manifest.Literal
	if literal {
		t.Secrets = append(t.Secrets, Secret{Name: name.Text(), Line: value.Line()})
	}
}
