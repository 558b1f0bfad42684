package rules

// A Question is one of the six diagnostic questions of the model.
type Question struct {
	ID, Text string
	Criteria []string
}

// Questions are the six, with the criteria that answer them.
var Questions = []Question{
	{"Q1", "Can developers deploy to production with neither a ticket nor another person's time?", []string{"automated-deployment", "continuous-deployment"}},
	{"Q2", "Is infrastructure as code in use for most environments?", []string{"infrastructure-as-code", "configuration-in-version-control"}},
	{"Q3", "Can a new engineer ship in the first week with self-service tools?", []string{"single-source-of-truth", "maintained-documentation", "task-automation", "self-service-onboarding", "self-service-provisioning"}},
	{"Q4", "Are standards applied by automation, rather than by documents and review?", []string{"policy-as-code", "guardrails-in-context", "cost-controls", "drift-control"}},
	{"Q5", "Can the platform's effect on productivity and business goals be measured?", []string{"flow-insights", "outcome-metrics"}},
	{"Q6", "Does knowledge spread by itself, rather than stay in chat threads and heads?", []string{"shared-building-blocks", "developer-portal", "reuse-discovery"}},
}

// An Answer is what the criteria say to a question.
type Answer struct {
	Question Question
	// Value is "yes", "partly", "no" or "not visible".
	Value string
}

// A Reading is the stage that the six answers point at.
type Reading struct {
	// Low and High are the stages between which it lies; 0 where fewer than
	// three questions are answered.
	Low, High int
	// Agrees says that the proven stage lies between them.
	Agrees bool
}

func answersOf(results []Result) []Answer {
	byID := map[string]Result{}
	for _, r := range results {
		byID[r.Criterion.ID] = r
	}
	answers := make([]Answer, len(Questions))
	for i, q := range Questions {
		answers[i] = Answer{q, q.answer(byID)}
	}
	return answers
}

// answer is the mean of the visible, applicable criteria: yes from three
// quarters, no below one quarter.
func (q Question) answer(byID map[string]Result) string {
	halves, n := 0, 0
	for _, id := range q.Criteria {
		switch byID[id].Outcome {
		case Met:
			halves, n = halves+2, n+1
		case Partial:
			halves, n = halves+1, n+1
		case Unmet:
			n++
		}
	}
	switch {
	case n == 0:
		return "not visible"
	case halves*2 >= 3*n:
		return "yes"
	case halves*2 < n:
		return "no"
	}
	return "partly"
}

// readingOf scales the answered questions to six: under two points stage 1 or
// 2, under four stage 3, else 4 or 5.
func readingOf(answers []Answer, stage int) Reading {
	halves, n := 0, 0
	for _, a := range answers {
		switch a.Value {
		case "yes":
			halves, n = halves+2, n+1
		case "partly":
			halves, n = halves+1, n+1
		case "no":
			n++
		}
	}
	if n < 3 {
		return Reading{}
	}
	r := Reading{4, 5, false}
	switch {
	case halves*3 < 2*n:
		r = Reading{1, 2, false}
	case halves*3 < 4*n:
		r = Reading{3, 3, false}
	}
	r.Agrees = stage >= r.Low && stage <= r.High
	return r
}
