// Package pages reads the pages of detectors: what people are shown of them,
// and the examples in them that are run as tests.
//
// A page is Markdown: the detector's ID as its title, a summary of one
// sentence, the sections "Why it matters" and "How to mend", then examples
// under "Seen", "Not seen" and "Blind". See Example for how these are written.
package pages

import (
	"strings"
)

// A Section is a section of the second level of a page.
type Section struct {
	Title string
	// Text is what stands below the title, in Markdown and without marks.
	Text string
}

// Text is the page as people read it: without the marks that say what its
// examples must give.
func Text(doc string) string {
	var b strings.Builder
	for _, l := range scanLines(doc) {
		b.WriteString(l.shown())
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// Untitled is the page as people read it, without its title.
func Untitled(doc string) string {
	_, rest, _ := strings.Cut(Text(doc), "\n")
	return strings.TrimLeft(rest, "\n")
}

// WithoutExamples is the text of a page up to the first section that holds
// examples.
func WithoutExamples(text string) string {
	for _, title := range []string{Seen, NotSeen, Blind} {
		text, _, _ = strings.Cut(text, "\n## "+title+"\n")
	}
	return strings.TrimRight(text, "\n") + "\n"
}

// Title is the title of the page, which is the ID of its detector.
func Title(doc string) string {
	for _, l := range scanLines(doc) {
		if title, ok := l.heading(1); ok {
			return title
		}
	}
	return ""
}

// Summary is the first paragraph after the title, on one line.
func Summary(doc string) string {
	var words []string
	for _, l := range scanLines(doc) {
		if _, title := l.heading(1); title {
			continue
		}
		text := strings.TrimSpace(l.text)
		if l.kind != prose || strings.HasPrefix(text, "#") || text == "" && len(words) > 0 {
			break
		}
		words = append(words, strings.Fields(text)...)
	}
	return strings.Join(words, " ")
}

// Sections are the sections of the second level, in their order.
func Sections(doc string) []Section {
	var list []Section
	var b strings.Builder
	end := func() {
		if n := len(list); n > 0 {
			list[n-1].Text = strings.TrimSpace(b.String())
		}
		b.Reset()
	}
	for _, l := range scanLines(doc) {
		if title, ok := l.heading(2); ok {
			end()
			list = append(list, Section{Title: title})
			continue
		}
		b.WriteString(l.shown())
		b.WriteByte('\n')
	}
	end()
	return list
}

// Find is the text of the section with the given title; empty where the page
// has none.
func Find(doc, title string) string {
	for _, s := range Sections(doc) {
		if s.Title == title {
			return s.Text
		}
	}
	return ""
}
