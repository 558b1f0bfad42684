package history

import (
	"errors"
	"strings"
	"sync"
)

// Bounds on what a crafted history may make us hold. The trees of a "git bomb"
// name each other so often that they unfold to billions of paths.
const (
	maxPaths      = 1 << 20   // that ever existed
	maxTouches    = 1 << 20   // files that one commit touches
	maxAllTouches = 16 << 20  // files that all commits touch
	maxDepth      = 1024      // folders in folders
	maxOpen       = 512 << 20 // bytes of the sets of paths that wait for their date
)

var errBounds = errors.New("its trees hold more paths than a repository can have")

// A pathID numbers a path that exists or once existed, file or folder alike.
// The root is 0, and a folder has a lower number than what is below it.
type pathID int32

const noPath pathID = -1

// paths gives numbers to paths. Those of the scanned commit come first, in the
// order of its tree, so that what is below a folder follows it without gap.
type paths struct {
	mu     sync.Mutex
	index  map[pathKey]pathID
	parent []pathID
	name   []string
}

type pathKey struct {
	parent pathID
	name   string
}

func newPaths() *paths {
	return &paths{index: map[pathKey]pathID{}, parent: []pathID{noPath}, name: []string{""}}
}

// child is the number of a name in a folder; a new one where it has none.
func (p *paths) child(folder pathID, name []byte) (pathID, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if id, ok := p.index[pathKey{folder, string(name)}]; ok {
		return id, nil
	}
	if len(p.name) >= maxPaths {
		return noPath, errBounds
	}
	id := pathID(len(p.name))
	key := pathKey{folder, string(name)}
	p.index[key] = id
	p.parent = append(p.parent, folder)
	p.name = append(p.name, key.name)
	return id, nil
}

// find is the number of a path, if it ever had one; "" and "." are the root.
func (p *paths) find(path string) (pathID, bool) {
	path = strings.Trim(path, "/")
	if path == "" || path == "." {
		return 0, true
	}
	id := pathID(0)
	for name := range strings.SplitSeq(path, "/") {
		next, ok := p.index[pathKey{id, name}]
		if !ok {
			return noPath, false
		}
		id = next
	}
	return id, true
}

// path is the path of a number.
func (p *paths) path(id pathID) string {
	var names []string
	for ; id > 0; id = p.parent[id] {
		names = append(names, p.name[id])
	}
	for i, j := 0, len(names)-1; i < j; i, j = i+1, j-1 {
		names[i], names[j] = names[j], names[i]
	}
	return strings.Join(names, "/")
}

// ranks numbers all paths anew, so that every folder, of whatever commit, is
// followed by what is below it: from rank[id] up to end[id].
func (p *paths) ranks() (rank, end []int32) {
	n := len(p.name)
	size, next := make([]int32, n), make([]int32, n)
	for id := n - 1; id > 0; id-- {
		size[id]++
		size[p.parent[id]] += size[id]
	}
	rank, end = make([]int32, n), make([]int32, n)
	next[0], end[0] = 1, size[0]+1
	for id := 1; id < n; id++ {
		folder := p.parent[id]
		rank[id] = next[folder]
		next[folder] += size[id]
		next[id] = rank[id] + 1
		end[id] = rank[id] + size[id]
	}
	return rank, end
}

// sameName says whether two paths end in the same name.
func (p *paths) sameName(a, b pathID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.name[a] == p.name[b]
}
