package syntax

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Markdown is the view of a file as a page of GitHub's Markdown, with YAML
// front matter. What MDX and ERB add to it is passed over.
var Markdown = detect.NewView(parseMarkdown)

var markdownParser = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser()

func parseMarkdown(f *detect.File) (*Page, error) {
	if err := plainEnough(f.Data); err != nil {
		return nil, err
	}
	source, meta := frontMatter(f)
	source = blankForeign(f.Path, source)
	r := pageReader{file: f, source: source, page: &Page{Meta: meta, Anchors: map[string]bool{}}, anchors: newAnchors()}
	r.blocks(markdownParser.Parse(text.NewReader(source)), 0)
	r.anchors.addTo(r.page.Anchors)
	return r.page, nil
}

// A pageReader turns the tree that goldmark makes into a Page.
type pageReader struct {
	file    *detect.File
	source  []byte
	page    *Page
	anchors *anchors
}

// maxTreeDepth bounds how deep the tree is looked into.
const maxTreeDepth = 500

// blocks reads the blocks inside a block.
func (r *pageReader) blocks(n ast.Node, depth int) {
	if depth > maxTreeDepth {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			r.heading(c)
		case *ast.FencedCodeBlock:
			r.fenced(c)
		case *ast.CodeBlock:
			r.code(c, r.line(c.Pos()), r.line(c.Pos()), "")
		case *ast.HTMLBlock:
			r.htmlBlock(c)
		case *ast.LinkReferenceDefinition, *ast.ThematicBreak:
		default:
			if c.FirstChild() != nil && c.FirstChild().Type() == ast.TypeInline {
				r.prose(c)
			} else {
				r.blocks(c, depth+1)
			}
		}
	}
}

func (r *pageReader) heading(n *ast.Heading) {
	at := r.lines(n)
	text, id := headingID(r.text(n))
	anchor := r.anchors.heading(text)
	if id != "" {
		r.page.Anchors[id] = true
	}
	r.page.Headings = append(r.page.Headings, Heading{Level: n.Level, Text: withoutSpaces(text), Anchor: anchor, At: at})
	r.inlines(n, 0)
}

func (r *pageReader) prose(n ast.Node) {
	if text := withoutSpaces(r.text(n)); text != "" {
		r.page.Prose = append(r.page.Prose, Text{Text: text, At: r.lines(n)})
	}
	r.inlines(n, 0)
}

func (r *pageReader) fenced(n *ast.FencedCodeBlock) {
	info := ""
	if n.Info != nil {
		info = string(n.Info.Segment.Value(r.source))
	}
	line := r.line(n.Pos())
	r.code(n, line, line+1, info)
}

func (r *pageReader) code(n ast.Node, at, first int, info string) {
	body := string(n.Lines().Value(r.source))
	r.page.Fences = append(r.page.Fences, newFence(info, body, first, r.file.Line(at)))
}

// line is the line that an offset lies on.
func (r *pageReader) line(offset int) int { return r.file.Bytes(offset, offset).Start.Line }

// lines is the span of the lines of a block, or of the line it begins on.
func (r *pageReader) lines(n ast.Node) detect.Span {
	segments := n.Lines()
	if segments == nil || segments.Len() == 0 {
		return r.file.Line(r.line(n.Pos()))
	}
	first, last := segments.At(0), segments.At(segments.Len()-1)
	return r.file.Lines(r.line(first.Start), r.line(max(last.Start, last.Stop-1)))
}
