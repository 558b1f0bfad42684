package pages

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A lineKind is what a line of a page is.
type lineKind int

const (
	prose lineKind = iota
	opening
	content
	closing
)

// A line is one line of a page.
type line struct {
	kind lineKind
	text string
	// info is the info string of an opening line.
	info string
}

var fenceLine = regex.New("^(`{3,}|~{3,})(.*)$")

// scanLines tells the lines of fenced blocks from the others.
func scanLines(doc string) []line {
	var list []line
	fence := ""
	for text := range strings.SplitSeq(strings.TrimSuffix(doc, "\n"), "\n") {
		l := line{text: text}
		m := fenceLine.FindStringSubmatch(text)
		switch {
		case fence == "" && m != nil:
			l.kind, l.info, fence = opening, strings.TrimSpace(m[2]), m[1]
		case fence != "" && m != nil && strings.HasPrefix(m[1], fence) && strings.TrimSpace(m[2]) == "":
			l.kind, fence = closing, ""
		case fence != "":
			l.kind = content
		}
		list = append(list, l)
	}
	return list
}

// heading is the title of a heading of the given level.
func (l line) heading(level int) (string, bool) {
	if l.kind != prose {
		return "", false
	}
	title, ok := strings.CutPrefix(l.text, strings.Repeat("#", level)+" ")
	return strings.TrimSpace(title), ok
}

// shown is the line without marks.
func (l line) shown() string {
	switch l.kind {
	case opening:
		words := splitInfo(l.info)
		return l.text[:len(l.text)-len(strings.TrimLeft(l.text, "`~"))] + strings.Join(words[:min(len(words), 2)], " ")
	case content:
		text, _ := cutMarks(l.text)
		return text
	}
	return l.text
}

// mark matches where a comment that is a mark begins, whatever the language's
// comments look like.
var mark = regex.New(`\s*(?:#|//|--|;|%+|<!--|/\*|\{\{-?\s*/\*|\{#|<%#|<#|::|\.\.|REM|dnl)\s*seen:`)

// closers end comments that have an end.
var closers = regex.New(`\s*(?:-->|\*/\s*-?\}\}|\*/|#\}|-?%>|#>)\s*$`)

// cutMarks takes the marks off the end of a line and gives their subjects.
func cutMarks(text string) (string, []string) {
	at := mark.FindStringIndex(text)
	if at == nil {
		return text, nil
	}
	var subjects []string
	for rest := text[at[0]:]; rest != ""; {
		start := mark.FindStringIndex(rest)
		subject := rest[start[1]:]
		rest = ""
		if next := mark.FindStringIndex(subject); next != nil {
			subject, rest = subject[:next[0]], subject[next[0]:]
		}
		subjects = append(subjects, strings.TrimSpace(closers.ReplaceAllString(subject, "")))
	}
	return text[:at[0]], subjects
}
