package portal

import (
	_ "embed"
	"path"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed listing.md
var listingDoc string

// Listings sees what shows the things that are offered here, or that one can
// take, to those who look for them: entries of registries and marketplaces,
// lists for browsing. Its values are a Listing each.
var Listings = &detect.Detector{
	ID: "portal/listing", Doc: listingDoc, File: listings,
	Match: []string{
		"**/artifacthub-repo.yml", "**/artifacthub-pkg.yml", "**/upbound.yaml", "**/crossplane.yaml", "action.yml", "action.yaml",
		"**/galaxy.yml", "**/root.hcl", "**/terragrunt.hcl", "metadata.json",
	},
}

func listings(p *detect.Pass, f *detect.File) error {
	if path.Ext(f.Path) == ".hcl" {
		return browsed(p, f)
	}
	docs, err := syntax.Data(f)
	for _, doc := range docs {
		if registry, at := registryOf(path.Base(f.Path), doc); registry != "" {
			p.Report(registry, at.Span(), "shown by "+registry, Listing{Registry: registry})
			break
		}
	}
	return err
}

// browsed reports the repositories that `terragrunt catalog` shows.
// Source: https://terragrunt.gruntwork.io/docs/features/catalog/
func browsed(p *detect.Pass, f *detect.File) error {
	body, err := syntax.HCL.Of(f)
	if err != nil {
		return nil // the detectors of Terragrunt report it
	}
	for _, b := range body.All("catalog") {
		if _, ok := b.Body.Attribute("urls"); ok {
			p.Report("terragrunt-catalog", b.At, "modules to browse", Listing{Registry: "terragrunt-catalog"})
		}
	}
	return nil
}

// registryOf is the registry that a file speaks to, and the place that tells.
// Sources: https://artifacthub.io/docs/topics/repositories/, https://docs.upbound.io/manuals/packages/,
// https://docs.github.com/en/actions/sharing-automations/creating-actions/publishing-actions-in-github-marketplace,
// https://docs.ansible.com/ansible/latest/dev_guide/collections_galaxy_meta.html and https://www.puppet.com/docs/puppet/latest/modules_metadata
func registryOf(name string, doc syntax.Node) (string, syntax.Node) {
	switch name {
	case "artifacthub-repo.yml":
		if id := doc.Get("repositoryID"); id.Text() != "" || doc.Get("owners").IsList() {
			return "artifact-hub", doc
		}
	case "artifacthub-pkg.yml":
		if n := doc.Get("name"); n.Text() != "" && doc.Get("version").Exists() {
			return "artifact-hub", n
		}
	case "upbound.yaml", "crossplane.yaml":
		return packaged(doc)
	case "action.yml", "action.yaml":
		if key, branding := doc.Pair("branding"); branding.IsMap() && doc.Get("description").Text() != "" {
			return "github-marketplace", key
		}
	case "galaxy.yml":
		if n := doc.Get("namespace"); n.Text() != "" && doc.Get("name").Text() != "" {
			return "ansible-galaxy", n
		}
	case "metadata.json":
		if n := doc.Get("name"); n.Text() != "" && doc.Get("requirements").IsList() && doc.Get("license").Exists() {
			return "puppet-forge", n
		}
	}
	return "", syntax.Node{}
}

// packaged tells a package of Crossplane that describes itself to those who
// browse for one.
func packaged(doc syntax.Node) (string, syntax.Node) {
	kind := doc.Get("kind")
	for _, route := range [][]string{{"spec", "description"}, {"spec", "readme"}, {"metadata", "annotations", "meta.crossplane.io/description"}, {"metadata", "annotations", "meta.crossplane.io/readme"}} {
		if doc.Get(route...).Text() != "" && doc.Get("apiVersion").Text() != "" {
			return "upbound-marketplace", kind
		}
	}
	return "", syntax.Node{}
}
