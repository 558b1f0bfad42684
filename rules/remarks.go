package rules

import (
	"fmt"
	"slices"

	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// ownerBound are the criteria that ask for blocks of the same owner.
var ownerBound = []string{"shared-building-blocks", "golden-path-adoption"}

// remarksOf are the remarks on a verdict.
func remarksOf(a *Assessment) []string {
	var remarks []string
	if n := a.Scene.foreignBlocks(); n > 0 && a.Scene.owner() == "" && slices.ContainsFunc(a.Results, ownerDecides) {
		remarks = append(remarks, fmt.Sprintf("There is no remote named origin to tell the owner by: what is taken from other repositories (%s) may be the owner's own, and would then count for %s and %s.",
			places(n), ownerBound[0], ownerBound[1]))
	}
	return remarks
}

func ownerDecides(r Result) bool {
	return slices.Contains(ownerBound, r.Criterion.ID) && r.Outcome != Met && r.Outcome != NotApplicable
}

// foreignBlocks counts the workflows and modules that are taken from other
// repositories, where an owner's own are usually among them.
func (s *Scene) foreignBlocks() int {
	n := 0
	for _, p := range s.pipelines {
		for _, u := range p.Includes {
			n += foreign(&u)
		}
		for _, j := range p.Jobs {
			n += foreign(j.Uses)
		}
	}
	for _, c := range liveValues[terraform.ModuleCall](s, terraform.ModuleCalls) {
		if c.Kind == terraform.Git && c.Owner != "" {
			n++
		}
	}
	return n
}

func foreign(u *wiring.Use) int {
	if u == nil || u.Local || u.Owner == "" {
		return 0
	}
	return 1
}

func places(n int) string {
	if n == 1 {
		return "in one place"
	}
	return fmt.Sprintf("in %d places", n)
}
