package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// shown bounds what the terminal report lists without Verbose, so that a common
// repository fits one screen.
const (
	shownSteps = 3
	shownGaps  = 5
	minWidth   = 60
	maxWidth   = 120
)

// A Terminal says how the terminal report is drawn.
type Terminal struct {
	// Width is that of the terminal in columns; 0 means 80.
	Width int
	// Color says whether colours may be used.
	Color bool
	// Verbose shows all criteria with their evidence, and all gaps.
	Verbose bool
}

// Write writes the report for people at a terminal.
func (t Terminal) Write(w io.Writer, r Report) error {
	p := &page{width: min(max(cmp.Or(t.Width, 80), minWidth), maxWidth), color: t.Color}
	for i, repo := range r.Repositories {
		if i > 0 {
			p.line("")
			p.line(p.faint(strings.Repeat("─", p.width)))
			p.line("")
		}
		t.repository(p, repo)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (t Terminal) repository(p *page, r Repository) {
	p.head(r)
	p.ladder(r)
	p.why(r)
	if t.Verbose {
		p.criteria(r)
	}
	p.steps(r, t.Verbose)
	p.gaps(r, t.Verbose)
	p.unseen(r, t.Verbose)
	p.history(r)
}

// A page is the text of a report as it grows.
type page struct {
	strings.Builder
	width int
	color bool
}

func (p *page) line(s string) { p.WriteString(strings.TrimRight(s, " ") + "\n") }

func (p *page) style(s lipgloss.Style, text string) string {
	if !p.color {
		return text
	}
	return s.Render(text)
}

func (p *page) bold(s string) string  { return p.style(lipgloss.NewStyle().Bold(true), s) }
func (p *page) faint(s string) string { return p.style(lipgloss.NewStyle().Faint(true), s) }
func (p *page) green(s string) string {
	return p.style(lipgloss.NewStyle().Foreground(lipgloss.Green), s)
}
func (p *page) yellow(s string) string {
	return p.style(lipgloss.NewStyle().Foreground(lipgloss.Yellow), s)
}
func (p *page) red(s string) string { return p.style(lipgloss.NewStyle().Foreground(lipgloss.Red), s) }

// wrap writes text indented, broken at words; the first line has its own lead.
func (p *page) wrap(lead, indent, text string) {
	width := p.width - lipgloss.Width(indent)
	for i, l := range strings.Split(lipgloss.Wrap(Plain(text), width, " "), "\n") {
		if i == 0 {
			p.line(lead + l)
			continue
		}
		p.line(indent + l)
	}
}

// Plain is text that can be shown anywhere: control characters, which could
// drive a terminal, are shown as their code points.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f:
			return '\uFFFD'
		}
		return r
	}, s)
}

func (p *page) head(r Repository) {
	name := p.bold(Plain(r.Name))
	if r.Commit != "" {
		name += p.faint(fmt.Sprintf("  %.8s, %s", r.Commit, r.Date.Format("2006-01-02")))
	}
	roles := make([]string, 0, len(r.Scene.Roles))
	for _, role := range r.Scene.RoleNames() {
		roles = append(roles, string(role))
	}
	if len(roles) > 0 {
		name += p.faint("  " + strings.Join(roles, ", "))
	}
	p.line(name)
	p.line("")
	if r.Scene.Notice != "" && r.Scene.Notice != "template" {
		p.line(p.yellow("It says of itself that it is " + r.Scene.Notice + "."))
	}
	p.wrap("", "", r.Verdict.Headline())
	if n := r.Verdict.Next; n != nil && len(n.Criteria) > 0 {
		word := "Not visible here: "
		if n.State == rules.RuledOut {
			word = "Held back by: "
		}
		p.wrap(p.faint(word), strings.Repeat(" ", len(word)), strings.Join(n.Criteria, ", "))
	}
	p.line("")
}

const barWidth = 20

