package history

import (
	"cmp"
	"errors"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
)

// Tags implements detect.History.
func (h *History) Tags() ([]detect.Tag, error) { return h.tags() }

func (h *History) readTags() ([]detect.Tag, error) {
	p, err := h.complete()
	if err != nil {
		return nil, err
	}
	if h.opts.Untagged && len(h.opts.Tags) == 0 {
		return nil, errUntagged
	}
	reader := h.store.Reader()
	var tags []detect.Tag
	for _, ref := range h.opts.Tags {
		if err := h.ctx.Err(); err != nil {
			return nil, err
		}
		tag, ok, err := p.tag(ref, reader)
		if err != nil {
			return nil, explain(err)
		}
		if ok {
			tags = append(tags, tag)
		}
	}
	slices.SortFunc(tags, func(a, b detect.Tag) int { return cmp.Or(compareTags(b, a), cmp.Compare(a.Name, b.Name)) })
	return tags, nil
}

var errUntagged = errors.New("the clone was made without tags: run `git fetch --tags`")

// compareTags is the order in which tags were made.
func compareTags(a, b detect.Tag) int {
	return cmp.Or(a.When.Compare(b.When), a.Commit.When.Compare(b.Commit.When))
}

// tag reads a tag; false where it points at no commit, or at one that was not
// fetched.
func (p *past) tag(ref objects.Ref, reader *objects.Reader) (detect.Tag, bool, error) {
	tag := detect.Tag{Name: ref.Name}
	if annotated, err := reader.Tag(ref.ID); err == nil {
		tag.When = annotated.Time
	}
	id, ok, err := reader.Peel(ref.ID)
	if errors.Is(err, objects.ErrMissing) || err == nil && !ok {
		return tag, false, nil
	}
	if err != nil {
		return tag, false, err
	}
	if tag.Commit, err = p.commit(id, reader); err != nil {
		return tag, false, err
	}
	if tag.When.IsZero() {
		tag.When = tag.Commit.When
	}
	return tag, true, nil
}

// commit is one that the scanned commit may or may not reach.
func (p *past) commit(id objects.ID, reader *objects.Reader) (detect.Commit, error) {
	if number, known := p.number[id]; known {
		return p.nodes[number].Commit, nil
	}
	c, err := reader.Commit(id)
	if err != nil {
		return detect.Commit{}, err
	}
	one := describe(c)
	one.Author, one.Bot = p.people.identify(c.Author)
	return one, nil
}

// Shipped implements detect.History. It follows tags of side branches to where
// they left the scanned history, but tells only of commits of that.
func (h *History) Shipped(tags []detect.Tag) ([][]detect.Commit, error) {
	p, err := h.complete()
	if err != nil {
		return nil, err
	}
	oldest := make([]int, len(tags))
	for i := range oldest {
		oldest[i] = i
	}
	slices.SortStableFunc(oldest, func(a, b int) int { return compareTags(tags[a], tags[b]) })
	s := &shipment{past: p, reader: h.store.Reader(), seen: map[objects.ID]bool{}, taken: make([]bool, len(p.nodes))}
	shipped := make([][]detect.Commit, len(tags))
	for _, i := range oldest {
		if shipped[i], err = s.contents(tags[i]); err != nil {
			return nil, explain(err)
		}
	}
	return shipped, nil
}

// A shipment is the commits that tags contain, tag by tag.
type shipment struct {
	*past
	reader *objects.Reader
	seen   map[objects.ID]bool // commits outside the scanned history
	taken  []bool              // those of it
}

// contents are the commits that a tag contains and none before it did.
func (s *shipment) contents(tag detect.Tag) ([]detect.Commit, error) {
	id, err := objects.ParseID(tag.Commit.ID)
	if err != nil {
		return nil, err
	}
	var found []commitID
	for queue := []objects.ID{id}; len(queue) > 0; {
		id, queue = queue[len(queue)-1], queue[:len(queue)-1]
		if number, known := s.number[id]; known {
			found = append(found, s.reach(number, s.taken)...)
			continue
		}
		parents, err := s.outside(id)
		if err != nil {
			return nil, err
		}
		queue = append(queue, parents...)
	}
	slices.SortStableFunc(found, s.newestFirst)
	return s.pick(found), nil
}

// outside are the parents of a commit that the scanned one does not reach.
func (s *shipment) outside(id objects.ID) ([]objects.ID, error) {
	if s.seen[id] {
		return nil, nil
	}
	s.seen[id] = true
	c, err := s.reader.Commit(id)
	return c.Parents, err
}
