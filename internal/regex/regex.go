// Package regex holds regular expressions that cost nothing until they are
// used, and little on the many texts that they cannot match.
package regex

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression. It is compiled when it is first used: the
// program has hundreds, of which most commands need none. What matches it holds
// certain words, and only what holds them is given to the engine. Its methods are
// those of regexp.Regexp, whose package documents them. It is safe for concurrent
// use.
type Pattern struct {
	text string
	once sync.Once
	re   *regexp.Regexp
	words
}

// New returns the pattern of an expression, which must be valid: it panics at
// its first use where it is not.
func New(text string) *Pattern { return &Pattern{text: text} }

func (p *Pattern) compiled() *regexp.Regexp {
	p.once.Do(func() { p.re, p.words = regexp.MustCompile(p.text), wordsOf(p.text) })
	return p.re
}

// in says whether the engine has to look at a text.
func (p *Pattern) in(text string) bool { return p.compiled() != nil && p.mayBeIn(text) }

func (p *Pattern) inBytes(text []byte) bool { return p.compiled() != nil && p.mayBeInBytes(text) }
