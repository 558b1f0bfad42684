package history

import (
	"container/heap"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// A commitID numbers a commit in the order in which it was read; the scanned
// one is 0.
type commitID int32

// A node is a commit and its place among the others.
type node struct {
	detect.Commit
	tree    objects.ID
	parents []commitID
	author  objects.Person
	cut     bool // the clone is shallow here
}

// A graph is the commits that the scanned one reaches.
type graph struct {
	nodes  []node
	number map[objects.ID]commitID
}

// A walk reads a graph, newest commits first by commit time, as git does.
type walk struct {
	graph
	reader *objects.Reader
	queue  queue
	names  map[objects.Person]objects.Person
}

// walkFrom reads everything that head reaches and yields each commit when its
// parents have been read.
func walkFrom(head objects.ID, reader *objects.Reader, yield func(*graph, commitID) error) (*graph, error) {
	w := &walk{reader: reader, names: map[objects.Person]objects.Person{}, graph: graph{number: map[objects.ID]commitID{}}}
	if _, err := w.add(head); err != nil {
		return nil, err
	}
	for w.queue.Len() > 0 {
		next := heap.Pop(&w.queue).(waiting)
		if err := w.addParents(next); err != nil {
			return nil, err
		}
		if err := yield(&w.graph, next.commit); err != nil {
			return nil, err
		}
	}
	return &w.graph, nil
}

func (w *walk) addParents(of waiting) error {
	parents := make([]commitID, 0, len(of.parents))
	for _, id := range of.parents {
		parent, err := w.add(id)
		if err != nil {
			return err
		}
		parents = append(parents, parent)
	}
	w.nodes[of.commit].parents = parents
	return nil
}

// add reads a commit, unless it was.
func (w *walk) add(id objects.ID) (commitID, error) {
	if known, ok := w.number[id]; ok {
		return known, nil
	}
	c, err := w.reader.Commit(id)
	if err != nil {
		return 0, err
	}
	number := commitID(len(w.nodes))
	w.number[id] = number
	w.nodes = append(w.nodes, node{Commit: describe(c), tree: c.Tree, author: w.shared(c.Author), cut: c.Cut})
	heap.Push(&w.queue, waiting{c.CommitterTime.Unix(), number, c.Parents})
	return number, nil
}

// shared is the same person without the commit's text around the names.
func (w *walk) shared(p objects.Person) objects.Person {
	if known, ok := w.names[p]; ok {
		return known
	}
	clone := objects.Person{Name: strings.Clone(p.Name), Email: strings.Clone(p.Email)}
	w.names[clone] = clone
	return clone
}

// A waiting commit was read, its parents were not.
type waiting struct {
	when    int64
	commit  commitID
	parents []objects.ID
}

// A queue yields the newest commit; of two, that which was read first.
type queue []waiting

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].when != q[j].when {
		return q[i].when > q[j].when
	}
	return q[i].commit < q[j].commit
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(waiting)) }

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}

// sorted numbers the commits so that each comes before its parents, and newer
// ones first where that leaves a choice.
func (g *graph) sorted() []commitID {
	children := make([]int32, len(g.nodes))
	for _, n := range g.nodes {
		for _, p := range n.parents {
			children[p]++
		}
	}
	order := make([]commitID, 0, len(g.nodes))
	q := queue{{commit: 0}}
	for q.Len() > 0 {
		next := heap.Pop(&q).(waiting).commit
		order = append(order, next)
		for _, p := range g.nodes[next].parents {
			if children[p]--; children[p] == 0 {
				heap.Push(&q, waiting{when: g.nodes[p].When.Unix(), commit: p})
			}
		}
	}
	return order
}
