package syntax

import (
	"bytes"
	"errors"
)

var (
	errNested    = errors.New("is nested too deeply to be read")
	errIntricate = errors.New("is too intricate to be read in bounded time")
)

// What a document may hold. Each marker at the start of a line opens a block
// inside the one before; brackets and backquotes of one paragraph are matched
// against each other, at a cost that grows with the square of their number;
// each row of a table is filled up to the columns of its head.
const (
	maxMarkers = 200
	maxPairs   = 400_000_000
	maxCells   = 1_000_000
)

// plainEnough says why a document must not be given to the parser of Markdown.
func plainEnough(data []byte) error {
	pairs := 0
	var p paragraph
	for line := range bytes.Lines(data) {
		if countMarkers(line) > maxMarkers {
			return errNested
		}
		if len(bytes.TrimSpace(line)) == 0 {
			p = paragraph{}
			continue
		}
		pairs -= p.marks * p.marks
		p.add(line)
		pairs += p.marks * p.marks
		if pairs > maxPairs || p.lines*p.columns > maxCells {
			return errIntricate
		}
	}
	return nil
}

// countMarkers counts the markers of quotes and lists at the start of a line.
func countMarkers(line []byte) int {
	n := 0
	for {
		line = bytes.TrimLeft(line, " \t")
		length := markerLength(line)
		if length == 0 {
			return n
		}
		line = line[length:]
		n++
	}
}

// markerLength is the length of the marker that a line begins with.
func markerLength(line []byte) int {
	if len(line) == 0 {
		return 0
	}
	digits := 0
	switch line[0] {
	case '>':
		return 1
	case '-', '+', '*':
	default:
		for digits < min(9, len(line)) && '0' <= line[digits] && line[digits] <= '9' {
			digits++
		}
		if digits == 0 || digits == len(line) || line[digits] != '.' && line[digits] != ')' {
			return 0
		}
	}
	if rest := line[digits+1:]; len(rest) > 0 && bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0 {
		return digits + 1
	}
	return 0
}

// A paragraph counts what lies between two empty lines.
type paragraph struct{ marks, lines, columns int }

func (p *paragraph) add(line []byte) {
	p.lines++
	p.marks += bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("`"))
	if len(bytes.Trim(line, "|:-> \t\r\n")) == 0 {
		p.columns = max(p.columns, bytes.Count(line, []byte("|")))
	}
}
