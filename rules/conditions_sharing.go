package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/detectors/provisioning"
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
			switch {
			case !u.pinned && u.unnamed:
				sign = sign.weak(nil, u.sign.Note+", at a moving ref")
			case !u.pinned:
				sign = sign.weak(checkMovingShared, u.sign.Note+", at a moving ref")
				if u.at.Path != "" {
					sign.At = u.at
				}
			}
			signs = append(signs, sign)
		}
		return signs
	})

var sharedDetectors = slices.Concat(pipelineDetectors, []*detect.Detector{terraform.ModuleCalls, kubernetes.Charts, kubernetes.Helmfiles, kubernetes.Syncs, tooling.Updaters, containers.Bases, portal.Mades})

// An ownUse is the use of a block of the same owner's other repository.
type ownUse struct {
	sign   Sign
	pinned bool
	// unnamed says that the place names no ref: a step of a library that is
	// loaded elsewhere.
	unnamed bool
	// at is where the version stands, where that is not where the use does.
	at detect.Span
}

// calledAs is a call as people speak of it: "module.this", or the unit of
// Terragrunt that it makes.
func calledAs(f detect.Finding, c terraform.ModuleCall) string {
	if block := "module." + c.Name; strings.HasSuffix(f.Subject, block) {
		return block
	}
	return c.Name
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
			uses = append(uses, ownUse{sign: signOf(f, Good, Used).says(calledAs(f, c) + " takes " + c.Source), pinned: c.Fixed()})
		}
	}
	for _, f := range s.live(tooling.Updaters) {
		u, _ := f.Value.(tooling.Updater)
		for _, preset := range u.Extends {
			if strings.Contains(strings.ToLower(preset), ">"+owner+"/") {
				uses = append(uses, ownUse{sign: signOf(f, Good, Used).says(u.Name + " takes the preset " + preset)})
			}
		}
	}
	for _, f := range s.live(containers.Bases) {
		if b, _ := f.Value.(containers.Base); ownImage(b.Name, owner) {
			uses = append(uses, ownUse{sign: signOf(f, Good, Used).says("built on " + b.Name), pinned: b.Digest != "" || !kubernetes.Moving(b.Tag)})
		}
	}
	return append(uses, s.ownCharts(owner)...)
}

// ownImage says whether an image or chart repository is the owner's, by a part
// of its address, or by a word of one.
func ownImage(name, owner string) bool {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune("/.:@", r) })
	return len(parts) > 1 && strings.Contains(name, "/") && slices.ContainsFunc(parts, func(part string) bool {
		return part == owner || slices.Contains(strings.Split(part, "-"), owner)
	})
}

