package docs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A release is a version by its numbers: major, minor, patch.
type release [3]int

// A stretch is the releases from one up to, not including, another.
type stretch struct{ from, to release }

// endless is behind all releases.
var endless = release{1 << 30}

func (r release) before(o release) bool { return slices.Compare(r[:], o[:]) < 0 }

// meets says whether two stretches have a release in common.
func (s stretch) meets(o stretch) bool { return s.from.before(o.to) && o.from.before(s.to) }

// releaseText is a version: one to three numbers, of which the last may be an x.
var releaseText = regex.New(`^[vV=]?(\d{1,4})(?:\.(\d{1,5}|[xX*]))?(?:\.(\d{1,5}|[xX*]))?`)

// line reads a version as the line of releases that it names: "1.15" is all of
// 1.15. Precision counts its numbers.
func line(text string) (s stretch, precision int, ok bool) {
	m := releaseText.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return s, 0, false
	}
	for i, part := range m[1:] {
		n, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		s.from[i], precision = n, i+1
	}
	s.to = s.from.next(precision)
	return s, precision, true
}

// next is the first release behind those that share some numbers with one.
func (r release) next(precision int) release {
	for i := precision; i < len(r); i++ {
		r[i] = 0
	}
	r[precision-1]++
	return r
}

var constraintPart = regex.New(`(>=|<=|!=|~>|=>|>|<|\^|~=|~|={1,3})?\s*([vV]?\d[\w.*+-]*)`)

// constrained reads a constraint, in the grammars of Terraform, npm, Composer
// and Python, as the stretch of releases that it admits; false for what moves,
// and for alternatives.
func constrained(text string) (stretch, bool) {
	s := stretch{to: endless}
	parts := constraintPart.FindAllStringSubmatch(text, -1)
	if len(parts) == 0 || strings.Contains(text, "||") || strings.Contains(text, " - ") {
		return s, false
	}
	for _, part := range parts {
		one, precision, ok := line(part[2])
		if !ok {
			return s, false
		}
		switch part[1] {
		case "!=":
			continue
		case ">=", "=>":
			one.to = endless
		case ">":
			one = stretch{one.to, endless}
		case "<":
			one = stretch{release{}, one.from}
		case "<=":
			one.from = release{}
		case "^":
			one.to = one.from.next(max(1, leading0(one.from)))
		case "~>", "~=":
			one.to = one.from.next(max(1, precision-1))
		case "~":
			one.to = one.from.next(min(2, precision))
		}
		s = s.and(one)
	}
	return s, s.from.before(s.to)
}

// leading0 is the number of the first part that is not zero.
func leading0(r release) int {
	for i, n := range r {
		if n != 0 {
			return i + 1
		}
	}
	return len(r)
}

func (s stretch) and(o stretch) stretch {
	if s.from.before(o.from) {
		s.from = o.from
	}
	if o.to.before(s.to) {
		s.to = o.to
	}
	return s
}
