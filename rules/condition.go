package rules

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A Condition looks at a scene for the signs of one thing.
type Condition struct {
	says  string
	looks []*detect.Detector
	signs func(*Scene) []Sign
}

// Signs are what it sees of its thing.
func (c Condition) Signs(s *Scene) []Sign { return c.signs(s) }

// Looks are the detectors whose findings it asks for.
func (c Condition) Looks() []*detect.Detector { return c.looks }

// String is the condition as a sentence, or a part of one.
func (c Condition) String() string { return c.says }

// unless is the condition where something does not hold, which sees nothing where
// it does.
func (c Condition) unless(holds func(*Scene) bool) Condition {
	return All(c.says, c.looks, func(s *Scene) []Sign {
		if holds(s) {
			return nil
		}
		return c.signs(s)
	})
}

// beyond is the condition without what another one sees on the same line.
func (c Condition) beyond(other Condition) Condition {
	return All(c.says, c.looks, func(s *Scene) []Sign {
		told := other.signs(s)
		return slices.DeleteFunc(c.signs(s), func(sign Sign) bool {
			return slices.ContainsFunc(told, func(t Sign) bool { return t.At.Path == sign.At.Path && t.At.Start.Line == sign.At.Start.Line })
		})
	})
}

// Seen speaks for the criterion wherever a detector sees something live.
func Seen(says string, ds ...*detect.Detector) Condition {
	return Condition{says: says, looks: ds, signs: func(s *Scene) []Sign {
		found := s.live(ds...)
		signs := make([]Sign, len(found))
		for i, f := range found {
			signs[i] = signOf(f, Good, Present)
		}
		return signs
	}}
}

// Each lets a function speak about every live finding of a detector whose
// value is a T; it answers false where it says nothing.
func Each[T any](says string, d *detect.Detector, speak func(*Scene, detect.Finding, T) (Sign, bool)) Condition {
	return Condition{says: says, looks: []*detect.Detector{d}, signs: func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(d) {
			v, ok := f.Value.(T)
			if !ok {
				continue
			}
			if sign, ok := speak(s, f, v); ok {
				signs = append(signs, sign)
			}
		}
		return signs
	}}
}

// Acts lets a function speak about everything that pipelines do of some kinds.
func Acts(says string, speak func(*Scene, wiring.Act) (Sign, bool), kinds ...wiring.Activity) Condition {
	return Condition{says: says, looks: pipelineDetectors, signs: func(s *Scene) []Sign {
		var signs []Sign
		for _, a := range s.Graph.Of(kinds...) {
			if sign, ok := speak(s, a); ok {
				signs = append(signs, sign)
			}
		}
		return signs
	}}
}

// All lets a function look at the whole scene, for what joins several
// detectors.
func All(says string, ds []*detect.Detector, look func(*Scene) []Sign) Condition {
	return Condition{says: says, looks: ds, signs: look}
}

// Lesser marks what is never enough by itself: it counts where nothing better
// speaks for the criterion, and else stands beside that.
func Lesser(c Condition) Condition {
	return Condition{says: "(weak) " + c.String(), looks: c.Looks(), signs: func(s *Scene) []Sign {
		signs := c.Signs(s)
		for i := range signs {
			signs[i] = signs[i].lesser()
		}
		return signs
	}}
}

// signOf is a sign whose evidence is a finding.
func signOf(f detect.Finding, m Mark, st Strength) Sign {
	return Sign{Subject: f.Detector.ID + " " + f.At.Path + " " + f.Subject, Mark: m, Strength: st, Finding: f.Detector.ID, At: f.At, Note: noteOf(f)}
}

// noteOf is the finding in words: its subject and its note, which may name it
// already.
func noteOf(f detect.Finding) string {
	switch {
	case f.Note == "":
		return f.Subject
	case strings.HasPrefix(f.Note, f.Subject), slices.Contains(strings.Fields(f.Note), f.Subject):
		return f.Note
	}
	return f.Subject + ": " + f.Note
}

// against makes a sign speak against its subject, by a check.
func (s Sign) against(c *Check, note string) Sign {
	s.Mark, s.Strength, s.Check = Bad, None, c
	if note != "" {
		s.Note = note
	}
	return s
}

// weak makes a sign too weak for its subject, by a check that may be nil.
func (s Sign) weak(c *Check, note string) Sign {
	s.Mark, s.Check = Weak, c
	if note != "" {
		s.Note = note
	}
	return s
}

// lesser lets a sign count only where nothing better is there.
func (s Sign) lesser() Sign { s.Lesser = true; return s }

// of names the subject that the sign speaks of.
func (s Sign) of(subject string) Sign { s.Subject = subject; return s }

// says replaces the note.
func (s Sign) says(note string) Sign { s.Note = note; return s }

// strong raises the strength.
func (s Sign) strong(st Strength) Sign { s.Strength = max(s.Strength, st); return s }
