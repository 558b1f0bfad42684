package portal

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed template.md
var templateDoc string

// Templates sees templates that make new repositories or parts of them. Its
// values are a Template each; the subject is the template's folder.
var Templates = &detect.Detector{
	ID: "portal/template", Doc: templateDoc, File: templates,
	Match: []string{
		"**/cookiecutter.json", "**/copier.yml", "**/copier.yaml", "**/*template*.yaml", "**/*template*.yml", "**/devcontainer-template.json",
		"**/.template.config/template.json", "**/archetype-metadata.xml", "**/boilerplate.yml", "**/cargo-generate.toml", "**/plopfile.{js,mjs,cjs,ts}", "README.md",
	},
}

// templateFiles are files that only a template has, by their tool.
var templateFiles = map[string]string{
	"cookiecutter.json":          "cookiecutter",
	"devcontainer-template.json": "devcontainer",
	"template.json":              "dotnet",
	"archetype-metadata.xml":     "maven-archetype",
	"cargo-generate.toml":        "cargo-generate",
	"plopfile.js":                "plop",
	"plopfile.mjs":               "plop",
	"plopfile.cjs":               "plop",
	"plopfile.ts":                "plop",
}

func templates(p *detect.Pass, f *detect.File) error {
	name, dir := path.Base(f.Path), path.Dir(f.Path)
	if tool := templateFiles[name]; tool != "" {
		if tool == "dotnet" {
			dir = path.Dir(dir)
		}
		p.Report(dir, f.Whole(), tool, Template{Tool: tool, Dir: dir})
		return nil
	}
	switch {
	case name == "README.md":
		return offered(p, f)
	case strings.HasPrefix(name, "copier."), strings.HasPrefix(name, "boilerplate."):
		return questions(p, f, strings.TrimSuffix(name, path.Ext(name)))
	}
	return software(p, f)
}

// questions reports a template by the file that holds its questions: a mapping
// (boilerplate: of variables).
func questions(p *detect.Pass, f *detect.File, tool string) error {
	docs, err := syntax.YAML.Of(f)
	for _, doc := range docs {
		if doc.IsMap() && (tool == "copier" || doc.Get("variables").IsList() || doc.Get("dependencies").IsList()) {
			p.Report(path.Dir(f.Path), f.Whole(), tool, Template{Tool: tool, Dir: path.Dir(f.Path)})
			break
		}
	}
	return err
}

// software reports Backstage's software templates.
func software(p *detect.Pass, f *detect.File) error {
	if !f.Contains("backstage.io/v1") || inTemplate(p.Repo.Tree, f.Path) {
		return nil
	}
	docs, err := syntax.YAML.Of(f)
	for _, doc := range docs {
		if doc.Get("kind").Text() == "Template" && backstageVersion.MatchString(doc.Get("apiVersion").Text()) {
			p.Report(path.Dir(f.Path), doc.Get("metadata", "name").Span(), "backstage", Template{Tool: "backstage", Dir: path.Dir(f.Path)})
		}
	}
	return err
}

// offered reports a repository whose README links to the page on which GitHub
// makes a new repository of this one.
func offered(p *detect.Pass, f *detect.File) error {
	if p.Repo.Origin == "" || !f.Contains("/generate") {
		return nil
	}
	page, err := syntax.Document(f)
	if err != nil {
		return err
	}
	for _, link := range page.Links {
		if strings.EqualFold(strings.TrimSuffix(link.Target, "/"), "https://github.com/"+p.Repo.Origin+"/generate") {
			p.Report(".", link.At, "github-template", Template{Tool: "github-template", Dir: "."})
			return nil
		}
	}
	return nil
}
