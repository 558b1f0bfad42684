package report

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// Plain is text that can be shown anywhere: control characters, which could
// drive a terminal, are shown as a replacement character.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20 || drives(r):
			return '\uFFFD'
		}
		return r
	}, s)
}

// drives says whether a character above the blank drives a terminal: the
// controls, and those that turn the direction of writing.
func drives(r rune) bool {
	return r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f
}

// wrapped is text broken at blanks into lines of at most so many columns; a
// longer word, such as a path, stays whole, so that it can be copied.
func wrapped(text string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Split(text, " ") {
		n := lipgloss.Width(word)
		if line != "" && used+1+n > width {
			lines, line, used = append(lines, line), "", 0
		}
		if line != "" {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n // a second blank in a row is an empty word
	}
	return append(lines, line)
}

// place is "path:line", or the path of what is about a whole file.
func place(at detect.Span) string {
	if at.Start.Line == 0 {
		return at.Path
	}
	return fmt.Sprintf("%s:%d", at.Path, at.Start.Line)
}

// PlaceOf is where a gap is told, as plain text.
func PlaceOf(g rules.Gap) string {
	if g.At.Path == "" {
		return "the repository"
	}
	return Plain(place(g.At))
}

// where is the place with the blanks behind it, or nothing for what has none.
func where(at detect.Span) string {
	if at.Path == "" {
		return ""
	}
	return place(at) + "  "
}
