package syntax

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// literal is the value of an expression that is written out: a string without
// interpolation, a number, true or false.
func literal(e hclsyntax.Expression) (string, bool) {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return primitive(e.Val)
	case *hclsyntax.ParenthesesExpr:
		return literal(e.Expression)
	case *hclsyntax.TemplateExpr:
		return plainTemplate(e)
	case *hclsyntax.UnaryOpExpr:
		text, ok := literal(e.Val)
		if !ok || e.Op != hclsyntax.OpNegate {
			return "", false
		}
		return "-" + text, true
	}
	return "", false
}

func plainTemplate(e *hclsyntax.TemplateExpr) (string, bool) {
	var b strings.Builder
	for _, part := range e.Parts {
		value, ok := part.(*hclsyntax.LiteralValueExpr)
		if !ok {
			return "", false
		}
		text, ok := primitive(value.Val)
		if !ok {
			return "", false
		}
		b.WriteString(text)
	}
	return b.String(), true
}

func primitive(v cty.Value) (string, bool) {
	if v.IsNull() || !v.IsKnown() {
		return "", false
	}
	switch v.Type() {
	case cty.String:
		return v.AsString(), true
	case cty.Bool:
		if v.True() {
			return "true", true
		}
		return "false", true
	case cty.Number:
		return v.AsBigFloat().Text('f', -1), true
	}
	return "", false
}
