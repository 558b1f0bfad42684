package portal

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// backstageVersion is the API group of entities and of software templates.
// Source: https://backstage.io/docs/features/software-catalog/descriptor-format
var backstageVersion = regex.New(`^(scaffolder\.)?backstage\.io/v\d\w*$`)

// annotationGroups are the groups of annotations that lead to CI, code,
// documents, monitoring or who is on call.
// Source: https://backstage.io/docs/features/software-catalog/well-known-annotations
var annotationGroups = []string{
	"argocd", "aws.amazon.com", "azure.com", "backstage.io/techdocs-ref", "backstage.io/techdocs-entity", "backstage.io/kubernetes-id", "backstage.io/kubernetes-label-selector",
	"bitbucket.org", "buildkite.com", "circleci.com", "cloudbuild.googleapis.com", "codescene.io", "datadoghq.com", "dev.azure.com", "dynatrace.com", "firehydrant.com",
	"github.com", "gitlab.com", "grafana", "harness.io", "incident.io", "jenkins.io", "lighthouse.com", "newrelic.com", "opsgenie.com", "pagerduty.com", "prometheus.io",
	"rollbar.com", "sentry.io", "snyk.io", "sonarqube.org", "splunk.com", "travis-ci.com",
}

func backstageEntity(s scene, doc syntax.Node) (Entry, syntax.Node, bool) {
	if !backstageVersion.MatchString(doc.Get("apiVersion").Text()) {
		return Entry{}, syntax.Node{}, false
	}
	spec, meta := doc.Get("spec"), doc.Get("metadata")
	name := meta.Get("name")
	e := Entry{
		Kind: doc.Get("kind").Text(), Name: name.Text(), Owner: spec.Get("owner").Text(), System: spec.Get("system").Text(), Lifecycle: spec.Get("lifecycle").Text(),
		Annotated: len(meta.Get("links").Items()) > 0, Docs: meta.Get("annotations", "backstage.io/techdocs-ref").Exists(),
	}
	for key := range meta.Get("annotations").Pairs() {
		e.Annotated = e.Annotated || slices.ContainsFunc(annotationGroups, func(group string) bool { return strings.HasPrefix(key.Text(), group) })
	}
	for _, relation := range []string{"providesApis", "consumesApis", "dependsOn", "dependencyOf", "subcomponentOf"} {
		e.Relations = e.Relations || len(spec.Get(relation).List()) > 0
	}
	s.paths(&e, doc)
	return e, name, e.Kind != "" && e.Name != ""
}

// paths follows what an entity names in its own repository.
func (s scene) paths(e *Entry, doc syntax.Node) {
	spec := doc.Get("spec")
	e.Missing = append(e.Missing, s.techDocs(doc.Get("metadata", "annotations", "backstage.io/techdocs-ref").Text())...)
	e.Missing = append(e.Missing, s.missing(spec.Get("definition", "$text").Text(), spec.Get("definition", "$openapi").Text())...)
	switch e.Kind {
	case "Location":
		targets := append(spec.Get("targets").Texts(), spec.Get("target").Texts()...)
		e.Missing = append(e.Missing, s.missing(targets...)...)
		for _, t := range targets {
			if full := path.Join(s.dir, t); s.tree.Has(full) {
				e.Targets = append(e.Targets, full)
			}
		}
	case "Template":
		s.steps(e, spec.Get("steps"))
	}
}

// techDocs is the settings file that TechDocs need and that is not there.
// Source: https://backstage.io/docs/features/techdocs/creating-and-publishing
func (s scene) techDocs(ref string) []string {
	dir, ok := strings.CutPrefix(ref, "dir:")
	if !ok || strings.ContainsAny(dir, "{}$") {
		return nil
	}
	full := path.Join(s.dir, dir)
	if strings.HasPrefix(full, "..") || s.tree.Has(path.Join(full, "mkdocs.yml")) || s.tree.Has(path.Join(full, "mkdocs.yaml")) {
		return nil
	}
	return []string{path.Join(full, "mkdocs.yml")}
}

// provisioningActions are parts of the names of scaffolder actions that create
// infrastructure.
var provisioningActions = []string{"terraform", "crossplane", "pulumi", "kubernetes:", "kube:", "kubectl", "argocd", "aws:", "azure:", "gcp:", "cloudformation", "humanitec", "kratix", "flux"}

// provisioningFiles are endings and names of files in a template's body that
// describe infrastructure.
var provisioningFiles = []string{".tf", ".bicep", "Pulumi.yaml", "xr.yaml", "claim.yaml"}

// steps follows what a software template runs.
func (s scene) steps(e *Entry, steps syntax.Node) {
	for _, step := range steps.Items() {
		action := step.Get("action").Text()
		e.Provisions = e.Provisions || slices.ContainsFunc(provisioningActions, func(part string) bool { return strings.Contains(action, part) })
		if !strings.HasPrefix(action, "fetch:") {
			continue
		}
		body := step.Get("input", "url").Text()
		e.Missing = append(e.Missing, s.missing(body)...)
		if !strings.Contains(body, ":") {
			e.Provisions = e.Provisions || s.describesInfrastructure(path.Join(s.dir, body))
		}
	}
}

func (s scene) describesInfrastructure(folder string) bool {
	for _, entry := range s.tree.Under(folder) {
		if slices.ContainsFunc(provisioningFiles, func(end string) bool { return strings.HasSuffix(entry.Path, end) }) {
			return true
		}
	}
	return false
}
