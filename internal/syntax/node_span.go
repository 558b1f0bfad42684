package syntax

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Line is the line that the node starts on, counted from one; 0 where absent.
func (n Node) Line() int {
	if n.y == nil {
		return 0
	}
	return n.y.Line
}

// TextLine is the line of the file that line i of a scalar's text, counted
// from zero, stands on. In folded text, where lines are joined, it is the
// first.
func (n Node) TextLine(i int) int {
	switch {
	case !n.Block():
		return n.Line()
	case n.resolved().Style&yaml.FoldedStyle != 0:
		i = 0
	}
	return n.resolved().Line + 1 + i
}

// Span is the place of the node: for a scalar on one line the scalar itself
// with its tag and quotes, else its first line. The zero Node has the zero
// span.
func (n Node) Span() detect.Span {
	if n.y == nil || n.doc == nil {
		return detect.Span{}
	}
	file := n.doc.file
	if n.y.Kind == yaml.AliasNode {
		return file.At(n.y.Line, n.y.Column, utf8.RuneCountInString(n.y.Value)+1)
	}
	if n.y.Kind != yaml.ScalarNode || isBlock(n.y) {
		return file.Line(n.y.Line)
	}
	start := file.At(n.y.Line, n.y.Column, 0).Start.Offset
	line := file.Line(n.y.Line)
	return file.Bytes(start, start+scalarLength(file.Data[start:max(start, line.End.Offset)], n.y))
}

// scalarLength is how much of a line the scalar takes that it begins with, tag
// and anchor included.
func scalarLength(line []byte, y *yaml.Node) int {
	begin := 0
	for begin < len(line) && (line[begin] == '!' || line[begin] == '&') {
		begin += max(1, bytes.IndexAny(line[begin:], " \t"))
		begin += len(line[begin:]) - len(bytes.TrimLeft(line[begin:], " \t"))
	}
	text := line[min(begin, len(line)):]
	quote := 0
	if len(text) > 0 && (text[0] == '"' || text[0] == '\'') && y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		quote = 1
	}
	if bytes.HasPrefix(text[quote:], []byte(y.Value)) {
		return begin + min(len(y.Value)+2*quote, len(text))
	}
	if quote == 1 {
		return begin + closingQuote(text)
	}
	return begin + min(sameWidth(text, y.Value), len(text))
}

// closingQuote is the length of the quoted text that a line begins with.
func closingQuote(line []byte) int {
	quote := line[0]
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quote == '"':
			i++
		case line[i] == quote && quote == '\'' && i+1 < len(line) && line[i+1] == quote:
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return len(line)
}

// sameWidth is how many bytes of a line as many code points take as the value
// has.
func sameWidth(line []byte, value string) int {
	width := 0
	for range value {
		if width >= len(line) {
			break
		}
		_, size := utf8.DecodeRune(line[width:])
		width += size
	}
	return width
}

// Through is the span from the start of n to the last line of the last thing
// in it.
func (n Node) Through() detect.Span {
	if n.y == nil || n.doc == nil {
		return detect.Span{}
	}
	return n.doc.file.Lines(n.y.Line, lastLine(n.y))
}

func lastLine(y *yaml.Node) int {
	last := y.Line
	for y.Kind != yaml.ScalarNode && len(y.Content) > 0 {
		y = y.Content[len(y.Content)-1]
		last = max(last, y.Line)
	}
	if y.Kind != yaml.ScalarNode {
		return last
	}
	last += strings.Count(strings.TrimRight(y.Value, "\n"), "\n")
	if isBlock(y) {
		last++
	}
	return last
}
