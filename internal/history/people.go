package history

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/waymark-dev/waymark/internal/objects"
)

// people tells who is who among authors.
type people struct {
	mailmap mailmap
	crowd   crowd
	known   map[objects.Person]identity
}

// An identity is the key of an author and whether it is an automaton.
type identity struct {
	key string
	bot bool
}

func newPeople(m mailmap) *people {
	return &people{m, newCrowd(), map[objects.Person]identity{}}
}

// meet makes known under which names and addresses people commit, so that
// those of one person have one key.
func (p *people) meet(authors []objects.Person) {
	humans := make([]objects.Person, 0, len(authors))
	for _, a := range authors {
		if proper := p.mailmap.proper(a); !isBot(a) && !isBot(proper) {
			humans = append(humans, proper)
		}
	}
	p.crowd.meet(humans)
}

// identify returns the key of an author and whether it is an automaton.
func (p *people) identify(author objects.Person) (key string, bot bool) {
	known, ok := p.known[author]
	if !ok {
		proper := p.mailmap.proper(author)
		known = identity{key: keyOf(p.crowd.one(proper)), bot: isBot(author) || isBot(proper)}
		p.known[author] = known
	}
	return known.key, known.bot
}

// keyOf is a hash, so that no report can give an address away.
func keyOf(who string) string {
	sum := sha256.Sum256([]byte("waymark author\x00" + who))
	return hex.EncodeToString(sum[:8])
}
