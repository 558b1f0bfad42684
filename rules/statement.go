package rules

import (
	"fmt"
	"slices"
	"time"
)

// A Statement is what a person answers about a criterion, or about what no
// repository can show.
type Statement struct {
	ID  string
	Yes bool
	By  string
	// When it was made.
	When time.Time
	Link string
	// Until is the last day on which it counts; zero for no end.
	Until time.Time
	// Path and Line are where it is written.
	Path string
	Line int
}

// A Use says what became of a statement or a suppression.
type Use string

// The uses.
const (
	// Counts says that an outcome rests on it, or that gaps are left out by it.
	Counts Use = "counts"
	// Agrees says that the evidence says the same.
	Agrees Use = "agrees"
	// Contradicted says that the evidence says otherwise, and stands.
	Contradicted Use = "contradicted"
	// Expired says that its last day is over.
	Expired Use = "expired"
	// Unused says that there is nothing for it to speak of.
	Unused Use = "unused"
	// Shown says that it is shown and weighs nothing.
	Shown Use = "shown"
	// Unexplained says that it gives no reason, and so does nothing.
	Unexplained Use = "without a reason"
)

// A Heard is a statement with what became of it.
type Heard struct {
	Statement
	Use Use
	// Because says more where the evidence says otherwise.
	Because string
}

// A Beyond is something that no repository can show. It is asked and shown,
// and weighs nothing.
type Beyond struct{ ID, Ask string }

// BeyondFiles are what no repository can show.
var BeyondFiles = []Beyond{
	{"little-waiting", "Does little of the week go to waiting for access, mending environments and working out how to deploy?"},
	{"fewer-tickets", "Have tickets for access, infrastructure and deployment become fewer over the last year?"},
	{"satisfaction", "Is it measured how satisfied developers are with the platform?"},
	{"first-week", "Do new engineers deliver something to production in their first week?"},
}

// Word is the answer as a word.
func (s Statement) Word() string {
	if s.Yes {
		return "yes"
	}
	return "no"
}

// String is who answered what, and when.
func (s Statement) String() string {
	text := fmt.Sprintf("%s says %s on %s", s.By, s.Word(), s.When.Format(time.DateOnly))
	if s.Link != "" {
		text += " (" + s.Link + ")"
	}
	return text
}

// answer gives results the outcomes that statements fill in.
func (set Settings) answer(results []Result) {
	for i := range results {
		if s := set.statement(results[i].Criterion.ID); s != nil && !expired(s.Until, set.AsOf) && results[i].Open() {
			results[i].take(*s)
		}
	}
}

func (set Settings) statement(id string) *Statement {
	i := slices.IndexFunc(set.Statements, func(s Statement) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	return &set.Statements[i]
}

// Open says whether an outcome can be filled by an answer: it cannot be seen,
// or it is unmet because nothing is there.
func (r Result) Open() bool {
	return r.Outcome == NotVisible || r.Outcome == Unmet && r.Good+r.Weak+r.Bad == 0
}

// take makes an answer the outcome.
func (r *Result) take(s Statement) {
	r.Source, r.Because, r.Delegated = "answer", s.String(), false
	if s.Yes {
		r.Outcome, r.Strength, r.Gaps = Met, Wired, nil
		return
	}
	r.Outcome = Unmet
	if len(r.Gaps) == 0 {
		r.Gaps = []Gap{{Check: r.Criterion.lack(), Subject: r.Criterion.ID, Message: r.Because, Fix: r.Criterion.Step}}
	}
}

func answered(results []Result) int {
	n := 0
	for _, r := range results {
		if r.Source == "answer" {
			n++
		}
	}
	return n
}

// heard says what became of each statement; results are those of the evidence.
func (set Settings) heard(results []Result) []Heard {
	var list []Heard
	for _, s := range set.Statements {
		h := Heard{Statement: s, Use: Shown}
		if i := slices.IndexFunc(results, func(r Result) bool { return r.Criterion.ID == s.ID }); i >= 0 {
			h.Use = results[i].use(s)
			if h.Use == Contradicted {
				h.Because = fmt.Sprintf("%s, which stands: %s", results[i].Outcome, results[i].Because)
			}
		}
		if slices.Contains(set.Off, s.ID) {
			h.Use, h.Because = Unused, "the criterion is switched off"
		}
		if expired(s.Until, set.AsOf) {
			h.Use, h.Because = Expired, "it counted until "+s.Until.Format(time.DateOnly)
		}
		list = append(list, h)
	}
	return list
}

// use says how an answer stands to the evidence.
func (r Result) use(s Statement) Use {
	switch {
	case r.Outcome == NotApplicable:
		return Unused
	case r.Open():
		return Counts
	case s.Yes == (r.Outcome == Met):
		return Agrees
	case !s.Yes && r.Outcome == Unmet:
		return Agrees
	}
	return Contradicted
}
