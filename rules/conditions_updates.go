package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// updatesUsed is how far a bot goes that is set up: used where bots commit.
func (s *Scene) updatesUsed() Strength {
	if s.botActive() {
		return Used
	}
	return Wired
}

// runs says whether a live pipeline calls a program, or is named for it.
func (s *Scene) runs(program string) bool {
	calls := func(c wiring.Command) bool { return len(c.Words) > 0 && path.Base(c.Words[0]) == program }
	return slices.ContainsFunc(s.livePipelines(), func(p wiring.Pipeline) bool {
		return strings.Contains(strings.ToLower(path.Base(p.Path)), program) ||
			slices.ContainsFunc(usesOf(p), func(u wiring.Use) bool { return strings.Contains(strings.ToLower(u.Ref), program) }) ||
			slices.ContainsFunc(p.Jobs, func(j wiring.Job) bool {
				return slices.ContainsFunc(j.Steps, func(st wiring.Step) bool { return slices.ContainsFunc(st.Commands, calls) })
			})
	})
}

// imageAutomations: Flux raises the versions of images where they are written.
var imageAutomations = Each("an automation of Flux that raises images", kubernetes.Syncs, func(s *Scene, f detect.Finding, y kubernetes.Sync) (Sign, bool) {
	return signOf(f, Good, s.updatesUsed()).of("updates").says(f.Subject + " raises images here by itself"), raisesImages(y)
})

// raisesImages says whether a sync is an automation of Flux that commits newer
// versions of images.
// Source: https://fluxcd.io/flux/components/image/imageupdateautomations/
func raisesImages(y kubernetes.Sync) bool { return y.Kind == "ImageUpdateAutomation" && !y.Suspended }

// scheduledUpdates: jobs of a schedule that look for newer versions, and open
// requests for them.
var scheduledUpdates = All("a scheduled job that opens requests for newer versions", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, p := range s.livePipelines() {
		if at, ok := raisesOnSchedule(p); ok {
			signs = append(signs, Sign{Subject: "updates", Mark: Good, Strength: s.updatesUsed(), Finding: s.seenBy[p.Path], At: at, Note: p.Path + " looks for newer versions on a schedule"})
		}
	}
	return signs
})

// requestOpeners are actions that open a request from what a job has changed.
var requestOpeners = []string{"peter-evans/create-pull-request", "technote-space/create-pr-action", "repo-sync/pull-request"}

// raisesOnSchedule says whether a schedule starts a pipeline that raises versions,
// by an action made for it or by its name and the request that it opens; and
// where.
func raisesOnSchedule(p wiring.Pipeline) (detect.Span, bool) {
	if !slices.ContainsFunc(p.Triggers, func(t wiring.Trigger) bool { return t.Kind == wiring.Schedule }) {
		return detect.Span{}, false
	}
	for _, u := range usesOf(p) {
		opens := slices.Contains(requestOpeners, strings.ToLower(u.Owner+"/"+u.Repo))
		if raisesDependencies(u) || opens && updatesByName(path.Base(p.Path)) {
			return u.At, true
		}
	}
	return detect.Span{}, false
}

// updatesByName says whether the name of a pipeline tells that it brings versions
// up to date.
func updatesByName(name string) bool {
	return hasWord(name, "update", "updates", "upgrade", "upgrades", "bump", "updater")
}

// raisesDependencies says whether the name of an action tells that it raises
// dependencies: update-dependencies-action.
func raisesDependencies(u wiring.Use) bool {
	return hasWord(u.Repo, "update", "updater", "upgrade", "bump") && hasWord(u.Repo, "dependencies", "dependency", "deps")
}
