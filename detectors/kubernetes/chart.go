package kubernetes

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed chart.md
var chartDoc string

// Charts sees Helm charts, and the releases of a helmfile as what a chart
// without templates is made of. Its values are a Chart each.
var Charts = &detect.Detector{
	ID: "kubernetes/helm-chart", Doc: chartDoc, File: charts,
	Match: []string{"**/*.yaml", "**/*.yml", "**/*.yaml.gotmpl"},
}

func charts(p *detect.Pass, f *detect.File) error {
	dir := path.Dir(f.Path)
	base := path.Base(f.Path)
	byName := strings.HasPrefix(base, "helmfile") || path.Base(dir) == "helmfile.d"
	mayRelease := f.Contains("releases:") && f.Contains("chart:")
	if base != "Chart.yaml" && !byName && !mayRelease {
		return nil
	}
	docs, _, err := manifest.Documents(f)
	if base != "Chart.yaml" {
		reportHelmfile(p, f, docs)
		if !byName {
			return nil // values, most likely: the releases of a part are known when seen
		}
		return err
	}
	for _, doc := range docs {
		name := doc.Get("name")
		if name.Text() == "" || doc.Get("kind").Exists() {
			continue
		}
		_, locked := p.Repo.Tree.File(path.Join(dir, "Chart.lock"))
		p.Report(dir, name.Span(), "chart "+name.Text(), Chart{
			Dir: dir, Name: name.Text(), Version: doc.Get("version").Text(), Library: doc.Get("type").Text() == "library",
			Dependencies: dependencies(doc.Get("dependencies")), LockFile: locked, Environments: valuesFiles(p.Repo.Tree, dir),
		})
	}
	return err
}

func dependencies(list syntax.Node) []Dependency {
	var found []Dependency
	for _, d := range list.Items() {
		found = append(found, Dependency{
			Name: d.Get("name").Text(), Repository: manifest.Redacted(d.Get("repository").Text()), Version: d.Get("version").Text(), Line: d.Line(),
		})
	}
	return found
}

// reportHelmfile reports the releases of a helmfile, but for those that are
// switched off.
// Source: https://helmfile.readthedocs.io/en/latest/#configuration
func reportHelmfile(p *detect.Pass, f *detect.File, docs syntax.Documents) {
	c := Chart{Dir: path.Dir(f.Path), Helmfile: true}
	for _, doc := range docs {
		for _, r := range doc.Get("releases").Items() {
			chart := r.Get("chart").Text()
			if chart == "" || r.Get("name").Text() == "" || r.Get("installed").False() || doc.Get("apiVersion").Exists() {
				continue
			}
			repository, name, remote := strings.Cut(chart, "/")
			if !remote || strings.HasPrefix(chart, ".") || strings.HasPrefix(chart, "/") {
				repository, name = "", chart
			}
			c.Dependencies = append(c.Dependencies, Dependency{Name: name, Repository: repository, Version: r.Get("version").Text(), Line: r.Line()})
		}
		for environment := range doc.Get("environments").Pairs() {
			c.Environments = append(c.Environments, environment.Text())
		}
	}
	if len(c.Dependencies) > 0 {
		p.Report(f.Path, f.Whole(), "helmfile", c)
	}
}

// valuesFiles are the environments that a chart has values files for.
func valuesFiles(t *detect.Tree, dir string) []string {
	var found []string
	for _, e := range t.Under(dir) {
		inside := strings.TrimPrefix(e.Path, dir+"/")
		if strings.Count(inside, "/") > 1 {
			continue
		}
		if name := valuesEnvironment(inside); name != "" && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}
