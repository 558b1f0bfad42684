package report

import (
	"fmt"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

type jsonConfigured struct {
	Answers      []jsonHeard       `json:"answers"`
	Suppressions []jsonSuppressing `json:"suppressions"`
}

type jsonHeard struct {
	ID      string    `json:"id"`
	Answer  string    `json:"answer"`
	By      string    `json:"by"`
	When    string    `json:"when"`
	Link    string    `json:"link,omitempty"`
	Until   string    `json:"until,omitempty"`
	Use     rules.Use `json:"use"`
	Because string    `json:"because,omitempty"`
	Path    string    `json:"path"`
	Line    int       `json:"line"`
}

type jsonSuppressing struct {
	Rule   string    `json:"rule"`
	Files  string    `json:"files"`
	Inline bool      `json:"inline"`
	Reason string    `json:"reason"`
	Until  string    `json:"until,omitempty"`
	Use    rules.Use `json:"use"`
	Gaps   int       `json:"gaps"`
	Path   string    `json:"path"`
	Line   int       `json:"line"`
}

func jsonConfiguredOf(r Repository) jsonConfigured {
	out := jsonConfigured{[]jsonHeard{}, []jsonSuppressing{}}
	for _, h := range r.Heard {
		out.Answers = append(out.Answers, jsonHeard{h.ID, h.Word(), h.By, day(h.When), h.Link, day(h.Until), h.Use, h.Because, h.Path, h.Line})
	}
	for _, s := range r.Suppressing {
		out.Suppressions = append(out.Suppressions, jsonSuppressing{s.Rule, s.Path, s.Inline, s.Reason, day(s.Until), s.Use, s.Gaps, s.At, s.Line})
	}
	return out
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// A Setting is a line of what became of the configuration.
type Setting struct {
	// Loud says that a person should look at it.
	Loud bool
	Text string
}

// Settings are what became of answers and suppressions, in sentences.
func (r Repository) Settings() []Setting {
	var list []Setting
	for _, h := range r.Heard {
		text := fmt.Sprintf("%s: %s; %s", h.ID, h.String(), h.Use)
		switch {
		case h.Because != "":
			text += ": " + h.Because
		case h.Use == rules.Shown:
			text += ", and weighs nothing"
		}
		list = append(list, Setting{h.Use != rules.Counts && h.Use != rules.Agrees && h.Use != rules.Shown, place(spanAt(h.Path, h.Line)) + "  " + text})
	}
	for _, s := range r.Suppressing {
		list = append(list, Setting{s.Use != rules.Counts, place(spanAt(s.At, s.Line)) + "  " + suppressionText(s)})
	}
	return list
}

// inUse counts the answers and suppressions of which nothing need be said.
func inUse(n int) string {
	if n == 1 {
		return "1 answer or suppression is in use"
	}
	return fmt.Sprintf("%d answers and suppressions are in use", n)
}

func suppressionText(s rules.Suppressing) string {
	text := "ignores " + s.Rule
	if !s.Inline {
		text += " in " + s.Path
	}
	switch s.Use {
	case rules.Counts:
		return text + fmt.Sprintf(": %s; %s", rules.Counted(s.Gaps, "gap"), s.Reason)
	case rules.Expired:
		return text + ": expired on " + day(s.Until) + ", so that its gaps are shown"
	case rules.Unexplained:
		return text + ": it gives no reason, and so does nothing"
	}
	return text + ": unused, remove it"
}

// spanAt is the place of a line.
func spanAt(path string, line int) detect.Span {
	return detect.Span{Path: path, Start: detect.Point{Line: line}}
}
