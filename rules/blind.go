package rules

import (
	"cmp"
	"path"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A blindness is a blind spot that keeps a criterion from being told.
type blindness struct{ detect.BlindSpot }

func (b blindness) place() string { return cmp.Or(b.Path, "the repository") }

// blindTo are the blind spots that may hide what a criterion looks for.
func (s *Scene) blindTo(c *Criterion) []blindness {
	var found []blindness
	looks := c.looks()
	for _, b := range s.BlindSpots {
		asked := b.Detector != nil && slices.Contains(looks, b.Detector) && (b.Path == "" || s.Repo.Tree.Place(b.Path) == detect.Live && !s.oneOfMany(b))
		if asked || s.unlisted(b) {
			found = append(found, blindness{b})
		}
	}
	return found
}

// unlisted says that a blind spot is a folder that could not be listed, which
// may hold anything.
func (s *Scene) unlisted(b detect.BlindSpot) bool {
	if b.Detector != nil || b.Path == "" {
		return false
	}
	_, listed := s.Repo.Tree.File(b.Path)
	return !listed
}

// many is of how many files, told apart by nothing but how their names end, one
// that cannot be read hides nothing: what a criterion looks for would be in the
// others too.
const many = 50

// oneOfMany says whether nearly all files that a detector looks at by their
// ending, and not by their name, could be read.
func (s *Scene) oneOfMany(b detect.BlindSpot) bool {
	ending := path.Ext(b.Path)
	if match := b.Detector.Match; !slices.Contains(match, "**/*"+ending) || slices.Contains(match, "**/"+path.Base(b.Path)) {
		return false
	}
	if s.files == nil {
		s.countFiles()
	}
	return s.files[fileKind{b.Detector, ending}]*many <= s.files[fileKind{nil, ending}]
}

// A fileKind are the files whose names end alike: all of them, or those that a
// detector could not read.
type fileKind struct {
	unread *detect.Detector
	ending string
}

func (s *Scene) countFiles() {
	s.files = map[fileKind]int{}
	for _, e := range s.Repo.Tree.Entries() {
		s.files[fileKind{nil, path.Ext(e.Path)}]++
	}
	for _, b := range s.BlindSpots {
		if b.Detector != nil {
			s.files[fileKind{b.Detector, path.Ext(b.Path)}]++
		}
	}
}
