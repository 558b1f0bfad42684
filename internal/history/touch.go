package history

import (
	"slices"

	"github.com/waymark-dev/waymark/internal/objects"
)

// touched is what one commit that is not a merge did: the files whose contents
// it changed, added or removed, and those that it only moved.
type touched struct {
	files []pathID
	moves []move
}

// A move is a rename that left the contents alone.
type move struct{ from, to pathID }

// count is how many files the commit touched, each move being one.
func (t touched) count() int { return len(t.files) + len(t.moves) }

// each yields every path that the commit touched.
func (t touched) each(yield func(pathID) bool) {
	for _, f := range t.files {
		if !yield(f) {
			return
		}
	}
	for _, m := range t.moves {
		if !yield(m.from) || !yield(m.to) {
			return
		}
	}
}

// sortOut tells moves from other changes.
func sortOut(changes []change, p *paths) touched {
	moves := findMoves(changes, p)
	moved := make(map[pathID]bool, 2*len(moves))
	for _, m := range moves {
		moved[m.from], moved[m.to] = true, true
	}
	t := touched{files: make([]pathID, 0, len(changes)-len(moved)), moves: moves}
	for _, c := range changes {
		if !moved[c.path] {
			t.files = append(t.files, c.path)
		}
	}
	return t
}

// emptyBlob is the ID of no contents, which tell nothing about where they went.
var emptyBlob = objects.ID{0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91}

// findMoves pairs files that are gone with new ones of the same contents; where
// several have them, it prefers one of the same name, then the first.
func findMoves(changes []change, p *paths) []move {
	gone := map[objects.ID][]pathID{}
	for _, c := range changes {
		if c.new == objects.Zero && c.old != emptyBlob && c.mode != objects.Submodule {
			gone[c.old] = append(gone[c.old], c.path)
		}
	}
	var moves []move
	for _, c := range changes {
		from := gone[c.new]
		if c.old != objects.Zero || len(from) == 0 {
			continue
		}
		i := max(0, slices.IndexFunc(from, func(f pathID) bool { return p.sameName(f, c.path) }))
		moves = append(moves, move{from[i], c.path})
		gone[c.new] = slices.Delete(from, i, i+1)
	}
	return moves
}
