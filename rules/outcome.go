// Package rules judges: it weighs what detectors saw by the criteria of the
// five stages and comes to a verdict. It opens no file and knows no format.
package rules

import "github.com/waymark-dev/waymark/internal/detect"

// An Outcome is what a criterion comes to.
type Outcome string

// The outcomes.
const (
	Met           Outcome = "met"
	Partial       Outcome = "partial"
	Unmet         Outcome = "unmet"
	NotVisible    Outcome = "not visible"
	NotApplicable Outcome = "not applicable"
)

// A Strength says how far evidence goes from existing to used.
type Strength int

// The strengths, each further than the one before.
const (
	// None is the strength of no evidence.
	None Strength = iota
	// Present evidence lies in a live place.
	Present
	// Wired evidence is run by something, on a trigger that occurs.
	Wired
	// Blocking evidence stops the change or the release when it fails.
	Blocking
	// Used evidence is alive by history or by references.
	Used
)

// String is the strength as reports show it; empty for None.
func (s Strength) String() string {
	return [...]string{"", "present", "wired", "blocking", "used"}[s]
}

// A Mark is what the signs of one subject come to.
type Mark int

// The marks, from worst to best.
const (
	// Bad: there is only evidence against the subject.
	Bad Mark = iota
	// Weak: there is evidence for it, below the strength that is needed.
	Weak
	// Good: there is evidence for it, strong enough.
	Good
)

// String names the mark.
func (m Mark) String() string { return [...]string{"bad", "weak", "good"}[m] }

// A Sign is one piece of evidence, and what it says of a subject.
type Sign struct {
	Subject  string
	Mark     Mark
	Strength Strength
	// Delegated says that the work is done outside of what was scanned.
	Delegated bool
	// Lesser says that it is no subject of its own where something good is there.
	Lesser bool
	// Finding is the id of the detector that saw it.
	Finding string
	At      detect.Span
	Note    string
	// Check is the gap that the sign shows; nil where it shows none.
	Check *Check
	// Fix is the smallest change that mends it here; empty for the check's own.
	Fix string
}

// A Level is how loud a gap is.
type Level string

// The levels, as SARIF has them. Error is for what breaks or leaks.
const (
	Note    Level = "note"
	Warning Level = "warning"
	Error   Level = "error"
)

// A Check is a kind of gap.
type Check struct {
	// ID is a family and a noun phrase for what is wrong: "docs/dead-link".
	ID        string
	Criterion string
	Level     Level
	// Title is what is wrong, in a few words.
	Title string
	// Why says why it holds a team back.
	Why string
	// Fix says how to mend it.
	Fix string
	// Leaks says that it hurts in a repository of any role: its gaps are shown
	// even where its criterion does not apply.
	Leaks bool
	// Own says that it is one of the organisation's own, whose gaps are told
	// even where no line shows them.
	Own bool
	// Beside says that mending it does not bring the criterion nearer: it is no
	// first step.
	Beside bool
	// Yields are the checks that tell of the same cause: where one of them shows
	// a gap at a place, this one shows none there.
	Yields []string
}

// A Gap is what stands between the repository and a criterion.
type Gap struct {
	Check   *Check
	Subject string
	// At has the zero Start where the gap is an absence: Path is then where the
	// thing would lie.
	At      detect.Span
	Message string
	Fix     string
	// Suppressed is what keeps the gap from being shown; nil where nothing does.
	Suppressed *Suppression
	// Against is how the gap stands to a baseline; empty without one.
	Against Against
}

// An Against says how a gap stands to a baseline.
type Against string

// The ways to stand to a baseline.
const (
	New       Against = "new"
	Unchanged Against = "unchanged"
)

// Counts says whether the gap is one to act on: neither suppressed nor known
// from the baseline.
func (g Gap) Counts() bool { return g.Suppressed == nil && g.Against != Unchanged }

// Located says whether the gap points at something that can be edited.
func (g Gap) Located() bool { return g.At.Start.Line > 0 }

// Told says whether the gap is listed for people and asked for by conditions:
// it points at something, or somebody made a check of it.
func (g Gap) Told() bool { return g.Located() || g.Check.Own }
