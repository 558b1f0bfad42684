package kubernetes

import (
	"bytes"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// terraformSyncs reports the resources by which Terraform makes a controller
// follow a path: the bootstrap of Flux, applications of Argo CD.
// Source: https://registry.terraform.io/providers/fluxcd/flux and argoproj-labs/argocd
func terraformSyncs(p *detect.Pass, f *detect.File) {
	if !bytes.Contains(f.Data, []byte("flux_bootstrap_git")) && !bytes.Contains(f.Data, []byte("argocd_application")) {
		return
	}
	body, err := syntax.HCL.Of(f)
	if err != nil {
		return // the detectors of Terraform report it
	}
	here := home{repo: p.Repo, elsewhere: map[string]bool{}}
	for _, b := range body.All("resource") {
		if len(b.Labels) != 2 {
			continue
		}
		s := Sync{Kind: b.Labels[0], Name: b.Labels[1]}
		switch b.Labels[0] {
		case "flux_bootstrap_git":
			s = bootstrap(s, b)
			s.Here = s.Path != "" && p.Repo.Tree.Has(s.Path)
		case "argocd_application":
			s = terraformApplication(s, b)
			s.Here = here.holds(s)
		default:
			continue
		}
		p.Report(b.Labels[0]+"."+b.Labels[1], b.At, describe(s), s)
	}
}

func bootstrap(s Sync, b syntax.Block) Sync {
	s.Controller, s.Path, s.RevisionAt = "flux", cleaned(b.Body.Text("path")), b.At
	s.Automated, s.SelfHeal, s.Prune = true, true, true
	return s
}

func terraformApplication(s Sync, b syntax.Block) Sync {
	s.Controller, s.RevisionAt = "argocd", b.At
	for _, spec := range b.Body.All("spec") {
		for _, source := range spec.Body.All("source") {
			s.URL, s.Path = manifest.Redacted(source.Body.Text("repo_url")), cleaned(source.Body.Text("path"))
			s.Chart, s.Revision = source.Body.Text("chart"), source.Body.Text("target_revision")
		}
		for _, policy := range spec.Body.All("sync_policy") {
			for _, automated := range policy.Body.All("automated") {
				s.Automated = true
				s.SelfHeal, s.Prune = automated.Body.Text("self_heal") == "true", automated.Body.Text("prune") == "true"
			}
		}
	}
	return s
}
