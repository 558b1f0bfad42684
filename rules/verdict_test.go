package rules

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// outcomes are results with the same outcome for every criterion, changed by
// id.
func outcomes(all Outcome, changed map[string]Outcome) []Result {
	results := make([]Result, len(Criteria))
	for i, c := range Criteria {
		results[i] = Result{Criterion: c, Outcome: all, Strength: Wired}
		if o, ok := changed[c.ID]; ok {
			results[i].Outcome = o
		}
	}
	return results
}

func TestVerdict(t *testing.T) {
	for name, c := range map[string]struct {
		results []Result
		stage   int
		next    *Next
	}{
		"everything met":  {outcomes(Met, nil), 5, nil},
		"nothing met":     {outcomes(Unmet, nil), 1, &Next{2, RuledOut, []string{"infrastructure-as-code", "continuous-integration", "maintained-documentation"}}},
		"nothing visible": {outcomes(NotVisible, nil), 1, &Next{2, Open, nil}},
		"nothing applies": {outcomes(NotApplicable, nil), 0, nil},
		"a gate that is unmet holds its stage back": {outcomes(Met, map[string]Outcome{"continuous-deployment": Unmet}), 2, &Next{3, RuledOut, []string{"continuous-deployment"}}},
		"half of everything is not two thirds":      {outcomes(Partial, nil), 1, &Next{2, RuledOut, nil}},
		"what cannot be seen leaves the next stage open": {
			outcomes(Met, map[string]Outcome{"shared-building-blocks": NotVisible}), 2, &Next{3, Open, []string{"shared-building-blocks"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := verdictOf(c.results, Standard)
			if v.Stage != c.stage {
				t.Errorf("stage %d, want %d", v.Stage, c.stage)
			}
			if (v.Next == nil) != (c.next == nil) {
				t.Fatalf("next %+v, want %+v", v.Next, c.next)
			}
			if c.next == nil {
				return
			}
			if v.Next.Stage != c.next.Stage || v.Next.State != c.next.State {
				t.Errorf("next %+v, want %+v", v.Next, c.next)
			}
			if c.next.Criteria != nil && !slices.Equal(v.Next.Criteria, c.next.Criteria) {
				t.Errorf("criteria of the next stage %v, want %v", v.Next.Criteria, c.next.Criteria)
			}
		})
	}
}

func TestClaimsAboveStageThreeNeedUse(t *testing.T) {
	results := outcomes(Met, nil)
	for i := range results {
		if results[i].Criterion.ID == "policy-as-code" {
			results[i].Outcome, results[i].Strength = Partial, Present
		}
	}
	if v := verdictOf(results, Standard); v.Stage != 3 {
		t.Errorf("a policy that nothing evaluates gives stage %d, want 3", v.Stage)
	}
	for i := range results {
		if results[i].Criterion.ID == "policy-as-code" {
			results[i].Outcome, results[i].Strength, results[i].Delegated = Met, Wired, true
		}
	}
	if v := verdictOf(results, Standard); v.Stage != 3 {
		t.Errorf("delegated policy alone gives stage %d, want 3", v.Stage)
	}
}

func TestTooLittleAppliesLeavesTheStageOpen(t *testing.T) {
	results := outcomes(Met, nil)
	for i, r := range results {
		if r.Criterion.Stage == 3 && r.Criterion.ID != "shared-building-blocks" {
			results[i].Outcome = NotApplicable
		}
	}
	v := verdictOf(results, Standard)
	if v.Stage != 2 || v.Next.State != Open {
		t.Errorf("stage %d, next %+v; want stage 2 with stage 3 open", v.Stage, v.Next)
	}
}

func TestBetterOutcomesNeverLowerTheStage(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rising := []Outcome{Unmet, Partial, Met}
	for range 2000 {
		results := outcomes(Unmet, nil)
		for i := range results {
			results[i].Outcome = rising[random.IntN(3)]
		}
		before := verdictOf(results, Standard).Stage
		i := random.IntN(len(results))
		if at := slices.Index(rising, results[i].Outcome); at < 2 {
			results[i].Outcome = rising[at+1]
		}
		if after := verdictOf(results, Standard).Stage; after < before {
			t.Fatalf("raising %s to %s lowered the stage from %d to %d", results[i].Criterion.ID, results[i].Outcome, before, after)
		}
	}
}

func TestTightNamesWhatDecides(t *testing.T) {
	v := verdictOf(outcomes(Met, map[string]Outcome{"continuous-deployment": Unmet}), Standard)
	if !slices.Contains(v.Tight, "continuous-deployment") {
		t.Errorf("tight %v, want continuous-deployment among them", v.Tight)
	}
}

func TestQuestions(t *testing.T) {
	answers := answersOf(outcomes(Unmet, map[string]Outcome{
		"automated-deployment": Met, "continuous-deployment": Partial, // three quarters: yes
		"infrastructure-as-code": Partial, "configuration-in-version-control": Unmet, // a quarter: partly
		"flow-insights": NotVisible, "outcome-metrics": NotVisible,
	}))
	want := []string{"yes", "partly", "no", "no", "not visible", "no"}
	for i, a := range answers {
		if a.Value != want[i] {
			t.Errorf("%s is %q, want %q", a.Question.ID, a.Value, want[i])
		}
	}
	if r := readingOf(answers, 1); r.High != 2 || !r.Agrees {
		t.Errorf("reading %+v, want stage 1 or 2, which agrees with stage 1", r)
	}
}

func TestEveryCriterionIsComplete(t *testing.T) {
	core := map[int]int{}
	ids := map[string]bool{}
	for _, c := range Criteria {
		if ids[c.ID] || c.Ask == "" || c.Why == "" || c.Step == "" || len(c.For) == 0 || len(c.Characteristics) == 0 {
			t.Errorf("%s is said twice or lacks a part", c.ID)
		}
		ids[c.ID] = true
		if c.Weight == Core {
			core[c.Stage]++
		}
	}
	if len(Criteria) != 30 {
		t.Errorf("%d criteria, want 30", len(Criteria))
	}
	for stage, want := range map[int]int{2: 3, 3: 4, 4: 3, 5: 3} {
		if core[stage] != want {
			t.Errorf("stage %d has %d core criteria, want %d", stage, core[stage], want)
		}
	}
	for _, q := range Questions {
		for _, id := range q.Criteria {
			if !ids[id] {
				t.Errorf("%s asks for %s, which is no criterion", q.ID, id)
			}
		}
	}
}

func TestEveryCheckIsComplete(t *testing.T) {
	ids := map[string]bool{}
	for _, c := range Checks() {
		if ids[c.ID] || c.Title == "" || c.Why == "" || c.Fix == "" || CriterionByID(c.Criterion) == nil {
			t.Errorf("check %s is said twice, lacks a part, or names no criterion", c.ID)
		}
		ids[c.ID] = true
	}
}
