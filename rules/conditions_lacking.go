package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
)

var (
	checkNoRemediation = &Check{
		ID: "kubernetes/missing-remediation", Criterion: "automatic-rollback", Level: Note,
		Title: "A Helm release stays broken when its upgrade fails",
		Why:   "Without remediation, Flux leaves the failed release where it is until a person acts.",
		Fix:   "Set `upgrade.remediation.retries` in the HelmRelease, so that it is rolled back.",
	}
	checkFixedSize = &Check{
		ID: "kubernetes/fixed-size", Criterion: "usage-responsive", Level: Note,
		Title: "An autoscaler is switched off or cannot move",
		Why:   "Capacity stays what it is, by night and on the busiest day.",
		Fix:   "Let it grow: on, with a lower and an upper bound that leave room between them.",
	}
)

// noRemediation: releases that Flux does not roll back, where no patch gives
// them a remediation.
var noRemediation = Each("a Flux release without remediation", kubernetes.Syncs,
	func(s *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
		if sync.Kind != "HelmRelease" || sync.Suspended || sync.LacksAt.Start.Line == 0 || s.remediated(f.At.Path) {
			return Sign{}, false
		}
		return signOf(f, Bad, None).of("releases").against(checkNoRemediation, f.Subject+" is not rolled back when its upgrade fails").at(sync.LacksAt), true
	})

// remediated says whether a kustomization of Flux gives a remediation to the
// releases of a file, at first hand or through the kustomizations that it
// applies.
func (s *Scene) remediated(p string) bool {
	for _, outer := range s.live(kubernetes.Syncs) {
		k, _ := outer.Value.(kubernetes.Sync)
		if k.Kind != "Kustomization" || !k.Remediates {
			continue
		}
		if s.appliesFrom(k.Path, p) {
			return true
		}
		for _, inner := range s.live(kubernetes.Syncs) {
			if i, _ := inner.Value.(kubernetes.Sync); i.Kind == "Kustomization" && s.appliesFrom(k.Path, inner.At.Path) && s.appliesFrom(i.Path, p) {
				return true
			}
		}
	}
	return false
}

// appliesFrom says whether what is applied from a folder holds a file.
func (s *Scene) appliesFrom(folder, p string) bool {
	folder = path.Clean(folder)
	return folder == "." || within(p, folder) || s.builds(folder, p)
}

// fixedSizes: autoscalers that are switched off, or whose bounds are equal,
// where nothing switches those of the same target on.
var fixedSizes = Each("an autoscaler that is switched off or cannot move", kubernetes.Autoscalers,
	func(s *Scene, f detect.Finding, a kubernetes.Autoscaler) (Sign, bool) {
		sign := signOf(f, Bad, None).of("autoscaling").against(checkFixedSize, unmoving(a))
		if s.isDefault(f.At.Path) || aside(f.At.Path) && s.applied(f.At.Path) < Wired {
			sign.At = detect.Span{Path: f.At.Path} // whoever installs the chart may say otherwise; or nobody installs it
		}
		return sign, s.stuck(a) && a.Kind != "vpa" // one that is off recommends
	})

// isDefault says whether a file holds the values that a chart with templates of
// its own starts from, and that each installation may replace.
func (s *Scene) isDefault(p string) bool {
	dir := path.Dir(p)
	_, chart := s.Repo.Tree.File(path.Join(dir, "Chart.yaml"))
	return chart && strings.TrimSuffix(path.Base(p), path.Ext(p)) == "values" && s.Repo.Tree.Folder(path.Join(dir, "templates"))
}

// unmoving says why an autoscaler does nothing.
func unmoving(a kubernetes.Autoscaler) string {
	if a.Off {
		return "autoscaling of " + a.Target + " is switched off"
	}
	return "autoscaling of " + a.Target + " has no room to grow: its lower and upper bound are the same"
}

// stuck says whether an autoscaler does nothing, and no other scales its target.
func (s *Scene) stuck(a kubernetes.Autoscaler) bool {
	return !a.Enabled && !a.Templated && !slices.ContainsFunc(liveValues[kubernetes.Autoscaler](s, kubernetes.Autoscalers), func(other kubernetes.Autoscaler) bool {
		return other.Enabled && other.Target == a.Target
	})
}

// nothingStacks: CloudFormation templates that stacks are made of, where no
// pipeline deploys anything: those of others, and those with parameters of
// environments. A nested stack is deployed by the one that names it, and what
// is only offered to others by them.
var nothingStacks = All("stacks that nothing in any pipeline deploys", []*detect.Detector{cloudformation.Templates}, func(s *Scene) []Sign {
	if s.deploysSomething() || s.offersOnly() {
		return nil
	}
	nested, nests := map[string]bool{}, map[string]int{}
	for _, t := range liveValues[cloudformation.Template](s, cloudformation.Templates) {
		for _, p := range t.Nested {
			nested[p] = true
		}
	}
	var signs []Sign
	for _, f := range s.live(cloudformation.Templates) {
		t, _ := f.Value.(cloudformation.Template)
		if nested[f.At.Path] {
			continue
		}
		if len(t.Nested) > 0 || t.SAM || len(s.Of(cloudformation.Environments)) > 0 {
			signs = append(signs, signOf(f, Bad, None).of("unapplied").against(checkUnapplied, "no pipeline deploys "+f.At.Path).at(onLine(f.At, 1)))
			signs[len(signs)-1].Fix = "Let a pipeline lint the template on merge requests and deploy its stack from the main branch."
			nests[f.At.Path] = len(t.Nested)
		}
	}
	slices.SortStableFunc(signs, func(a, b Sign) int { return nests[b.At.Path] - nests[a.At.Path] })
	return oneCause(signs, "template")
})
