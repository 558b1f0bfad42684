package detect

import (
	"path"
	"slices"
	"strings"
)

// A Place is the kind of place that a file lies in. Only what lies in a live
// place speaks for itself; rules decide about the rest.
type Place string

// The places. Vendored, generated and excluded files are listed but not read.
const (
	Live      Place = ""
	Example   Place = "example"
	Test      Place = "test"
	Vendored  Place = "vendored"
	Generated Place = "generated"
	Template  Place = "template" // the body of a template for other repositories
	Shelved   Place = "shelved"  // kept, and no longer in force
	Excluded  Place = "excluded" // by the configuration
)

// Read says whether the files of the place are given to detectors.
func (p Place) Read() bool { return p != Vendored && p != Generated && p != Excluded }

// Place is the place of a path: what git attributes say, else what its names
// tell. The outermost vendored, generated or template folder wins, then the
// outermost other one, then the file's own name.
func (t *Tree) Place(p string) Place {
	if place, ok := t.marks[p]; ok {
		return place
	}
	if place, ok := t.told[p]; ok {
		return place
	}
	if place := t.placeBelow(path.Dir(p)); place != Live {
		return place
	}
	return t.placeOfFile(p)
}

// placeBelow is the place of what lies directly in a folder.
func (t *Tree) placeBelow(folder string) Place {
	if folder == "" || folder == "." || folder == "/" {
		return Live
	}
	if place, ok := t.told[folder]; ok {
		return place
	}
	if place, ok := t.places[folder]; ok {
		return place
	}
	outer := t.placeBelow(path.Dir(folder))
	if strong(outer) {
		return outer
	}
	if own := t.placeOfFolder(folder); outer == Live || strong(own) {
		return own
	}
	return outer
}

// placesOfFolders asks for every folder once, so that asking for a path is cheap.
func (t *Tree) placesOfFolders() map[string]Place {
	places := make(map[string]Place, len(t.folders))
	for folder := range t.folders {
		places[folder] = t.placeBelow(folder)
	}
	return places
}

func strong(p Place) bool { return p == Vendored || p == Generated || p == Template }

func (t *Tree) placeOfFolder(folder string) Place {
	name := path.Base(folder)
	lower := strings.ToLower(name)
	place := placeOfName(lower)
	switch {
	case hasPlaceholder(name) || t.templateBody(folder):
		return Template
	case t.installed(folder):
		return Vendored
	case slices.Contains(perhapsEnvironments, lower) && t.isEnvironment(folder):
		return Live
	}
	return place
}

// placesByName are told by the whole name of a folder, in lower case.
var placesByName = map[string]Place{
	"example": Example, "examples": Example, "sample": Example, "samples": Example, "demo": Example, "demos": Example,

	"test": Test, "tests": Test, "testdata": Test, ".chainsaw-test": Test, ".kyverno-test": Test, ".fixtures": Test, "test-data": Test, "test_data": Test, "testresources": Test, "test-resources": Test,
	"fixture": Test, "fixtures": Test, "e2e": Test, "__tests__": Test, "__fixtures__": Test, "__mocks__": Test, "__snapshots__": Test,

	"vendor": Vendored, "vendored": Vendored, "third_party": Vendored, "third-party": Vendored, "thirdparty": Vendored, "node_modules": Vendored,
	"bower_components": Vendored, "jspm_packages": Vendored, ".terraform": Vendored, ".terragrunt-cache": Vendored, ".yarn": Vendored,
	"site-packages": Vendored, ".venv": Vendored, "venv": Vendored, ".tox": Vendored, "godeps": Vendored, ".bundle": Vendored,

	"cdk.out": Generated, ".aws-sam": Generated, ".serverless": Generated, ".terragrunt-stack": Generated, "__generated__": Generated,

	".archive": Shelved, "_archive": Shelved, "archived": Shelved, "_archived": Shelved, ".old": Shelved, "_old": Shelved, "attic": Shelved, "graveyard": Shelved,
	"deprecated": Shelved, "_deprecated": Shelved, "obsolete": Shelved, "retired": Shelved, "_disabled": Shelved, ".disabled": Shelved, "disabled": Shelved,

	"_templates": Template, "plop-templates": Template, "archetype-resources": Template, ".boilerplate": Template,
}

