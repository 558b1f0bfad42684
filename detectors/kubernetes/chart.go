package kubernetes

import (
	_ "embed"
	"path"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed chart.md
var chartDoc string

// Charts sees Helm charts. Its values are a Chart each.
var Charts = &detect.Detector{ID: "kubernetes/helm-chart", Doc: chartDoc, Match: []string{"**/Chart.yaml"}, File: charts}

func charts(p *detect.Pass, f *detect.File) error {
	dir := path.Dir(f.Path)
	docs, _, err := manifest.Documents(f)
	for _, doc := range docs {
		name := doc.Get("name")
		if name.Text() == "" || doc.Get("kind").Exists() {
			continue
		}
		_, locked := p.Repo.Tree.File(path.Join(dir, "Chart.lock"))
		p.Report(dir, name.Span(), "chart "+name.Text(), Chart{
			Dir: dir, Name: name.Text(), Version: doc.Get("version").Text(), Library: doc.Get("type").Text() == "library",
			Dependencies: dependencies(doc.Get("dependencies")), LockFile: locked, Sources: append(doc.Get("sources").Texts(), doc.Get("home").Texts()...),
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
