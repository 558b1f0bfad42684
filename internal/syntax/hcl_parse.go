package syntax

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/waymark-dev/waymark/internal/detect"
)

// HCL is the view of a file in HCL's native syntax, or of one in its JSON
// syntax (*.tf.json, *.tofu.json, *.hcl.json).
var HCL = detect.NewView(func(f *detect.File) (Body, error) {
	if strings.HasSuffix(f.Path, ".json") {
		return parseHCLJSON(f)
	}
	return parseHCL(f)
})

func parseHCL(f *detect.File) (Body, error) {
	if err := shallowHCL(f.Data); err != nil {
		return Body{}, err
	}
	parsed, diags := hclsyntax.ParseConfig(f.Data, "", hcl.InitialPos)
	if diags.HasErrors() {
		return Body{}, &invalid{"HCL", firstError(diags)}
	}
	return hclReader{f}.body(parsed.Body.(*hclsyntax.Body)), nil
}

// firstError is what is wrong first, and in which line.
func firstError(diags hcl.Diagnostics) error {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		if d.Subject == nil {
			return errors.New(d.Summary)
		}
		return lineFault(d.Subject.Start.Line, d.Summary)
	}
	return diags
}

type hclReader struct{ file *detect.File }

func (r hclReader) body(b *hclsyntax.Body) Body {
	var body Body
	attributes := make([]*hclsyntax.Attribute, 0, len(b.Attributes))
	for _, a := range b.Attributes {
		attributes = append(attributes, a)
	}
	slices.SortFunc(attributes, func(a, b *hclsyntax.Attribute) int {
		return cmp.Compare(a.SrcRange.Start.Byte, b.SrcRange.Start.Byte)
	})
	for _, a := range attributes {
		body.Attributes = append(body.Attributes, r.attribute(a.Name, a.SrcRange, a.Expr))
	}
	for _, block := range b.Blocks {
		body.Blocks = append(body.Blocks, Block{
			Type: block.Type, Labels: block.Labels,
			At: r.span(block.DefRange()), Range: r.span(block.Range()), Body: r.body(block.Body),
		})
	}
	return body
}

func (r hclReader) span(at hcl.Range) detect.Span { return r.file.Bytes(at.Start.Byte, at.End.Byte) }

func (r hclReader) attribute(name string, at hcl.Range, e hclsyntax.Expression) Attribute {
	a := Attribute{Name: name, At: r.span(at), Raw: string(e.Range().SliceBytes(r.file.Data))}
	switch e := e.(type) {
	case *hclsyntax.ObjectConsExpr:
		a.Body = r.object(e)
	case *hclsyntax.TupleConsExpr:
		a.List = r.items(e.Exprs)
	case *hclsyntax.FunctionCallExpr:
		a.Call, a.Args = e.Name, r.items(e.Args)
	default:
		a.Text, a.Known = literal(e)
	}
	return a
}

func (r hclReader) object(e *hclsyntax.ObjectConsExpr) *Body {
	body := &Body{}
	for _, item := range e.Items {
		at := hcl.RangeBetween(item.KeyExpr.Range(), item.ValueExpr.Range())
		body.Attributes = append(body.Attributes, r.attribute(objectKey(item.KeyExpr), at, item.ValueExpr))
	}
	return body
}

// objectKey is the key of an item; empty where it is computed.
func objectKey(e hclsyntax.Expression) string {
	if key, ok := e.(*hclsyntax.ObjectConsKeyExpr); ok {
		if name := hcl.ExprAsKeyword(key.Wrapped); name != "" && !key.ForceNonLiteral {
			return name
		}
		e = key.Wrapped
	}
	text, _ := literal(e)
	return text
}

func (r hclReader) items(list []hclsyntax.Expression) []Attribute {
	var items []Attribute
	for _, e := range list {
		items = append(items, r.attribute("", e.Range(), e))
	}
	return items
}
