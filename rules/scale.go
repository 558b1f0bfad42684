package rules

import "fmt"

// A Fraction is a part of a whole. The zero value stands for the standard.
type Fraction struct{ Part, Whole int }

// String is the fraction as people write it.
func (f Fraction) String() string { return fmt.Sprintf("%d/%d", f.Part, f.Whole) }

func (f Fraction) or(standard Fraction) Fraction {
	if f.Whole == 0 {
		return standard
	}
	return f
}

// reached says whether a part of a whole is the fraction at least.
func (f Fraction) reached(part, whole int) bool { return part*f.Whole >= whole*f.Part }

// kept says whether a part of a whole is the fraction at most.
func (f Fraction) kept(part, whole int) bool { return part*f.Whole <= whole*f.Part }

// A Scale holds the shares that decide.
type Scale struct {
	// Held is the share of the applicable weight of a stage from which it is
	// held.
	Held Fraction
	// Applies is the share of a stage's weight that must apply to the
	// repository's roles for the stage to be judged.
	Applies Fraction
	// Tolerated is the share of the subjects of a criterion that may be weak or
	// bad where it is met.
	Tolerated Fraction
}

// Standard is the scale of the model.
var Standard = Scale{Held: Fraction{2, 3}, Applies: Fraction{1, 2}, Tolerated: Fraction{1, 5}}

// full is the scale with the standard shares where none is set.
func (s Scale) full() Scale {
	return Scale{s.Held.or(Standard.Held), s.Applies.or(Standard.Applies), s.Tolerated.or(Standard.Tolerated)}
}
