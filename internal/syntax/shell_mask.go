package syntax

import (
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// expression matches what a CI vendor or template engine substitutes before
// the shell sees the text: ${{ … }} and {{ … }}, $[[ … ]] of GitLab, ${a.b} of
// Jenkins, $(Build.x) of Azure, << parameters.x >> of CircleCI.
var expression = regex.New(`(?s)\$?\{\{.*?\}\}+|\$\[\[.*?\]\]|\$\{[A-Za-z_]\w*[.(][^}\n]*\}|\$\((?:Build|System|Agent|Pipeline|Release|Environment)\.[\w.]+\)|<<\s*(?:parameters|pipeline)\.[^<>\n]*>>`)

// A masked text has each expression replaced by a word that the shell grammar
// takes for plain.
type masked struct {
	text        string
	expressions []string
	breaks      []lineBreaks
}

// lineBreaks are the line breaks of an expression that ends at an offset of
// the masked text.
type lineBreaks struct{ offset, count int }

const maskPrefix = "__waymark_expression_"

func maskExpressions(text string) *masked {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	m := &masked{}
	var b strings.Builder
	end := 0
	for _, at := range expression.FindAllStringIndex(text, -1) {
		b.WriteString(text[end:at[0]])
		end = at[1]
		b.WriteString(maskPrefix + strconv.Itoa(len(m.expressions)) + "_")
		m.expressions = append(m.expressions, text[at[0]:at[1]])
		if n := strings.Count(text[at[0]:at[1]], "\n"); n > 0 {
			m.breaks = append(m.breaks, lineBreaks{b.Len(), n})
		}
	}
	b.WriteString(text[end:])
	m.text = b.String()
	return m
}

// line is the line of the unmasked text, counted from zero, for a position in
// the masked one.
func (m *masked) line(offset uint, line uint) int {
	n := int(line) - 1
	for _, b := range m.breaks {
		if b.offset <= int(offset) {
			n += b.count
		}
	}
	return n
}

var maskWord = regex.New(maskPrefix + `(\d+)_`)

func (m *masked) unmask(s string) string {
	if !strings.Contains(s, maskPrefix) {
		return s
	}
	return maskWord.ReplaceAllStringFunc(s, func(w string) string {
		i, err := strconv.Atoi(w[len(maskPrefix) : len(w)-1])
		if err != nil || i >= len(m.expressions) {
			return w
		}
		return m.expressions[i]
	})
}
