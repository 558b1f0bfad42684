package ownership

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

func TestOwnersThatCanBeNobodyAreTold(t *testing.T) {
	words := []string{"@", "@-", "ann", "ann@", "@ann", "ann@acme.dev", "@acme/platform", "@Acme/cloud", "@other/team", "@acme/a/b", "@@maintainer", "@acme/"}
	for name, c := range map[string]struct {
		repo   detect.Repo
		owners []string
	}{
		"on GitHub, teams are of the repository's organisation": {
			detect.Repo{Origin: "acme/shop", Host: "github.com"}, []string{"@ann", mail, "@acme/platform", "@Acme/cloud", "@@maintainer"},
		},
		"elsewhere, groups are open": {
			detect.Repo{Origin: "acme/shop", Host: "gitlab.com"}, []string{"@ann", mail, "@acme/platform", "@Acme/cloud", "@other/team", "@acme/a/b", "@@maintainer"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			owners, ghosts := hostOf(&c.repo).owners(words)
			if diff := cmp.Diff(c.owners, owners); diff != "" {
				t.Error(diff)
			}
			if len(owners)+len(ghosts) != len(words) {
				t.Errorf("%d owners and %d ghosts of %d words", len(owners), len(ghosts), len(words))
			}
		})
	}
}
