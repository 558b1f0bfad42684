package rules

import (
	"path"
	"slices"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// deploysByHand: documents and scripts that deploy, where no pipeline does.
var deploysByHand = All("deployment only by script or by documented commands", []*detect.Detector{docs.CommandLists, tasks.Scripts},
	func(s *Scene) []Sign {
		if s.bringsOut() {
			return nil
		}
		var signs []Sign
		for _, f := range s.live(docs.CommandLists) {
			if l, _ := f.Value.(docs.CommandList); l.Deploys && !s.offersOnly() { // else it tells others how to use it
				sign := signOf(f, Bad, None).of("by hand").against(checkByHand, f.At.Path+" deploys by typed commands: "+l.Deploying).at(l.DeployAt)
				if s.isForOthers() || !s.Is(Infrastructure) && !s.Is(GitOps) && forUsers.MatchString(f.Subject) {
					sign.At = detect.Span{Path: f.At.Path} // it may be how others install what is made here
				}
				signs = append(signs, sign)
			}
		}
		for _, f := range s.live(tasks.Scripts) {
			if act, at := deploymentOf(f); act.Tool != "" {
				signs = append(signs, signOf(f, Bad, None).of("by hand").against(checkUnrunDeployment, f.At.Path+" deploys ("+act.Tool+") and no pipeline runs it").at(at))
			}
		}
		return signs
	})

// forUsers matches headings below which a document tells others how to install
// what the repository makes.
var forUsers = regex.New(`(?i)\b(quick[- ]?starts?|getting started|install\w*|usage|us(e|ing)|try|demo|customi[sz]\w*|set[- ]?up)\b`)

// forShow are words in the names of repositories that show others how to do
// something.
var forShow = []string{"example", "examples", "sample", "samples", "demo", "template", "quickstart", "starter", "boilerplate", "reference", "workshop", "tutorial"}

// isForOthers says whether what is documented here may be for those who take what
// is offered, or try what is shown.
func (s *Scene) isForOthers() bool {
	return s.Is(Platform) || hasWord(s.Repo.Name, forShow...)
}

// besideWork are words of folders whose scripts serve somebody's own machine.
var besideWork = []string{"dev", "developer", "development", "local", "hack", "workspace", "playground", "sandbox", "kind", "minikube", "example", "examples", "test", "tests", "integration", "e2e", "templates", "bootstrap"}

func beside(p string) bool { return hasWord(p, besideWork...) }

// deploymentOf is the first command by which a script that is named for it
// deploys, and where it stands; without a tool where there is none.
func deploymentOf(f detect.Finding) (wiring.Meaning, detect.Span) {
	script, _ := f.Value.(wiring.Script)
	if !deployName.MatchString(path.Base(script.Path)) || beside(script.Path) {
		return wiring.Meaning{}, detect.Span{}
	}
	for _, c := range script.Commands {
		if act, ok := wiring.Classify(c.Words); ok && act.Activity == wiring.Apply && !slices.Contains([]string{"ssh", "salt"}, act.Tool) {
			return act, c.At
		}
	}
	return wiring.Meaning{}, detect.Span{}
}
