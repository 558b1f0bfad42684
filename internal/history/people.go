package history

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/waymark-dev/waymark/internal/objects"
)

// people tells who is who among authors.
type people struct {
	mailmap mailmap
	known   map[objects.Person]identity
}

// An identity is the key of an author and whether it is an automaton.
type identity struct {
	key string
	bot bool
}

func newPeople(m mailmap) *people { return &people{m, map[objects.Person]identity{}} }

// identify returns the key of an author and whether it is an automaton.
func (p *people) identify(author objects.Person) (key string, bot bool) {
	known, ok := p.known[author]
	if !ok {
		proper := p.mailmap.proper(author)
		known = identity{key: keyOf(proper), bot: isBot(author) || isBot(proper)}
		p.known[author] = known
	}
	return known.key, known.bot
}

// keyOf is the same for one person under one full name or one address. A name
// of two words wins over the address: people commit from several addresses,
// not least those that hosts make for them, and under few names. It is a hash,
// so that no report can give an address away.
func keyOf(p objects.Person) string {
	who := strings.ToLower(strings.Join(strings.Fields(p.Name), " "))
	if !strings.Contains(who, " ") && p.Email != "" {
		who = address(p.Email)
	}
	sum := sha256.Sum256([]byte("waymark author\x00" + who))
	return hex.EncodeToString(sum[:8])
}

// address is an e-mail address in lower case. GitHub's own come with and
// without the number of the account: "123+login@users.noreply.github.com".
func address(email string) string {
	email = strings.ToLower(email)
	if number, rest, found := strings.Cut(email, "+"); found && strings.HasSuffix(rest, "@users.noreply.github.com") && isNumber(number) {
		return rest
	}
	return email
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
