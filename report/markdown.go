package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/rules"
)

// maxMarkdown is the most that is written, in bytes: GitHub takes a comment of
// 65,536 characters, and a job summary of 1 MiB.
const maxMarkdown = 64_000

// Markdown writes the report for a job summary or a comment on a pull request,
// with links to the lines at the scanned commit. The longer it gets, the fewer
// gaps it lists, until it fits.
func Markdown(w io.Writer, r Report) error {
	text := ""
	for _, most := range []int{20, 5, 1} {
		if text = markdownOf(r, most); len(text) <= maxMarkdown {
			break
		}
	}
	_, err := io.WriteString(w, bounded(text))
	return err
}

// bounded cuts a text that is still too long between two of its lines.
func bounded(text string) string {
	if len(text) <= maxMarkdown {
		return text
	}
	cut := strings.LastIndex(text[:maxMarkdown-500], "\n## ") // a whole repository, where there are several
	cut = max(cut, 0)
	if cut == 0 {
		cut = strings.LastIndex(text[:maxMarkdown-500], "\n")
	}
	return text[:cut] + "\n\nThe rest is left out, for there is too much to show here; the HTML and JSON reports have it all.\n"
}

func markdownOf(r Report, most int) string {
	m := &markdown{most: most}
	if len(r.Repositories) > 1 {
		m.overview(r)
	}
	for _, repo := range r.Repositories {
		m.repository(repo)
	}
	return m.String()
}

// A markdown is the text as it grows.
type markdown struct {
	strings.Builder
	// most is how many gaps of a kind are listed.
	most int
}

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *markdown) overview(r Report) {
	m.line("| Repository | Stage | Next |\n| --- | --- | --- |")
	for _, repo := range r.Repositories {
		next := ""
		if n := repo.Verdict.Next; n != nil {
			next = fmt.Sprintf("stage %d is %s", n.Stage, n.State)
		}
		m.line("| %s | %s | %s |", escaped(Plain(repo.Name)), stageTitle(repo.Verdict), next)
	}
	m.line("")
}

func (m *markdown) repository(r Repository) {
	m.line("## %s: %s\n", markdownText(r.Name), stageTitle(r.Verdict))
	m.line("%s\n", markdownText(r.Verdict.Headline()))
	for _, extra := range append([]string{noticeText(r)}, r.Remarks...) {
		if extra != "" {
			m.line("> %s\n", markdownText(extra))
		}
	}
	m.ladder(r)
	m.why(r)
	m.components(r)
	m.steps(r)
	m.gaps(r)
	m.foot(r)
}

// stageTitle is the stage in a title.
func stageTitle(v rules.Verdict) string {
	if v.Stage == 0 {
		return v.Name
	}
	return fmt.Sprintf("stage %d, %s", v.Stage, v.Name)
}

func (m *markdown) ladder(r Repository) {
	if r.Verdict.Stage == 0 {
		return
	}
	m.line("| Stage | Met | |\n| --- | --- | --- |")
	m.line("| %s1 %s | where everybody starts | |", current(r.Verdict.Stage == 1), rules.StageNames[1])
	for _, s := range r.Verdict.Shares {
		full := int(s.Value()*10 + 0.5)
		m.line("| %s%d %s | `%s%s` %s | %s |", current(r.Verdict.Stage == s.Stage), s.Stage, rules.StageNames[s.Stage], strings.Repeat("█", full), strings.Repeat("░", 10-full), percent(s, r.Verdict.Threshold()), stateOf(r.Verdict, s))
	}
	m.line("")
}

// current marks the proven stage.
func current(is bool) string {
	if is {
		return "▸ "
	}
	return ""
}

// marks show the outcomes.
var marks = map[rules.Outcome]string{rules.Met: "✓", rules.Partial: "◐", rules.Unmet: "✗", rules.NotVisible: "?", rules.NotApplicable: "–"}

func (m *markdown) why(r Repository) {
	if r.Verdict.Next == nil {
		return
	}
	m.line("### Why not stage %d\n", r.Verdict.Next.Stage)
	for _, reason := range reasonsOf(r) {
		m.line("- %s", strings.TrimSpace(marks[reason.outcome]+" "+markdownText(reason.text)))
	}
	m.line("")
}

func (m *markdown) components(r Repository) {
	if len(r.Components) == 0 {
		return
	}
	m.line("<details><summary>%s</summary>\n", rules.Counted(len(r.Components), "component"))
	for i, c := range r.Components {
		if i == 5*m.most {
			m.line("- and %d more", len(r.Components)-i)
			break
		}
		m.line("- %s %s", markdownCode(c.Dir), stageTitle(c.Verdict))
	}
	m.line("\n</details>\n")
}

