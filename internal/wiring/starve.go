package wiring

import (
	"cmp"
	"strings"
)

// starved says why a job of GitHub Actions never runs for want of one that it
// needs: that one does not exist, never runs itself, or waits for this one in
// turn. A condition that asks how the others ended takes this away.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
func (in *instance) starved(vendor string) string {
	if vendor != "github-actions" || in.job.Regardless || strings.Contains(in.job.If, "()") {
		return ""
	}
	if in.seeking {
		return in.hungry
	}
	in.seeking, in.hungry = true, "it needs itself" // what a circle of needs finds
	in.hungry = in.lacking(vendor)
	return in.hungry
}

func (in *instance) lacking(vendor string) string {
	for _, id := range in.job.Needs {
		before := in.beside[id]
		if before == nil {
			return "it needs " + id + ", which does not exist"
		}
		if why := cmp.Or(before.job.Never, before.starved(vendor)); why != "" {
			return "it needs " + id + ", which never runs: " + why
		}
	}
	return ""
}
