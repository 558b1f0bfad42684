package syntax

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// Asciidoc is the view of a file as a page of AsciiDoc: titles, links, images,
// code and paragraphs. Targets that an attribute fills in are passed over.
var Asciidoc = detect.NewView(func(f *detect.File) (*Page, error) {
	r := asciiReader{lineReader: newLineReader(f)}
	for i := 0; i < len(r.lines); {
		i = r.next(i)
	}
	return r.done(), nil
})

type asciiReader struct {
	lineReader
	images string // where images lie
	style  string // what stood in brackets above the next block
	styled int    // the line it stood on
}

var (
	asciiTitle     = regex.New(`^(={1,6}|#{1,6})\s+(\S.*?)(?:\s+=+)?\s*$`)
	asciiAttribute = regex.New(`^:([\w-]+):\s*(.*?)\s*$`)
	asciiAnchor    = regex.New(`\[\[([^\],]+)(?:,[^\]]*)?\]\]|^\[#([\w:.-]+)[^\]]*\]|anchor:([\w:.-]+)\[|^\[.*?id=["']?([\w:.-]+)`)
	asciiStyle     = regex.New(`^\[([^\]]*)\]\s*$`)
	asciiDelimiter = regex.New("^(-{4,}|\\.{4,}|`{3,}|/{4,}|\\+{4,})(\\w*)\\s*$")
	asciiInline    = regex.New("`([^`\\n]+)`|(image|link|xref|include|video)::?([^\\s\\[\\]]+)\\[([^\\]]*)\\]|<<([^\\s,<>]+)(?:,([^<>]*))?>>|(https?://[^\\s\\[\\]<>\"`]*[^\\s\\[\\]<>\"`.,;:!?)])(?:\\[([^\\]]*)\\])?")
)

func (r *asciiReader) next(i int) int {
	l := r.lines[i]
	for _, m := range asciiAnchor.FindAllStringSubmatch(l.text, -1) {
		r.page.Anchors[m[1]+m[2]+m[3]+m[4]] = true
	}
	switch {
	case l.blank():
		r.style = ""
		return i + 1
	case asciiDelimiter.MatchString(l.text):
		return r.delimited(i)
	case strings.HasPrefix(l.text, "//"):
		return i + 1
	case asciiStyle.MatchString(l.text):
		r.style, r.styled = asciiStyle.FindStringSubmatch(l.text)[1], i
		return i + 1
	case asciiAttribute.MatchString(l.text):
		if m := asciiAttribute.FindStringSubmatch(l.text); m[1] == "imagesdir" {
			r.images = m[2]
		}
		return i + 1
	case asciiTitle.MatchString(l.text):
		r.title(i)
		return i + 1
	}
	return r.paragraph(i)
}

func (r *asciiReader) title(i int) {
	m := asciiTitle.FindStringSubmatch(r.lines[i].text)
	text := asciiPlain(m[2])
	r.heading(len(m[1]), text, i)
	underscored := strings.ReplaceAll(rstAnchor(text), "-", "_")
	r.page.Anchors["_"+underscored] = true
	r.page.Anchors[rstAnchor(text)] = true
	r.inline(i, i+1)
}

// delimited reads a block between two equal lines; one without an end goes to
// the end of the file.
func (r *asciiReader) delimited(i int) int {
	m := asciiDelimiter.FindStringSubmatch(r.lines[i].text)
	end := i + 1
	for end < len(r.lines) && strings.TrimSpace(r.lines[end].text) != m[1] {
		end++
	}
	at, language := i, m[2]
	if r.style != "" {
		at = r.styled
		if words := strings.Split(r.style, ","); len(words) > 1 && strings.HasPrefix(words[0], "source") {
			language = strings.TrimSpace(words[1])
		}
	}
	r.style = ""
	if m[1][0] != '/' && m[1][0] != '+' {
		r.fence(language, at, i+1, end)
		r.page.Fences[len(r.page.Fences)-1].At = r.file.Lines(at+1, i+1)
	}
	return end + 1
}

func (r *asciiReader) paragraph(i int) int {
	r.style = ""
	end := i + 1
	for end < len(r.lines) && !r.lines[end].blank() && !asciiDelimiter.MatchString(r.lines[end].text) &&
		!asciiTitle.MatchString(r.lines[end].text) && !asciiStyle.MatchString(r.lines[end].text) {
		end++
	}
	r.inline(i, end)
	text := withoutSpaces(asciiPlain(string(r.file.Data[r.lines[i].start:r.lines[end-1].end()])))
	if strings.Trim(text, "|=-*_+") != "" {
		r.page.Prose = append(r.page.Prose, Text{Text: text, At: r.file.Lines(i+1, end)})
	}
	return end
}

func (r *asciiReader) inline(i, end int) {
	start := r.lines[i].start
	text := string(r.file.Data[start:r.lines[end-1].end()])
	for _, m := range asciiInline.FindAllStringSubmatchIndex(text, -1) {
		group := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return text[m[2*n]:m[2*n+1]]
		}
		switch {
		case m[2] >= 0:
			r.page.Code = append(r.page.Code, Text{Text: group(1), At: r.file.Bytes(start+m[2], start+m[3])})
		case m[6] >= 0:
			r.macro(group(2), group(3), group(4), start+m[6], start+m[7])
		case m[10] >= 0:
			r.macro("xref", group(5), group(6), start+m[10], start+m[11])
		default:
			r.link(group(7), group(8), false, start+m[14], start+m[15])
		}
	}
}

func (r *asciiReader) macro(name, target, text string, start, end int) {
	switch name {
	case "image", "video":
		if r.images != "" && !strings.Contains(target, "://") && !strings.HasPrefix(target, "/") {
			target = path.Join(r.images, target)
		}
		r.link(target, text, true, start, end)
	case "xref":
		if !strings.ContainsAny(target, "#./") {
			target = "#" + target
		}
		r.link(target, text, false, start, end)
	default:
		r.link(target, text, false, start, end)
	}
}

var asciiMarkup = regex.New("(?:image|link|xref|include|video)::?[^\\s\\[\\]]+\\[([^\\]]*)\\]|<<[^\\s,<>]+(?:,([^<>]*))?>>|https?://[^\\s\\[\\]]+\\[([^\\]]*)\\]|`([^`]+)`|\\[\\[[^\\]]*\\]\\]")

// asciiPlain is a text without its inline markup.
func asciiPlain(text string) string {
	return asciiMarkup.ReplaceAllString(text, "$1$2$3$4")
}
