package rules

import (
	"cmp"
	"slices"
)

// A Lever is a criterion of a stage that can still be won here.
type Lever struct {
	Result Result
	// Points is what it would add to the share of its stage, in percent.
	Points float64
}

// Levers are what can be won of a stage, the cheapest first: what is met in
// part before what is not there, few gaps before many, much gain before little.
func (a *Assessment) Levers(stage int) []Lever {
	var levers []Lever
	of := a.Verdict.Scale.shareOf(a.Results, stage, false).Of
	for _, r := range a.Results {
		if r.Criterion.Stage == stage && (r.Outcome == Partial || r.Outcome == Unmet) {
			gain := r.Criterion.Weight.Halves() - r.halves(false)
			levers = append(levers, Lever{r, 100 * float64(gain) / float64(of)})
		}
	}
	rank := func(l Lever) int { return slices.Index([]Outcome{Partial, Unmet}, l.Result.Outcome) }
	slices.SortStableFunc(levers, func(x, y Lever) int {
		return cmp.Or(rank(x)-rank(y), cmp.Compare(len(x.Result.Gaps), len(y.Result.Gaps)), -cmp.Compare(x.Points, y.Points))
	})
	return levers
}

// Threshold is the share, in percent, from which a stage is held.
func (v Verdict) Threshold() float64 {
	held := v.Scale.full().Held
	return 100 * float64(held.Part) / float64(held.Whole)
}
