package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// RST is the view of a file as a page of reStructuredText: titles, links,
// images, code and paragraphs. Roles and directives of Sphinx that name other
// documents without their extension are passed over.
var RST = detect.NewView(func(f *detect.File) (*Page, error) {
	r := rstReader{lineReader: newLineReader(f), targets: map[string]textSpan{}}
	r.collectTargets()
	for i := 0; i < len(r.lines); {
		i = r.next(i)
	}
	return r.done(), nil
})

type rstReader struct {
	lineReader
	// styles are the adornments of titles in the order of their appearance,
	// which is that of their levels.
	styles  []string
	targets map[string]textSpan
}

// A textSpan is a text between two offsets.
type textSpan struct {
	text       string
	start, end int
}

var (
	rstTarget    = regex.New("^\\s*\\.\\. _`?([^:`]+)`?:(?:\\s+(\\S.*))?$")
	rstDirective = regex.New(`^\s*\.\. (?:\|[^|]+\| )?([A-Za-z][\w:.+-]*)::\s*(.*)$`)
	rstRule      = regex.New("^[!-/:-@\\[-`{-~]{2,}\\s*$")
	rstInline    = regex.New("``([^`]+)``|(?::[\\w:.-]+:)`[^`]*`|`([^`<]*)<([^`>]+)>`__?|`([^`]+)`_\\b|`([^`]+)`_|\\b([A-Za-z][\\w-]*)_(?:[\\s.,;:!?)]|$)|(https?://[^\\s<>\"`]*[^\\s<>\"`.,;:!?)])")
)

func (r *rstReader) collectTargets() {
	for _, l := range r.lines {
		m := rstTarget.FindStringSubmatchIndex(l.text)
		if m == nil {
			continue
		}
		name := strings.ToLower(withoutSpaces(l.text[m[2]:m[3]]))
		r.page.Anchors[rstAnchor(name)] = true
		r.page.Anchors[name] = true
		if m[4] >= 0 {
			r.targets[name] = textSpan{strings.TrimSpace(l.text[m[4]:m[5]]), l.start + m[4], l.start + m[5]}
		}
	}
}

var notInAnchor = regex.New(`[^a-z0-9]+`)

func rstAnchor(name string) string {
	return strings.Trim(notInAnchor.ReplaceAllString(strings.ToLower(name), "-"), "-")
}

// next reads what begins at line i and gives the line behind it.
func (r *rstReader) next(i int) int {
	l := r.lines[i]
	switch {
	case l.blank():
		return i + 1
	case rstDirective.MatchString(l.text):
		return r.directive(i)
	case rstTarget.MatchString(l.text), strings.HasPrefix(strings.TrimSpace(l.text), "__ "):
		return i + 1
	case strings.HasPrefix(strings.TrimSpace(l.text)+" ", ".. "):
		return max(i+1, r.block(i+1, l.indent())) // a comment
	case rstRule.MatchString(l.text):
		return r.overlined(i)
	case l.indent() == 0 && r.underlines(i+1, l.text):
		r.title(r.line(i + 1).text[:1], l.text, i)
		return i + 2
	}
	return r.paragraph(i)
}

// underlines says whether line i is long enough to make a title of the text
// above it.
func (r *rstReader) underlines(i int, text string) bool {
	rule := strings.TrimSpace(r.line(i).text)
	return rstRule.MatchString(rule) && strings.Trim(rule, rule[:1]) == "" && len(rule) >= utf8.RuneCountInString(strings.TrimSpace(text))
}

func (r *rstReader) overlined(i int) int {
	rule, text := strings.TrimSpace(r.lines[i].text), r.line(i+1)
	if text.blank() || strings.TrimSpace(r.line(i+2).text) != rule {
		return i + 1
	}
	r.title(rule[:1]+"over", text.text, i+1)
	return i + 3
}

