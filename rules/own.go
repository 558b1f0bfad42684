package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
)

// An OwnCheck is a check of the organisation's own. A gap of it counts against
// its criterion; that there is none speaks for nothing.
type OwnCheck struct {
	*Check
	// Exists and Absent are patterns of paths that must, or must not, be there.
	Exists, Absent string
	// Seen and Unseen are ids of detectors that must, or must not, see something
	// live, with at least Strength.
	Seen, Unseen string
	Strength     Strength
}

// maxOwnGaps bounds the gaps of one own check.
const maxOwnGaps = 100

// own lets the own checks speak about results.
func (set Settings) own(s *Scene, results []Result) {
	for _, c := range set.Checks {
		signs := c.signs(s, results)
		i := slices.IndexFunc(results, func(r Result) bool { return r.Criterion.ID == c.Criterion })
		if len(signs) == 0 || i < 0 {
			continue
		}
		results[i].object(s, signs)
	}
}

// object adds signs against a criterion.
func (r *Result) object(s *Scene, signs []Sign) {
	if r.Outcome == NotApplicable {
		for _, sign := range signs {
			r.Gaps = append(r.Gaps, sign.gap())
		}
		return
	}
	r.Signs = append(r.Signs, signs...)
	sortSigns(r.Signs)
	r.Good, r.Weak, r.Bad, r.Strength, r.Gaps = 0, 0, 0, None, nil
	r.count()
	r.decide(s)
	r.gather(s)
}

// signs are the places where a check does not hold.
func (c OwnCheck) signs(s *Scene, results []Result) []Sign {
	switch {
	case c.Exists != "":
		if len(matches(s.Repo.Tree, c.Exists)) > 0 {
			return nil
		}
		return []Sign{c.against(detect.Span{Path: literal(c.Exists)}, c.Title)}
	case c.Absent != "":
		var signs []Sign
		for _, p := range matches(s.Repo.Tree, c.Absent) {
			signs = append(signs, c.against(detect.AtLine(p, 1), c.Title))
		}
		return signs
	case c.Seen != "":
		if len(seenAs(s, results, c.Seen, c.Strength)) > 0 {
			return nil
		}
		return []Sign{c.against(detect.Span{}, c.Title)}
	}
	var signs []Sign
	for _, sign := range seenAs(s, results, c.Unseen, c.Strength) {
		signs = append(signs, c.against(sign.At, c.Title+": "+sign.Note))
	}
	return signs
}

func (c OwnCheck) against(at detect.Span, note string) Sign {
	return Sign{Subject: c.ID + " " + at.Path, Mark: Bad, Check: c.Check, At: at, Note: note}
}

// literal is a pattern that is a path; empty where it stands for many.
func literal(pattern string) string {
	if strings.ContainsAny(pattern, `*?[{\`) {
		return ""
	}
	return path.Clean(pattern)
}

// matches are the paths of files that a pattern matches.
func matches(t *detect.Tree, pattern string) []string {
	var found []string
	for _, e := range t.Entries() {
		if ok, err := doublestar.Match(pattern, e.Path); ok && err == nil && len(found) < maxOwnGaps {
			found = append(found, e.Path)
		}
	}
	return found
}

// seenAs are what a detector saw live, as strong as asked: by the signs of the
// criteria, and else as present.
func seenAs(s *Scene, results []Result, id string, least Strength) []Sign {
	var found []Sign
	for _, r := range results {
		for _, sign := range r.Signs {
			if sign.Finding == id && sign.Strength >= least && len(found) < maxOwnGaps {
				found = append(found, sign)
			}
		}
	}
	if len(found) > 0 || least > Present {
		return found
	}
	for f := range s.Findings() {
		if f.Detector.ID == id && f.Place == detect.Live && len(found) < maxOwnGaps {
			found = append(found, signOf(f, Good, Present))
		}
	}
	return found
}
