package rules

import (
	"fmt"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// From so many commits of a year on, history tells how changes land; where at
// most one in so many came by a merge request, they do not land that way.
const (
	tellingCommits = 20
	rareRequests   = 20
)

// request is what GitHub writes into the message of a merge or a squash.
var request = regex.New(`\(#\d+\)|^Merge pull request #\d+ `)

// unaskedFix is what to do about a pipeline that waits for merge requests.
const unaskedFix = "Let every change come by a merge request (protect the main branch), so that what this file says happens; or remove the file."

// unasked says why Atlantis does nothing here: its server waits for merge
// requests, and its configuration does not show that there is one; where changes
// do not land by merge requests, there is nothing that it could do. Empty where
// history does not tell.
func (s *Scene) unasked(p wiring.Pipeline) string {
	if p.Vendor != "atlantis" || s.Repo.Host != "github.com" {
		return "" // elsewhere a request that is merged fast-forward leaves no trace
	}
	commits, err := s.lastYear()
	if err != nil {
		return ""
	}
	all, requests := len(commits), 0
	for _, c := range commits {
		if asked(c) {
			requests++
		}
	}
	if all < tellingCommits || requests*rareRequests > all {
		return ""
	}
	return fmt.Sprintf("it acts on merge requests, by which %d of the %d commits of the last year came", requests, all)
}

// asked says whether a commit shows that it came by a merge request of GitHub:
// by the number of the request, or by a time of its own at which it was rebased.
func asked(c detect.Commit) bool {
	return request.MatchString(c.Subject) || !c.Merge && !c.Authored.Equal(c.When)
}
