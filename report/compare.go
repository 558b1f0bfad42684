package report

import (
	"slices"

	"github.com/waymark-dev/waymark/rules"
)

// A Comparison is what changed between two states of a repository.
type Comparison struct {
	Base, Head Snapshot
	// Gained and Lost are the criteria whose outcome rose or fell; Other those
	// that changed between what can and cannot be told.
	Gained, Lost, Other []Change
	// New and Fixed are the gaps that only one of the states has. A gap whose
	// lines or file moved is neither.
	New, Fixed []SnapshotGap
	// Kept counts the gaps that both have.
	Kept int

	known map[string]int
}

// A Change is a criterion whose outcome changed.
type Change struct {
	ID      string        `json:"id"`
	From    rules.Outcome `json:"from"`
	To      rules.Outcome `json:"to"`
	Because string        `json:"because,omitempty"`
}

// Compare compares two states of a repository.
func Compare(base, head Snapshot) Comparison {
	c := Comparison{Base: base, Head: head}
	for _, criterion := range rules.Criteria {
		from, to := base.Criteria[criterion.ID], head.Criteria[criterion.ID]
		change := Change{ID: criterion.ID, From: from, To: to}
		switch {
		case from == to || from == "" || to == "":
		case from == rules.NotApplicable || to == rules.NotApplicable:
			c.Other = append(c.Other, change)
		case rank(to) > rank(from):
			c.Gained = append(c.Gained, change)
		case rank(to) < rank(from):
			c.Lost = append(c.Lost, change)
		default:
			c.Other = append(c.Other, change)
		}
	}
	c.gaps()
	return c
}

// rank orders outcomes by what they are worth: what cannot be seen is worth as
// little as what is not there.
func rank(o rules.Outcome) int {
	return max(slices.Index([]rules.Outcome{rules.Partial, rules.Met}, o), -1)
}

// gaps pairs the gaps: first those that are the same but for their line, then
// those that are the same but for their file.
func (c *Comparison) gaps() {
	fixed, added := unpaired(c.Base.Gaps, c.Head.Gaps, func(g SnapshotGap) string { return g.Fingerprint })
	c.Fixed, c.New = unpaired(fixed, added, func(g SnapshotGap) string { return g.Moved })
	c.Kept = len(c.Head.Gaps) - len(c.New)
	c.known = map[string]int{}
	for _, g := range c.New {
		c.known[g.Fingerprint]++
	}
}

// unpaired are the gaps of each list that have no partner in the other, by a
// key; of several with one key as many are paired as both have.
func unpaired(base, head []SnapshotGap, key func(SnapshotGap) string) (gone, added []SnapshotGap) {
	left := map[string]int{}
	for _, g := range base {
		left[key(g)]++
	}
	for _, g := range head {
		if left[key(g)] == 0 {
			added = append(added, g)
			continue
		}
		left[key(g)]--
	}
	for _, g := range slices.Backward(base) {
		if left[key(g)] > 0 {
			left[key(g)]--
			gone = append(gone, g)
		}
	}
	slices.Reverse(gone)
	return gone, added
}

// Regression says in what the repository fell back; empty where in nothing.
func (c Comparison) Regression() string {
	switch {
	case c.Head.Stage < c.Base.Stage:
		return "the stage fell"
	case len(c.Lost) > 0:
		return c.Lost[0].ID + " was " + string(c.Lost[0].From) + " and is " + string(c.Lost[0].To)
	}
	return ""
}

// Mark says of each located gap of the head whether it is new.
func (c Comparison) Mark(gaps []rules.Gap) {
	left := c.known
	for i := range gaps {
		g := &gaps[i]
		if !g.Told() || g.Suppressed != nil {
			continue
		}
		g.Against = rules.Unchanged
		if print := Fingerprint(*g); left[print] > 0 {
			left[print]--
			g.Against = rules.New
		}
	}
}
