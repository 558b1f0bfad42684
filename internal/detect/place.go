package detect

import (
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
	Template  Place = "template"
	Excluded  Place = "excluded" // by the configuration
)

// Read says whether the files of the place are given to detectors.
func (p Place) Read() bool { return p != Vendored && p != Generated && p != Excluded }

// placeOfFolder tells the place by the name of a folder.
var placeOfFolder = map[string]Place{
	"example": Example, "examples": Example, "sample": Example, "samples": Example, "demo": Example, "demos": Example,
	"test": Test, "tests": Test, "testdata": Test, "test-data": Test, "fixture": Test, "fixtures": Test, "e2e": Test, "__tests__": Test,
	"vendor": Vendored, "vendored": Vendored, "third_party": Vendored, "third-party": Vendored, "node_modules": Vendored,
	"bower_components": Vendored, ".terraform": Vendored, ".terragrunt-cache": Vendored, ".yarn": Vendored, "site-packages": Vendored, ".venv": Vendored,
}

// environments are names of folders that hold one environment each; beside one
// of them a folder named test is an environment too.
var environments = []string{"dev", "development", "staging", "stage", "prod", "production", "preprod", "uat", "qa", "integration", "sandbox", "live"}

// Place is the place of a path: what git attributes say, else what the names of
// its folders tell. The outermost vendored or template folder wins, then the
// outermost other one.
func (t *Tree) Place(p string) Place {
	if place, ok := t.marks[p]; ok {
		return place
	}
	found := Live
	for end := 0; ; end++ {
		next := strings.IndexByte(p[end:], '/')
		if next < 0 {
			return found
		}
		start := end
		end += next
		place := t.placeOfFolder(p[:end], p[start:end])
		if place == Vendored || place == Template {
			return place
		}
		if found == Live {
			found = place
		}
	}
}

func (t *Tree) placeOfFolder(folder, name string) Place {
	if strings.Contains(name, "{{") {
		return Template
	}
	place := placeOfFolder[strings.ToLower(name)]
	if place == Test && t.besideEnvironment(strings.TrimSuffix(folder, name)) {
		return Live
	}
	return place
}

// besideEnvironment says whether a folder, given with its final slash, holds a
// folder that is named after an environment.
func (t *Tree) besideEnvironment(folder string) bool {
	return slices.ContainsFunc(environments, func(name string) bool { return t.folders[folder+name] })
}
