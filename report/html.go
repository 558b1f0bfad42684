package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// The lists of the HTML report are cut where nobody reads on; the JSON report
// has them whole.
const (
	mostSigns     = 40
	mostGaps      = 200
	mostDocuments = 200
	mostBlind     = 200
)

//go:embed page/page.tmpl page/style.css
var pageFiles embed.FS

// An htmlPage is what the template shows.
type htmlPage struct {
	Version      string
	Title        string
	Style        template.CSS
	Policy       string
	Repositories []htmlRepository
	Several      bool
	Legend       []string
}

type htmlRepository struct {
	ID, Name, Dated, Commit, CommitLink, Origin, Roles, Notice string

	Verdict rules.Verdict
	Remarks []string
	Rungs   []htmlRung
	Reasons []htmlReason
	// Advice is what the model says of leaving the stage; nil where it says
	// nothing.
	Advice     *rules.Stage
	Steps      []htmlStep
	Stages     []htmlStage
	GapCount   string
	Gaps       []htmlGaps
	Answers    []rules.Answer
	Components []htmlComponent
	Settings   []htmlSetting
	Documents  htmlDocumentList
	History    string
	Delivery   []string
	Chart      *activityChart
	Unseen     string
	Blind      []string
	BlindMore  int
}

type htmlRung struct {
	Number             int
	Name, Share, State string
	// Width is that of the bar, and Tick the place from which the stage is
	// held, both of 200.
	Width, Tick   float64
	Class         string
	Proven, First bool
}

type htmlReason struct{ Class, Mark, Word, Text string }

type htmlPlace struct{ Text, Link string }

type htmlStep struct {
	Criterion, Text string
	At              htmlPlace
}

type htmlStage struct {
	Number   int
	Name     string
	Share    string
	Criteria []htmlCriterion
}

type htmlCriterion struct {
	htmlReason
	ID, Ask, Why, Start, Strength string
	Core                          bool
	Signs                         []htmlSign
	More                          int
}

type htmlSign struct {
	Mark, Word, Note string
	At               htmlPlace
}

type htmlGaps struct {
	Level               rules.Level
	ID, Title, Why, Fix string
	Count, More         int
	Gaps                []htmlGap
	Criterion, Stage    string
}

type htmlGap struct {
	At      htmlPlace
	Message string
}

type htmlSetting struct {
	Text string
	Loud bool
}

type htmlComponent struct{ Dir, Verdict string }

// HTML writes the report as one file that asks for nothing else: no script, no
// font, no picture from elsewhere, which its content security policy holds it
// to.
func HTML(w io.Writer, r Report) error {
	style, err := pageFiles.ReadFile("page/style.css")
	if err != nil {
		return fmt.Errorf("write the HTML report: %w", err)
	}
	t, err := template.New("page.tmpl").Funcs(template.FuncMap{"prose": prose}).ParseFS(pageFiles, "page/page.tmpl")
	if err != nil {
		return fmt.Errorf("write the HTML report: %w", err)
	}
	if err := t.Execute(w, pageOf(r, string(style))); err != nil {
		return fmt.Errorf("write the HTML report: %w", err)
	}
	return nil
}

// A prosePart is a part of a text; code is what stands between backticks.
type prosePart struct {
	Text string
	Code bool
}

func prose(s string) []prosePart {
	var parts []prosePart
	from := 0
	for _, at := range spans.FindAllStringIndex(s, -1) {
		parts = append(parts, prosePart{Text: s[from:at[0]]}, prosePart{s[at[0]+1 : at[1]-1], true})
		from = at[1]
	}
	return append(parts, prosePart{Text: s[from:]})
}

func pageOf(r Report, style string) htmlPage {
	sum := sha256.Sum256([]byte(style))
	page := htmlPage{
		Version: r.Version, Title: "Waymark", Style: template.CSS(style), Several: len(r.Repositories) > 1, //nolint:gosec // the program's own style sheet
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		Legend: []string{"✓ met, ◐ partial, ✗ unmet, ? not visible from here, – not applicable.", legendStages, legendLevels},
	}
	for i, repo := range r.Repositories {
		page.Repositories = append(page.Repositories, htmlRepositoryOf(repo, fmt.Sprintf("r%d", i+1)))
	}
	if len(r.Repositories) == 1 {
		page.Title = Plain(r.Repositories[0].Name) + " · Waymark"
	}
	return page
}

