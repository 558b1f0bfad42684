package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/waymark-dev/waymark/rules"
)

// shown bounds what the terminal report lists without Verbose, so that a common
// repository fits one screen.
const (
	shownSteps = 3
	shownGaps  = 5
	shownSigns = 5
	// shownPlaces is how many places of gaps of one kind are named.
	shownPlaces = 3
	minWidth    = 60
	maxWidth    = 120
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
	judged := false
	p := t.page()
	for i, repo := range r.Repositories {
		if i > 0 {
			p.line("")
			p.line(p.faint(strings.Repeat("─", p.width)))
			p.line("")
		}
		t.repository(p, repo)
		judged = judged || repo.Verdict.Stage > 0
	}
	if judged {
		p.legend(t.Verbose)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (t Terminal) page() *page {
	return &page{width: min(max(cmp.Or(t.Width, 80), minWidth), maxWidth), color: t.Color}
}

func (t Terminal) repository(p *page, r Repository) {
	p.head(r)
	p.ladder(r)
	p.why(r)
	p.components(r, t.Verbose)
	if t.Verbose {
		p.criteria(r)
	}
	p.steps(r, t.Verbose)
	p.gaps(r, t.Verbose)
	p.settings(r, t.Verbose)
	p.unseen(r, t.Verbose)
	p.history(r, t.Verbose)
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

// wrap writes text indented, broken at blanks; the first line has its own lead.
func (p *page) wrap(lead, indent, text string) {
	for i, l := range wrapped(Plain(text), p.width-lipgloss.Width(indent)) {
		if i == 0 {
			p.line(lead + l)
			continue
		}
		p.line(indent + l)
	}
}

// beside writes a text with a fainter one behind it, or below it where the line
// would be too long.
func (p *page) beside(text, indent, faint string) {
	switch {
	case faint == "":
		p.line(text)
	case lipgloss.Width(text)+2+lipgloss.Width(faint) > p.width:
		p.line(text)
		p.line(indent + p.faint(faint))
	default:
		p.line(text + "  " + p.faint(faint))
	}
}

func (p *page) head(r Repository) {
	var more []string
	for _, part := range []string{dated(r), roleText(r)} {
		if part != "" {
			more = append(more, part)
		}
	}
	p.beside(p.bold(Plain(r.Name)), "", strings.Join(more, "  "))
	p.line("")
	if n := noticeText(r); n != "" {
		p.line(p.yellow(n))
	}
	p.wrap("", "", r.Verdict.Headline())
	for _, remark := range r.Remarks {
		p.wrap("", "", remark)
	}
	p.line("")
}

const barWidth = 20

func (p *page) ladder(r Repository) {
	if r.Verdict.Stage == 0 {
		return
	}
	mark := " "
	if r.Verdict.Stage == 1 {
		mark = "▸"
	}
	p.line(fmt.Sprintf("%s 1 %-16s %s", mark, rules.StageNames[1], p.faint("where everybody starts")))
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
	paint := p.faint
	switch {
	case s.Stage <= v.Stage:
		paint = p.green
	case s.Stage == v.Stage+1:
		paint = p.yellow
	}
	return fmt.Sprintf("%s %d %-16s %s%s %5s  %s", mark, s.Stage, rules.StageNames[s.Stage], paint(bar), p.faint(rest), percent(s, v.Threshold()), stateOf(v, s))
}

// why says what holds the next stage back.
func (p *page) why(r Repository) {
	if r.Verdict.Next == nil {
		return
	}
	p.line(p.bold(fmt.Sprintf("Why not stage %d", r.Verdict.Next.Stage)))
	for _, reason := range reasonsOf(r) {
		if reason.outcome == "" {
			p.wrap("  ", "  ", reason.text)
			continue
		}
		p.wrap("  "+p.outcome(reason.outcome)+" ", "    ", reason.text)
	}
	p.line("")
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
		if s := result.Strength.String(); s != "" && result.Outcome != rules.Unmet {
			word += ", " + s
		}
		p.wrap(fmt.Sprintf("  %s ", p.outcome(result.Outcome)), "    ", fmt.Sprintf("%s: %s; %s", result.Criterion.ID, word, why(r, result)))
		signs := evidence(result)
		for _, sign := range telling(signs, shownSigns) {
			p.wrap("      "+p.faint(signMark(sign))+" ", "        ", where(sign.At)+beside(sign))
		}
		if more := len(signs) - shownSigns; more > 0 {
			p.line(p.faint(fmt.Sprintf("        and %d more", more)))
		}
	}
	p.line("")
}

// evidence are the signs of a criterion as they are shown: those that say the
// same of the same place once.
func evidence(r rules.Result) []rules.Sign {
	type shown struct {
		mark        rules.Mark
		place, note string
	}
	seen := map[shown]bool{}
	var signs []rules.Sign
	for _, s := range r.Signs {
		if key := (shown{s.Mark, place(s.At), s.Note}); !seen[key] {
			seen[key] = true
			signs = append(signs, s)
		}
	}
	return signs
}

// telling are so many signs of a criterion: those that speak for it first, and
// always some of those that do not, where there are such.
func telling(signs []rules.Sign, most int) []rules.Sign {
	if len(signs) <= most {
		return signs
	}
	good := 0
	for good < len(signs) && signs[good].Mark == rules.Good {
		good++
	}
	short := min(len(signs)-good, most*2/5)
	return slices.Concat(signs[:min(good, most-short)], signs[good:good+max(short, most-good)])
}

func signMark(s rules.Sign) string { return [...]string{"-", "~", "+"}[s.Mark] }

func (p *page) steps(r Repository, all bool) {
	if len(r.NextSteps) == 0 {
		return
	}
	p.line(p.bold("Next steps"))
	for i, s := range r.NextSteps {
		if i == shownSteps && !all {
			break
		}
		p.beside(fmt.Sprintf("  %d. %s", i+1, s.Criterion.ID), "     ", Plain(stepPlace(r, s)))
		p.wrap("     ", "     ", s.Text)
	}
	p.line("")
}

func (p *page) gaps(r Repository, all bool) {
	count := located(r.Gaps)
	if count == "" {
		return
	}
	kinds := gapKinds(r.Gaps)
	p.line(p.bold("Gaps at a line") + p.faint("  "+count))
	for i, k := range kinds {
		if i == shownGaps && !all {
			p.line(p.faint(fmt.Sprintf("  and %s (--verbose, or --format json)", rules.Counted(len(kinds)-i, "more kind"))))
			break
		}
		p.kind(k, all)
	}
	p.line("")
}

// kind shows the gaps of one check: all of them, or one line of the first
// places where there are several.
func (p *page) kind(k gapKind, all bool) {
	lead := "  " + p.level(k.check.Level) + " "
	if len(k.gaps) == 1 {
		p.beside(lead+PlaceOf(k.gaps[0]), "          ", k.check.ID)
		p.wrap("          ", "          ", k.gaps[0].Message)
		return
	}
	p.beside(fmt.Sprintf("%s%d × %s", lead, len(k.gaps), k.check.Title), "          ", k.check.ID)
	if !all {
		p.wrap("          ", "          ", firstPlaces(k.gaps, shownPlaces))
		return
	}
	for _, same := range k.alike() {
		p.wrap("          ", "          ", firstPlaces(same.gaps, len(same.gaps)))
		p.wrap("            ", "            ", same.message)
	}
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

// settings says what became of answers and suppressions.
func (p *page) settings(r Repository, all bool) {
	list := r.Settings()
	if len(list) == 0 {
		return
	}
	p.line(p.bold("Configuration"))
	quiet := 0
	for _, s := range list {
		switch {
		case s.Loud:
			p.wrap("  "+p.yellow("!")+" ", "    ", s.Text)
		case all:
			p.wrap("    ", "    ", s.Text)
		default:
			quiet++
		}
	}
	if quiet > 0 {
		p.line(p.faint("    " + inUse(quiet) + " (--verbose)"))
	}
	p.line("")
}

// unseen says in one line what could not be seen.
func (p *page) unseen(r Repository, all bool) {
	if text := unseenText(r); text != "" {
		p.wrap(p.faint("Not seen  "), "          ", text)
	}
	kinds := blindKinds(r.Scene.BlindSpots)
	if !all || len(kinds) == 1 && len(kinds[0].paths) <= shownBlind {
		return
	}
	for _, k := range kinds {
		p.wrap("          ", "            ", k.text(len(k.paths)))
	}
}

// history says in one line what history told; at length, what it tells about
// delivery, too.
func (p *page) history(r Repository, all bool) {
	p.wrap(p.faint("History   "), "          ", historyText(r))
	if !all {
		return
	}
	for _, l := range shownDelivery(r) {
		p.wrap("          ", "            ", l)
	}
}

// legend explains the marks, and all words of the report where everything is
// shown.
func (p *page) legend(all bool) {
	marks := "✓ met  ◐ partial  ✗ unmet  ? not visible  – not applicable. "
	p.line("")
	if !all {
		p.wrap(p.faint("Legend    "), "          ", marks+"--verbose shows all criteria with their evidence, and what the words mean; 'waymark explain ID' explains one.")
		return
	}
	p.wrap(p.faint("Legend    "), "          ", marks+legendStages)
	p.wrap("          ", "          ", legendSigns)
	p.wrap("          ", "          ", legendLevels)
}
