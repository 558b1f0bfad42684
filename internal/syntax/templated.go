package syntax

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// TemplatedYAML is the view of the template of a YAML file as the YAML that is
// left when nothing of it is filled in: actions of Go templates, Jinja and ERB
// that print something stand as the scalar, or the part of one, that they are
// written as; all others are taken for empty. Lines and columns are those of
// the template, of a text over several lines its first. See Node.Templated.
// Both branches of a condition are there; of equal keys the first is found.
var TemplatedYAML = detect.NewView(func(f *detect.File) (Documents, error) {
	if !markers(f.Data) {
		return YAML.Of(f)
	}
	blanked, actions, moved := blankActions(f.Data)
	docs, err := decodeYAML(f, blanked)
	for _, d := range docs {
		restore(d.y, actions)
		moved.back(d.y)
	}
	return docs, err
})

// action matches what a template engine replaces: Go template or Jinja,
// statements and comments of Jinja, ERB, directives of Terraform.
var action = regex.New("(?s)\\{\\{-?\\s*/\\*.*?\\*/\\s*-?\\}\\}|\\{\\{(?:\"(?:[^\"\\\\\\n]|\\\\.)*\"|`[^`]*`|[^\"`])*?\\}\\}+|\\{%.*?%\\}|\\{#.*?#\\}|<%.*?%>|%\\{[^}\\n]*\\}")

// silent matches the actions that print nothing.
var silent = regex.New(`^(?:\{%|\{#|<%[^=]|%\{~?\s*(?:if|else|endif|for|endfor)\b|\{\{-?\s*(?:/\*|(?:if|else|end|range|with|define|block|break|continue)\b|\$\w+\s*:?=))`)

// Each action becomes as many code points of the private use area as it has:
// the first tells that one begins, three tell which it is.
const (
	actionStart  = '\ue000'
	actionFiller = '\ue001'
	actionDigit  = '\ue100'
	maxActions   = 1 << 24
)

// blankActions replaces the actions of a template so that YAML can be read
// from what is left, and gives them, and how far lines were moved to the left.
func blankActions(data []byte) ([]byte, []string, moves) {
	var out []byte
	var actions []string
	var nest nesting
	moved := moves{}
	end := 0
	for _, m := range action.FindAllIndex(data, maxActions-1) {
		out = append(out, data[end:m[0]]...)
		end = m[1]
		text := data[m[0]:m[1]]
		defines := nest.step(text)
		switch {
		case alone(data, m[0], m[1]):
			if defines && len(bytes.TrimSpace(out[bytes.LastIndexByte(out, '\n')+1:])) == 0 {
				out = append(out[:bytes.LastIndexByte(out, '\n')+1], "---"...)
			}
			out = append(out, bytes.Repeat([]byte("\n"), bytes.Count(text, []byte("\n")))...)
		case silent.Match(text) && leads(out) && !bytes.Contains(text, []byte("\n")):
			moved[bytes.Count(out, []byte("\n"))+1] += utf8.RuneCount(text)
		case silent.Match(text), blockHeader.Match(out[bytes.LastIndexByte(out, '\n')+1:]):
			out = appendSpaces(out, text)
		default:
			out = appendAction(out, text, len(actions))
			actions = append(actions, string(text))
		}
	}
	return append(out, data[end:]...), actions, moved
}

// moves are by how many columns lines were moved to the left, by their number: an
// action that prints nothing is no part of the indentation of what follows it.
type moves map[int]int

// back gives a node and those below it the columns that they have in the template.
func (m moves) back(y *yaml.Node) {
	if y.Line > 0 {
		y.Column += m[y.Line]
	}
	for _, c := range y.Content {
		m.back(c)
	}
}

// leads says whether what comes next is the first on its line.
func leads(out []byte) bool {
	return len(bytes.TrimSpace(out[bytes.LastIndexByte(out, '\n')+1:])) == 0
}

// blockHeader matches a line that ends where the text of a block begins.
var blockHeader = regex.New(`(?:^|[:\s-])[|>][-+0-9]*[ \t]*$`)

var (
	opens  = regex.New(`^\{\{-?\s*(if|range|with|block|define)\b`)
	closes = regex.New(`^\{\{-?\s*end\b`)
)

// nesting are the actions of Go templates that wait for their end.
type nesting []string

// step follows an action. It says whether a named template begins or ends with
// it: what is between is a document of its own, whatever its indentation.
func (n *nesting) step(text []byte) bool {
	if m := opens.FindSubmatch(text); m != nil {
		*n = append(*n, string(m[1]))
		return string(m[1]) == "define"
	}
	if last := len(*n) - 1; last >= 0 && closes.Match(text) {
		kind := (*n)[last]
		*n = (*n)[:last]
		return kind == "define"
	}
	return false
}

// alone says whether nothing but actions stands on the lines of an action. In
// a list or behind a key on the same line it would print a scalar; alone it
// prints whatever its engine makes of it.
func alone(data []byte, start, end int) bool {
	before := data[bytes.LastIndexByte(data[:start], '\n')+1 : start]
	after, _, _ := bytes.Cut(data[end:], []byte("\n"))
	return len(bytes.TrimSpace(action.ReplaceAll(before, nil))) == 0 && len(bytes.TrimSpace(action.ReplaceAll(after, nil))) == 0
}

func appendSpaces(out, text []byte) []byte {
	for _, r := range string(text) {
		if r == '\n' || r == '\r' {
			out = append(out, byte(r))
		} else {
			out = append(out, ' ')
		}
	}
	return out
}

// appendAction stands for action number n on its first line; on those after it
// nothing does.
func appendAction(out, text []byte, n int) []byte {
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	mark := []rune{actionStart, actionDigit + rune(n>>16&0xff), actionDigit + rune(n>>8&0xff), actionDigit + rune(n&0xff)}
	for i := range max(utf8.RuneCount(first), len(mark)) {
		if i < len(mark) {
			out = utf8.AppendRune(out, mark[i])
		} else {
			out = utf8.AppendRune(out, actionFiller)
		}
	}
	if len(first) == len(text) {
		return out
	}
	return appendSpaces(append(out, '\n'), rest)
}

// restore gives the scalars below a node the actions that stood in them.
func restore(y *yaml.Node, actions []string) {
	if y.Kind == yaml.ScalarNode && strings.ContainsRune(y.Value, actionStart) {
		y.Value = restored(y.Value, actions)
	}
	for _, c := range y.Content {
		restore(c, actions)
	}
}

func restored(value string, actions []string) string {
	var b strings.Builder
	runes := []rune(value)
	for i := 0; i < len(runes); i++ {
		switch {
		case runes[i] == actionFiller:
		case runes[i] == actionStart && i+3 < len(runes):
			if n := actionNumber(runes[i+1 : i+4]); n < len(actions) {
				b.WriteString(actions[n])
			}
			i += 3
		default:
			b.WriteRune(runes[i])
		}
	}
	return b.String()
}

func actionNumber(digits []rune) int {
	n := 0
	for _, d := range digits {
		n = n<<8 | int(d-actionDigit)&0xff
	}
	return n
}
