package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
)

var checkWaitingWorkspace = &Check{
	ID: "terraform/waiting-workspace", Criterion: "continuous-deployment", Level: Note,
	Title: "A workspace applies what is merged when a person confirms it",
	Why:   "What is merged and not applied piles up, and the next run brings out all of it at once.",
	Fix:   "Set `auto_apply = true` where the plan on the merge request is check enough, production last.",
}

// workspaces are those that follow this repository, as far as they say.
func (s *Scene) workspaces() []detect.Finding {
	return slices.DeleteFunc(slices.Clone(s.live(terraform.Workspaces)), func(f detect.Finding) bool {
		w, _ := f.Value.(terraform.Workspace)
		return w.Repository != "" && s.Repo.Origin != "" && !strings.EqualFold(w.Repository, s.Repo.Origin)
	})
}

// ofWorkspaces speaks of each workspace that follows this repository.
func ofWorkspaces(says string, judge func(detect.Finding, terraform.Workspace) (Sign, bool)) Condition {
	return All(says, []*detect.Detector{terraform.Workspaces}, func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.workspaces() {
			w, _ := f.Value.(terraform.Workspace)
			if sign, ok := judge(f, w); ok {
				signs = append(signs, sign)
			}
		}
		return signs
	})
}

// workspaceText is what starts an apply of a workspace, in words.
var workspaceText = map[terraform.Applying]string{
	terraform.ByItself: " applies by itself what is merged",
	terraform.ByPerson: " applies what is merged when a person confirms it",
	terraform.Unsaid:   " follows this repository; whether an apply waits for a person is not said here",
}

// workspacesRun: each merge is planned and applied there, by a button or by
// itself.
var workspacesRun = ofWorkspaces("workspaces of HCP Terraform that follow this repository", func(f detect.Finding, w terraform.Workspace) (Sign, bool) {
	return signOf(f, Good, Wired).of("workspaces").says(f.Subject + workspaceText[w.Applies]), true
})

// workspacesApply: what is merged there is the request.
var workspacesApply = ofWorkspaces("workspaces of HCP Terraform that follow this repository and apply what is merged", func(f detect.Finding, w terraform.Workspace) (Sign, bool) {
	mark := Weak
	if w.Applies == terraform.ByItself {
		mark = Good
	}
	return signOf(f, mark, Wired).of("workspaces").says(f.Subject + workspaceText[w.Applies]), true
})

// workspacesDeploy: from the merge to what runs. The plan on the merge request
// stands for the tests. Where more than one in five of the workspaces wait for a
// person, or do not say, the others are a part of the way.
var workspacesDeploy = All("workspaces of HCP Terraform that apply by themselves what is merged", []*detect.Detector{terraform.Workspaces}, func(s *Scene) []Sign {
	var ready, waiting []Sign
	for _, f := range s.workspaces() {
		w, _ := f.Value.(terraform.Workspace)
		sign := signOf(f, Good, Wired).of("workspaces").says(f.Subject + workspaceText[w.Applies])
		switch w.Applies {
		case terraform.ByItself:
			ready = append(ready, sign)
		case terraform.ByPerson:
			waiting = append(waiting, sign.against(checkWaitingWorkspace, sign.Note))
		case terraform.Unsaid:
			waiting = append(waiting, sign.weak(nil, sign.Note))
		}
	}
	all := len(ready) + len(waiting)
	if len(ready) == 0 || Standard.Tolerated.kept(len(waiting), all) {
		return append(ready, waiting...)
	}
	signs := append(ready, waiting...)
	for i, sign := range signs {
		sign.Strength = Wired
		signs[i] = sign.weak(sign.Check, fmt.Sprintf("%s; %d of %d workspaces apply by themselves", sign.Note, len(ready), all))
	}
	return signs
})

// workspacesAssess: health assessments, where any workspace has them.
var workspacesAssess = All("workspaces of HCP Terraform that look for drift", []*detect.Detector{terraform.Workspaces}, func(s *Scene) []Sign {
	var signs []Sign
	some := false
	for _, f := range s.workspaces() {
		w, _ := f.Value.(terraform.Workspace)
		some = some || w.Assessed
		sign := signOf(f, Good, Wired).of(f.Subject).says(f.Subject + " looks for drift by itself")
		if !w.Assessed {
			sign = sign.weak(nil, f.Subject+" does not say that it looks for drift")
		}
		signs = append(signs, sign)
	}
	if !some {
		return nil
	}
	return signs
})

// runByWorkspace says whether a workspace runs the configuration that a file
// belongs to, or one that calls it.
func (s *Scene) runByWorkspace(p string) bool {
	dir := path.Dir(p)
	return slices.ContainsFunc(s.workspaces(), func(f detect.Finding) bool {
		w, _ := f.Value.(terraform.Workspace)
		return w.Dir != "" && (w.Dir == dir || path.Ext(p) == ".tf" && slices.Contains(s.callersOf(dir), w.Dir))
	})
}