func (m *markdown) steps(r Repository) {
	if len(r.NextSteps) == 0 {
		return
	}
	m.line("### Next steps\n")
	for i, s := range r.NextSteps[:min(shownSteps, len(r.NextSteps))] {
		at := ""
		if where := stepPlace(r, s); where != "" {
			at = " " + strings.Replace(m.place(r, s.At, where), "`new file ", "new file `", 1)
		}
		m.line("%d. **%s**%s  \n   %s", i+1, s.Criterion.ID, at, markdownText(s.Text))
	}
	m.line("")
}

func (m *markdown) gaps(r Repository) {
	count := located(r.Gaps)
	if count == "" {
		return
	}
	m.line("### Gaps at a line\n\n%s\n", count)
	for _, k := range gapKinds(r.Gaps) {
		m.line("<details><summary>%s: %d × %s (<code>%s</code>)</summary>\n", k.check.Level, len(k.gaps), markdownText(k.check.Title), k.check.ID)
		for i, g := range k.gaps {
			if i == m.most {
				m.line("- and %d more", len(k.gaps)-i)
				break
			}
			m.line("- %s %s", m.place(r, g.At, PlaceOf(g)), markdownText(g.Message))
		}
		m.line("\n%s\n\n</details>\n", markdownText(k.check.Fix))
	}
}

// blind lists what could not be read, where one line does not name it all.
func (m *markdown) blind(r Repository) {
	kinds := blindKinds(r.Scene.BlindSpots)
	if len(kinds) < 2 {
		return
	}
	m.line("\n<details><summary>%s</summary>\n", rules.Counted(blindCount(kinds), "blind spot"))
	for i, k := range kinds {
		if i == m.most {
			m.line("- and %s more", rules.Counted(len(kinds)-i, "reason"))
			break
		}
		m.line("- %s", markdownText(k.text(m.most)))
	}
	m.line("\n</details>\n")
}

func (m *markdown) foot(r Repository) {
	if text := unseenText(r); text != "" {
		m.line("**Not seen.** %s  ", markdownText(text))
	}
	m.blind(r)
	m.line("**History.** %s  ", markdownText(strings.Join(append([]string{historyText(r)}, shownDelivery(r)...), " · ")))
	for _, set := range r.Settings() {
		if set.Loud {
			m.line("**Configuration.** %s  ", markdownText(set.Text))
		}
	}
	what := []string{}
	for _, s := range []string{dated(r), roleText(r)} {
		if s != "" {
			what = append(what, s)
		}
	}
	m.line("**Scanned.** %s\n", markdownText(cmp.Or(strings.Join(what, "; "), "without git")))
	if r.Verdict.Stage > 0 {
		m.line("<details><summary>Legend</summary>\n\n✓ met, ◐ partial, ✗ unmet, ? not visible. %s\n\n%s\n\n</details>\n", legendStages, legendLevels)
	}
}

// place is a place in code, linked where its host is known.
func (m *markdown) place(r Repository, at detect.Span, text string) string {
	code := markdownCode(text)
	if link := r.lineLink(at); link != "" && r.Scene.Repo.Tree.Has(at.Path) {
		return "[" + code + "](" + strings.NewReplacer("(", "%28", ")", "%29").Replace(link) + ")"
	}
	return code
}

// markdownCode is text as a code span, whatever backticks are in it.
func markdownCode(s string) string {
	s = Plain(s)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if fence == "`" {
		return fence + s + fence
	}
	return fence + " " + s + " " + fence
}

var (
	markdownEscapes = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "#", `\#`, "~", `\~`, "|", `\|`, "$", `\$`, "!", `\!`,
		"<", "&lt;", ">", "&gt;", "&", "&amp;", "://", "&#58;//", "www.", "www&#46;", "WWW.", "WWW&#46;",
	)
	// callers are what GitHub makes a mention or a reference of.
	callers = regex.New(`(@|#|\bGH-)(\w)`)
	// spans are the code spans of the program's own texts.
	spans = regex.New("`[^`]+`")
)

// markdownText is text that reads as itself: nothing in it is markup, a link,
// or calls somebody. What stands between backticks stays code.
func markdownText(s string) string {
	s = Plain(s)
	var b strings.Builder
	from := 0
	for _, at := range spans.FindAllStringIndex(s, -1) {
		b.WriteString(escaped(s[from:at[0]]) + markdownCode(strings.Trim(s[at[0]:at[1]], "`")))
		from = at[1]
	}
	return b.String() + escaped(s[from:])
}

// escaped breaks calls by a word joiner, which is not seen.
func escaped(s string) string {
	return markdownEscapes.Replace(callers.ReplaceAllString(s, "$1\u2060$2"))
}
