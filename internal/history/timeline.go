package history

import (
	"cmp"
	"slices"
	"sort"
)

// A timeline is what touched each path. Paths are numbered by rank, so that
// those below a folder are a range; commits by their position in past.order,
// so that newer ones come first.
type timeline struct {
	rank, end []int32   // by pathID: of the path, and behind what is below it
	changes   positions // of contents
	arrivals  []passage // of files that only moved, by the rank they came to
	leavings  []passage // the same, by the rank they left
}

// positions are the commits that touched each path, newest first.
type positions struct {
	begin []int32 // of each rank, in at
	at    []int32
}

// A passage is one end of a move.
type passage struct {
	rank, position int32
	other          pathID // the other end
}

func (p *past) timeline() *timeline {
	t := &timeline{}
	t.rank, t.end = p.paths.ranks()
	t.changes = t.contents(p)
	for position, c := range p.order {
		for _, m := range p.touches[c].moves {
			t.arrivals = append(t.arrivals, passage{t.rank[m.to], int32(position), m.from})
			t.leavings = append(t.leavings, passage{t.rank[m.from], int32(position), m.to})
		}
	}
	slices.SortFunc(t.arrivals, comparePassages)
	slices.SortFunc(t.leavings, comparePassages)
	return t
}

func comparePassages(a, b passage) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.position, b.position), cmp.Compare(a.other, b.other))
}

// contents sorts all changes by path, by counting them first.
func (t *timeline) contents(p *past) positions {
	begin := make([]int32, len(t.rank)+2)
	for _, touched := range p.touches {
		for _, f := range touched.files {
			begin[t.rank[f]+2]++
		}
	}
	for i := 2; i < len(begin); i++ {
		begin[i] += begin[i-1]
	}
	at := make([]int32, begin[len(begin)-1])
	for position, c := range p.order {
		for _, f := range p.touches[c].files {
			next := &begin[t.rank[f]+1]
			at[*next] = int32(position)
			*next++
		}
	}
	return positions{begin[:len(t.rank)+1], at}
}

// of are the commits that touched a range of ranks.
func (p positions) of(rank, end int32) []int32 { return p.at[p.begin[rank]:p.begin[end]] }

// within are the passages of a range of ranks.
func within(passages []passage, rank, end int32) []passage {
	from := sort.Search(len(passages), func(i int) bool { return passages[i].rank >= rank })
	to := sort.Search(len(passages), func(i int) bool { return passages[i].rank >= end })
	return passages[from:to]
}

// changed are the positions of the commits that changed a path or what is
// below it, newest first. Files that came from elsewhere bring along what
// changed them there before.
func (t *timeline) changed(id pathID) []int32 {
	found := slices.Clone(t.changes.of(t.rank[id], t.end[id]))
	last := int32(-1)
	for _, a := range within(t.arrivals, t.rank[id], t.end[id]) {
		if a.rank != last {
			found = t.follow(a, found)
			last = a.rank
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// follow adds what changed a file before it moved, through all its moves.
func (t *timeline) follow(a passage, found []int32) []int32 {
	for {
		rank := t.rank[a.other]
		for _, position := range t.changes.of(rank, rank+1) {
			if position > a.position {
				found = append(found, position)
			}
		}
		earlier := within(t.arrivals, rank, rank+1)
		i := slices.IndexFunc(earlier, func(e passage) bool { return e.position > a.position })
		if i < 0 {
			return found
		}
		a = earlier[i]
	}
}
