package rules

import (
	"fmt"
	"testing"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// landed is a history of nothing but commits.
type landed struct {
	history.None
	commits []detect.Commit
}

func (l landed) Commits() ([]detect.Commit, error) { return l.commits, nil }
func (l landed) Head() (detect.Commit, error)      { return l.commits[0], nil }

// TestAtlantisWaitsForMergeRequests holds where its configuration shows nothing.
func TestAtlantisWaitsForMergeRequests(t *testing.T) {
	day := time.Date(2026, 5, 31, 12, 0, 0, 0, time.UTC)
	commits := func(n int, subject string, late time.Duration) []detect.Commit {
		all := make([]detect.Commit, n)
		for i := range all {
			when := day.AddDate(0, 0, -i)
			all[i] = detect.Commit{ID: fmt.Sprint(i), Subject: subject, Authored: when.Add(-late), When: when}
		}
		return all
	}
	for about, test := range map[string]struct {
		vendor, host string
		commits      []detect.Commit
		idle         bool
	}{
		"commits that were pushed":        {"atlantis", "github.com", commits(30, "Add a server", 0), true},
		"too few to tell":                 {"atlantis", "github.com", commits(10, "Add a server", 0), false},
		"requests that were squashed":     {"atlantis", "github.com", commits(30, "Add a server (#12)", 0), false},
		"requests that were rebased":      {"atlantis", "github.com", commits(30, "Add a server", time.Hour), false},
		"a host that leaves no trace":     {"atlantis", "git.acme.example", commits(30, "Add a server", 0), false},
		"a vendor whose server is known":  {"github-actions", "github.com", commits(30, "Add a server", 0), false},
		"branches that were put together": {"atlantis", "github.com", commits(30, "Merge branch 'main' of github.com:acme/infra", 0), true},
	} {
		repo := &detect.Repo{Name: "infra", Host: test.host, Tree: detect.NewTree(nil, nil), History: landed{commits: test.commits}}
		s := &Scene{Observed: detect.NewObserved(repo, nil, nil)}
		if why := s.unasked(wiring.Pipeline{Vendor: test.vendor}); (why != "") != test.idle {
			t.Errorf("%s: %q", about, why)
		}
	}
}
