package syntax

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/waymark-dev/waymark/internal/detect"
)

// inlines reads the links and the code inside a block of text.
func (r *pageReader) inlines(n ast.Node, depth int) {
	if depth > maxTreeDepth {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Link:
			r.link(c.Destination, c, false)
		case *ast.Image:
			r.link(c.Destination, c, true)
		case *ast.AutoLink:
			r.autoLink(c)
		case *ast.CodeSpan:
			r.codeSpan(c)
			continue
		case *ast.RawHTML:
			if s := c.Segments; s.Len() > 0 {
				r.html(s.At(0).Start, s.At(s.Len()-1).Stop)
			}
		}
		r.inlines(c, depth+1)
	}
}

func (r *pageReader) link(destination []byte, n ast.Node, image bool) {
	at := r.file.Line(r.line(n.Pos()))
	if offset, ok := offsetIn(r.source, destination); ok {
		at = r.file.Bytes(offset, offset+len(destination))
	}
	target := string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(destination))))
	r.addLink(target, withoutSpaces(r.text(n)), image, at)
}

func (r *pageReader) addLink(target, text string, image bool, at detect.Span) {
	if target == "" || strings.HasPrefix(target, "%") || strings.HasPrefix(target, "{") {
		return // ERB and JSX
	}
	r.page.Links = append(r.page.Links, Link{Target: target, Text: text, Image: image, At: at})
}

func (r *pageReader) autoLink(n *ast.AutoLink) {
	label, target := n.Label(r.source), string(n.URL(r.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(target, "mailto:") {
		target = "mailto:" + target
	}
	at := r.file.Line(r.line(n.Pos()))
	if offset, ok := offsetIn(r.source, label); ok {
		at = r.file.Bytes(offset, offset+len(label))
	}
	r.addLink(target, string(label), false, at)
}

func (r *pageReader) codeSpan(n *ast.CodeSpan) {
	first, _ := n.FirstChild().(*ast.Text)
	last, _ := n.LastChild().(*ast.Text)
	if first == nil || last == nil {
		return
	}
	at := r.file.Bytes(first.Segment.Start, last.Segment.Stop)
	r.page.Code = append(r.page.Code, Text{Text: withoutSpaces(r.text(n)), At: at})
}

// text is the text of a node as it is read: no markup, no HTML, no images.
func (r *pageReader) text(n ast.Node) string {
	var b strings.Builder
	r.writeText(&b, n, 0)
	return b.String()
}

func (r *pageReader) writeText(b *strings.Builder, n ast.Node, depth int) {
	if depth > maxTreeDepth {
		return
	}
	_, code := n.(*ast.CodeSpan)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(r.source)
			if !code && !c.IsRaw() {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			b.Write(value)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(r.source))
		case *ast.Image, *ast.RawHTML:
		default:
			r.writeText(b, c, depth+1)
		}
	}
}

// offsetIn is where a part of the source begins in it. Goldmark hands out
// slices of the source and keeps no positions: as both end at the same
// capacity, their difference is the offset.
func offsetIn(source, part []byte) (int, bool) {
	offset := cap(source) - cap(part)
	if len(part) == 0 || offset < 0 || offset+len(part) > len(source) {
		return 0, false
	}
	return offset, &source[offset] == &part[0] && bytes.HasPrefix(source[offset:], part)
}

// withoutSpaces is a text with each run of white space as one space.
func withoutSpaces(text string) string { return strings.Join(strings.Fields(text), " ") }
