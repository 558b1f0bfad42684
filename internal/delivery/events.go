package delivery

import (
	"strings"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// deployments are those of the year, newest first.
func (y year) deployments() []Event {
	switch y.Way {
	case Releases:
		return y.releases()
	case Merges, Desired:
		return y.landings()
	}
	return nil
}

func (y year) releases() []Event {
	var events []Event
	for _, t := range y.Releases {
		if y.holds(t.When) {
			events = append(events, Event{When: t.When, Commit: t.Commit.ID, What: t.Name})
		}
	}
	return events
}

// landings are the moments at which something came to the main line: what was
// pushed or merged together counts once.
func (y year) landings() []Event {
	seen := map[int64]bool{}
	var events []Event
	for _, c := range y.Commits {
		if at := c.Landed.Unix(); y.deploys(c) && !seen[at] {
			seen[at] = true
			events = append(events, Event{When: c.Landed, Commit: c.ID, What: c.Subject})
		}
	}
	return events
}

// deploys says whether a commit that landed in the year is deployed.
func (y year) deploys(c detect.Commit) bool {
	return y.holds(c.Landed) && (y.Way == Merges || y.Desired[c.ID])
}

// lead are the commits of the year that were deployed, each with the time from
// when it was written to its landing, or to the first release that has it.
func (y year) lead() []Event {
	var events []Event
	add := func(c detect.Commit, deployed time.Time) {
		if took := deployed.Sub(c.Authored); !c.Merge && took >= 0 {
			events = append(events, Event{When: deployed, Commit: c.ID, What: c.Subject, Took: took})
		}
	}
	if y.Way == Releases {
		for i, t := range y.Releases {
			if i == len(y.Releases)-1 {
				break // the first release ships all that was there before there were any
			}
			for _, c := range y.Shipped[i] {
				if y.holds(t.When) {
					add(c, t.When)
				}
			}
		}
		return events
	}
	for _, c := range y.Commits {
		if y.deploys(c) {
			add(c, c.Landed)
		}
	}
	return events
}

// failed is how people call what mends a failed deployment; again what takes
// such a change back, which is none.
var (
	failed = regex.New(`(?i)^(?:revert\b|roll(?:ing)?[ -]?back\b|hot-?fix\b)|^merge (?:pull request|branch)\b.*[/' ]hot-?fix[-/_]`)
	again  = regex.New(`(?i)^revert\W+revert\b|^reapply\b`)
	hotfix = regex.New(`(?i)hot-?fix`)
)

// failures are the reverts, rollbacks and hotfixes of the year, newest first:
// what landed together counts once.
func (y year) failures() []Event {
	seen := map[int64]bool{}
	var events []Event
	for _, c := range y.Commits {
		mends := (c.Reverts != "" || failed.MatchString(c.Subject)) && !again.MatchString(c.Subject)
		if at := c.Landed.Unix(); mends && y.holds(c.Landed) && !seen[at] {
			seen[at] = true
			events = append(events, Event{When: c.Landed, Commit: c.ID, What: c.Subject, Took: y.restored(c)})
		}
	}
	for i, t := range y.Releases {
		if y.Way == Releases && y.holds(t.When) && hotfix.MatchString(t.Name) {
			e := Event{When: t.When, Commit: t.Commit.ID, What: t.Name}
			if i+1 < len(y.Releases) {
				e.Took = t.When.Sub(y.Releases[i+1].When)
			}
			events = append(events, e)
		}
	}
	return events
}

// restored is the time from when the reverted change landed to when its revert
// did; 0 where the message names none that is known.
func (y year) restored(c detect.Commit) time.Duration {
	reverted, known := y.byID[strings.ToLower(c.Reverts)]
	if !known {
		return 0
	}
	return max(0, c.Landed.Sub(reverted.Landed))
}
