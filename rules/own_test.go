package rules

import "testing"

func TestOwnersAreKnownByTheirAddresses(t *testing.T) {
	for _, c := range []struct {
		address, owner string
		want           bool
	}{
		{"ghcr.io/acme-labs/web", "acme-labs", true}, {"https://acme-labs.github.io/charts", "acme-labs", true}, {"registry.acme.dev/base/java", "acme", true},
		{"acme-public.azurecr.io/base/java", "acme", true}, {"ghcr.io/acme/web", "acme-labs", false}, {"acme", "acme", false}, {"docker.io/library/labs", "acme-labs", false}, {"", "", false},
	} {
		if got := ownImage(c.address, c.owner); got != c.want {
			t.Errorf("%q is of %s: %v", c.address, c.owner, got)
		}
	}
}
