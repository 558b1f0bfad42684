package delivery

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

var scanned = time.Date(2026, 5, 31, 12, 0, 0, 0, time.UTC)

// ago is a commit that landed some days before the scanned one, a day after it
// was written.
func ago(days int, id, author, subject string) detect.Commit {
	at := scanned.AddDate(0, 0, -days)
	return detect.Commit{ID: id, Author: author, Subject: subject, Authored: at.Add(-day), When: at, Landed: at}
}

func TestMergesAreDeployments(t *testing.T) {
	bad := ago(30, "bad", "ann", "Add cache")
	revert := ago(29, "rev", "ann", `Revert "Add cache"`)
	revert.Reverts = "bad"
	with := ago(29, "with", "bob", "Tidy") // landed in the same merge
	m := Measure(Input{To: scanned, Way: Merges, Commits: []detect.Commit{
		ago(1, "new", "cem", "feat: page"), revert, with, bad, ago(300, "dep", "bot", "Bump x from 1 to 2"), ago(400, "old", "ann", "Begin"),
	}})
	if got := *m.Frequency.PerYear; got != 4 || m.Frequency.Band != low {
		t.Errorf("%d deployments, %s", got, m.Frequency.Band)
	}
	if got := *m.LeadTime.Median; got != day || m.LeadTime.Band != high {
		t.Errorf("lead time %s, %s", got, m.LeadTime.Band)
	}
	if got := *m.FailureRate.Percent; got != 25 || m.FailureRate.Band != "" { // of too few for a band
		t.Errorf("failures %d %%, %s", got, m.FailureRate.Band)
	}
	if got := *m.RestoreTime.Median; got != day || m.RestoreTime.Events[0].Commit != "rev" {
		t.Errorf("restored after %s", got)
	}
}

// TestReleasesAreDeployments: the first release ships all that was there before,
// which tells no lead time.
func TestReleasesAreDeployments(t *testing.T) {
	one, two := ago(20, "one", "ann", "Add a"), ago(10, "two", "ann", "fix b")
	m := Measure(Input{
		To: scanned, Way: Releases, Commits: []detect.Commit{two, one},
		Releases: []detect.Tag{{Name: "v1.0.1-hotfix", When: scanned.AddDate(0, 0, -9), Commit: two}, {Name: "v1.0.0", When: scanned.AddDate(0, 0, -18), Commit: one}},
		Shipped:  [][]detect.Commit{{two}, {one}},
	})
	if *m.Frequency.PerYear != 2 || *m.LeadTime.Median != 2*day || *m.FailureRate.Percent != 50 || *m.RestoreTime.Median != 9*day {
		t.Errorf("%d releases, lead time %s, failures %d %%, restored after %s", *m.Frequency.PerYear, *m.LeadTime.Median, *m.FailureRate.Percent, *m.RestoreTime.Median)
	}
}

// TestNothingIsGuessed: without a way to tell deployments there are no figures
// about them.
func TestNothingIsGuessed(t *testing.T) {
	m := Measure(Input{To: scanned, Commits: []detect.Commit{ago(1, "a", "ann", "Revert x")}})
	for _, p := range []Proxy{m.Frequency, m.LeadTime, m.FailureRate, m.RestoreTime} {
		if !cmp.Equal(p, Proxy{}) {
			t.Errorf("measured %+v", p)
		}
	}
}

// TestSquashedCommitsTellNoTime: a commit that was written in the second in which
// it landed was written when it was merged.
func TestSquashedCommitsTellNoTime(t *testing.T) {
	squashed := func(days int, id, author string) detect.Commit {
		c := ago(days, id, author, "Add "+id)
		c.Authored = c.Landed
		return c
	}
	m := Measure(Input{To: scanned, Way: Merges, Commits: []detect.Commit{squashed(1, "a", "ann"), squashed(2, "b", "bob"), ago(3, "c", "cem", "Add c")}})
	if m.LeadTime.Median != nil || m.LeadTime.Band != "" || m.Newcomers.Landing != nil {
		t.Errorf("lead time %v (%s), landing %v", m.LeadTime.Median, m.LeadTime.Band, m.Newcomers.Landing)
	}
	if len(m.LeadTime.Events) != 3 {
		t.Errorf("%d events, want all of them listed", len(m.LeadTime.Events))
	}
}

func TestKindsOfWork(t *testing.T) {
	y := year{Input: Input{Documents: map[string]bool{"d": true}}}
	for subject, want := range map[string]string{
		"chore(deps): bump x": "dependencies", "Update dependency go to v1": "dependencies", "fix(container): update image": "dependencies",
		"fix: crash": "fixes", "ABC-12 Fixes crash": "fixes", "Revert \"x\"": "fixes", "[ABC-12] hotfix for x": "fixes",
		"docs: how to": "docs", "Update README": "docs", "feat(api)!: page": "features", "Add page": "features", "Tidy": "other", "Fixtures for x": "other",
	} {
		if got := y.kind(detect.Commit{ID: "x", Subject: subject}, false); got != want {
			t.Errorf("%s: %s, want %s", subject, got, want)
		}
	}
	if got := y.kind(detect.Commit{ID: "x", Subject: "Add bucket"}, true); got != "infrastructure" {
		t.Errorf("a change of infrastructure is %s", got)
	}
	if got := y.kind(detect.Commit{ID: "d", Subject: "Tidy"}, false); got != "docs" {
		t.Errorf("a change of a document is %s", got)
	}
}

func TestPeople(t *testing.T) {
	old, left, new := ago(500, "o", "ann", "Begin"), ago(200, "l", "bob", "x"), ago(5, "n", "cem", "y")
	new.Assisted = true
	again := ago(3, "a", "ann", "z")
	m := Measure(Input{
		To: scanned, Commits: []detect.Commit{again, new, left, old}, Assistants: []string{"AGENTS.md"},
		Infrastructure: map[string][]detect.Commit{"a.tf": {new, old}, "b.tf": {left}, "c.tf": {again}},
	})
	if diff := cmp.Diff(Knowledge{Files: 3, ByNone: 1, ByOne: 1, ByMore: 1, Authors: 3, Active: 2, Orphans: []string{"b.tf"}}, m.Knowledge); diff != "" {
		t.Error(diff)
	}
	if m.Active != 2 || len(m.Newcomers.First) != 2 || *m.Newcomers.Landing != day {
		t.Errorf("%d active, newcomers %+v", m.Active, m.Newcomers)
	}
	if diff := cmp.Diff(Assistance{Commits: 1, Of: 3, Files: []string{"AGENTS.md"}}, m.Assistance); diff != "" {
		t.Error(diff)
	}
}
