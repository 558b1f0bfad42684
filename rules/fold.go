package rules

import "fmt"

// What every repository must have is met where four in five of the parts that
// it applies to meet it, and partial where two in five meet it at least
// partially.
const (
	partsOf      = 5
	partsMet     = 4
	partsPartial = 2
)

// fold gives the criteria of scope repo the outcome that the parts of a
// monorepo come to, so that no part carries the others. One part alone is the
// repository.
func fold(s *Scene, results []Result, parts []part) {
	if len(parts) < 2 {
		return
	}
	for i, r := range results {
		if r.Criterion.scope(s) == Repo {
			results[i] = r.over(i, parts)
		}
	}
}

// over is a result as the parts come to it; i is the place of its criterion.
func (r Result) over(i int, parts []part) Result {
	var met, some, asked int
	var lag []string
	var first Result
	strength := None
	for _, p := range parts {
		outcome := p.results[i].Outcome
		if outcome == NotApplicable {
			continue
		}
		asked++
		if outcome == Met {
			met++
		} else {
			if lag == nil {
				first = p.results[i]
			}
			lag = append(lag, p.name())
		}
		if outcome == Met || outcome == Partial {
			some++
			strength = max(strength, p.results[i].Strength)
		}
	}
	outcome := outcomeOver(met, some, asked)
	if asked == 0 || some == 0 && r.Outcome == NotVisible || outcome == r.Outcome {
		return r
	}
	r.Outcome, r.Strength, r.At = outcome, strength, first.At
	r.Because = fmt.Sprintf("met in %d of %d parts; not in %s", met, asked, SomeOf(lag, shownParts))
	switch {
	case len(lag) == 1:
		r.Because += ": " + first.Because
	case len(lag) > 1:
		r.Because += "; in " + lag[0] + ": " + first.Because
	}
	return r
}

func outcomeOver(met, some, asked int) Outcome {
	switch {
	case met*partsOf >= asked*partsMet:
		return Met
	case some*partsOf >= asked*partsPartial:
		return Partial
	}
	return Unmet
}

// name is the part as people know it.
func (p part) name() string {
	if p.Dir == rest {
		return "the rest of the repository"
	}
	return p.Dir
}

// shownParts bounds the parts that a sentence names.
const shownParts = 4