func (s *Scene) ownPipelineBlocks(owner string) []ownUse {
	var uses []ownUse
	add := func(p wiring.Pipeline, u *wiring.Use, included bool) {
		if u == nil || u.Local || p.Dead != "" {
			return
		}
		library := u.Kind == wiring.Library && u.Owner == ""
		if !library && (!strings.EqualFold(u.Owner, owner) || u.Repo == s.Repo.Name) {
			return
		}
		sign := Sign{Subject: p.Path + " " + u.Ref, Mark: Good, Strength: Used, Delegated: true, Finding: s.seenBy[p.Path], At: u.At, Note: p.Path + " uses " + u.Ref}
		uses = append(uses, ownUse{sign: sign, pinned: u.Pinned || u.Kind != wiring.Library && versionLike(u.Version), unnamed: u.Kind == wiring.Library && !included, at: u.VersionAt})
	}
	for _, p := range s.pipelines {
		for i := range p.Includes {
			add(p, &p.Includes[i], true)
		}
		for _, j := range p.Jobs {
			add(p, j.Uses, false)
			for _, st := range j.Steps {
				add(p, st.Uses, false)
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
var reusedHere = Lesser(All("blocks that are reused inside this repository only",
	[]*detect.Detector{terraform.Modules, terraform.ModuleCalls, ci.Blocks, kubernetes.Kustomizations, cloudformation.Templates, provisioning.Projects}, func(s *Scene) []Sign {
		if len(s.ownBlocks()) > 0 {
			return nil
		}
		for _, find := range []func() (Sign, bool){s.reusedModule, s.reusedBlock, s.reusedBase, s.reusedTemplate} {
			if sign, ok := find(); ok {
				return []Sign{sign.of("reused")}
			}
		}
		return nil
	}))

func (s *Scene) reusedModule() (Sign, bool) {
	calls := map[string]int{}
	for _, c := range liveValues[terraform.ModuleCall](s, terraform.ModuleCalls) {
		if c.Kind == terraform.Local && c.Target != "" {
			calls[c.Target]++
		}
	}
	for _, f := range s.live(terraform.Modules) {
		if m, _ := f.Value.(terraform.Module); calls[m.Dir] > 1 {
			return signOf(f, Weak, Used).says(fmt.Sprintf("the module %s is called %d times here", m.Dir, calls[m.Dir])), true
		}
	}
	return Sign{}, false
}

func (s *Scene) reusedBlock() (Sign, bool) {
	for _, f := range s.live(ci.Blocks) {
		if b, _ := f.Value.(wiring.Block); s.Graph.UsesBlock(b.Path) {
			return signOf(f, Weak, Used).says(b.Path + " is used inside this repository only"), true
		}
	}
	return Sign{}, false
}

// reusedBase finds a base or component that several kustomizations are made of.
func (s *Scene) reusedBase() (Sign, bool) {
	uses := map[string]int{}
	for _, k := range liveValues[kubernetes.Kustomization](s, kubernetes.Kustomizations) {
		for _, part := range slices.Concat(k.Resources, k.Components) {
			if !within(part, k.Dir) {
				uses[part]++
			}
		}
	}
	for _, f := range s.live(kubernetes.Kustomizations) {
		if k, _ := f.Value.(kubernetes.Kustomization); uses[k.Dir] > 1 || k.Component {
			return signOf(f, Weak, Used).says(k.Dir + " is a part of several kustomizations here"), true
		}
	}
	return Sign{}, false
}

// reusedTemplate finds a template that stacks nest, or a role that playbooks
// share.
func (s *Scene) reusedTemplate() (Sign, bool) {
	for _, f := range s.live(cloudformation.Templates) {
		t, _ := f.Value.(cloudformation.Template)
		if slices.ContainsFunc(t.Resources, func(r cloudformation.Resource) bool { return r.Type == "AWS::CloudFormation::Stack" }) {
			return signOf(f, Weak, Used).says(f.At.Path + " nests stacks of other templates"), true
		}
	}
	roles := 0
	for _, f := range s.live(provisioning.Projects) {
		if p, _ := f.Value.(provisioning.Project); p.Tool == "ansible" && p.Kind == "role" {
			if roles++; roles > 1 {
				return signOf(f, Weak, Used).says("playbooks are composed of the roles of this repository"), true
			}
		}
	}
	return Sign{}, false
}

// handCopies: what stands here twice and could be shared, where nothing of the
// organisation's is in use.
var handCopies = All("jobs or manifests written out several times", slices.Concat(pipelineDetectors, []*detect.Detector{kubernetes.Objects}), func(s *Scene) []Sign {
	if len(s.ownBlocks()) > 0 {
		return nil
	}
	if sign, ok := s.copiedJob(); ok {
		return []Sign{sign}
	}
	if sign, ok := s.copiedManifests(); ok {
		return []Sign{sign}
	}
	return nil
})

// minCopied is how many steps of a job, or kinds of objects, make a copy.
const minCopied = 3

// copiedJob finds a job that two pipelines have step by step.
func (s *Scene) copiedJob() (Sign, bool) {
	first := map[string]string{}
	for _, p := range s.pipelines {
		for _, j := range p.Jobs {
			text := stepsOfJob(j)
			if p.Dead != "" || strings.Count(text, "\n") < minCopied {
				continue
			}
			if at, ok := first[text]; ok && at != p.Path {
				sign := Sign{Subject: "copies", Finding: s.seenBy[p.Path], At: j.At}
				return sign.against(checkHandCopy, fmt.Sprintf("the job %s of %s is a copy of one of %s", j.ID, p.Path, at)), true
			}
			first[text] = p.Path
		}
	}
	return Sign{}, false
}

// stepsOfJob are the steps of a job, a line each.
func stepsOfJob(j wiring.Job) string {
	var b strings.Builder
	for _, st := range j.Steps {
		if st.Uses != nil {
			b.WriteString(st.Uses.Ref + "\n")
		}
		for _, c := range st.Commands {
			b.WriteString(strings.Join(c.Words, " ") + "\n")
		}
	}
	return b.String()
}

// copiedManifests finds folders side by side that run the same images with the
// same kinds of objects around them, and share no base or chart.
func (s *Scene) copiedManifests() (Sign, bool) {
	parts, at := map[string][]string{}, map[string]detect.Finding{}
	add := func(f detect.Finding, part string) {
		if dir := path.Dir(f.At.Path); !slices.Contains(parts[dir], part) {
			parts[dir] = append(parts[dir], part)
			at[dir] = f
		}
	}
	for _, f := range s.live(kubernetes.Objects) {
		if o, _ := f.Value.(kubernetes.Object); !o.Templated && !o.Patch && o.Chart == "" {
			add(f, o.Kind)
		}
	}
	for _, f := range s.live(kubernetes.Images) {
		if i, _ := f.Value.(kubernetes.Image); !i.Templated && i.Name != "" {
			add(f, "of "+i.Name)
		}
	}
	first := map[string]string{}
	for _, dir := range sortedKeys(parts) {
		slices.Sort(parts[dir])
		key := path.Dir(dir) + " " + strings.Join(parts[dir], " ")
		if len(parts[dir]) <= minCopied || !strings.Contains(key, " of ") {
			continue
		}
		if other, ok := first[key]; ok {
			sign := signOf(at[dir], Bad, None).of("copies").against(checkHandCopy, fmt.Sprintf("%s and %s run the same images with the same kinds of objects, written out twice", other, dir))
			return sign.at(detect.Span{Path: dir}), true // they may be two parts of one product
		}
		first[key] = dir
	}
	return Sign{}, false
}

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
