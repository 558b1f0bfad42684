package kubernetes

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// argoSyncs are the syncs of an Application, one for each source that has
// something to apply, or of the Applications that an ApplicationSet makes.
// Source: https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
func argoSyncs(o manifest.Object) []locatedSync {
	spec := o.Get("spec")
	if o.Kind == "ApplicationSet" {
		spec = o.Spec("template", "spec")
	}
	base := Sync{Controller: "argocd", Kind: o.Kind, Name: o.Name}
	if automated := spec.Get("syncPolicy", "automated"); automated.Exists() && !automated.Get("enabled").False() {
		base.Automated = true
		base.SelfHeal, base.Prune = automated.Get("selfHeal").True(), automated.Get("prune").True()
	}
	base.Suspended = o.Get("metadata", "annotations", "argocd.argoproj.io/skip-reconcile").True()
	base.IgnoresAll = slices.ContainsFunc(spec.Get("ignoreDifferences").Items(), ignoresAll)
	var found []locatedSync
	for _, source := range append(spec.Get("sources").Items(), spec.Get("source").List()...) {
		if s, ok := argoSource(base, source, o); ok {
			found = append(found, locatedSync{s, o.Span()})
		}
	}
	return found
}

func argoSource(s Sync, source syntax.Node, o manifest.Object) (Sync, bool) {
	s.URL, s.Path, s.Chart = manifest.Redacted(source.Get("repoURL").Text()), cleaned(source.Get("path").Text()), source.Get("chart").Text()
	s.Revision, s.RevisionAt = at(source.Get("targetRevision"), source)
	if manifest.Filled(s.URL + s.Path) {
		s = generated(s, o)
	}
	only := s.Path == "" && s.Chart == "" && source.Get("ref").Exists()
	return s, !only
}

// generated fills what an ApplicationSet's git generator knows about a source:
// its repository and the folder that the paths lie in.
func generated(s Sync, o manifest.Object) Sync {
	for _, g := range o.Spec("generators").Items() {
		git := gitGenerator(g, 0)
		if !git.Exists() {
			continue
		}
		if s.URL == "" || manifest.Filled(s.URL) {
			s.URL = manifest.Redacted(git.Get("repoURL").Text())
		}
		for _, place := range append(git.Get("directories").Items(), git.Get("files").Items()...) {
			if manifest.Filled(s.Path) && !place.Get("exclude").True() {
				s.Path = fixedPart(place.Get("path").Text())
			}
		}
	}
	return s
}

// gitGenerator is the git generator of a generator, also inside a matrix or a
// merge.
func gitGenerator(g syntax.Node, depth int) syntax.Node {
	if git := g.Get("git"); git.Exists() || depth > 2 {
		return git
	}
	for _, kind := range []string{"matrix", "merge"} {
		for _, inner := range g.Get(kind, "generators").Items() {
			if git := gitGenerator(inner, depth+1); git.Exists() {
				return git
			}
		}
	}
	return syntax.Node{}
}

// fixedPart is the folder before the first wildcard of a pattern.
func fixedPart(pattern string) string {
	if at := strings.IndexAny(pattern, "*{?["); at >= 0 {
		pattern = path.Dir(pattern[:at] + "x")
	}
	return cleaned(pattern)
}

// ignoresAll says whether an entry of ignoreDifferences hides the whole
// specification of every kind.
func ignoresAll(entry syntax.Node) bool {
	if entry.Get("kind").Text() != "*" || entry.Get("name").Exists() {
		return false
	}
	for _, pointer := range append(entry.Get("jsonPointers").Texts(), entry.Get("jqPathExpressions").Texts()...) {
		if slices.Contains([]string{"", "/", "/spec", ".", ".spec"}, pointer) {
			return true
		}
	}
	return false
}

// cleaned is a path of a sync relative to the root of its repository; the root
// itself is ".".
func cleaned(p string) string {
	if p == "" || manifest.Filled(p) {
		return p
	}
	return path.Clean(strings.TrimLeft(p, "/"))
}
