package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// lay gives a scalar line by line as it stands in the file. Where YAML folds
// several lines of the file into one, each but the last ends in a backslash,
// so that the shell joins them and every command keeps its line. What cannot
// be followed (escapes in quotes) stands on the scalar's own line.
func lay(f *detect.File, n syntax.Node, text string) piece {
	text = strings.TrimRight(text, "\n \t")
	l := layer{piece: piece{file: f}, rest: text}
	for line := firstLine(n); l.rest != "" && line <= f.LineCount(); line++ {
		if !l.line(source(f, n, line), line) {
			return flat(f, n, text)
		}
	}
	if l.rest != "" {
		return flat(f, n, text)
	}
	return l.piece
}

func firstLine(n syntax.Node) int {
	if n.Block() {
		return n.Line() + 1
	}
	return n.Line()
}

// source is a line of the file, of the first one only what belongs to the
// scalar.
func source(f *detect.File, n syntax.Node, line int) string {
	span := f.Line(line)
	start := span.Start.Offset
	if !n.Block() && line == n.Line() {
		start = n.Span().Start.Offset
	}
	return strings.TrimSpace(string(f.Data[start:span.End.Offset]))
}

// flat gives the text as it is, all of it on the line that it starts on.
func flat(f *detect.File, n syntax.Node, text string) piece {
	p := piece{file: f, lines: strings.Split(text, "\n")}
	for range p.lines {
		p.at = append(p.at, n.Line())
	}
	return p
}

// A layer follows a text through the lines of its source.
type layer struct {
	piece
	rest string
}

// line takes one line of the source, and says whether it could be followed.
func (l *layer) line(source string, number int) bool {
	if source == "" {
		l.push("", number)
		return true
	}
	trimmed := strings.TrimLeft(l.rest, " \t\n\r")
	gap := l.rest[:len(l.rest)-len(trimmed)]
	length := covered(trimmed, source)
	if length == 0 {
		return false
	}
	indent := gap[strings.LastIndexByte(gap, '\n')+1:]
	folded := len(l.lines) > 0 && !strings.Contains(gap, "\n")
	if folded && !l.join() {
		return false
	}
	l.push(indent+trimmed[:length], number)
	l.rest = trimmed[length:]
	return true
}

func (l *layer) push(text string, number int) {
	l.lines = append(l.lines, text)
	l.at = append(l.at, number)
}

// join lets the last line go on in the next; a comment cannot.
func (l *layer) join() bool {
	last := &l.lines[len(l.lines)-1]
	if strings.Contains(*last, "#") {
		return false
	}
	*last += " \\"
	return true
}

// covered is how much of the text a line of its source spells, quotes and a
// comment of YAML around it left out; 0 where it spells something else.
func covered(text, source string) int {
	if strings.HasPrefix(text, source) {
		return len(source)
	}
	source = strings.TrimLeft(source, `"'`)
	end, _, _ := strings.Cut(text, "\n")
	if end = strings.TrimRight(end, " \t\r"); end != "" && strings.HasPrefix(source, end) {
		return len(end)
	}
	source = strings.TrimRight(source, `"'`)
	if source != "" && strings.HasPrefix(text, source) {
		return len(source)
	}
	return 0
}
