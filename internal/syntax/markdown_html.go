package syntax

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waymark-dev/waymark/internal/regex"
)

// tag matches a comment or an opening tag with its attributes.
var tag = regex.New(`(?s)<!--.*?-->|<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>` + "`" + `]+))?)*)\s*/?>`)

var attribute = regex.New(`\s([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>` + "`" + `]+)`)

var anyTag = regex.New(`(?s)<!--.*?-->|</?[a-zA-Z][^<>]*>`)

var headingTag = regex.New(`(?is)<h([1-6])(?:\s[^<>]*)?>(.*?)</h[1-6]\s*>`)

// html reads the links and the anchors of the HTML between two offsets.
func (r *pageReader) html(start, end int) {
	for _, m := range tag.FindAllSubmatchIndex(r.source[start:end], -1) {
		if m[2] < 0 {
			continue
		}
		name := strings.ToLower(string(r.source[start+m[2] : start+m[3]]))
		r.attributes(name, start+m[4], start+m[5])
	}
}

func (r *pageReader) attributes(element string, start, end int) {
	for _, m := range attribute.FindAllSubmatchIndex(r.source[start:end], -1) {
		key := strings.ToLower(string(r.source[start+m[2] : start+m[3]]))
		from, to := start+m[4], start+m[5]
		if q := r.source[from]; q == '"' || q == '\'' {
			from, to = from+1, to-1
		}
		value := html.UnescapeString(strings.TrimSpace(string(r.source[from:to])))
		switch {
		case key == "href" && element == "a":
			r.addLink(value, "", false, r.file.Bytes(from, to))
		case key == "src" && (element == "img" || element == "source" || element == "video"):
			r.addLink(value, "", true, r.file.Bytes(from, to))
		case value != "" && (key == "id" || key == "name" && element == "a"):
			r.page.Anchors[value] = true
		}
	}
}

// htmlBlock reads a block of HTML: also its headings, and its lines as prose.
func (r *pageReader) htmlBlock(n *ast.HTMLBlock) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	start, end := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	if n.HasClosure() {
		end = n.ClosureLine.Stop
	}
	if n.HTMLBlockType == ast.HTMLBlockType1 { // script, style, pre
		return
	}
	r.html(start, end)
	for _, m := range headingTag.FindAllSubmatchIndex(r.source[start:end], -1) {
		r.htmlHeading(int(r.source[start+m[2]]-'0'), start+m[4], start+m[5])
	}
	r.htmlProse(start, end)
}

func (r *pageReader) htmlHeading(level, start, end int) {
	text := visible(string(r.source[start:end]))
	if text == "" {
		return
	}
	at := r.file.Lines(r.line(start), r.line(end))
	r.page.Headings = append(r.page.Headings, Heading{Level: level, Text: text, Anchor: r.anchors.heading(text), At: at})
}

// htmlProse takes each line of text outside headings and comments for prose.
func (r *pageReader) htmlProse(start, end int) {
	blanked := blankMatches(anyTag, blankMatches(headingTag, r.source[start:end]))
	line := r.line(start)
	for i, text := range strings.Split(string(blanked), "\n") {
		if text = withoutSpaces(html.UnescapeString(text)); text != "" {
			r.page.Prose = append(r.page.Prose, Text{Text: text, At: r.file.Line(line + i)})
		}
	}
}

// visible is what is read of a piece of HTML.
func visible(text string) string {
	return withoutSpaces(html.UnescapeString(anyTag.ReplaceAllString(text, "")))
}

// blankMatches is a copy of data with what matches replaced by spaces, line
// breaks kept.
func blankMatches(pattern *regex.Pattern, data []byte) []byte {
	found := pattern.FindAllIndex(data, -1)
	if found == nil {
		return data
	}
	out := append([]byte(nil), data...)
	for _, m := range found {
		blankRange(out, m[0], m[1])
	}
	return out
}

func blankRange(data []byte, start, end int) {
	for i := start; i < end; i++ {
		if data[i] != '\n' && data[i] != '\r' {
			data[i] = ' '
		}
	}
}
