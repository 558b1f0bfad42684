package syntax

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Page is a document: its headings, what it links to, and its code. It is
// the same model for Markdown, reStructuredText and AsciiDoc.
type Page struct {
	// Meta is the YAML front matter; absent where there is none.
	Meta     Node
	Headings []Heading
	Links    []Link
	// Code are inline code spans.
	Code   []Text
	Fences []Fence
	// Prose are paragraphs, list items and table cells, inline code and links
	// as their text.
	Prose []Text
	// Anchors are all places that a fragment can name, headings included.
	Anchors map[string]bool
}

// A Heading is a heading of a document.
type Heading struct {
	Level int
	Text  string
	// Anchor is the fragment that GitHub gives it.
	Anchor string
	At     detect.Span
}

// A Link is a link or an image.
type Link struct {
	// Target is as written, title and angle brackets removed.
	Target string
	Text   string
	Image  bool
	// At is where the target stands; of a reference link, where it is defined.
	At detect.Span
}

// A Text is a run of text at a place.
type Text struct {
	Text string
	At   detect.Span
}

// A Fence is a block of code. Body starts on the line after At for fenced
// blocks, on the same line for indented ones.
type Fence struct {
	// Language is the first word of the info string, in lower case.
	Language string
	Info     string
	Body     string
	// First is the line of the first line of Body.
	First int
	At    detect.Span
}

func newFence(info, body string, first int, at detect.Span) Fence {
	f := Fence{Info: strings.TrimSpace(info), Body: body, First: first, At: at}
	words := strings.FieldsFunc(f.Info, func(r rune) bool { return strings.ContainsRune(" \t{},", r) })
	if len(words) > 0 {
		f.Language = strings.ToLower(strings.TrimPrefix(words[0], "."))
	}
	return f
}
