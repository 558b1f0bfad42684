package kubernetes

import (
	_ "embed"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed rollback.md
var rollbackDoc string

// Rollbacks sees what takes a bad release back: Argo Rollouts, Flagger, Flux.
// Its values are a Rollback each.
var Rollbacks = &detect.Detector{ID: "kubernetes/rollback", Doc: rollbackDoc, Match: manifests, File: rollbacks}

func rollbacks(p *detect.Pass, f *detect.File) error {
	found, err := manifest.Objects.Of(f)
	for _, o := range found {
		switch o.Type() {
		case "Rollout.argoproj.io":
			reportRollback(p, o, Rollback{Tool: "argo-rollouts", Automatic: analysed(o)})
		case "AnalysisTemplate.argoproj.io", "ClusterAnalysisTemplate.argoproj.io":
			reportRollback(p, o, Rollback{Tool: "argo-rollouts"})
		case "Canary.flagger.app":
			reportRollback(p, o, Rollback{Tool: "flagger", Automatic: judged(o)})
		case "HelmRelease.helm.toolkit.fluxcd.io":
			if remediates(o.Spec()) {
				reportRollback(p, o, Rollback{Tool: "flux", Automatic: true})
			}
		case "Kustomization.kustomize.toolkit.fluxcd.io":
			if patchedRemediation(o.Spec("patches"), 0) {
				reportRollback(p, o, Rollback{Tool: "flux", Automatic: true})
			}
		}
	}
	return err
}

func reportRollback(p *detect.Pass, o manifest.Object, r Rollback) {
	note := r.Tool + ", by a person"
	if r.Automatic {
		note = r.Tool + ", by itself"
	}
	p.Report(o.Subject(), o.Span(), note, r)
}

// analysed says whether a Rollout asks an analysis on its way, whose failure
// aborts it.
// Source: https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
func analysed(o manifest.Object) bool {
	canary, blueGreen := o.Spec("strategy", "canary"), o.Spec("strategy", "blueGreen")
	if canary.Get("analysis").IsMap() || blueGreen.Get("prePromotionAnalysis").IsMap() || blueGreen.Get("postPromotionAnalysis").IsMap() {
		return true
	}
	for _, step := range canary.Get("steps").Items() {
		if step.Get("analysis").IsMap() || step.Get("experiment", "analyses").IsList() {
			return true
		}
	}
	return false
}

// judged says whether a Canary has something that can fail it: metrics, or
// checks by webhook.
// Source: https://docs.flagger.app/usage/how-it-works
func judged(o manifest.Object) bool {
	if o.Spec("skipAnalysis").True() {
		return false
	}
	for _, field := range []string{"analysis", "canaryAnalysis"} {
		if a := o.Spec(field); len(a.Get("metrics").Items())+len(a.Get("webhooks").Items()) > 0 {
			return true
		}
	}
	return false
}

// remediates says whether the specification of a HelmRelease rolls a failed
// upgrade back: with retries, or by saying so, unless its strategy only
// retries, or uninstalls.
// Source: https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling
func remediates(spec syntax.Node) bool {
	upgrade := spec.Get("upgrade")
	r := upgrade.Get("remediation")
	if upgrade.Get("strategy", "name").Text() == "RetryOnFailure" || r.Get("strategy").Text() == "uninstall" || r.Get("remediateLastFailure").False() {
		return false
	}
	retries := r.Get("retries").Text()
	return r.Get("remediateLastFailure").True() || retries != "" && retries != "0"
}

// maxPatches bounds the patches of one object that are looked into.
const maxPatches = 50

// patchedRemediation says whether patches give every HelmRelease a
// remediation. A patch may give each Kustomization such a patch in turn.
func patchedRemediation(patches syntax.Node, depth int) bool {
	entries := patches.Items()
	for _, entry := range entries[:min(len(entries), maxPatches)] {
		docs, err := syntax.YAML.Of(detect.NewFile("patch.yaml", []byte(entry.Get("patch").Text())))
		if err != nil || depth > 2 {
			continue
		}
		for _, doc := range docs {
			kind := doc.Get("kind").Text()
			if kind == "HelmRelease" && remediates(doc.Get("spec")) ||
				kind == "Kustomization" && patchedRemediation(doc.Get("spec", "patches"), depth+1) {
				return true
			}
		}
	}
	return false
}
