package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var dependencyBots = Each("a dependency-update bot", tooling.Updaters, func(s *Scene, f detect.Finding, u tooling.Updater) (Sign, bool) {
	if u.Disabled {
		return Sign{}, false
	}
	if u.Command && !s.botActive() && !s.runs(u.Name) {
		return signOf(f, Weak, Present).of("updates").says(f.At.Path + " is for " + u.Name + ", which no pipeline is known to run"), true
	}
	return signOf(f, Good, s.updatesUsed()).of("updates"), true
})

// botActive says whether a bot committed in the year before the scanned
// commit.
func (s *Scene) botActive() bool {
	commits, err := s.lastYear()
	return err == nil && slices.ContainsFunc(commits, func(c detect.Commit) bool { return c.Bot })
}

var hooksInPipeline = Each("hooks that the pipeline runs too", tooling.HookSets, func(s *Scene, f detect.Finding, h tooling.HookSet) (Sign, bool) {
	sign := signOf(f, Good, Wired).of("hooks")
	for _, a := range s.Graph.Of(wiring.Lint, wiring.Format, wiring.Validate, wiring.Test) {
		if a.Live && a.Tool == h.Name && a.OnChange {
			return sign, true
		}
	}
	sign.Strength = Present
	return sign.weak(nil, f.At.Path+" runs only where somebody installed it"), true
})

// feedbackTools tell a developer something on the change.
var feedbackTools = []string{"reviewdog", "danger", "codeql", "tfcmt", "infracost", "sticky-comment", "sarif", "semgrep", "dependency-review", "labeler", "semantic-pull-request"}

var feedbackOnChange = All("feedback on the merge request (review comments, SARIF, plan comments)", pipelineDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, a := range s.Graph.Acts() {
		if a.Live && a.OnChange && slices.ContainsFunc(feedbackTools, func(t string) bool { return strings.Contains(a.Tool, t) || strings.Contains(a.Command, t) }) {
			signs = append(signs, s.signOfAct(a, Weak).of("feedback"))
		}
	}
	return signs
})

// changeTemplates: what every description of a change is asked for.
var changeTemplates = Lesser(Each("a template for the description of changes", docs.Documents, func(_ *Scene, f detect.Finding, d docs.Document) (Sign, bool) {
	lower := strings.ToLower(f.At.Path)
	named := strings.HasPrefix(path.Base(lower), "pull_request_template") || strings.Contains(lower, "pull_request_template/") || strings.Contains(lower, ".gitlab/merge_request_templates/")
	return signOf(f, Weak, Present).of("templates").says(f.At.Path + " asks something of every change"), named && d.Words > 0
}))
