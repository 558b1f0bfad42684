package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

// A Result is a criterion, judged.
type Result struct {
	Criterion *Criterion
	Outcome   Outcome
	Strength  Strength
	// Because is the reason in one sentence.
	Because string
	// At is the place of the evidence that Because names where the criterion is
	// not met; zero where it names none.
	At detect.Span
	// Signs are the evidence: what speaks for it first, then against.
	Signs []Sign
	// Gaps are what stands between the repository and the criterion.
	Gaps []Gap
	// Good, Weak and Bad count the subjects.
	Good, Weak, Bad int
	// Delegated says that nothing good was seen here but work done elsewhere.
	Delegated bool
	// Source is "evidence" or "answer".
	Source string
}

// judge comes to the outcome of a criterion: met where something is good and at
// most the tolerated share of its subjects is not, partial where something
// speaks for it, unmet where something speaks against it alone. Where nothing
// speaks at all, absence decides.
func judge(s *Scene, c *Criterion) Result {
	r := Result{Criterion: c, Source: "evidence"}
	if why := c.exempt(s); why != "" {
		r.Outcome, r.Because = NotApplicable, why
		r.leak(s)
		return r
	}
	r.Signs = c.signs(s)
	r.count()
	r.decide(s)
	r.gather(s)
	r.redact()
	return r
}

// redact takes out of all that is shown what may be a secret of the repository.
func (r *Result) redact() {
	r.Because = manifest.Redacted(r.Because)
	for i := range r.Signs {
		s := &r.Signs[i]
		s.Subject, s.Note, s.Fix = manifest.Redacted(s.Subject), manifest.Redacted(s.Note), manifest.Redacted(s.Fix)
	}
	for i := range r.Gaps {
		g := &r.Gaps[i]
		g.Subject, g.Message, g.Fix = manifest.Redacted(g.Subject), manifest.Redacted(g.Message), manifest.Redacted(g.Fix)
	}
}

// leak keeps the gaps that hurt whether or not the criterion applies.
func (r *Result) leak(s *Scene) {
	for _, sign := range signsOf(s, r.Criterion.Against) {
		if sign.Check != nil && sign.Check.Leaks {
			r.Gaps = append(r.Gaps, sign.gap())
		}
	}
	r.redact()
}

func (r *Result) count() {
	best := map[string]Sign{}
	for _, s := range r.Signs {
		if was, ok := best[s.Subject]; !ok || s.Mark > was.Mark {
			best[s.Subject] = s
		}
	}
	delegated := 0
	for _, s := range best {
		switch s.Mark {
		case Good:
			r.Good++
			if s.Delegated {
				delegated++
			}
		case Weak:
			r.Weak++
		case Bad:
			r.Bad++
		}
		if s.Mark != Bad {
			r.Strength = max(r.Strength, s.Strength)
		}
	}
	r.Delegated = r.Good > 0 && delegated == r.Good
}

func (r *Result) decide(s *Scene) {
	total := r.Good + r.Weak + r.Bad
	switch {
	case r.Good > 0 && s.Scale.full().Tolerated.kept(r.Weak+r.Bad, total):
		r.Outcome, r.Because = Met, r.counted(Good)
	case r.Good+r.Weak > 0:
		r.Outcome, r.Because = Partial, r.counted(Weak)
	case r.Bad > 0:
		r.Outcome, r.Because = Unmet, r.counted(Bad)
	default:
		r.Outcome, r.Because = r.absence(s)
	}
}

// absence tells apart what is not there from what could not be seen.
func (r *Result) absence(s *Scene) (Outcome, string) {
	c := r.Criterion
	if why := c.hidden(s); why != "" {
		return NotVisible, why
	}
	if blind := s.blindTo(c); len(blind) > 0 {
		return NotVisible, fmt.Sprintf("%s could not be read: %s", blind[0].place(), blind[0].Err)
	}
	if c.scope(s) == Org {
		return NotVisible, c.None + "; it may be elsewhere in the organisation"
	}
	if c.Absent != nil {
		if what := c.Absent(s); what != "" {
			return Unmet, what
		}
	}
	return Unmet, c.None
}

// counted says in a sentence what the outcome rests on, naming the best
// example of the mark that decided.
func (r *Result) counted(decisive Mark) string {
	sign := r.example(decisive)
	first := sign.Note
	if decisive != Good {
		r.At = sign.At
	}
	total := r.Good + r.Weak + r.Bad
	if total == 1 {
		return first
	}
	tally := fmt.Sprintf("%d of %d good", r.Good, total)
	if r.Weak > 0 {
		tally += fmt.Sprintf(", %d weak", r.Weak)
	}
	if r.Bad > 0 {
		tally += fmt.Sprintf(", %d against", r.Bad)
	}
	if first == "" {
		return tally
	}
	return tally + "; " + first
}

// example is the sign that shows best why the outcome is what it is: of what
// falls short, what is a gap or against before what is only weak.
func (r *Result) example(decisive Mark) Sign {
	good := map[string]bool{}
	for _, s := range r.Signs {
		good[s.Subject] = good[s.Subject] || s.Mark == Good
	}
	var first Sign
	for _, s := range r.Signs {
		switch {
		case decisive == Good && s.Mark == Good:
			return s
		case decisive == Good || good[s.Subject]:
		case s.Check != nil || s.Mark == Bad && decisive == Weak:
			return s
		case first.Note == "":
			first = s
		}
	}
	return first
}

// gather collects the gaps: one for each sign that shows one, else the absence
// of the whole criterion.
func (r *Result) gather(s *Scene) {
	for _, sign := range r.Signs {
		if sign.Check != nil {
			r.Gaps = append(r.Gaps, sign.gap())
		}
	}
	if len(r.Gaps) == 0 && (r.Outcome == Unmet || r.Outcome == Partial) {
		fix, at := r.Criterion.firstStep(s)
		if at.Start.Line > 0 {
			at = detect.Span{Path: r.Criterion.Lives} // where to begin is not where something is wrong
		}
		r.Gaps = append(r.Gaps, Gap{
			Check: r.Criterion.lack(), Subject: r.Criterion.ID, At: at, Message: r.Because, Fix: fix,
		})
	}
}

// Beside is the note of a sign that stands beside its place, whose path it need
// not repeat.
func (s Sign) Beside() string { return strings.TrimPrefix(s.Note, s.At.Path+": ") }

// gap is the gap that a sign shows.
func (s Sign) gap() Gap {
	return Gap{Check: s.Check, Subject: s.Subject, At: s.At, Message: s.Beside(), Fix: cmp.Or(s.Fix, s.Check.Fix)}
}

// sortSigns puts what decides first: the marks from good to bad, the stronger
// before the weaker, then by place.
func sortSigns(signs []Sign) {
	slices.SortStableFunc(signs, func(a, b Sign) int {
		return cmp.Or(
			cmp.Compare(b.Mark, a.Mark), cmp.Compare(b.Strength, a.Strength),
			strings.Compare(a.At.Path, b.At.Path), cmp.Compare(a.At.Start.Line, b.At.Start.Line),
			strings.Compare(a.Subject, b.Subject), strings.Compare(a.Note, b.Note),
		)
	})
}
