package config

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// WithAnswers is a configuration file with answers added, in place of those
// that it has about the same. All else stays as it is, comments too.
func WithAnswers(path string, data []byte, answers []Answer) ([]byte, error) {
	p := &parser{path: path}
	if err := p.parse(data); err != nil {
		return nil, err
	}
	e := editor{lines: strings.Split(strings.TrimRight(string(data), "\n"), "\n")}
	if len(bytes.TrimSpace(data)) == 0 {
		e.lines = nil
	}
	key, list := section(data, "answers")
	switch {
	case key == nil:
		e.lines = append(e.lines, "", "answers:")
		e.insert(len(e.lines), "  ", answers)
	case list.Kind != yaml.SequenceNode || len(list.Content) == 0 || list.Style&yaml.FlowStyle != 0:
		kept := slices.DeleteFunc(p.config.Answers, func(a Answer) bool { return answered(answers, a.ID) })
		e.replace(key.Line, max(lastLine(list), key.Line), append([]string{"answers:"}, rendered("  ", slices.Concat(kept, answers))...))
	default:
		e.amend(list, p.config.Answers, answers)
	}
	text := []byte(strings.TrimLeft(strings.Join(e.lines, "\n"), "\n") + "\n")
	if _, err := Parse(path, text, Known{}); err != nil {
		return nil, fmt.Errorf("the answers cannot be added here: write them by hand: %w", err)
	}
	return text, nil
}

// section is a top-level key with its value; nil where the file has none.
func section(data []byte, name string) (key, value *yaml.Node) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil || len(document.Content) == 0 {
		return nil, nil
	}
	root := document.Content[0].Content
	for i := 0; i+1 < len(root); i += 2 {
		if root[i].Value == name {
			return root[i], root[i+1]
		}
	}
	return nil, nil
}

func answered(answers []Answer, id string) bool {
	return slices.ContainsFunc(answers, func(a Answer) bool { return a.ID == id })
}

// lastLine is the last line on which a node has something.
func lastLine(n *yaml.Node) int {
	last := n.Line
	for _, c := range n.Content {
		last = max(last, lastLine(c))
	}
	return last
}

// An editor changes a file line by line.
type editor struct{ lines []string }

// amend adds answers behind a list and takes out those that they replace.
func (e *editor) amend(list *yaml.Node, old, answers []Answer) {
	indent := strings.Repeat(" ", list.Column-1)
	e.insert(lastLine(list), indent, answers)
	for i := len(list.Content) - 1; i >= 0; i-- {
		if i < len(old) && answered(answers, old[i].ID) {
			e.replace(list.Content[i].Line, lastLine(list.Content[i]), nil)
		}
	}
}

// insert adds answers behind a line.
func (e *editor) insert(line int, indent string, answers []Answer) {
	e.lines = slices.Insert(e.lines, line, rendered(indent, answers)...)
}

// replace puts lines in place of those from first to last, counted from one.
func (e *editor) replace(first, last int, with []string) {
	e.lines = slices.Replace(e.lines, first-1, min(last, len(e.lines)), with...)
}

// rendered are answers as lines of a list.
func rendered(indent string, answers []Answer) []string {
	var lines []string
	for _, a := range answers {
		word := "no"
		if a.Yes {
			word = "yes"
		}
		lines = append(lines, indent+"- criterion: "+a.ID, indent+"  answer: "+word, indent+"  by: "+strconv.Quote(a.By), indent+"  when: "+a.When.Format(time.DateOnly))
		if a.Link != "" {
			lines = append(lines, indent+"  link: "+strconv.Quote(a.Link))
		}
		if !a.Until.IsZero() {
			lines = append(lines, indent+"  until: "+a.Until.Format(time.DateOnly))
		}
	}
	return lines
}
