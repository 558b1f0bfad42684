package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// SchemaVersion is the version of the JSON format. A new minor version adds
// keys; a new major one changes or removes some.
const SchemaVersion = "1.0"

type jsonReport struct {
	SchemaVersion string           `json:"schemaVersion"`
	Tool          jsonTool         `json:"tool"`
	Repositories  []jsonRepository `json:"repositories"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonRepository struct {
	Name       string          `json:"name"`
	Commit     string          `json:"commit,omitempty"`
	Date       string          `json:"date,omitempty"`
	Files      int             `json:"files"`
	Notice     string          `json:"notice,omitempty"`
	Remarks    []string        `json:"remarks"`
	Roles      []jsonRole      `json:"roles"`
	Components []jsonComponent `json:"components"`
	Verdict    jsonVerdict     `json:"verdict"`
	Criteria   []jsonCriterion `json:"criteria"`
	Gaps       []jsonGap       `json:"gaps"`
	Questions  []jsonQuestion  `json:"questions"`
	Reading    *jsonReading    `json:"reading"`
	NextSteps  []jsonStep      `json:"nextSteps"`
	BlindSpots []jsonBlindSpot `json:"blindSpots"`
	Documents  []jsonDocument  `json:"documents"`
	Facts      rules.Facts     `json:"facts"`
	History    jsonHistory     `json:"history"`
	Configured jsonConfigured  `json:"configured"`
}

// jsonComponent is a component: the same as a repository, with its folder.
type jsonComponent struct {
	Path    string `json:"path"`
	Because string `json:"because"`
	jsonRepository
}

type jsonRole struct {
	Role     rules.Role     `json:"role"`
	Evidence []jsonEvidence `json:"evidence"`
}

type jsonVerdict struct {
	Stage    int                `json:"stage"`
	Name     string             `json:"name"`
	Headline string             `json:"headline"`
	Next     *jsonNext          `json:"next"`
	Possible int                `json:"possible"`
	Shares   map[string]float64 `json:"shares"`
	Ahead    []string           `json:"ahead"`
	Tight    []string           `json:"tight"`
	// Answers, Raised and Evidence say what rests on the configuration.
	Answers  int      `json:"answers"`
	Raised   []string `json:"raisedBy"`
	Evidence int      `json:"byEvidence"`
}

type jsonNext struct {
	Stage    int         `json:"stage"`
	State    rules.State `json:"state"`
	Criteria []string    `json:"criteria"`
}

type jsonCriterion struct {
	ID        string         `json:"id"`
	Stage     int            `json:"stage"`
	Core      bool           `json:"core"`
	Outcome   rules.Outcome  `json:"outcome"`
	Strength  *string        `json:"strength"`
	Delegated bool           `json:"delegated"`
	Source    string         `json:"source"`
	Because   string         `json:"because"`
	Evidence  []jsonEvidence `json:"evidence"`
}

type jsonEvidence struct {
	Finding string `json:"finding"`
	Subject string `json:"subject"`
	Path    string `json:"path"`
	Line    *int   `json:"line"`
	Note    string `json:"note"`
	Mark    string `json:"mark,omitempty"`
}

type jsonGap struct {
	Check       string      `json:"check"`
	Criterion   string      `json:"criterion"`
	Level       rules.Level `json:"level"`
	Path        *string     `json:"path"`
	Line        *int        `json:"line"`
	EndLine     *int        `json:"endLine"`
	Message     string      `json:"message"`
	Fix         string      `json:"fix"`
	Fingerprint string      `json:"fingerprint"`
	Suppressed  bool        `json:"suppressed"`
	// Baseline is "new" or "unchanged" where a baseline was given.
	Baseline string `json:"baseline,omitempty"`
}

type jsonQuestion struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Answer string `json:"answer"`
}

type jsonReading struct {
	Low    int  `json:"low"`
	High   int  `json:"high"`
	Agrees bool `json:"agrees"`
}

type jsonStep struct {
	Criterion string  `json:"criterion"`
	Text      string  `json:"text"`
	Path      *string `json:"path"`
	Line      *int    `json:"line"`
}

type jsonBlindSpot struct {
	Path     string `json:"path"`
	Reason   string `json:"reason"`
	Detector string `json:"detector,omitempty"`
}

type jsonDocument struct {
	Path        string           `json:"path"`
	LastChange  string           `json:"lastChange,omitempty"`
	Commit      string           `json:"commit,omitempty"`
	Substantive *jsonSubstantive `json:"substantive"`
	State       string           `json:"state"`
	Missed      int              `json:"missed"`
}

type jsonSubstantive struct {
	Date   string `json:"date"`
	Commit string `json:"commit"`
}

type jsonHistory struct {
	Commits  *int          `json:"commits"`
	Blind    string        `json:"blind,omitempty"`
	Delivery *jsonDelivery `json:"delivery,omitempty"`
}

// JSON writes the report as the versioned JSON format that schema.json
// describes. Everything that other formats show can be made from it.
func JSON(w io.Writer, r Report) error {
	out := jsonReport{SchemaVersion: SchemaVersion, Tool: jsonTool{"waymark", r.Version}, Repositories: []jsonRepository{}}
	for _, repo := range r.Repositories {
		one := jsonOf(repo)
		one.History.Delivery = jsonDeliveryOf(repo) // of the whole: components share the history
		out.Repositories = append(out.Repositories, one)
	}
	if err := encodeJSON(w, out); err != nil {
		return fmt.Errorf("write the JSON report: %w", err)
	}
	return nil
}

// encodeJSON writes a value as JSON in which nothing drives a terminal: what
// Plain takes out of a text is escaped here, and so loses nothing.
func encodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(escaping{w})
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// An escaping passes JSON on and escapes what drives a terminal. In JSON that
// stands inside of strings only, and an encoder writes a value in one piece.
type escaping struct{ to io.Writer }

// Write implements io.Writer.
func (e escaping) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		plain := bytes.IndexFunc(rest, drives)
		if plain < 0 {
			plain = len(rest)
		}
		if _, err := e.to.Write(rest[:plain]); err != nil {
			return 0, err
		}
		if rest = rest[plain:]; len(rest) > 0 {
			r, size := utf8.DecodeRune(rest)
			if _, err := fmt.Fprintf(e.to, "\\u%04x", r); err != nil {
				return 0, err
			}
			rest = rest[size:]
		}
	}
	return len(p), nil
}

func jsonOf(r Repository) jsonRepository {
	out := jsonRepository{
		Name: r.Name, Commit: r.Commit, Files: r.Files, Notice: r.Scene.Notice, Remarks: orEmpty(r.Remarks), Verdict: jsonVerdictOf(r.Verdict),
		Roles: each(r.Scene.Roles, jsonRoleOf), Criteria: each(r.Results, jsonCriterionOf), Gaps: each(r.Gaps, jsonGapOf),
		Questions: each(r.Answers, jsonQuestionOf), NextSteps: each(r.NextSteps, jsonStepOf), BlindSpots: each(r.Scene.BlindPlaces(), jsonBlindSpotOf),
		Documents: each(r.Documents, jsonDocumentOf), Facts: rules.FactsOf(r.Scene), History: jsonHistoryOf(r), Configured: jsonConfiguredOf(r),
	}
	out.Components = each(r.Components, func(c rules.ComponentAssessment) jsonComponent {
		return jsonComponent{c.Dir, c.Because, jsonOf(r.Component(c))}
	})
	if !r.Date.IsZero() {
		out.Date = r.Date.UTC().Format("2006-01-02T15:04:05Z")
	}
	if r.Reading.Low > 0 {
		out.Reading = &jsonReading{r.Reading.Low, r.Reading.High, r.Reading.Agrees}
	}
	return out
}

// each is a list of what a function makes of the elements of another, which JSON
// shows as a list where there are none.
func each[T, J any](list []T, of func(T) J) []J {
	out := make([]J, len(list))
	for i, e := range list {
		out[i] = of(e)
	}
	return out
}

func jsonRoleOf(e rules.RoleEvidence) jsonRole {
	return jsonRole{e.Role, []jsonEvidence{{Finding: e.Finding, Path: e.At.Path, Line: line(e.At), Note: e.Because}}}
}

func jsonQuestionOf(a rules.Answer) jsonQuestion {
	return jsonQuestion{a.Question.ID, a.Question.Text, a.Value}
}

func jsonStepOf(s rules.NextStep) jsonStep {
	return jsonStep{s.Criterion.ID, s.Text, text(s.At.Path), line(s.At)}
}

func jsonVerdictOf(v rules.Verdict) jsonVerdict {
	out := jsonVerdict{Stage: v.Stage, Name: v.Name, Headline: v.Headline(), Possible: v.Possible, Shares: map[string]float64{}, Ahead: orEmpty(v.Ahead), Tight: orEmpty(v.Tight), Answers: v.Rests.Answers, Raised: orEmpty(v.Rests.Raised), Evidence: v.Rests.Evidence}
	for _, s := range v.Shares {
		out.Shares[fmt.Sprint(s.Stage)] = math.Round(s.Value()*100) / 100
	}
	if v.Next != nil {
		out.Next = &jsonNext{v.Next.Stage, v.Next.State, orEmpty(v.Next.Criteria)}
	}
	return out
}

func jsonCriterionOf(r rules.Result) jsonCriterion {
	return jsonCriterion{
		ID: r.Criterion.ID, Stage: r.Criterion.Stage, Core: r.Criterion.Weight == rules.Core, Outcome: r.Outcome,
		Strength: text(r.Strength.String()), Delegated: r.Delegated, Source: r.Source, Because: r.Because, Evidence: each(r.Signs, jsonEvidenceOf),
	}
}

func jsonEvidenceOf(s rules.Sign) jsonEvidence {
	return jsonEvidence{s.Finding, s.Subject, s.At.Path, line(s.At), s.Note, s.Mark.String()}
}

func jsonGapOf(g rules.Gap) jsonGap {
	out := jsonGap{
		Check: g.Check.ID, Criterion: g.Check.Criterion, Level: g.Check.Level, Path: text(g.At.Path), Line: line(g.At),
		Message: g.Message, Fix: g.Fix, Fingerprint: Fingerprint(g), Suppressed: g.Suppressed != nil, Baseline: string(g.Against),
	}
	if g.Located() {
		end := max(g.At.End.Line, g.At.Start.Line)
		out.EndLine = &end
	}
	return out
}

func jsonBlindSpotOf(b detect.BlindSpot) jsonBlindSpot {
	out := jsonBlindSpot{Path: b.Path, Reason: b.Err.Error()}
	if b.Detector != nil {
		out.Detector = b.Detector.ID
	}
	return out
}

func jsonDocumentOf(d rules.Document) jsonDocument {
	out := jsonDocument{Path: d.Path, State: d.State, Missed: d.Missed}
	if d.LastChange.ID != "" {
		out.LastChange, out.Commit = d.LastChange.When.UTC().Format("2006-01-02T15:04:05Z"), d.LastChange.ID
	}
	if d.Substantive.ID != "" {
		out.Substantive = &jsonSubstantive{d.Substantive.When.UTC().Format("2006-01-02T15:04:05Z"), d.Substantive.ID}
	}
	return out
}

func jsonHistoryOf(r Repository) jsonHistory {
	commits, err := r.Scene.Repo.History.Commits()
	if err != nil {
		return jsonHistory{Blind: err.Error()}
	}
	n := len(commits)
	return jsonHistory{Commits: &n}
}

func line(at detect.Span) *int {
	if at.Start.Line == 0 {
		return nil
	}
	return &at.Start.Line
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// orEmpty is a list that JSON shows as one where nothing is in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
