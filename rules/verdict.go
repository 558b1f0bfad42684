package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A State says whether the stage after the proven one can still be reached
// with what cannot be seen.
type State string

// The states.
const (
	Open     State = "open"
	RuledOut State = "ruled out"
)

// A Verdict is the stage of a repository.
type Verdict struct {
	// Stage is the proven stage: what cannot be seen counts as unmet. 0 means
	// not judged.
	Stage int
	Name  string
	// Next is the state of the stage after it; nil at stage 5 and where nothing
	// was judged.
	Next *Next
	// Possible is the highest stage that could be held if everything that cannot
	// be seen were met.
	Possible int
	Shares   []Share
	// Ahead are the criteria that are met two or more stages ahead.
	Ahead []string
	// Tight are the criteria of which one, moved by half a step, would change
	// the stage.
	Tight []string
	// Scale are the shares that decided.
	Scale Scale
	// Rests says what of the verdict comes from the configuration.
	Rests Rests
	// Unread says that files could not be read where nothing was judged.
	Unread bool
}

// A Next is the state of the stage after the proven one.
type Next struct {
	Stage int
	State State
	// Criteria are those that would have to be seen as met, where it is open;
	// those that rule it out, where it is ruled out.
	Criteria []string
}

// A Share is how much of a stage's applicable weight is met.
type Share struct {
	Stage int
	// Halves of Of are met, both in halves of a weight.
	Halves, Of int
	// Total is the weight of all criteria of the stage.
	Total int
	// Applies says that enough of the stage's weight applies to judge it.
	Applies bool
	// Held says that the stage by itself is held, whatever is below it.
	Held bool
	// Failing are the core criteria that hold it back.
	Failing []string
}

// Value is the share as a fraction; 0 where nothing applies.
func (s Share) Value() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.Halves) / float64(s.Of)
}

// verdictOf comes to the verdict: the highest stage that is held with all below
// it. A scale without shares is the standard.
func verdictOf(results []Result, scale Scale) Verdict {
	scale = scale.full()
	v := Verdict{Possible: scale.highest(results, true), Scale: scale}
	for stage := 2; stage <= len(Stages); stage++ {
		v.Shares = append(v.Shares, scale.shareOf(results, stage, false))
	}
	if !slices.ContainsFunc(results, func(r Result) bool { return r.Outcome != NotApplicable }) {
		v.Name, v.Possible = StageNames[0], 0
		return v
	}
	v.Stage = scale.highest(results, false)
	v.Name = StageNames[v.Stage]
	v.Next = scale.nextOf(results, v.Stage)
	v.Ahead = ahead(results, v.Stage)
	v.Tight = scale.tight(results, v.Stage)
	return v
}

// highest is the highest stage that is held with all below it.
func (s Scale) highest(results []Result, unseenMet bool) int {
	for stage := 2; stage <= len(Stages); stage++ {
		if !s.shareOf(results, stage, unseenMet).Held {
			return stage - 1
		}
	}
	return len(Stages)
}

func (s Scale) shareOf(results []Result, stage int, unseenMet bool) Share {
	share := Share{Stage: stage}
	for _, r := range results {
		c := r.Criterion
		if c.Stage != stage {
			continue
		}
		share.Total += c.Weight.Halves()
		if r.Outcome == NotApplicable {
			continue
		}
		share.Of += c.Weight.Halves()
		halves := r.halves(unseenMet)
		share.Halves += halves
		if c.Weight == Core && (halves == 0 || !r.gates(unseenMet)) {
			share.Failing = append(share.Failing, c.ID)
		}
	}
	share.Applies = s.Applies.reached(share.Of, share.Total)
	share.Held = share.Applies && len(share.Failing) == 0 && s.Held.reached(share.Halves, share.Of)
	return share
}

// halves is the value of a result in halves of its weight.
func (r Result) halves(unseenMet bool) int {
	full := r.Criterion.Weight.Halves()
	switch {
	case r.Outcome == Met, r.Outcome == NotVisible && unseenMet:
		return full
	case r.Outcome == Partial:
		return full / 2
	}
	return 0
}

// Halves is what the result adds to its stage, in halves of a weight.
func (r Result) Halves() int { return r.halves(false) }

// gates says whether a core result lets its stage pass: from stage 4 on, only
// with evidence that something uses, and not on delegated work alone.
func (r Result) gates(unseenMet bool) bool {
	if r.Criterion.Stage < 4 || r.Outcome == NotVisible && unseenMet {
		return true
	}
	return r.Strength >= Wired && !r.Delegated
}

