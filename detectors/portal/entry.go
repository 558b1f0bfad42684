package portal

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed entry.md
var entryDoc string

// Entries sees the entities that a repository gives to the catalogue of a
// developer portal. Its values are an Entry each.
var Entries = &detect.Detector{
	ID: "portal/entry", Doc: entryDoc, File: entries,
	Match: []string{"**/*.yaml", "**/*.yml"},
}

// A product is a portal by how its descriptors are told from other files.
type product struct {
	name string
	// file says whether the product looks into a file of that path.
	file func(p string) bool
	// marks are texts that a descriptor holds; they only save parsing the rest.
	marks []string
	// read is the entry of one document, and whether it is one.
	read func(s scene, doc syntax.Node) (Entry, syntax.Node, bool)
}

// A scene is what a reader of entries may look at.
type scene struct {
	tree *detect.Tree
	dir  string
}

var products = []product{
	{"backstage", anywhere, []string{"backstage.io/v1"}, backstageEntity},
	{"port", named("port.yml", "port.yaml", ".port/*"), []string{"blueprint"}, portEntity},
	{"cortex", named("cortex.yaml", "cortex.yml", ".cortex/*"), []string{"x-cortex-tag"}, cortexEntity},
	{"opslevel", named("opslevel.yml", "opslevel.yaml"), []string{"service:", "component:"}, opslevelEntity},
	{"compass", named("compass.yml", "compass.yaml"), []string{"name:"}, compassEntity},
	{"datadog", named("*.datadog.yaml", "*.datadog.yml"), []string{"dd-service", "apiVersion"}, datadogEntity},
}

func anywhere(string) bool { return true }

// named says whether a path is one of the names, a name with one of the
// endings ("*.datadog.yaml"), or lies in one of the folders (".port/*").
func named(names ...string) func(string) bool {
	return func(p string) bool {
		for _, n := range names {
			folder, inFolder := strings.CutSuffix(n, "/*")
			ending, byEnding := strings.CutPrefix(n, "*")
			switch {
			case inFolder && strings.Contains("/"+p, "/"+folder+"/"), byEnding && strings.HasSuffix(p, ending), path.Base(p) == n:
				return true
			}
		}
		return false
	}
}

func entries(p *detect.Pass, f *detect.File) error {
	for _, product := range products {
		if !product.file(f.Path) || !f.ContainsAny(product.marks...) || inTemplate(p.Repo.Tree, f.Path) {
			continue
		}
		docs, err := syntax.YAML.Of(f)
		s := scene{tree: p.Repo.Tree, dir: path.Dir(f.Path)}
		for _, doc := range each(docs) {
			e, at, ok := product.read(s, doc)
			if !ok || strings.Contains(e.Name, "{{") {
				continue
			}
			e.Product = product.name
			p.Report(e.Kind+"/"+e.Name, at.Span(), product.name+" "+e.Kind, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// each are the documents of a file; the items of one that is a list.
func each(docs syntax.Documents) []syntax.Node {
	var all []syntax.Node
	for _, d := range docs {
		all = append(all, d.List()...)
	}
	return all
}

// inTemplate says whether a path lies in the body of a template, which is made
// into other repositories and describes none.
func inTemplate(t *detect.Tree, p string) bool {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		switch path.Base(dir) {
		case "skeleton", "skeletons":
			return true
		case "template", "content", "contents":
			if hasTemplate(t, path.Dir(dir)) {
				return true
			}
		}
	}
	return false
}

func hasTemplate(t *detect.Tree, dir string) bool {
	for _, name := range []string{"template.yaml", "template.yml", "copier.yml", "copier.yaml", "cookiecutter.json"} {
		if t.Has(path.Join(dir, name)) {
			return true
		}
	}
	return false
}

// missing are those of the paths, relative to the entry's folder, that do not
// exist. Addresses, placeholders and patterns are left alone.
func (s scene) missing(paths ...string) []string {
	var gone []string
	for _, p := range paths {
		if p == "" || strings.Contains(p, "://") || strings.ContainsAny(p, "*{}$<>?") || path.IsAbs(p) {
			continue
		}
		if full := path.Join(s.dir, p); !strings.HasPrefix(full, "..") && !s.tree.Has(full) {
			gone = append(gone, full)
		}
	}
	return gone
}
