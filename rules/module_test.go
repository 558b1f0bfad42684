package rules

import (
	"testing"

	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
)

// tagged is a history of nothing but tags.
type tagged struct {
	history.None
	tags []detect.Tag
}

func (t tagged) Tags() ([]detect.Tag, error) { return t.tags, nil }

func TestATagOfThisRepositoryIsAPin(t *testing.T) {
	repo := &detect.Repo{Name: "infra", Origin: "acme/infra", Tree: detect.NewTree(nil, nil), History: tagged{tags: []detect.Tag{{Name: "buckets-3"}}}}
	s := &Scene{Observed: detect.NewObserved(repo, nil, nil)}
	for _, test := range []struct {
		name, owner, ref string
		want             bool
	}{
		{"a tag here", "acme", "buckets-3", true},
		{"no tag here", "acme", "buckets", false},
		{"a tag of that name here says nothing of others", "shop", "buckets-3", false},
	} {
		c := terraform.ModuleCall{Kind: terraform.Git, Owner: test.owner, Repo: "infra", Version: test.ref, Pin: terraform.ByBranch}
		if got := s.fixed(c); got != test.want {
			t.Errorf("%s: pinned is %t, want %t", test.name, got, test.want)
		}
	}
}
