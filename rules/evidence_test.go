package rules

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestGoodEvidenceNeverLowersAnOutcome adds a good sign, or one that is never
// enough by itself, to what speaks for and against a criterion of either kind.
func TestGoodEvidenceNeverLowersAnOutcome(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	rising := []Outcome{Unmet, Partial, Met}
	sign := func(m Mark) Sign {
		return Sign{Subject: fmt.Sprint(random.IntN(6)), Mark: m, Strength: Wired, Lesser: m == Weak && random.IntN(2) == 0}
	}
	for range 2000 {
		c := &Criterion{ID: "any", Scope: Repo, Single: random.IntN(2) == 0}
		var speaks, against []Sign
		for range random.IntN(8) {
			speaks = append(speaks, sign([]Mark{Weak, Good}[random.IntN(2)]))
			against = append(against, sign(Bad))
		}
		more := sign(Good)
		if random.IntN(3) == 0 && slices.ContainsFunc(speaks, func(s Sign) bool { return s.Mark == Good }) {
			more = Sign{Subject: "a further one", Mark: Weak, Strength: Present, Lesser: true}
		}
		before, after := outcomeOf(c, speaks, against), outcomeOf(c, append(slices.Clone(speaks), more), against)
		if slices.Index(rising, after) < slices.Index(rising, before) {
			t.Fatalf("%+v lowers %s to %s beside %+v and %+v", more, before, after, speaks, against)
		}
	}
}

func outcomeOf(c *Criterion, speaks, against []Sign) Outcome {
	if len(speaks)+len(against) == 0 {
		return Unmet
	}
	given := func(signs []Sign) []Condition {
		return []Condition{All("what is given", nil, func(*Scene) []Sign { return slices.Clone(signs) })}
	}
	judged := *c
	judged.For, judged.Against = given(speaks), given(against)
	s := &Scene{}
	r := Result{Criterion: &judged, Signs: judged.signs(s)}
	r.count()
	r.decide(s)
	return r.Outcome
}
