package syntax

import (
	"bytes"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A textLine is a line of a document that is read line by line.
type textLine struct {
	start int // offset of its first byte
	text  string
}

func (l textLine) blank() bool { return strings.TrimSpace(l.text) == "" }

// indent counts the white space that the line begins with.
func (l textLine) indent() int { return len(l.text) - len(strings.TrimLeft(l.text, " \t")) }

// end is the offset behind the last byte of the line.
func (l textLine) end() int { return l.start + len(l.text) }

func textLines(data []byte) []textLine {
	var list []textLine
	start := 0
	for line := range bytes.Lines(data) {
		list = append(list, textLine{start, strings.TrimRight(string(line), "\r\n")})
		start += len(line)
	}
	return list
}

// A lineReader is what the readers of reStructuredText and AsciiDoc have in
// common: a page that grows while they walk over the lines.
type lineReader struct {
	file    *detect.File
	lines   []textLine
	page    *Page
	anchors *anchors
}

func newLineReader(f *detect.File) lineReader {
	return lineReader{file: f, lines: textLines(f.Data), page: &Page{Anchors: map[string]bool{}}, anchors: newAnchors()}
}

func (r *lineReader) done() *Page {
	r.anchors.addTo(r.page.Anchors)
	return r.page
}

// line is a line by its number, counted from zero; empty outside the file.
func (r *lineReader) line(i int) textLine {
	if i < 0 || i >= len(r.lines) {
		return textLine{}
	}
	return r.lines[i]
}

func (r *lineReader) heading(level int, text string, i int) {
	text = withoutSpaces(text)
	r.page.Headings = append(r.page.Headings, Heading{Level: level, Text: text, Anchor: r.anchors.heading(text), At: r.file.Line(i + 1)})
}

// link adds what stands between two offsets as the target of a link; what an
// attribute or a substitution fills in later is no target.
func (r *lineReader) link(target, text string, image bool, start, end int) {
	if target = strings.TrimSpace(target); target != "" && !strings.ContainsAny(target, "{}|") {
		r.page.Links = append(r.page.Links, Link{Target: target, Text: withoutSpaces(text), Image: image, At: r.file.Bytes(start, end)})
	}
}

// fence adds lines first up to last, without the indentation that all share,
// as a block of code announced by line at. All count from zero.
func (r *lineReader) fence(language string, at, first, last int) {
	shared := -1
	for i := first; i < last; i++ {
		if l := r.lines[i]; !l.blank() && (shared < 0 || l.indent() < shared) {
			shared = l.indent()
		}
	}
	var body strings.Builder
	for i := first; i < last; i++ {
		text := r.lines[i].text
		body.WriteString(text[min(max(shared, 0), len(text)):] + "\n")
	}
	r.page.Fences = append(r.page.Fences, newFence(language, body.String(), first+1, r.file.Line(at+1)))
}

// block is the line behind the indented block that begins at line i: the first
// later line that is indented no deeper than the given indentation.
func (r *lineReader) block(i, indent int) int {
	last := i
	for ; i < len(r.lines); i++ {
		if r.lines[i].blank() {
			continue
		}
		if r.lines[i].indent() <= indent {
			break
		}
		last = i + 1
	}
	return last
}

// skipBlank is the first line from i on that is not blank.
func (r *lineReader) skipBlank(i int) int {
	for i < len(r.lines) && r.lines[i].blank() {
		i++
	}
	return i
}