func htmlRepositoryOf(r Repository, id string) htmlRepository {
	out := htmlRepository{
		ID: id, Name: Plain(r.Name), Dated: dated(r), CommitLink: r.commitLink(r.Commit), Origin: r.Origin, Roles: roleText(r), Notice: noticeText(r),
		Verdict: r.Verdict, Answers: r.Answers, History: Plain(historyText(r)), Delivery: plainAll(shownDelivery(r)), Chart: activityOf(r), Documents: documentListOf(r),
	}
	for _, c := range r.Components {
		out.Components = append(out.Components, htmlComponent{Plain(c.Dir), c.Verdict.Headline()})
	}
	if n := r.Verdict.Stage; n > 0 && r.Verdict.Next != nil {
		out.Advice = &rules.Stages[n-1]
	}
	for _, s := range r.Settings() {
		out.Settings = append(out.Settings, htmlSetting{Plain(s.Text), s.Loud})
	}
	out.Rungs, out.Reasons = rungsOf(r.Verdict), htmlReasonsOf(r)
	for _, remark := range r.Remarks {
		out.Remarks = append(out.Remarks, Plain(remark))
	}
	for _, s := range r.NextSteps {
		out.Steps = append(out.Steps, htmlStep{s.Criterion.ID, Plain(s.Text), htmlPlace{Plain(stepPlace(r, s)), htmlLink(r, s.At)}})
	}
	out.Stages = htmlStagesOf(r)
	out.GapCount = located(r.Gaps)
	for _, k := range gapKinds(r.Gaps) {
		out.Gaps = append(out.Gaps, htmlGapsOf(r, k))
	}
	out.blind(r)
	return out
}

func (out *htmlRepository) blind(r Repository) {
	out.Unseen = Plain(unseenText(r))
	for _, k := range blindKinds(r.Scene.BlindSpots) {
		if len(out.Blind) == mostBlind {
			out.BlindMore++
			continue
		}
		out.Blind = append(out.Blind, Plain(k.text(20)))
	}
}

func rungsOf(v rules.Verdict) []htmlRung {
	if v.Stage == 0 {
		return nil
	}
	rungs := []htmlRung{{Number: 1, Name: rules.StageNames[1], State: "where everybody starts", Proven: v.Stage == 1, First: true}}
	for _, s := range v.Shares {
		class := "later"
		switch {
		case s.Stage <= v.Stage:
			class = "held"
		case s.Stage == v.Stage+1:
			class = "next"
		}
		rungs = append(rungs, htmlRung{
			Number: s.Stage, Name: rules.StageNames[s.Stage], Share: percent(s, v.Threshold()), State: stateOf(v, s), Width: 200 * s.Value(), Tick: 2 * v.Threshold(), Class: class, Proven: s.Stage == v.Stage,
		})
	}
	return rungs
}

func htmlReasonsOf(r Repository) []htmlReason {
	if r.Verdict.Next == nil {
		return nil
	}
	var list []htmlReason
	for _, reason := range reasonsOf(r) {
		list = append(list, htmlReasonOf(reason.outcome, reason.text))
	}
	return list
}

func htmlReasonOf(o rules.Outcome, text string) htmlReason {
	return htmlReason{strings.ReplaceAll(string(o), " ", "-"), marks[o], string(o), Plain(text)}
}

func htmlStagesOf(r Repository) []htmlStage {
	var stages []htmlStage
	for _, result := range r.Results {
		c := result.Criterion
		if len(stages) == 0 || stages[len(stages)-1].Number != c.Stage {
			share, _ := shareOf(r.Verdict, c.Stage)
			stages = append(stages, htmlStage{Number: c.Stage, Name: rules.StageNames[c.Stage], Share: percent(share, r.Verdict.Threshold())})
		}
		last := &stages[len(stages)-1]
		last.Criteria = append(last.Criteria, htmlCriterionOf(r, result))
	}
	return stages
}

func htmlCriterionOf(r Repository, result rules.Result) htmlCriterion {
	c := result.Criterion
	out := htmlCriterion{
		htmlReason: htmlReasonOf(result.Outcome, why(r, result)), ID: c.ID, Ask: c.Ask, Why: c.Why, Start: c.Step, Strength: result.Strength.String(), Core: c.Weight == rules.Core,
	}
	signs := evidence(result)
	for i, s := range signs {
		if i == mostSigns {
			out.More = len(signs) - i
			break
		}
		out.Signs = append(out.Signs, htmlSign{[...]string{"–", "~", "+"}[s.Mark], [...]string{"against", "weak", "for"}[s.Mark], Plain(beside(s)), htmlPlace{Plain(place(s.At)), htmlLink(r, s.At)}})
	}
	return out
}

func htmlGapsOf(r Repository, k gapKind) htmlGaps {
	c := rules.CriterionByID(k.check.Criterion)
	out := htmlGaps{
		Level: k.check.Level, ID: k.check.ID, Title: k.check.Title, Why: k.check.Why, Fix: k.check.Fix, Count: len(k.gaps),
		Criterion: c.ID, Stage: fmt.Sprint(c.Stage),
	}
	for i, g := range k.gaps {
		if i == mostGaps {
			out.More = len(k.gaps) - i
			break
		}
		out.Gaps = append(out.Gaps, htmlGap{htmlPlace{PlaceOf(g), htmlLink(r, g.At)}, Plain(g.Message)})
	}
	return out
}

// htmlLink is the address of a place that is in the tree.
func htmlLink(r Repository, at detect.Span) string {
	if at.Path == "" || !r.Scene.Repo.Tree.Has(at.Path) {
		return ""
	}
	return r.lineLink(at)
}
