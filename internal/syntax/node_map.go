package syntax

import (
	"iter"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Get is the value at a route of keys; absent where a step is missing or is
// not a mapping.
func (n Node) Get(keys ...string) Node {
	for _, key := range keys {
		_, n = n.Pair(key)
	}
	return n
}

// Pair is the key node and the value node of a key in a mapping: the first of
// those that bear the same name.
func (n Node) Pair(key string) (Node, Node) { return n.pair(key, 0) }

// maxMergeDepth bounds how many merge keys inside each other are followed.
const maxMergeDepth = 16

func (n Node) pair(key string, depth int) (Node, Node) {
	y := n.resolved()
	if y == nil || y.Kind != yaml.MappingNode || depth > maxMergeDepth {
		return Node{}, Node{}
	}
	if i := n.find(y, key); i >= 0 {
		return n.child(y.Content[i]), n.child(y.Content[i+1])
	}
	for _, merged := range n.merges(y) {
		if k, v := merged.pair(key, depth+1); k.Exists() {
			return k, v
		}
	}
	return Node{}, Node{}
}

// largeMap is the number of keys from which on a mapping is looked up in an
// index.
const largeMap = 32

// find is where a key stands in a mapping's contents, or negative.
func (n Node) find(y *yaml.Node, key string) int {
	if len(y.Content) >= 2*largeMap {
		if i, ok := n.index(y)[key]; ok {
			return i
		}
		return -1
	}
	for i := 0; i+1 < len(y.Content); i += 2 {
		if isKey(y.Content[i], key) {
			return i
		}
	}
	return -1
}

func (n Node) index(y *yaml.Node) map[string]int {
	if held, ok := n.doc.indexes.Load(y); ok {
		return held.(map[string]int)
	}
	index := make(map[string]int, len(y.Content)/2)
	for i := 0; i+1 < len(y.Content); i += 2 {
		k := n.child(y.Content[i])
		if _, taken := index[k.Text()]; !taken && !isMerge(k.y) {
			index[k.Text()] = i
		}
	}
	held, _ := n.doc.indexes.LoadOrStore(y, index)
	return held.(map[string]int)
}

func isKey(y *yaml.Node, key string) bool {
	return (Node{y: y}).Text() == key && !isMerge(y)
}

func isMerge(y *yaml.Node) bool { return y.Value == "<<" && y.Tag == "!!merge" }

// merges are the mappings that merge keys name, in the order in which they
// are looked up.
func (n Node) merges(y *yaml.Node) []Node {
	var list []Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		if isMerge(y.Content[i]) {
			list = append(list, n.child(y.Content[i+1]).List()...)
		}
	}
	return list
}

// Pairs yields keys and values of a mapping in their order, of equal keys the
// first; those merged in by "<<" last and only where not overridden; nothing
// for other nodes.
func (n Node) Pairs() iter.Seq2[Node, Node] {
	return func(yield func(Node, Node) bool) {
		y := n.resolved()
		switch {
		case y == nil || y.Kind != yaml.MappingNode:
		case len(y.Content) < 2*largeMap && !slices.ContainsFunc(y.Content, isMerge):
			n.ownPairs(y, yield)
		default:
			n.pairs(&keys{}, 0, yield)
		}
	}
}

// ownPairs yields those of a small mapping that merges nothing in.
func (n Node) ownPairs(y *yaml.Node, yield func(Node, Node) bool) {
	for i := 0; i+1 < len(y.Content); i += 2 {
		k := n.child(y.Content[i])
		if !firstOfName(y.Content[:i], k.Text()) {
			continue
		}
		if !yield(k, n.child(y.Content[i+1])) {
			return
		}
	}
}

// firstOfName says whether none of the pairs before has a key.
func firstOfName(before []*yaml.Node, key string) bool {
	for i := 0; i < len(before); i += 2 {
		y := before[i]
		if y.Value != key && y.Kind == yaml.ScalarNode && key != "" {
			continue // which is nearly always so, and cheaper than to ask for the text
		}
		if (Node{y: y}).Text() == key {
			return false
		}
	}
	return true
}

func (n Node) pairs(seen *keys, depth int, yield func(Node, Node) bool) bool {
	y := n.resolved()
	if y == nil || y.Kind != yaml.MappingNode || depth > maxMergeDepth {
		return true
	}
	merges := false
	for i := 0; i+1 < len(y.Content); i += 2 {
		k := n.child(y.Content[i])
		if isMerge(k.y) {
			merges = true
			continue
		}
		if seen.add(k.Text()) && !yield(k, n.child(y.Content[i+1])) {
			return false
		}
	}
	if !merges {
		return true
	}
	for _, merged := range n.merges(y) {
		if !merged.pairs(seen, depth+1, yield) {
			return false
		}
	}
	return true
}

// keys are those that were seen: a few in a list, many in a set.
type keys struct {
	few  []string
	room [8]string
	many map[string]bool
}

// add says whether a key is new.
func (s *keys) add(key string) bool {
	if s.many == nil && len(s.few) == largeMap {
		s.many = make(map[string]bool, 2*largeMap)
		for _, k := range s.few {
			s.many[k] = true
		}
	}
	if s.many != nil {
		taken := s.many[key]
		s.many[key] = true
		return !taken
	}
	if slices.Contains(s.few, key) {
		return false
	}
	if s.few == nil {
		s.few = s.room[:0]
	}
	s.few = append(s.few, key)
	return true
}
