package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// started is where the pipeline starts an act.
func started(a wiring.Act) detect.Span { return append(slices.Clone(a.Via), a.At)[0] }

// place is where a pipeline runs an act: the last of the calls that lead to it
// which stands in a pipeline.
func (s *Scene) place(a wiring.Act) *string {
	way := append(slices.Clone(a.Via), a.At)
	at := way[0]
	for _, span := range way {
		if slices.ContainsFunc(s.pipelines, func(p wiring.Pipeline) bool { return p.Path == span.Path }) {
			at = span
		}
	}
	return spot(at)
}

func spot(at detect.Span) *string {
	text := fmt.Sprintf("%s:%d", at.Path, at.Start.Line)
	return &text
}

func truth(b bool) *bool { return &b }

func (s *Scene) pipelineFacts(f *Facts) {
	f.RunsTestsOnChange, f.DeploysFromCI, f.DeployTrigger = truth(false), truth(false), "none"
	best := -1
	for _, a := range s.Graph.Of(wiring.Test, wiring.Validate, wiring.Lint) {
		tests := a.Activity != wiring.Lint && !s.idle(a) && !probes(a) || s.hooksValidate(a)
		if rank := testRank(a); a.Live && a.OnChange && tests && rank > best {
			best, f.RunsTestsOnChange, f.TestsPath = rank, truth(true), s.place(a)
		}
	}
	best = -1
	for _, a := range s.Graph.Of(wiring.Apply, wiring.Publish, wiring.Bump) {
		if !delivers(a) || a.Activity == wiring.Publish && s.onlyProvisions() {
			continue
		}
		f.DeploysFromCI = truth(true)
		if rank := deployRank(a); rank > best {
			best = rank
			f.DeployPath, f.DeployTrigger, f.DeployNeedsTests = spot(started(a)), triggerName(a), truth(a.NeedsTests)
		}
	}
	if best < 0 {
		s.reconciledFacts(f)
	}
}

// testRank prefers tests of the code to other checks, those that block to those
// that do not, and those that the pipeline runs itself to those of an image
// build.
func testRank(a wiring.Act) int {
	rank := 0
	if a.Activity == wiring.Test {
		rank += 4
	}
	if a.Blocking {
		rank += 2
	}
	if !strings.Contains(path.Base(a.At.Path), "Dockerfile") {
		rank++
	}
	return rank
}

// localFolder is the scheme by which idpbuilder takes a folder of its user's
// machine, which no push reaches.
// Source: https://github.com/cnoe-io/idpbuilder
const localFolder = "cnoe://"

// reconciledFacts tells the deployment that a controller does, where no
// pipeline deploys.
func (s *Scene) reconciledFacts(f *Facts) {
	for _, g := range s.live(kubernetes.Syncs) {
		y, _ := g.Value.(kubernetes.Sync)
		if y.Automated && !y.Suspended && y.Path != "" && !strings.HasPrefix(y.URL, localFolder) && s.Repo.Tree.Folder(y.Path) {
			f.DeployTrigger, f.DeployPath, f.DeployNeedsTests = "push-main", spot(g.At), truth(false)
			return
		}
	}
}

// deployRank prefers what deploys by itself, from the main branch.
func deployRank(a wiring.Act) int {
	rank := 0
	if a.Activity == wiring.Apply {
		rank += 8
	}
	if a.Automatic && !a.ManualGate {
		rank += 4
	}
	if a.OnMain {
		rank += 2
	}
	if !earlier(a) {
		rank++
	}
	return rank
}

func triggerName(a wiring.Act) string {
	switch {
	case a.ManualGate || !a.Automatic:
		return "manual"
	case a.OnMain:
		return "push-main"
	case slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool { return t.Kind == wiring.Tag }):
		return "tag"
	case a.OnSchedule:
		return "schedule"
	}
	return "other"
}
