package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/waymark-dev/waymark/rules"
)

// shownDiffGaps bounds the gaps that a comparison lists for people.
const shownDiffGaps = 20

// A Difference is a comparison with the words for people.
type Difference struct {
	Comparison
	Base, Head Repository
}

// NewDifference compares two states of a repository.
func NewDifference(base, head Repository) Difference {
	d := Difference{Compare(SnapshotOf(base), SnapshotOf(head)), base, head}
	for _, list := range [][]Change{d.Gained, d.Lost, d.Other} {
		for i := range list {
			list[i].Because = because(head, list[i].ID)
		}
	}
	return d
}

func because(r Repository, id string) string {
	for _, result := range r.Results {
		if result.Criterion.ID == id {
			return result.Because
		}
	}
	return ""
}

// headline says what became of the stage.
func (d Difference) headline() string {
	from, to := d.Comparison.Base.Stage, d.Comparison.Head.Stage
	switch {
	case to > from:
		return fmt.Sprintf("Stage %d, %s: it was stage %d before.", to, rules.StageNames[to], from)
	case to < from:
		return fmt.Sprintf("Stage %d, %s: it falls from stage %d.", to, rules.StageNames[to], from)
	}
	return fmt.Sprintf("Stage %d, %s, as before.", to, rules.StageNames[to])
}

// A section of a difference is a title with its lines.
type diffSection struct {
	title string
	lines []string
}

// sections are what changed, in sentences.
func (d Difference) sections(code func(string) string, text func(string) string) []diffSection {
	changes := func(title string, list []Change) diffSection {
		s := diffSection{title: title}
		for _, c := range list {
			s.lines = append(s.lines, fmt.Sprintf("%s: %s → %s; %s", code(c.ID), c.From, c.To, text(Plain(c.Because))))
		}
		return s
	}
	gaps := func(title string, list []SnapshotGap) diffSection {
		s := diffSection{title: fmt.Sprintf("%s (%d)", title, len(list))}
		for i, g := range list {
			if i == shownDiffGaps {
				s.lines = append(s.lines, fmt.Sprintf("and %d more", len(list)-i))
				break
			}
			s.lines = append(s.lines, fmt.Sprintf("%s %s %s: %s", g.Level, code(g.place()), code(g.Check), text(Plain(g.Message))))
		}
		return s
	}
	return []diffSection{
		changes("Criteria lost", d.Lost), changes("Criteria gained", d.Gained), changes("Criteria that changed otherwise", d.Other),
		gaps("New gaps", d.New), gaps("Fixed gaps", d.Fixed),
	}
}

// place is where a gap is told.
func (g SnapshotGap) place() string {
	return PlaceOf(rules.Gap{At: spanAt(g.Path, g.line)})
}

// kept says how many gaps were there before.
func (d Difference) kept() string {
	if d.Kept == 0 {
		return ""
	}
	return rules.Counted(d.Kept, "gap") + " at a line as before."
}

// Diff writes a difference for people at a terminal.
func (t Terminal) Diff(w io.Writer, d Difference) error {
	b := t.page()
	same := func(s string) string { return s }
	fmt.Fprintf(b, "%s  %.8s → %s\n\n%s\n", Plain(d.Head.Name), d.Base.Commit, headName(d.Head), d.headline())
	none := true
	for _, s := range d.sections(same, same) {
		if len(s.lines) == 0 {
			continue
		}
		none = false
		b.line("\n" + b.bold(s.title))
		for _, l := range s.lines {
			b.wrap("  ", "    ", l)
		}
	}
	if none {
		b.WriteString("\nNo criterion changed, and no gap is new or fixed.\n")
	}
	if kept := d.kept(); kept != "" {
		b.WriteString("\n" + kept + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// headName is the commit, or that the work tree is meant.
func headName(r Repository) string {
	if r.Scanned == "work tree" {
		return "the work tree"
	}
	return fmt.Sprintf("%.8s", r.Commit)
}

// DiffMarker begins the Markdown of a difference, so that a comment on a pull
// request can be found and replaced.
const DiffMarker = "<!-- waymark-diff -->"

// DiffMarkdown writes a difference for a comment on a pull request.
func DiffMarkdown(w io.Writer, d Difference) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n## Waymark: %s\n\n", DiffMarker, d.headline())
	none := true
	for _, s := range d.sections(markdownCode, markdownText) {
		if len(s.lines) == 0 {
			continue
		}
		none = false
		fmt.Fprintf(&b, "### %s\n\n- %s\n\n", s.title, strings.Join(s.lines, "\n- "))
	}
	if none {
		b.WriteString("No criterion changed, and no gap is new or fixed.\n\n")
	}
	if kept := d.kept(); kept != "" {
		b.WriteString(kept + "\n")
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

type jsonDiff struct {
	SchemaVersion string        `json:"schemaVersion"`
	Tool          jsonTool      `json:"tool"`
	Name          string        `json:"name"`
	Base          jsonDiffState `json:"base"`
	Head          jsonDiffState `json:"head"`
	Gained        []Change      `json:"gained"`
	Lost          []Change      `json:"lost"`
	Other         []Change      `json:"other"`
	New           []SnapshotGap `json:"new"`
	Fixed         []SnapshotGap `json:"fixed"`
	Kept          int           `json:"kept"`
}

type jsonDiffState struct {
	Commit string `json:"commit,omitempty"`
	Stage  int    `json:"stage"`
}

// DiffJSON writes a difference for programs.
func DiffJSON(w io.Writer, version string, d Difference) error {
	return encodeJSON(w, jsonDiff{
		SchemaVersion, jsonTool{"waymark", version}, d.Head.Name,
		jsonDiffState{d.Base.Commit, d.Comparison.Base.Stage}, jsonDiffState{d.Head.Commit, d.Comparison.Head.Stage},
		orEmpty(d.Gained), orEmpty(d.Lost), orEmpty(d.Other), orEmpty(d.New), orEmpty(d.Fixed), d.Kept,
	})
}
