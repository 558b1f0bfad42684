package history

import (
	"slices"
	"strings"
	"unicode"

	"github.com/waymark-dev/waymark/internal/objects"
)

// A crowd tells which names and addresses are one person's: those with the same
// address, the same full name, the login of a host's own address as name, or a
// full name that is written as one word or as an address. Its marks are sets
// joined in a tree, each under the first of its marks by the alphabet, so that
// the order of meeting decides nothing.
type crowd struct {
	above  map[string]string          // a mark to one before it of the same person
	logins map[string]bool            // of hosts' own addresses
	names  map[string]map[string]bool // full names by address
}

func newCrowd() crowd {
	return crowd{map[string]string{}, map[string]bool{}, map[string]map[string]bool{}}
}

// meet joins the marks of each person.
func (c crowd) meet(people []objects.Person) {
	for _, p := range people {
		c.see(p)
	}
	for _, p := range people {
		marks := c.marks(p)
		for _, m := range marks[1:] {
			c.join(marks[0], m)
		}
	}
}

// see notes the logins and full names that there are.
func (c crowd) see(p objects.Person) {
	if login, ok := loginOf(p.Email); ok {
		c.logins[login] = true
	}
	if full := fullName(p.Name); full != "" {
		c.above[full] = full
		email := address(p.Email)
		if c.names[email] == nil {
			c.names[email] = map[string]bool{}
		}
		c.names[email][full] = true
	}
}

// one is the mark that stands for a person, whatever name and address it has.
func (c crowd) one(p objects.Person) string { return c.first(c.marks(p)[0]) }

// marks are what a person is known by, the surest first.
func (c crowd) marks(p objects.Person) []string {
	var marks []string
	if full := fullName(p.Name); full != "" {
		marks = append(marks, full)
	}
	email := address(p.Email)
	if personal(email) && len(c.names[email]) < sharedBy {
		marks = append(marks, email)
	}
	word := letters(p.Name)
	if c.above["name "+word] != "" {
		marks = append(marks, "name "+word)
	}
	if login := strings.ToLower(p.Name); c.logins[login] {
		marks = append(marks, login+githubAddresses)
	}
	local, _, _ := strings.Cut(email, "@")
	local, _, _ = strings.Cut(local, "+")
	if word = "name " + letters(strings.TrimRight(local, "0123456789")); c.above[word] != "" {
		marks = append(marks, word)
	}
	if len(marks) == 0 {
		marks = append(marks, "alias "+strings.ToLower(p.Name)+" "+email)
	}
	return slices.Compact(marks)
}

// sharedBy is how many people under one address make it nobody's own.
const sharedBy = 4

// join makes two marks those of one person.
func (c crowd) join(a, b string) {
	a, b = c.first(a), c.first(b)
	c.above[max(a, b)] = min(a, b)
}

// first is the mark that stands for all that one was joined with.
func (c crowd) first(mark string) string {
	for {
		above, ok := c.above[mark]
		if !ok || above == mark {
			return mark
		}
		if higher, ok := c.above[above]; ok {
			c.above[mark] = higher
		}
		mark = above
	}
}

// fullName is a name of several words, as a mark; empty for others, and for
// what programs put where none is set.
func fullName(name string) string {
	word := letters(name)
	parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -_.", r) })
	if len(parts) < 2 || len(word) < 6 || word == "yourname" || word == "firstlast" || word == "rootuser" {
		return ""
	}
	return "name " + word
}

// letters are those of a name in lower case, with its digits: people leave out
// blanks, dots and hyphens at will, and add the team in brackets.
func letters(name string) string {
	name, _, _ = strings.Cut(name, " (")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

const githubAddresses = "@users.noreply.github.com"

// address is an e-mail address in lower case. GitHub's own come with and
// without the number of the account: "123+login@users.noreply.github.com".
func address(email string) string {
	email = strings.ToLower(email)
	if number, rest, found := strings.Cut(email, "+"); found && strings.HasSuffix(rest, githubAddresses) && isNumber(number) {
		return rest
	}
	return email
}

// loginOf is the login in an address that GitHub made.
func loginOf(email string) (string, bool) { return strings.CutSuffix(address(email), githubAddresses) }

// personal says whether an address can be somebody's: not what git makes up on
// a machine without one, nor what guides give as an example.
func personal(email string) bool {
	_, host, _ := strings.Cut(email, "@")
	switch host {
	case "", "localhost", "localhost.localdomain", "example.com", "none", "(none)":
		return false
	}
	return !strings.HasSuffix(host, ".local") && !strings.HasSuffix(host, ".internal")
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
