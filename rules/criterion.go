package rules

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Scope says where the evidence of a criterion must lie.
type Scope string

// The scopes.
const (
	// Repo evidence must be in every repository that the criterion applies to.
	Repo Scope = "repo"
	// Org evidence may lie in any one repository of the organisation.
	Org Scope = "org"
)

// A Weight says how much a criterion counts in its stage.
type Weight int

// The weights. Core criteria also gate their stage.
const (
	Plain   Weight = 1
	Weighty Weight = 2
	Core    Weight = 3
)

// Halves is the weight in halves of a point: the value of the criterion when
// it is met.
func (w Weight) Halves() int {
	if w == Plain {
		return 2
	}
	return 4
}

// A Criterion is one rule of a stage.
type Criterion struct {
	ID     string
	Stage  int
	Weight Weight
	// Characteristics are those of the model that it speaks for ("2.1").
	Characteristics []string
	// Ask is the criterion as a question.
	Ask string
	// Why says what a team lacks without it.
	Why string
	// Step is what to do first where nothing is there.
	Step string
	// First says it for one repository; nil where Step says all.
	First FirstStep
	// Lives is the path where the thing would lie; empty where it has none.
	Lives string
	// Scope is where evidence must lie; for the roles in RepoFor it is Repo.
	Scope   Scope
	RepoFor []Role
	// Applies are the roles that it applies to; empty for all.
	Applies []Role
	// Activity says that "met" needs at least wired evidence.
	Activity bool
	// Single says that its subject is the repository: what speaks for it are
	// alternatives, of which the best decides.
	Single bool
	// For and Against are what it is judged by.
	For, Against []Condition
	// Exempts are reasons not to apply it.
	Exempts []Exempt
	// Hides are reasons why absence cannot be told.
	Hides []Exempt
	// None says that nothing of what it looks for was seen.
	None string
	// Absent says it more exactly for one repository; nil or empty for None.
	Absent func(*Scene) string
}

// An Exempt says why a criterion does not apply, or cannot be told; empty where
// it does and can.
type Exempt func(*Scene) string

// String is the criterion as a paragraph of sentences.
func (c *Criterion) String() string {
	var b strings.Builder
	b.WriteString(c.Ask)
	list := func(title string, conditions []Condition) {
		if len(conditions) == 0 {
			return
		}
		b.WriteString("\n" + title)
		for _, condition := range conditions {
			b.WriteString("\n  - " + condition.String())
		}
	}
	list("Met by", c.For)
	list("Counts against it", c.Against)
	return b.String()
}

func (c *Criterion) exempt(s *Scene) string {
	if len(c.Applies) > 0 && !slices.ContainsFunc(c.Applies, s.Is) {
		return "asked of " + roleNames(c.Applies) + "; this repository is " + roleNames(s.RoleNames())
	}
	return firstReason(c.Exempts, s)
}

func (c *Criterion) hidden(s *Scene) string { return firstReason(c.Hides, s) }

func firstReason(list []Exempt, s *Scene) string {
	for _, e := range list {
		if why := e(s); why != "" {
			return why
		}
	}
	return ""
}

// scope is the strictest scope among the roles of the scene.
func (c *Criterion) scope(s *Scene) Scope {
	if slices.ContainsFunc(c.RepoFor, s.Is) {
		return Repo
	}
	return c.Scope
}

func (c *Criterion) signs(s *Scene) []Sign {
	signs := signsOf(s, c.For)
	if c.needsUse() {
		weakenIdle(signs)
	}
	against := signsOf(s, c.Against)
	if c.Single {
		for i := range signs {
			signs[i].Subject = "the repository"
		}
		against = withoutBest(signs, against)
	}
	signs = append(signs, against...)
	besideBetter(signs)
	sortSigns(signs)
	return signs
}

// besideBetter lets lesser signs stand as evidence about the first good subject,
// where there is one.
func besideBetter(signs []Sign) {
	if best := slices.IndexFunc(signs, func(s Sign) bool { return s.Mark == Good }); best >= 0 {
		for i := range signs {
			if signs[i].Lesser && signs[i].Mark != Good {
				signs[i].Subject = signs[best].Subject
			}
		}
	}
}

func signsOf(s *Scene, conditions []Condition) []Sign {
	signs := make([][]Sign, len(conditions))
	for i, condition := range conditions {
		signs[i] = condition.Signs(s)
	}
	return slices.Concat(signs...)
}

// withoutBest lets what speaks against a single subject stand as evidence
// about it, where something good speaks for it.
func withoutBest(signs, against []Sign) []Sign {
	if slices.ContainsFunc(signs, func(s Sign) bool { return s.Mark == Good }) {
		for i := range against {
			against[i].Subject = "the repository"
		}
	}
	return against
}

// needsUse says that what is only present does not meet the criterion: it asks
// for an activity, or it gates a stage above the third, of which no claim rests
// on a file that nothing uses.
func (c *Criterion) needsUse() bool { return c.Activity || c.Stage > 3 && c.Weight == Core }

// weakenIdle makes weak what is only present.
func weakenIdle(signs []Sign) {
	for i := range signs {
		if signs[i].Mark == Good && signs[i].Strength < Wired {
			signs[i].Mark = Weak
		}
	}
}

// looks are the detectors that its conditions ask.
func (c *Criterion) looks() []*detect.Detector {
	var ds []*detect.Detector
	for _, condition := range slices.Concat(c.For, c.Against) {
		ds = append(ds, condition.Looks()...)
	}
	return ds
}

// lack is the check of a criterion that nothing speaks for.
func (c *Criterion) lack() *Check {
	return &Check{
		ID: "lacking/" + c.ID, Criterion: c.ID, Level: Note, Title: strings.TrimSuffix(c.Ask, "?") + ": not seen", Why: c.Why, Fix: c.Step,
	}
}
