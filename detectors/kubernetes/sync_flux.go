package kubernetes

import (
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// fluxSource names the object that a Flux object takes its files from.
type fluxSource struct{ kind, namespace, name string }

// fluxSyncs are the syncs of an object of Flux.
func fluxSyncs(o manifest.Object) []locatedSync {
	var found []locatedSync
	if s, ok := fluxSync(o); ok {
		found = append(found, s)
	}
	// The chart of that name makes a FluxInstance of its values.
	if o.Kind == "HelmRelease" && sourceOf(o).name == "flux-instance" {
		if s, ok := fluxInstance(Sync{Controller: "flux", Kind: "FluxInstance", Name: o.Name, Automated: true}, o.Spec("values", "instance", "sync")); ok {
			found = append(found, s)
		}
	}
	return found
}

// fluxSync is the sync of one object. Flux reconciles by itself and reverts
// drift of what it applies, unless it is suspended.
// Source: https://fluxcd.io/flux/components/
func fluxSync(o manifest.Object) (locatedSync, bool) {
	s := Sync{Controller: "flux", Kind: o.Kind, Name: o.Name, Suspended: o.Spec("suspend").True()}
	s.Automated = !s.Suspended
	switch o.Type() {
	case "Kustomization.kustomize.toolkit.fluxcd.io":
		s.Path, s.Prune, s.SelfHeal = cleaned(o.Spec("path").Text()), o.Spec("prune").True(), s.Automated
		if s.Path == "" {
			s.Path = "."
		}
		s.Remediates = patchedRemediation(o.Spec("patches"), 0)
		return locatedSync{s, o.Span()}, o.Spec("sourceRef").Exists()
	case "HelmRelease.helm.toolkit.fluxcd.io":
		return locatedSync{helmRelease(s, o), o.Span()}, !partial(o, "")
	case "GitRepository.source.toolkit.fluxcd.io", "OCIRepository.source.toolkit.fluxcd.io", "HelmRepository.source.toolkit.fluxcd.io", "Bucket.source.toolkit.fluxcd.io":
		s.URL = manifest.Redacted(o.Spec("url").Text())
		s.Revision, s.RevisionAt = at(revision(o.Spec("ref")), o.Spec("url"))
		return locatedSync{s, o.Span()}, s.URL != ""
	case "ImageUpdateAutomation.image.toolkit.fluxcd.io":
		s.Path = cleaned(o.Spec("update", "path").Text())
		s.Revision, s.RevisionAt = at(o.Spec("git", "push", "branch"), o.Node)
		return locatedSync{s, o.Span()}, true
	case "FluxInstance.fluxcd.controlplane.io":
		return fluxInstance(s, o.Spec("sync"))
	}
	return locatedSync{}, false
}

func helmRelease(s Sync, o manifest.Object) Sync {
	chart := o.Spec("chart", "spec", "chart")
	s.Chart = chart.Text()
	s.Revision, s.RevisionAt = at(o.Spec("chart", "spec", "version"), chart)
	if s.Remediates = remediates(o.Spec()); !s.Remediates {
		s.LacksAt = o.Span()
		for _, node := range []syntax.Node{o.Spec("upgrade"), o.Spec("upgrade", "strategy")} {
			if node.IsMap() {
				s.LacksAt = node.Span()
			}
		}
	}
	s.SelfHeal = s.Automated && o.Spec("driftDetection", "mode").Text() == "enabled"
	return s
}

// fluxInstance is what an instance of the Flux operator keeps in step.
// Source: https://fluxoperator.dev/docs/crd/fluxinstance/
func fluxInstance(s Sync, from syntax.Node) (locatedSync, bool) {
	s.URL, s.Path = manifest.Redacted(from.Get("url").Text()), cleaned(from.Get("path").Text())
	s.Revision, s.RevisionAt = at(from.Get("ref"), from)
	s.SelfHeal, s.Prune = s.Automated, s.Automated
	return locatedSync{s, from.Span()}, s.URL != "" && s.Path != ""
}

// revision is what a reference of a source follows, the most exact part first.
func revision(ref syntax.Node) syntax.Node {
	for _, key := range []string{"digest", "commit", "semver", "tag", "name", "branch"} {
		if n := ref.Get(key); n.Text() != "" {
			return n
		}
	}
	return syntax.Node{}
}

// at is the text of a node and its place; where the node is absent, the place
// of what lacks it.
func at(n, lacking syntax.Node) (string, detect.Span) {
	if n.Exists() {
		return n.Text(), n.Span()
	}
	return "", lacking.Span()
}

// sourceOf is the source that an object of Flux names.
func sourceOf(o manifest.Object) fluxSource {
	for _, route := range [][]string{{"sourceRef"}, {"chart", "spec", "sourceRef"}, {"chartRef"}} {
		if ref := o.Spec(route...); ref.Exists() {
			namespace := ref.Get("namespace").Text()
			if namespace == "" {
				namespace = o.Namespace
			}
			return fluxSource{ref.Get("kind").Text(), namespace, ref.Get("name").Text()}
		}
	}
	return fluxSource{}
}

// sources are the URLs and revisions of the sources that stand here, by kind
// and name. Namespaces are mostly set from outside, so a name that has one
// source only names it whatever its namespace.
type sources map[fluxSource]Sync

func sourcesOf(objects []detect.Finding) sources {
	found := sources{}
	for _, f := range objects {
		o, _ := f.Value.(Object)
		for _, s := range o.syncs {
			if s.URL != "" && s.Controller == "flux" {
				found.add(fluxSource{s.Kind, o.Namespace, s.Name}, s.Sync)
				found.add(fluxSource{s.Kind, "", s.Name}, s.Sync)
			}
			if s.Kind == "FluxInstance" {
				found.add(fluxSource{"GitRepository", "", "flux-system"}, s.Sync)
			}
		}
	}
	return found
}

func (s sources) add(key fluxSource, source Sync) {
	if _, there := s[key]; !there {
		s[key] = source
	}
}

func (s sources) of(key fluxSource) Sync {
	if found, ok := s[key]; ok {
		return found
	}
	key.namespace = ""
	return s[key]
}
