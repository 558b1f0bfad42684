package history

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/objects"
)

// A mailmap gives authors their proper names and addresses (gitmailmap(5)),
// by what they committed under, in lower case; the name may be left out.
type mailmap map[objects.Person]objects.Person

// maxMailmap is the most of a .mailmap that is read.
const maxMailmap = 4 << 20

// readMailmap reads the .mailmap in the root of a tree. One that is absent, no
// regular file or unreadable maps nothing, as in git.
func readMailmap(tree objects.ID, reader *objects.Reader) mailmap {
	e, found, err := lookup(tree, ".mailmap", reader)
	if err != nil || !found || e.Mode != objects.Regular && e.Mode != objects.Executable {
		return nil
	}
	text, err := reader.Blob(objects.ID(e.ID), maxMailmap)
	if err != nil {
		return nil
	}
	return parseMailmap(string(text))
}

func parseMailmap(text string) mailmap {
	m := mailmap{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		proper, rest, ok := cutPerson(line)
		if !ok {
			continue
		}
		if commit, _, ok := cutPerson(rest); ok {
			m.put(commit, proper)
		} else {
			m.put(objects.Person{Email: proper.Email}, objects.Person{Name: proper.Name})
		}
	}
	return m
}

// cutPerson splits "Name <address>" off the beginning of a line.
func cutPerson(line string) (p objects.Person, rest string, ok bool) {
	name, rest, ok := strings.Cut(line, "<")
	if !ok {
		return p, "", false
	}
	email, rest, ok := strings.Cut(rest, ">")
	return objects.Person{Name: strings.TrimSpace(name), Email: strings.TrimSpace(email)}, rest, ok
}

// put adds to what is known under the same name and address: a line may give
// the name and another one the address.
func (m mailmap) put(commit, proper objects.Person) {
	key := folded(commit)
	m[key] = merged(m[key], proper)
}

// proper is a person under the proper name and address. A line for the name
// and address wins over one for the address.
func (m mailmap) proper(p objects.Person) objects.Person {
	key := folded(p)
	if to, ok := m[key]; ok {
		return merged(p, to)
	}
	return merged(p, m[objects.Person{Email: key.Email}])
}

// merged is one person with what the other has.
func merged(p, with objects.Person) objects.Person {
	if with.Name != "" {
		p.Name = with.Name
	}
	if with.Email != "" {
		p.Email = with.Email
	}
	return p
}

func folded(p objects.Person) objects.Person {
	return objects.Person{Name: strings.ToLower(p.Name), Email: strings.ToLower(p.Email)}
}