func (p *page) ladder(r Repository) {
	if r.Verdict.Stage == 0 {
		return
	}
	p.line(fmt.Sprintf("  1 %-16s %s", rules.StageNames[1], p.faint("where everybody starts")))
	for _, s := range r.Verdict.Shares {
		p.line(p.rung(r.Verdict, s))
	}
	p.line("")
}

func (p *page) rung(v rules.Verdict, s rules.Share) string {
	mark := " "
	if s.Stage == v.Stage {
		mark = "▸"
	}
	full := int(s.Value()*barWidth + 0.5)
	bar := strings.Repeat("█", full)
	rest := strings.Repeat("·", barWidth-full)
	state := stateOf(v, s)
	paint := p.faint
	switch {
	case s.Stage <= v.Stage:
		paint = p.green
	case s.Stage == v.Stage+1:
		paint = p.yellow
	}
	return fmt.Sprintf("%s %d %-16s %s%s %3.0f %%  %s", mark, s.Stage, rules.StageNames[s.Stage], paint(bar), p.faint(rest), s.Value()*100, state)
}

func stateOf(v rules.Verdict, s rules.Share) string {
	switch {
	case s.Stage <= v.Stage:
		return "held"
	case !s.Applies:
		return "too little applies"
	case v.Next != nil && s.Stage == v.Next.Stage:
		return string(v.Next.State)
	}
	return ""
}

// why says what holds the next stage back: its gating criteria first.
func (p *page) why(r Repository) {
	if r.Verdict.Next == nil {
		return
	}
	next := r.Verdict.Next.Stage
	var failing []string
	for _, s := range r.Verdict.Shares {
		if s.Stage == next {
			failing = s.Failing
		}
	}
	var unseen []string
	p.line(p.bold(fmt.Sprintf("Why not stage %d", next)))
	reasons := 0
	for _, result := range r.Results {
		if result.Criterion.Stage != next || !slices.Contains(failing, result.Criterion.ID) {
			continue
		}
		if result.Outcome == rules.NotVisible {
			unseen = append(unseen, result.Criterion.ID)
			continue
		}
		reasons++
		p.wrap("  "+p.outcome(result.Outcome)+" ", "    ", result.Criterion.ID+": "+string(result.Outcome)+"; "+result.Because)
	}
	if len(unseen) > 0 {
		p.wrap("  "+p.outcome(rules.NotVisible)+" ", "    ", strings.Join(unseen, ", ")+": not visible from this repository alone")
	}
	if reasons == 0 {
		p.wrap("  ", "  ", shareReason(r, next))
	}
	p.line("")
}

func shareReason(r Repository, stage int) string {
	for _, s := range r.Verdict.Shares {
		if s.Stage == stage {
			if !s.Applies {
				return "too little of the stage applies to this one repository to judge it"
			}
			return fmt.Sprintf("%.0f %% of what applies is met; a stage is held from 67 %%", s.Value()*100)
		}
	}
	return ""
}

func (p *page) outcome(o rules.Outcome) string {
	switch o {
	case rules.Met:
		return p.green("✓")
	case rules.Partial:
		return p.yellow("◐")
	case rules.Unmet:
		return p.red("✗")
	case rules.NotVisible:
		return p.faint("?")
	}
	return p.faint("–")
}

// criteria are all criteria, stage by stage, with their best evidence.
func (p *page) criteria(r Repository) {
	stage := 0
	for _, result := range r.Results {
		if result.Criterion.Stage != stage {
			stage = result.Criterion.Stage
			p.line(p.bold(fmt.Sprintf("Stage %d, %s", stage, rules.StageNames[stage])))
		}
		word := string(result.Outcome)
		if s := result.Strength.String(); s != "" {
			word += ", " + s
		}
		p.wrap(fmt.Sprintf("  %s ", p.outcome(result.Outcome)), "    ", fmt.Sprintf("%s: %s; %s", result.Criterion.ID, word, result.Because))
		for i, sign := range result.Signs {
			if i == shownGaps {
				p.line(p.faint(fmt.Sprintf("        and %d more", len(result.Signs)-i)))
				break
			}
			p.wrap("      "+p.faint(signMark(sign))+" ", "        ", where(sign.At)+sign.Note)
		}
	}
	p.line("")
}

