package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../../detectors"

func read(t *testing.T) []family {
	t.Helper()
	families, err := readFamilies(root)
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// The variable is the plural of the noun of the ID, of a part of that, or of
// the page's name; the page is named by one of these or like its source:
// "terraform/module-call", Calls, call.md.
func TestNamesAgree(t *testing.T) {
	ids := map[string]bool{}
	for _, f := range read(t) {
		for _, d := range f.Detectors {
			folder, noun, _ := strings.Cut(d.ID, "/")
			page := strings.TrimSuffix(d.PageFile, ".md")
			if folder != f.Name {
				t.Errorf("%s/%s: the ID %q must begin with the name of the family", f.Name, d.File, d.ID)
			}
			if !names(d.Variable, page) && !slices.ContainsFunc(parts(noun), func(p string) bool { return names(d.Variable, p) }) {
				t.Errorf("%s/%s: the variable %s must be the plural of the noun in %q", f.Name, d.File, d.Variable, d.ID)
			}
			if page+".go" != d.File && !names(d.Variable, page) && !slices.Contains(parts(noun), strings.ReplaceAll(page, "_", "-")) {
				t.Errorf("%s/%s: the page %q must be named by the noun in %q", f.Name, d.File, d.PageFile, d.ID)
			}
			if d.Page == "" {
				t.Errorf("%s/%s: %s has no page", f.Name, d.File, d.ID)
			}
			if ids[d.ID] {
				t.Errorf("%s/%s: the ID %q is taken", f.Name, d.File, d.ID)
			}
			ids[d.ID] = true
		}
	}
}

// parts are the runs of words in a noun.
func parts(noun string) []string {
	words := strings.Split(noun, "-")
	var runs []string
	for from := range words {
		for to := from + 1; to <= len(words); to++ {
			runs = append(runs, strings.Join(words[from:to], "-"))
		}
	}
	return runs
}

var joints = strings.NewReplacer("-", "", "_", "")

// names says whether a variable is the plural of a noun.
func names(variable, noun string) bool {
	variable, noun = strings.ToLower(variable), joints.Replace(noun)
	stem, y := strings.CutSuffix(noun, "y")
	return variable == noun+"s" || variable == noun+"es" || y && variable == stem+"ies" || variable == noun
}

func TestEachPageHasADetector(t *testing.T) {
	for _, f := range read(t) {
		found, err := filepath.Glob(filepath.Join(root, f.Name, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		pages := map[string]bool{}
		for _, d := range f.Detectors {
			pages[d.PageFile] = true
		}
		for _, page := range found {
			if !pages[filepath.Base(page)] {
				t.Errorf("%s belongs to no detector", page)
			}
		}
	}
}

func TestListsAreUpToDate(t *testing.T) {
	files, err := generate(read(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		is, err := os.ReadFile(filepath.Join(root, f.path))
		if err != nil || string(is) != string(f.data) {
			t.Errorf("detectors/%s is out of date: run go generate ./detectors", f.path)
		}
	}
}

func TestHalfWrittenSourceHoldsNothingUp(t *testing.T) {
	folder := t.TempDir()
	source := "package broken\n\nvar Backends = &detect.Detector{ID: \"broken/backend\"}\n\nfunc backends( {"
	if err := os.Mkdir(filepath.Join(folder, "broken"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "broken", "backend.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	families, err := readFamilies(folder)
	if err != nil || len(families) != 1 || families[0].Detectors[0].Variable != "Backends" {
		t.Errorf("found %v, %v", families, err)
	}
}
