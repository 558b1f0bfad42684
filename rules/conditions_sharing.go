package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// offeredBlocks: blocks shaped for other repositories. Released ones are
// wired: others can name a version.
var offeredBlocks = All("modules, workflows, actions, charts or templates offered to other repositories", []*detect.Detector{terraform.Modules, ci.Blocks, kubernetes.Charts, portal.Templates},
	func(s *Scene) []Sign {
		var signs []Sign
		strength := Present
		if _, ok := s.recentTag(); ok || s.deploysSomething() {
			strength = Used
		}
		for _, o := range s.offers() {
			signs = append(signs, Sign{Subject: "offered", Mark: Good, Strength: strength, Finding: o.Finding, At: o.At, Note: o.At.Path + ": " + o.Because})
		}
		return signs
	})

// takenBlocks: blocks of the owner's other repositories.
var takenBlocks = All("blocks taken from the owner's own shared repositories, at a version or commit", sharedDetectors,
	func(s *Scene) []Sign {
		var signs []Sign
		for _, u := range s.ownBlocks() {
			sign := u.sign
			sign.Subject = "taken"
			if !u.pinned {
				sign = sign.weak(checkMovingShared, u.sign.Note+", at a moving ref")
			}
			signs = append(signs, sign)
		}
		return signs
	})

var sharedDetectors = slices.Concat(pipelineDetectors, []*detect.Detector{terraform.ModuleCalls, kubernetes.Charts, tooling.Updaters, containers.Bases, portal.Mades})

// An ownUse is the use of a block of the same owner's other repository.
type ownUse struct {
	sign   Sign
	pinned bool
}

// ownBlocks are the uses of blocks from the owner's other repositories.
func (s *Scene) ownBlocks() []ownUse {
	owner := s.owner()
	if owner == "" {
		return nil
	}
	uses := s.ownPipelineBlocks(owner)
	for _, f := range s.live(terraform.ModuleCalls) {
		if c, _ := f.Value.(terraform.ModuleCall); strings.EqualFold(c.Owner, owner) && c.Repo != s.Repo.Name {
			uses = append(uses, ownUse{signOf(f, Good, Used).says(c.Name + " takes " + c.Source), c.Fixed()})
		}
	}
	for _, f := range s.live(tooling.Updaters) {
		u, _ := f.Value.(tooling.Updater)
		for _, preset := range u.Extends {
			if strings.Contains(strings.ToLower(preset), ">"+owner+"/") {
				uses = append(uses, ownUse{signOf(f, Good, Used).says(u.Name + " takes the preset " + preset), false})
			}
		}
	}
	for _, f := range s.live(containers.Bases) {
		if b, _ := f.Value.(containers.Base); ownImage(b.Name, owner) {
			uses = append(uses, ownUse{signOf(f, Good, Used).says("built on " + b.Name), b.Digest != "" || !kubernetes.Moving(b.Tag)})
		}
	}
	for _, f := range s.live(kubernetes.Charts) {
		c, _ := f.Value.(kubernetes.Chart)
		for _, d := range c.Dependencies {
			if ownImage(d.Repository, owner) {
				uses = append(uses, ownUse{signOf(f, Good, Used).says(c.Name + " depends on the chart " + d.Name + " of " + d.Repository), d.Pinned()})
			}
		}
	}
	return uses
}

// ownImage says whether an image or chart repository is the owner's, by a part
// of its address.
func ownImage(name, owner string) bool {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune("/.:@-", r) })
	return len(parts) > 1 && slices.Contains(parts, owner) && strings.Contains(name, "/")
}

func (s *Scene) ownPipelineBlocks(owner string) []ownUse {
	var uses []ownUse
	add := func(p wiring.Pipeline, u *wiring.Use) {
		if u == nil || u.Local || p.Dead != "" {
			return
		}
		library := u.Kind == wiring.Library && u.Owner == ""
		if !library && (!strings.EqualFold(u.Owner, owner) || u.Repo == s.Repo.Name) {
			return
		}
		sign := Sign{Subject: p.Path + " " + u.Ref, Mark: Good, Strength: Used, Delegated: true, Finding: s.seenBy[p.Path], At: u.At, Note: p.Path + " uses " + u.Ref}
		uses = append(uses, ownUse{sign, u.Pinned || u.Kind != wiring.Library && versionLike(u.Version)})
	}
	for _, p := range s.pipelines {
		for i := range p.Includes {
			add(p, &p.Includes[i])
		}
		for _, j := range p.Jobs {
			add(p, j.Uses)
			for _, st := range j.Steps {
				add(p, st.Uses)
			}
		}
	}
	return uses
}

// versionLike says whether a ref reads as a version: v4, 1.2.3.
func versionLike(ref string) bool {
	ref = strings.TrimPrefix(ref, "v")
	return ref != "" && ref[0] >= '0' && ref[0] <= '9'
}

// reusedHere: blocks that only this repository uses.
var reusedHere = All("(weak) blocks that are reused inside this repository only", []*detect.Detector{terraform.Modules, ci.Blocks}, func(s *Scene) []Sign {
	if len(s.offers()) > 0 || len(s.ownBlocks()) > 0 {
		return nil
	}
	for _, f := range s.live(terraform.Modules) {
		if m, _ := f.Value.(terraform.Module); len(m.CalledBy) > 1 {
			return []Sign{signOf(f, Weak, Used).of("reused").says(fmt.Sprintf("the module %s is called from %d folders here", m.Dir, len(m.CalledBy)))}
		}
	}
	for _, f := range s.live(ci.Blocks) {
		if b, _ := f.Value.(wiring.Block); s.Graph.UsesBlock(b.Path) {
			return []Sign{signOf(f, Weak, Used).of("reused").says(b.Path + " is used inside this repository only")}
		}
	}
	return nil
})

var walksThePath = All("the organisation's shared workflows, modules, charts or base images in use", sharedDetectors, func(s *Scene) []Sign {
	var signs []Sign
	for _, u := range s.ownBlocks() {
		sign := u.sign
		sign.Subject = "path"
		signs = append(signs, sign)
	}
	return signs
})

var madeFromTemplate = Seen("traces of a template that it was made from", portal.Mades)
