package report

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// hashWindow is how many characters from the start of a line the hash covers.
const hashWindow = 100

// endOfFile is the character that stands for the end of the file.
const endOfFile = 65535

// lineHashes are the fingerprints of the lines of a file, as GitHub's upload
// action computes them for primaryLocationLineHash: a rolling hash of the
// hundred UTF-16 units from the start of the line, blanks left out, with the
// number of lines before it that have the same hash. The first line is at 1.
func lineHashes(data []byte) []string {
	h := lineHasher{counts: map[uint64]int{}, hashes: []string{""}, factor: 1}
	for range hashWindow {
		h.factor *= 37
	}
	for i := range h.lines {
		h.lines[i] = -1
	}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		data = data[size:]
		if r1, r2 := utf16.EncodeRune(r); r1 != utf8.RuneError {
			h.character(uint64(r1))
			h.character(uint64(r2))
			continue
		}
		h.character(uint64(r))
	}
	h.character(endOfFile)
	for range hashWindow {
		if h.lines[h.at] != -1 {
			h.emit()
		}
		h.roll(0)
	}
	return h.hashes
}

// A lineHasher rolls over the characters of a file.
type lineHasher struct {
	window  [hashWindow]uint64
	lines   [hashWindow]int // the line that starts at this place of the window
	at      int
	sum     uint64
	factor  uint64 // 37 to the power of the window
	line    int
	inLine  bool
	afterCR bool
	counts  map[uint64]int
	hashes  []string
}

func (h *lineHasher) character(c uint64) {
	if c == ' ' || c == '\t' || h.afterCR && c == '\n' {
		h.afterCR = false
		return
	}
	h.afterCR = c == '\r'
	if h.afterCR {
		c = '\n'
	}
	if h.lines[h.at] != -1 {
		h.emit()
	}
	if !h.inLine {
		h.inLine = true
		h.line++
		h.lines[h.at] = h.line
	}
	if c == '\n' {
		h.inLine = false
	}
	h.roll(c)
}

func (h *lineHasher) roll(c uint64) {
	first := h.window[h.at]
	h.window[h.at] = c
	h.sum = 37*h.sum + c - h.factor*first
	h.at = (h.at + 1) % hashWindow
}

func (h *lineHasher) emit() {
	h.counts[h.sum]++
	for len(h.hashes) <= h.lines[h.at] {
		h.hashes = append(h.hashes, "")
	}
	h.hashes[h.lines[h.at]] = fmt.Sprintf("%x:%d", h.sum, h.counts[h.sum])
	h.lines[h.at] = -1
}
