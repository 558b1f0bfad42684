package kubernetes

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed helmfile.md
var helmfileDoc string

// Helmfiles sees the files in which helmfile is told what to release, whatever
// they are called: one for each cluster is common. Its values are a Helmfile
// each.
// Source: https://helmfile.readthedocs.io/en/latest/#configuration
var Helmfiles = &detect.Detector{
	ID: "kubernetes/helmfile", Doc: helmfileDoc, File: helmfiles,
	Match: []string{"**/helmfile.yaml", "**/helmfile.yml", "**/*.yaml", "**/*.yml", "**/*.yaml.gotmpl"},
}

func helmfiles(p *detect.Pass, f *detect.File) error {
	byName := strings.HasPrefix(path.Base(f.Path), "helmfile") || path.Base(path.Dir(f.Path)) == "helmfile.d"
	mayRelease := f.Contains("releases:") && f.Contains("chart:")
	if !byName && !mayRelease {
		return nil
	}
	docs, _, err := manifest.Documents(f)
	h := Helmfile{}
	for _, doc := range docs {
		if !doc.Get("apiVersion").Exists() {
			h.read(doc)
		}
	}
	if len(h.Releases) > 0 {
		h.address(docs)
		p.Report(f.Path, f.Whole(), "helmfile", h)
	}
	if !byName {
		return nil // values, most likely: what tells releases is what can be read
	}
	return err
}

// read adds what one document tells.
func (h *Helmfile) read(doc syntax.Node) {
	h.Releases = append(h.Releases, releases(doc.Get("releases"))...)
	for name := range doc.Get("environments").Pairs() {
		h.Environments = append(h.Environments, name.Text())
	}
	for _, r := range doc.Get("releases").Items() {
		h.Valued = h.Valued || len(r.Get("values").Texts()) > 0
	}
	if atomic := doc.Get("helmDefaults", "atomic"); atomic.True() {
		h.AtomicLine = atomic.Line()
	}
}

// address says of each release where the repository of its chart lies.
func (h *Helmfile) address(docs []syntax.Node) {
	addresses := map[string]string{}
	for _, doc := range docs {
		for _, r := range doc.Get("repositories").Items() {
			addresses[r.Get("name").Text()] = manifest.Redacted(r.Get("url").Text())
		}
	}
	for i, r := range h.Releases {
		h.Releases[i].Address = addresses[r.Repository]
	}
}

// releases are those of a list that are not switched off.
func releases(list syntax.Node) []Dependency {
	var found []Dependency
	for _, r := range list.Items() {
		chart := r.Get("chart").Text()
		if chart == "" || r.Get("name").Text() == "" || r.Get("installed").False() {
			continue
		}
		repository, name, remote := strings.Cut(chart, "/")
		if !remote || strings.HasPrefix(chart, ".") || strings.HasPrefix(chart, "/") {
			repository, name = "", chart
		}
		found = append(found, Dependency{Name: name, Repository: repository, Version: r.Get("version").Text(), Line: r.Line()})
	}
	return found
}
