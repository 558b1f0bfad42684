package portal

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed app.md
var appDoc string

// Apps sees a developer portal that is built or configured here: Backstage's
// application, its settings, and its settings inside manifests and charts'
// values. Its values are an App each.
var Apps = &detect.Detector{
	ID: "portal/app", Doc: appDoc, File: apps,
	Match: []string{"**/*.yaml", "**/*.yml", "**/packages/app/package.json"},
}

func apps(p *detect.Pass, f *detect.File) error {
	switch {
	case path.Base(f.Path) == "package.json":
		return frontend(p, f)
	case !f.Contains("catalog:") || inTemplate(p.Repo.Tree, f.Path):
		return nil
	}
	docs, err := syntax.YAML.Of(f)
	if err != nil && !strings.HasPrefix(path.Base(f.Path), "app-config") {
		return nil // others tell of manifests that do not parse
	}
	for _, doc := range docs {
		if settings, at, ok := settingsIn(f, doc); ok {
			p.Report("backstage", at.Span(), "settings of Backstage", App{Product: "backstage", Locations: locations(p.Repo, f.Path, settings)})
			return nil
		}
	}
	return err
}

// frontend reports the application of a Backstage repository.
func frontend(p *detect.Pass, f *detect.File) error {
	n, err := syntax.JSON.Of(f)
	if err != nil {
		return err
	}
	for _, name := range []string{"@backstage/app-defaults", "@backstage/core-app-api", "@backstage/frontend-defaults"} {
		if dep := n.Get("dependencies", name); dep.Exists() {
			p.Report("backstage", dep.Span(), "application of Backstage", App{Product: "backstage"})
			return nil
		}
	}
	return nil
}

// settingsIn finds Backstage's settings: the document itself, the text of a
// ConfigMap's key, or the values of its chart.
// Sources: https://backstage.io/docs/conf/writing and https://github.com/backstage/charts
func settingsIn(f *detect.File, doc syntax.Node) (settings, at syntax.Node, ok bool) {
	for _, route := range [][]string{{}, {"appConfig"}, {"backstage", "appConfig"}, {"backstage", "backstage", "appConfig"}} {
		if n := doc.Get(route...); isSettings(n) {
			key, _ := n.Pair("catalog")
			return n, key, true
		}
	}
	if doc.Get("kind").Text() != "ConfigMap" {
		return syntax.Node{}, syntax.Node{}, false
	}
	for key, text := range doc.Get("data").Pairs() {
		if !strings.HasPrefix(key.Text(), "app-config") {
			continue
		}
		inner, err := syntax.YAML.Of(detect.NewFile(f.Path, []byte(text.Text())))
		if err == nil && len(inner) > 0 && isSettings(inner[0]) {
			return inner[0], key, true
		}
	}
	return syntax.Node{}, syntax.Node{}, false
}

func isSettings(n syntax.Node) bool {
	list := n.Get("catalog", "locations")
	return list.IsList() || n.Get("catalog", "providers").IsMap() && n.Get("catalog", "rules").Exists()
}

// onHost is the path of a file in the address that a host gives it.
var onHost = regex.New(`^https?://[^/]+/([^/]+/[^/]+)/(?:-/)?(?:blob|tree|raw|src|edit)/(?:branch/)?[^/]+/([^?#]+)`)

// locations are the files of this repository that the settings register.
func locations(r *detect.Repo, settings string, n syntax.Node) []string {
	var found []string
	for _, location := range n.Get("catalog", "locations").Items() {
		target := location.Get("target").Text()
		if m := onHost.FindStringSubmatch(target); m != nil {
			if strings.EqualFold(m[1], r.Origin) {
				found = append(found, m[2])
			}
			continue
		}
		// Targets of files are relative to where the backend runs.
		dir := path.Dir(settings)
		for _, base := range []string{path.Join(dir, "packages/backend"), dir} {
			if full := path.Join(base, target); target != "" && !strings.HasPrefix(full, "..") && r.Tree.Has(full) {
				found = append(found, full)
				break
			}
		}
	}
	return found
}
