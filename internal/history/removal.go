package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// Bounds on the search for where a path went.
const (
	maxHops       = 32    // renames one after the other
	maxCandidates = 64    // commits that touched the path
	maxLine       = 20000 // commits of the main line
)

// removal implements History.Removal.
func (p *past) removal(path string) (detect.Removal, bool, error) {
	path = strings.Trim(path, "/")
	id, known := p.paths.find(path)
	if !known || int(id) < len(p.last) {
		return detect.Removal{}, false, nil
	}
	end, found, err := p.ending(id)
	if err != nil || !found {
		return detect.Removal{}, false, err
	}
	to, err := p.whereabouts(end.to)
	return detect.Removal{Commit: p.nodes[end.commit].Commit, To: to}, err == nil, err
}

// An ending is the commit that removed a path, and where the same contents
// went; empty where they went nowhere.
type ending struct {
	commit commitID
	to     string
}

// whereabouts follows a path to the one that the scanned commit has in its
// place; empty where there is none.
func (p *past) whereabouts(path string) (string, error) {
	for range maxHops {
		id, known := p.paths.find(path)
		if path == "" || !known {
			return "", nil
		}
		if int(id) < len(p.last) {
			return path, nil
		}
		end, found, err := p.ending(id)
		if err != nil || !found {
			return "", err
		}
		path = end.to
	}
	return "", nil
}

// ending finds the newest commit that removed a path, or the last of what was
// below it.
func (p *past) ending(id pathID) (ending, bool, error) {
	path := p.paths.path(id)
	reader := p.store.Reader()
	for _, position := range p.touchedBy().touched(id, maxCandidates) {
		c := p.order[position]
		d, err := p.detail(c, reader)
		if err != nil {
			return ending{}, false, explain(err)
		}
		if to, removed := d.destination(path); removed {
			return ending{c, cmp.Or(to, d.edited(path, reader))}, true, nil
		}
	}
	return p.mergedAway(path, reader)
}

// mergedAway finds the merge that left a path out, on the main line.
func (p *past) mergedAway(path string, reader *objects.Reader) (ending, bool, error) {
	c := commitID(0)
	for range maxLine {
		parents := p.nodes[c].parents
		if len(parents) == 0 {
			break
		}
		_, had, err := lookup(p.nodes[parents[0]].tree, path, reader)
		if err != nil || had {
			return ending{commit: c}, had, explain(err)
		}
		c = parents[0]
	}
	return ending{}, false, nil
}

// touched are the positions of the newest commits that touched a path in any
// way.
func (t *timeline) touched(id pathID, most int) []int32 {
	found := slices.Clone(t.changes.of(t.rank[id], t.end[id]))
	for _, moves := range [][]passage{t.arrivals, t.leavings} {
		for _, m := range within(moves, t.rank[id], t.end[id]) {
			found = append(found, m.position)
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	return found[:min(len(found), most)]
}
