package ownership

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// A host is who reads a CODEOWNERS file, and so who an owner can be.
type host struct {
	// organisation is the only one that teams can be of; empty where it is not
	// known or where the host asks for none.
	organisation string
}

// hostOf is the host that a repository's origin names. A team of GitHub's must
// be of the organisation that owns the repository.
// Source: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
func hostOf(r *detect.Repo) host {
	owner, _, ok := strings.Cut(r.Origin, "/")
	if !ok || r.Host != "github.com" {
		return host{}
	}
	return host{organisation: owner}
}

var (
	// login is a user, a group or a role: "@ann", "@@maintainer".
	login = regex.New(`^@@?[A-Za-z0-9][\w.-]*$`)
	// team is a team or a group within groups: "@acme/platform".
	team = regex.New(`^@[A-Za-z0-9][\w.-]*(/[A-Za-z0-9_][\w.-]*)+$`)
	// address is an e-mail address with a domain.
	address = regex.New(`^[^@\s]+@[\w-]+(\.[\w-]+)+$`)
)

// owners tells the words that can name an owner from those that cannot.
func (h host) owners(words []string) (owners, ghosts []string) {
	for _, w := range words {
		switch {
		case login.MatchString(w), team.MatchString(w) && h.knows(w):
			owners = append(owners, w)
		case address.MatchString(w):
			owners = append(owners, mail)
		case strings.Contains(strings.TrimPrefix(w, "@"), "@"):
			ghosts = append(ghosts, mail)
		default:
			ghosts = append(ghosts, w)
		}
	}
	return owners, ghosts
}

// knows says whether a team can be one of the host.
func (h host) knows(team string) bool {
	organisation, name, _ := strings.Cut(strings.TrimPrefix(team, "@"), "/")
	return h.organisation == "" || strings.EqualFold(organisation, h.organisation) && !strings.Contains(name, "/")
}