// placesByEnding are told by how the name of a folder ends: "Orders.Tests",
// "smoke-tests", "dev-example".
var placesByEnding = []struct {
	ending string
	place  Place
}{
	{".tests", Test}, {".test", Test}, {"-tests", Test}, {"_tests", Test}, {"-fixtures", Test}, {"_fixtures", Test},
	{"-example", Example}, {"_example", Example}, {"-examples", Example}, {"_examples", Example}, {"-samples", Example}, {"_samples", Example},
	{".disabled", Shelved}, {"_disabled", Shelved}, {"-disabled", Shelved}, {".old", Shelved}, {".bak", Shelved},
}

func placeOfName(lower string) Place {
	if place, ok := placesByName[lower]; ok {
		return place
	}
	for _, e := range placesByEnding {
		if strings.HasSuffix(lower, e.ending) {
			return e.place
		}
	}
	return Live
}

// hasPlaceholder says whether a name is filled in by a template engine or a
// script: "{{cookiecutter.name}}", "{% if docs %}docs{% endif %}", "__NAME__".
func hasPlaceholder(name string) bool {
	return strings.Contains(name, "{{") || strings.Contains(name, "{%") || Token(name)
}

// templateBodies are names of folders that hold the body of a template where
// one of the files lies beside them: Backstage's template and copier's settings.
var templateBodies = map[string][]string{
	"skeleton": {"template.yaml", "template.yml"},
	"template": {"copier.yml", "copier.yaml"},
}

// templateMarkers are what a folder below the root holds when it is the body of
// a template as a whole: dotnet's templates and Gruntwork's boilerplate.
var templateMarkers = []string{".template.config", "boilerplate.yml"}

func (t *Tree) templateBody(folder string) bool {
	beside := templateBodies[path.Base(folder)]
	if slices.ContainsFunc(beside, func(name string) bool { return t.exists(path.Join(path.Dir(folder), name)) }) {
		return true
	}
	return slices.ContainsFunc(templateMarkers, func(name string) bool { return t.exists(folder + "/" + name) })
}

func (t *Tree) exists(p string) bool {
	_, isFile := t.index[p]
	return isFile || t.folders[p]
}

// perhapsEnvironments are names that mean no live place, unless the folder is
// one of several environments.
var perhapsEnvironments = []string{"test", "demo", "e2e"}

// environments are names of folders that hold one environment each: beside one
// of them a folder named test is an environment too.
var environments = []string{
	"prod", "production", "prd", "preprod", "pre-prod", "preproduction", "staging", "stage", "stg", "uat", "aat", "nonprod", "non-prod",
}

// developments are environments too; but at the root, and beside the source,
// such folders hold tools and tests.
var developments = []string{"dev", "development", "integration", "int", "qa", "acc", "sandbox"}

// environmentHomes are folders whose folders are environments each.
var environmentHomes = []string{"env", "envs", "environment", "environments", "overlays", "stages", "clusters", "accounts", "landscapes", "tiers"}

// isEnvironment says whether a folder is an environment by its neighbours.
func (t *Tree) isEnvironment(folder string) bool {
	parent := path.Dir(folder)
	if slices.Contains(environmentHomes, strings.ToLower(path.Base(parent))) {
		return true
	}
	beside := func(name string) bool { return t.folders[path.Join(parent, name)] }
	if slices.ContainsFunc(environments, beside) {
		return true
	}
	return parent != "." && path.Base(parent) != "src" && slices.ContainsFunc(developments, beside)
}

// placeOfFile tells the place by the name of a file in a live folder.
func (t *Tree) placeOfFile(p string) Place {
	name := path.Base(p)
	switch {
	case hasPlaceholder(name):
		return Template
	case strings.HasSuffix(name, ".jinja") && t.belowCopier(path.Dir(p)):
		return Template
	case isExampleFile(strings.ToLower(name)):
		return Example
	}
	return Live
}

// belowCopier says whether a folder belongs to a template of copier, whose body
// may lie among the template's own files. Elsewhere Jinja is also what
// deployments are written in.
func (t *Tree) belowCopier(folder string) bool {
	for ; ; folder = path.Dir(folder) {
		if t.exists(path.Join(folder, "copier.yml")) || t.exists(path.Join(folder, "copier.yaml")) {
			return true
		}
		if folder == "." || folder == "/" {
			return false
		}
	}
}

// isExampleFile says whether a file is one to be copied and filled in:
// ".env.example", "values.sample.yaml".
func isExampleFile(lower string) bool {
	_, parts, _ := strings.Cut(lower, ".")
	for part := range strings.SplitSeq(parts, ".") {
		if part == "example" || part == "sample" {
			return true
		}
	}
	return false
}