func signMark(s rules.Sign) string { return [...]string{"-", "~", "+"}[s.Mark] }

// where is "path:line  ", or nothing for what has no place.
func where(at detect.Span) string {
	if at.Path == "" {
		return ""
	}
	return place(at) + "  "
}

func place(at detect.Span) string {
	if at.Start.Line == 0 {
		return at.Path
	}
	return fmt.Sprintf("%s:%d", at.Path, at.Start.Line)
}

func (p *page) steps(r Repository, all bool) {
	if len(r.NextSteps) == 0 {
		return
	}
	p.line(p.bold("Next steps"))
	for i, s := range r.NextSteps {
		if i == shownSteps && !all {
			break
		}
		head := s.Criterion.ID
		if s.At.Path != "" {
			head += p.faint("  " + Plain(place(s.At)))
		}
		p.line(fmt.Sprintf("  %d. %s", i+1, head))
		p.wrap("     ", "     ", s.Text)
	}
	p.line("")
}

func (p *page) gaps(r Repository, all bool) {
	located := 0
	for _, g := range r.Gaps {
		if g.Located() {
			located++
		}
	}
	if located == 0 {
		return
	}
	p.line(p.bold("Gaps at a line") + p.faint(fmt.Sprintf("  %d in all", located)))
	shown := 0
	for _, g := range r.Gaps {
		if !g.Located() {
			continue
		}
		if shown == shownGaps && !all {
			p.line(p.faint(fmt.Sprintf("  and %d more (--verbose, or --format json)", located-shown)))
			break
		}
		shown++
		p.line(fmt.Sprintf("  %s %s  %s", p.level(g.Check.Level), Plain(place(g.At)), p.faint(g.Check.ID)))
		p.wrap("      ", "      ", g.Message)
	}
	p.line("")
}

func (p *page) level(l rules.Level) string {
	switch l {
	case rules.Error:
		return p.red("error  ")
	case rules.Warning:
		return p.yellow("warning")
	}
	return p.faint("note   ")
}

// unseen says in one line what could not be seen.
func (p *page) unseen(r Repository, all bool) {
	invisible := 0
	for _, result := range r.Results {
		if result.Outcome == rules.NotVisible {
			invisible++
		}
	}
	if r.Verdict.Stage == 0 {
		return
	}
	text := fmt.Sprintf("%d of %d criteria cannot be told from this repository alone", invisible, len(r.Results))
	if n := len(r.Scene.BlindSpots); n > 0 {
		text += "; " + counted(n, "blind spot")
		if !all {
			b := r.Scene.BlindSpots[0]
			text += fmt.Sprintf(", the first: %s %s", cmp.Or(b.Path, "the repository"), b.Err)
		}
	}
	p.wrap(p.faint("Not seen  "), "          ", text)
	if all {
		for _, b := range r.Scene.BlindSpots {
			p.wrap("          ", "            ", cmp.Or(b.Path, "the repository")+": "+b.Err.Error())
		}
	}
}

// history says in one line what history told.
func (p *page) history(r Repository) {
	commits, err := r.Scene.Repo.History.Commits()
	if err != nil {
		p.wrap(p.faint("History   "), "          ", err.Error())
		return
	}
	f := rules.FactsOf(r.Scene)
	text := counted(len(commits), "commit")
	if f.HumanAuthorsLastYear != nil {
		text += fmt.Sprintf("; in the year before the scanned one %s and %s by bots", counted(*f.HumanAuthorsLastYear, "author"), counted(*f.BotCommitsLastYear, "commit"))
	}
	p.wrap(p.faint("History   "), "          ", text)
}

// counted is a number of things in words.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
