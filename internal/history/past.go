package history

import (
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// A past is what one pass over the history found.
type past struct {
	*graph
	*scanned
	store   *objects.Store
	touches []touched
	last    []commitID // by path of the scanned commit
	order   []commitID // newest first by commit time
	cut     bool       // the clone is shallow

	touchedBy func() *timeline
	commits   func() []detect.Commit // in that order
}

// read makes the pass.
func (h *History) read() (*past, error) {
	if h.head == objects.Zero {
		return nil, detect.ErrNoHistory
	}
	p, err := h.pass()
	if err != nil && h.ctx.Err() == nil {
		return nil, explain(err)
	}
	return p, err
}

func (h *History) pass() (*past, error) {
	reader := h.store.Reader()
	scanned, err := scan(h.head, reader)
	if err != nil {
		return nil, err
	}
	c := &crew{store: h.store, head: h.head, paths: scanned.paths, progress: h.opts.Progress}
	g, touches, err := c.run(h.ctx)
	if err != nil {
		return nil, err
	}
	p := &past{graph: g, scanned: scanned, store: h.store, touches: touches}
	topological := g.sorted()
	d := &dating{graph: g, reader: reader, paths: scanned.paths, end: scanned.end}
	if p.last, err = d.run(h.ctx, topological, touches); err != nil {
		return nil, err
	}
	p.finish(topological)
	return p, nil
}

// finish tells each commit what only the whole history knows.
func (p *past) finish(topological []commitID) {
	p.touchedBy = sync.OnceValue(p.timeline)
	p.commits = sync.OnceValue(func() []detect.Commit { return p.pick(p.order) })
	p.order = topological
	slices.SortStableFunc(p.order, p.newestFirst)
	p.land()
	p.people.meet(p.authors())
	for i := range p.nodes {
		n := &p.nodes[i]
		n.Author, n.Bot = p.people.identify(n.author)
		n.Sweeping = sweeping(p.touches[i], p.files)
		p.cut = p.cut || n.cut
	}
}

// authors are all that there are, each once.
func (g *graph) authors() []objects.Person {
	seen := map[objects.Person]bool{}
	var found []objects.Person
	for i := range g.nodes {
		if a := g.nodes[i].author; !seen[a] {
			seen[a] = true
			found = append(found, a)
		}
	}
	return found
}

// newestFirst is the order of commits by commit time.
func (g *graph) newestFirst(a, b commitID) int { return g.nodes[b].When.Compare(g.nodes[a].When) }

// sweeping says whether a commit touched so many of the tracked files that it
// tells nothing about any of them.
func sweeping(t touched, tracked int) bool {
	const many = 50
	return t.count() > many && t.count()*10 > tracked
}

// land says of each commit when the main line got it: the oldest commit of the
// main line that reaches it.
func (p *past) land() {
	var line []commitID
	for c := commitID(0); ; c = p.nodes[c].parents[0] {
		if line = append(line, c); len(p.nodes[c].parents) == 0 {
			break
		}
	}
	seen := make([]bool, len(p.nodes))
	for _, c := range slices.Backward(line) {
		for _, reached := range p.reach(c, seen) {
			p.nodes[reached].Landed = p.nodes[c].When
		}
	}
}

// reach is the commits that one reaches, itself included, less those seen
// before.
func (g *graph) reach(from commitID, seen []bool) []commitID {
	if seen[from] {
		return nil
	}
	seen[from] = true
	found := []commitID{from}
	for i := 0; i < len(found); i++ {
		for _, parent := range g.nodes[found[i]].parents {
			if !seen[parent] {
				seen[parent] = true
				found = append(found, parent)
			}
		}
	}
	return found
}

func (p *past) lastChange(path string) (detect.Commit, error) {
	id, ok := p.paths.find(path)
	if !ok || int(id) >= len(p.last) {
		return detect.Commit{}, fmt.Errorf("the scanned commit has no %q: %w", path, fs.ErrNotExist)
	}
	n := p.nodes[p.last[id]]
	if n.cut {
		return detect.Commit{}, errShallow
	}
	return n.Commit, nil
}

// pick are commits by their numbers.
func (p *past) pick(numbers []commitID) []detect.Commit {
	found := make([]detect.Commit, len(numbers))
	for i, c := range numbers {
		found[i] = p.nodes[c].Commit
	}
	return found
}
