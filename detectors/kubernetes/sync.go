package kubernetes

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

//go:embed sync.md
var syncDoc string

// Syncs sees the objects that make Argo CD or Flux apply a path of a
// repository. Its values are a Sync each. It looks at what Objects saw, since
// a source often stands in another file than what names it.
var Syncs = &detect.Detector{ID: "kubernetes/sync", Doc: syncDoc, Match: append([]string{"**/*.tf"}, manifests...), File: readable, Repo: syncs}

// readable reports what Terraform sets up, and manifests in which a sync may
// stand unread.
func readable(p *detect.Pass, f *detect.File) error {
	if path.Ext(f.Path) == ".tf" {
		terraformSyncs(p, f)
		return nil
	}
	_, err := manifest.Objects.Of(f)
	return err
}

// A locatedSync is a sync of an object, before the repository is known that it
// takes its files from.
type locatedSync struct {
	Sync
	at detect.Span
}

func syncsOf(o manifest.Object) []locatedSync {
	switch {
	case o.Group == "argoproj.io" && (o.Kind == "Application" || o.Kind == "ApplicationSet"):
		return argoSyncs(o)
	case strings.HasSuffix(o.Group, "toolkit.fluxcd.io") || o.Group == "fluxcd.controlplane.io":
		return fluxSyncs(o)
	}
	return nil
}

func syncs(p *detect.Pass) error {
	seen := p.Findings(Objects)
	from := sourcesOf(seen)
	here := home{repo: p.Repo, elsewhere: map[string]bool{}}
	for _, f := range seen {
		o, _ := f.Value.(Object)
		for _, s := range o.syncs {
			here.learn(resolve(s.Sync, o.source, from))
		}
	}
	for _, f := range seen {
		o, _ := f.Value.(Object)
		for _, s := range o.syncs {
			value := resolve(s.Sync, o.source, from)
			value.Here = here.holds(value)
			p.Report(f.Subject, s.at, describe(value), value)
		}
	}
	return nil
}

func resolve(s Sync, source fluxSource, from sources) Sync {
	if s.URL == "" && source.name != "" {
		named := from.of(source)
		s.URL = named.URL
		if s.Chart == "" && s.Kind == "HelmRelease" && s.URL != "" {
			s.Chart = path.Base(s.URL)
		}
		if s.Revision == "" && (named.Revision != "" || s.RevisionAt.Start.Line == 0) {
			s.Revision, s.RevisionAt = named.Revision, named.RevisionAt
		}
	}
	return s
}

func describe(s Sync) string {
	what := "applies " + s.Path
	switch {
	case s.Chart != "":
		what = "releases the chart " + s.Chart
	case s.Path == "":
		what = "follows its source"
	case path.Clean(s.Path) == ".":
		what = "applies the whole of its source"
	}
	note := s.Controller + " " + what
	switch {
	case s.Suspended:
		return note + ", suspended"
	case s.Automated:
		return note + " by itself"
	}
	return note + " when a person asks"
}
