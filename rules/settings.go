package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Settings are what a person says of a repository and of how it is judged.
type Settings struct {
	// Roles are those of the repository; inferred where empty.
	Roles []Role
	// Components are folders that are judged by themselves although nothing
	// shows that they are built or released so.
	Components []string
	// ComponentRoles are the roles of single components, by folder.
	ComponentRoles map[string][]Role
	// Off are the criteria that are not asked, by id.
	Off []string
	// Weights are those of criteria that are set, by id.
	Weights map[string]Weight
	// Scale are the shares that decide; the zero value is the standard.
	Scale        Scale
	Statements   []Statement
	Suppressions []Suppression
	Checks       []OwnCheck
	// AsOf is the day on which answers and suppressions must still count; by
	// default that of the scanned commit.
	AsOf time.Time
}

// Rests says what of a verdict comes from the configuration and not from what
// was seen.
type Rests struct {
	// Answers is how many criteria have their outcome from an answer.
	Answers int
	// Raised names the settings that raise the verdict.
	Raised []string
	// Evidence is the stage without answers and without these settings.
	Evidence int
}

// sentences are what the headline says of it.
func (r Rests) sentences(stage int) []string {
	var list []string
	if r.Answers > 0 {
		list = append(list, fmt.Sprintf("It rests on %s.", Counted(r.Answers, "answer")))
	}
	if len(r.Raised) > 0 {
		what := "it"
		if r.Evidence == stage {
			what = "a share"
		}
		list = append(list, fmt.Sprintf("The configuration raises %s: %s.", what, strings.Join(r.Raised, ", ")))
	}
	switch {
	case len(list) == 0:
		return nil
	case r.Evidence == stage:
		return append(list, "Evidence alone gives the same stage.")
	}
	return append(list, fmt.Sprintf("Evidence alone gives stage %d.", r.Evidence))
}

// applied are results as the settings make them.
func (set Settings) applied(results []Result) []Result {
	changed := slices.Clone(results)
	for i := range changed {
		r := &changed[i]
		if w, ok := set.Weights[r.Criterion.ID]; ok {
			c := *r.Criterion
			c.Weight = w
			r.Criterion = &c
		}
		if slices.Contains(set.Off, r.Criterion.ID) {
			*r = Result{Criterion: r.Criterion, Outcome: NotApplicable, Because: "switched off in the configuration", Source: "evidence"}
		}
	}
	set.answer(changed)
	return changed
}

// verdict is the verdict of results that the settings do not touch yet, with
// what it rests on.
func (set Settings) verdict(results []Result) Verdict {
	v := verdictOf(set.applied(results), set.Scale)
	plain := verdictOf(results, Standard)
	v.Rests = Rests{Evidence: plain.Stage, Answers: answered(set.applied(results)), Raised: set.raising(results, v)}
	return v
}

// raising names the settings without any of which the verdict would be lower.
// Where no single one is needed but all together raise it, it names all.
func (set Settings) raising(results []Result, v Verdict) []string {
	var needed, all []string
	for _, part := range set.parts() {
		if part.name == "" {
			continue
		}
		all = append(all, part.name)
		if v.above(verdictOf(part.without.applied(results), part.without.Scale)) {
			needed = append(needed, part.name)
		}
	}
	bare := Settings{Statements: set.Statements, AsOf: set.AsOf}
	if len(needed) == 0 && v.above(verdictOf(bare.applied(results), Standard)) {
		return all
	}
	return needed
}

// A settingsPart is one setting that may raise a verdict, and the settings
// without it.
type settingsPart struct {
	name    string
	without Settings
}

func (set Settings) parts() []settingsPart {
	var parts []settingsPart
	for _, id := range set.Off {
		without := set
		without.Off = slices.DeleteFunc(slices.Clone(set.Off), func(other string) bool { return other == id })
		// an answer about it counts for nothing now, and so excuses nothing
		without.Statements = slices.DeleteFunc(slices.Clone(set.Statements), func(s Statement) bool { return s.ID == id })
		parts = append(parts, settingsPart{id + " is switched off", without})
	}
	for _, id := range sortedKeys(set.Weights) {
		without := set
		without.Weights = map[string]Weight{}
		for other, w := range set.Weights {
			if other != id {
				without.Weights[other] = w
			}
		}
		parts = append(parts, settingsPart{"the weight of " + id, without})
	}
	for _, threshold := range []struct {
		name  string
		of    func(*Scale) *Fraction
		given Fraction
	}{
		{"held", func(s *Scale) *Fraction { return &s.Held }, set.Scale.Held},
		{"applies", func(s *Scale) *Fraction { return &s.Applies }, set.Scale.Applies},
		{"tolerated", func(s *Scale) *Fraction { return &s.Tolerated }, set.Scale.Tolerated},
	} {
		if threshold.given == (Fraction{}) {
			continue
		}
		without := set
		*threshold.of(&without.Scale) = Fraction{}
		parts = append(parts, settingsPart{"the threshold " + threshold.name + " " + threshold.given.String(), without})
	}
	return parts
}

// above says whether a verdict is higher than another, by its stage or by the
// share of any stage.
func (v Verdict) above(other Verdict) bool {
	if v.Stage != other.Stage {
		return v.Stage > other.Stage
	}
	for i, s := range v.Shares {
		if s.Halves*other.Shares[i].Of > other.Shares[i].Halves*s.Of || s.Held && !other.Shares[i].Held {
			return true
		}
	}
	return false
}

// ofPart are the settings as they hold for a component: the own checks and what
// became of suppressions are told of the whole.
func (set Settings) ofPart() Settings {
	set.Checks = nil
	set.Suppressions = slices.Clone(set.Suppressions)
	return set
}

// day is the day on which what expires must still count; zero where none is
// known, on which everything counts.
func (set Settings) day(h detect.History) time.Time {
	if !set.AsOf.IsZero() {
		return set.AsOf
	}
	if head, err := h.Head(); err == nil {
		return head.When
	}
	return time.Time{}
}

// expired says whether the last day of something lies before a day.
func expired(until, day time.Time) bool {
	return !until.IsZero() && !day.IsZero() && !day.Before(until.AddDate(0, 0, 1))
}