func (s Scale) nextOf(results []Result, stage int) *Next {
	if stage == len(Stages) {
		return nil
	}
	n := &Next{Stage: stage + 1, State: RuledOut}
	share := s.shareOf(results, stage+1, true)
	if share.Held || !share.Applies {
		n.State, n.Criteria = Open, unseen(results, stage+1)
		return n
	}
	n.Criteria = slices.Clone(share.Failing)
	if len(n.Criteria) == 0 {
		n.Criteria = unmet(results, stage+1)
	}
	return n
}

func unseen(results []Result, stage int) []string {
	return idsWhere(results, stage, func(r Result) bool { return r.Outcome == NotVisible })
}

func unmet(results []Result, stage int) []string {
	return idsWhere(results, stage, func(r Result) bool { return r.Outcome == Unmet || r.Outcome == Partial })
}

func idsWhere(results []Result, stage int, keep func(Result) bool) []string {
	var ids []string
	for _, r := range results {
		if r.Criterion.Stage == stage && keep(r) {
			ids = append(ids, r.Criterion.ID)
		}
	}
	return ids
}

func ahead(results []Result, stage int) []string {
	var ids []string
	for _, r := range results {
		if r.Outcome == Met && r.Criterion.Stage >= stage+2 {
			ids = append(ids, r.Criterion.ID)
		}
	}
	return ids
}

// tight are the criteria of which one, moved by half a step, would change the
// stage.
func (s Scale) tight(results []Result, stage int) []string {
	var ids []string
	for i, r := range results {
		for _, moved := range neighbours(r.Outcome) {
			changed := slices.Clone(results)
			changed[i].Outcome = moved
			changed[i].Strength = max(changed[i].Strength, Wired)
			if s.highest(changed, false) != stage {
				ids = append(ids, r.Criterion.ID)
				break
			}
		}
	}
	return ids
}

func neighbours(o Outcome) []Outcome {
	switch o {
	case Met, Unmet:
		return []Outcome{Partial}
	case Partial:
		return []Outcome{Met, Unmet}
	}
	return nil
}

// Headline is the verdict in a few sentences.
func (v Verdict) Headline() string {
	return strings.Join(append([]string{v.standing()}, v.Rests.sentences(v.Stage)...), " ")
}

// standing is the stage and the state of the next one.
func (v Verdict) standing() string {
	if v.Stage == 0 && v.Unread {
		return "Not judged: nothing that could be read says what this repository is for."
	}
	if v.Stage == 0 {
		return "Not judged: nothing here that the model speaks about."
	}
	line := fmt.Sprintf("Stage %d, %s.", v.Stage, v.Name)
	if v.Next == nil {
		return line
	}
	if v.Next.State == RuledOut {
		return fmt.Sprintf("%s Stage %d is ruled out for now.", line, v.Next.Stage)
	}
	noun := "criteria"
	if len(v.Next.Criteria) == 1 {
		noun = "criterion"
	}
	if len(v.Next.Criteria) == 0 || !v.applies(v.Next.Stage) {
		return fmt.Sprintf("%s Stage %d is open: too little of it applies to one such repository.", line, v.Next.Stage)
	}
	return fmt.Sprintf("%s Stage %d is open: %d %s cannot be seen from this repository.", line, v.Next.Stage, len(v.Next.Criteria), noun)
}

// applies says whether enough of a stage applies to judge it.
func (v Verdict) applies(stage int) bool {
	return slices.ContainsFunc(v.Shares, func(s Share) bool { return s.Stage == stage && s.Applies })
}

// onlyUnseen says that nothing holds the next stage back but what cannot be seen.
func (v Verdict) onlyUnseen() bool {
	return v.Next.State == Open && slices.ContainsFunc(v.Shares, func(s Share) bool {
		return s.Stage == v.Next.Stage && v.Scale.Held.reached(s.Halves, s.Of)
	})
}

// byLever orders results by what they unlock: what gates the stage first, what
// cannot be seen last (unless nothing else holds the stage back), then by the
// weight that is still missing, then by their place in the model.
func (v Verdict) byLever(a, b Result) int {
	unseen := v.onlyUnseen()
	gate := func(r Result) int {
		switch {
		case r.Outcome == NotVisible && unseen && slices.Contains(v.Next.Criteria, r.Criterion.ID):
			return 2
		case r.Outcome == NotVisible:
			return 0
		case r.Criterion.Weight == Core && (r.halves(false) == 0 || !r.gates(false)):
			return 2
		}
		return 1
	}
	missing := func(r Result) int { return r.Criterion.Weight.Halves() - r.halves(false) }
	return cmp.Or(cmp.Compare(gate(b), gate(a)), cmp.Compare(missing(b), missing(a)), cmp.Compare(order(a), order(b)))
}

func order(r Result) int {
	return slices.IndexFunc(Criteria, func(c *Criterion) bool { return c.ID == r.Criterion.ID })
}
