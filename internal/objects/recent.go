package objects

// An entryKey is a place in a pack.
type entryKey struct {
	pack *packData
	at   int64
}

// An object is the type and the contents of an object. Contents are shared and
// must not be changed.
type object struct {
	kind kind
	data []byte
}

// recent keeps the objects that were used last, up to a number of bytes.
type recent[K comparable] struct {
	limit, size int
	index       map[K]*recentNode[K]
	ends        recentNode[K] // its next is the newest, its previous the oldest
}

type recentNode[K comparable] struct {
	key            K
	object         object
	previous, next *recentNode[K]
}

func newRecent[K comparable](limit int) *recent[K] {
	r := &recent[K]{limit: limit, index: map[K]*recentNode[K]{}}
	r.ends.previous, r.ends.next = &r.ends, &r.ends
	return r
}

func (r *recent[K]) get(key K) (object, bool) {
	node, ok := r.index[key]
	if !ok {
		return object{}, false
	}
	node.unlink()
	r.push(node)
	return node.object, true
}

func (r *recent[K]) put(key K, o object) {
	if _, known := r.index[key]; known || len(o.data) > r.limit/4 {
		return
	}
	node := &recentNode[K]{key: key, object: o}
	r.index[key] = node
	r.push(node)
	for r.size += len(o.data); r.size > r.limit; {
		oldest := r.ends.previous
		oldest.unlink()
		delete(r.index, oldest.key)
		r.size -= len(oldest.object.data)
	}
}

func (r *recent[K]) push(node *recentNode[K]) {
	node.previous, node.next = &r.ends, r.ends.next
	node.next.previous, r.ends.next = node, node
}

func (n *recentNode[K]) unlink() { n.previous.next, n.next.previous = n.next, n.previous }
