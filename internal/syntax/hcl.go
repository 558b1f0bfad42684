package syntax

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Body is what stands between the braces of an HCL block, or in a whole
// file. The zero Body is empty.
type Body struct {
	Attributes []Attribute
	Blocks     []Block
}

// An Attribute is "name = value".
type Attribute struct {
	Name string
	// At covers the whole attribute.
	At detect.Span
	// Text is the value where it is known without evaluating anything: a
	// string without interpolation, a number, true or false.
	Text string
	// Known says whether Text is the value.
	Known bool
	// Raw is the source text of the value.
	Raw string
	// Body is the value where it is an object written in braces.
	Body *Body
	// List are the items where the value is written in brackets.
	List []Attribute
}

// A Block is "type "label" { … }".
type Block struct {
	Type   string
	Labels []string
	// At covers the header, without the body.
	At detect.Span
	// Range covers the whole block.
	Range detect.Span
	Body  Body
}

// Attribute is the attribute of that name, and whether there is one.
func (b Body) Attribute(name string) (Attribute, bool) {
	for _, a := range b.Attributes {
		if a.Name == name {
			return a, true
		}
	}
	return Attribute{}, false
}

// Text is the known value of the attribute of that name; else empty.
func (b Body) Text(name string) string {
	a, _ := b.Attribute(name)
	return a.Text
}

// All are the blocks of a type.
func (b Body) All(kind string) []Block {
	var found []Block
	for _, block := range b.Blocks {
		if block.Type == kind {
			found = append(found, block)
		}
	}
	return found
}

// HCL is the view of a file in HCL's native syntax, or of a Terraform file in
// its JSON syntax (*.tf.json, *.tofu.json).
var HCL = detect.NewView(parseHCL)

func parseHCL(f *detect.File) (Body, error) {
	parsed, diags := hclsyntax.ParseConfig(f.Data, f.Path, hcl.InitialPos)
	if diags.HasErrors() {
		return Body{}, fmt.Errorf("is not valid HCL: %w", diags)
	}
	return hclBody(f, parsed.Body.(*hclsyntax.Body)), nil
}

func hclBody(f *detect.File, b *hclsyntax.Body) Body {
	var body Body
	for _, a := range b.Attributes {
		body.Attributes = append(body.Attributes, hclAttribute(f, a.Name, a.SrcRange, a.Expr))
	}
	for _, block := range b.Blocks {
		body.Blocks = append(body.Blocks, Block{
			Type: block.Type, Labels: block.Labels,
			At: hclSpan(f, block.DefRange()), Range: hclSpan(f, block.Range()), Body: hclBody(f, block.Body),
		})
	}
	return body
}

func hclAttribute(f *detect.File, name string, at hcl.Range, e hclsyntax.Expression) Attribute {
	a := Attribute{Name: name, At: hclSpan(f, at), Raw: string(e.Range().SliceBytes(f.Data))}
	a.Text, a.Known = literal(e)
	switch e := e.(type) {
	case *hclsyntax.ObjectConsExpr:
		a.Body = &Body{}
		for _, item := range e.Items {
			key, _ := literal(item.KeyExpr)
			if key == "" {
				key = hcl.ExprAsKeyword(item.KeyExpr)
			}
			a.Body.Attributes = append(a.Body.Attributes, hclAttribute(f, key, hcl.RangeBetween(item.KeyExpr.Range(), item.ValueExpr.Range()), item.ValueExpr))
		}
	case *hclsyntax.TupleConsExpr:
		for _, item := range e.Exprs {
			a.List = append(a.List, hclAttribute(f, "", item.Range(), item))
		}
	}
	return a
}

// literal is the value of an expression that refers to nothing.
func literal(e hclsyntax.Expression) (string, bool) {
	if len(e.Variables()) > 0 {
		return "", false
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() || v.IsNull() || !v.IsKnown() || !v.Type().IsPrimitiveType() {
		return "", false
	}
	switch v.Type() {
	case cty.String:
		return v.AsString(), true
	case cty.Bool:
		return fmt.Sprint(v.True()), true
	}
	return v.AsBigFloat().Text('f', -1), true
}

func hclSpan(f *detect.File, r hcl.Range) detect.Span { return f.Bytes(r.Start.Byte, r.End.Byte) }
