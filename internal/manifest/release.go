package manifest

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A Release is a chart that is put into a cluster: by Flux, Argo CD, helmfile,
// Terraform, k3s, or as a part of a chart that lies here.
type Release struct {
	// Chart is the chart's own name, without the repository it comes from.
	Chart string
	At    detect.Span
}

// ReleaseFiles are the patterns of the files that may hold releases.
var ReleaseFiles = []string{"**/*.yaml", "**/*.yml", "**/*.tf"}

// Releases are the releases of a file.
var Releases = detect.NewView(releases)

func releases(f *detect.File) ([]Release, error) {
	name := path.Base(f.Path)
	switch {
	case path.Ext(name) == ".tf":
		return terraformReleases(f), nil
	case name == "Chart.yaml":
		return listed(f, "dependencies", "name"), nil
	case strings.HasPrefix(name, "helmfile") || path.Base(path.Dir(f.Path)) == "helmfile.d":
		return listed(f, "releases", "chart"), nil
	}
	objects, err := Objects.Of(f)
	var found []Release
	for _, o := range objects {
		for _, route := range chartRoutes[o.Type()] {
			for _, at := range o.Get(route[0]).Get(route[1 : len(route)-1]...).List() {
				found = add(found, at.Get(route[len(route)-1]))
			}
		}
	}
	return found, err
}

// chartRoutes are the ways to the name of the chart, by the type of object.
var chartRoutes = map[string][][]string{
	"HelmRelease.helm.toolkit.fluxcd.io": {{"spec", "chart", "spec", "chart"}, {"spec", "chartRef", "name"}},
	"Application.argoproj.io":            {{"spec", "source", "chart"}, {"spec", "sources", "chart"}},
	"ApplicationSet.argoproj.io":         {{"spec", "template", "spec", "source", "chart"}, {"spec", "template", "spec", "sources", "chart"}},
	"HelmChart.helm.cattle.io":           {{"spec", "chart"}},
	"Release.helm.crossplane.io":         {{"spec", "forProvider", "chart", "name"}},
}

func add(found []Release, chart syntax.Node) []Release {
	if chart.Text() == "" {
		return found
	}
	return append(found, Release{Chart: path.Base(chart.Text()), At: chart.Span()})
}

func listed(f *detect.File, list, key string) []Release {
	docs, _, err := Documents(f)
	if err != nil {
		return nil
	}
	var found []Release
	for _, doc := range docs {
		for _, item := range doc.Get(list).Items() {
			if !item.Get("installed").False() { // a helmfile's way to switch a release off
				found = add(found, item.Get(key))
			}
		}
	}
	return found
}

func terraformReleases(f *detect.File) []Release {
	if !bytes.Contains(f.Data, []byte("helm_release")) {
		return nil
	}
	body, err := syntax.HCL.Of(f)
	if err != nil {
		return nil
	}
	var found []Release
	for _, b := range body.All("resource") {
		if len(b.Labels) != 2 || b.Labels[0] != "helm_release" {
			continue
		}
		if chart := b.Body.Text("chart"); chart != "" {
			found = append(found, Release{Chart: path.Base(chart), At: b.At})
		}
	}
	return found
}