func (r *rstReader) title(style, text string, i int) {
	level := 1
	for level <= len(r.styles) && r.styles[level-1] != style {
		level++
	}
	if level > len(r.styles) {
		r.styles = append(r.styles, style)
	}
	r.heading(level, strings.ReplaceAll(text, "`", ""), i)
	r.page.Anchors[rstAnchor(text)] = true
	r.inline(i, i+1)
}

func (r *rstReader) directive(i int) int {
	l := r.lines[i]
	m := rstDirective.FindStringSubmatchIndex(l.text)
	name, argument := strings.ToLower(l.text[m[2]:m[3]]), l.text[m[4]:m[5]]
	end := max(i+1, r.block(i+1, l.indent()))
	switch name {
	case "image", "figure":
		r.link(argument, "", true, l.start+m[4], l.start+m[5])
	case "include", "literalinclude":
		r.link(argument, "", false, l.start+m[4], l.start+m[5])
	case "code-block", "code", "sourcecode", "prompt", "highlight", "parsed-literal":
		r.codeBlock(argument, i, end)
	case "raw", "toctree", "math", "graphviz", "csv-table", "plantuml", "mermaid", "only", "contents":
	default:
		return i + 1 // an admonition: its body is read as text
	}
	return end
}

func (r *rstReader) codeBlock(language string, at, end int) {
	first := at + 1
	for first < end && strings.HasPrefix(strings.TrimSpace(r.lines[first].text), ":") {
		first++
	}
	if first = r.skipBlank(first); first < end {
		r.fence(language, at, first, end)
	}
}

// paragraph reads lines up to a blank one; after one that ends in "::", an
// indented block is code.
func (r *rstReader) paragraph(i int) int {
	end := i + 1
	for end < len(r.lines) && !r.lines[end].blank() && !rstDirective.MatchString(r.lines[end].text) {
		end++
	}
	r.inline(i, end)
	text := withoutSpaces(string(r.file.Data[r.lines[i].start:r.lines[end-1].end()]))
	r.page.Prose = append(r.page.Prose, Text{Text: rstPlain(text), At: r.file.Lines(i+1, end)})
	if !strings.HasSuffix(text, "::") {
		return end
	}
	first := r.skipBlank(end)
	last := r.block(first, r.lines[i].indent())
	if first < last {
		r.fence("", first, first, last)
		return last
	}
	return end
}

// inline reads the links and the code in lines i up to end.
func (r *rstReader) inline(i, end int) {
	start := r.lines[i].start
	text := string(r.file.Data[start:r.lines[end-1].end()])
	for _, m := range rstInline.FindAllStringSubmatchIndex(text, -1) {
		group := func(n int) string { return text[m[2*n]:m[2*n+1]] }
		switch {
		case m[2] >= 0:
			r.page.Code = append(r.page.Code, Text{Text: withoutSpaces(group(1)), At: r.file.Bytes(start+m[2], start+m[3])})
		case m[6] >= 0:
			r.embedded(group(2), group(3), start+m[6], start+m[7])
		case m[14] >= 0:
			r.link(group(7), group(7), false, start+m[14], start+m[15])
		default:
			for n := 4; n <= 6; n++ {
				if m[2*n] >= 0 {
					r.reference(group(n))
				}
			}
		}
	}
}

// embedded is a link whose target stands in it, which may name another target.
func (r *rstReader) embedded(text, target string, start, end int) {
	if name, ok := strings.CutSuffix(target, "_"); ok {
		r.reference(name)
		return
	}
	r.link(target, text, false, start, end)
}

func (r *rstReader) reference(name string) {
	if to, ok := r.targets[strings.ToLower(withoutSpaces(name))]; ok {
		r.link(to.text, name, false, to.start, to.end)
	}
}

var rstMarkup = regex.New("`([^`<]*?)\\s*<[^`>]+>`__?|:[\\w:.-]+:`([^`]*)`|`+([^`]+)`+_{0,2}|\\*+([^*]+)\\*+")

// rstPlain is a text without its inline markup.
func rstPlain(text string) string { return rstMarkup.ReplaceAllString(text, "$1$2$3$4") }
