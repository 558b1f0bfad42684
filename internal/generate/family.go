package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/pages"
)

// A family is one folder of detectors.
type family struct {
	Name      string
	Detectors []detector
}

// A detector is an exported variable that holds one.
type detector struct {
	Variable string
	ID       string
	// File is the base name of the source file.
	File string
	// PageFile is the base name of the page; empty where no embedded file is
	// named by the detector's Doc.
	PageFile string
	// Page is the text of the page.
	Page string
}

// Summary is the first sentence of the page, fit for a cell of a table.
func (d detector) Summary() string { return strings.ReplaceAll(pages.Summary(d.Page), "|", `\|`) }

// readFamilies reads the folders below root that hold detectors, sorted by
// name, and the detectors in each, sorted by ID.
func readFamilies(root string) ([]family, error) {
	folders, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var list []family
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		f, err := readFamily(filepath.Join(root, folder.Name()))
		if err != nil {
			return nil, err
		}
		if len(f.Detectors) > 0 {
			list = append(list, f)
		}
	}
	return list, nil
}

func readFamily(folder string) (family, error) {
	f := family{Name: filepath.Base(folder)}
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return f, err
	}
	embedded := map[string]string{}
	for _, path := range paths {
		if !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_generated.go") {
			f.Detectors = append(f.Detectors, readSource(path, embedded)...)
		}
	}
	for i := range f.Detectors {
		if err := f.Detectors[i].readPage(folder, embedded); err != nil {
			return f, err
		}
	}
	slices.SortFunc(f.Detectors, func(a, b detector) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Variable, b.Variable))
	})
	return f, nil
}

// readPage reads the page that the detector's Doc, so far the name of a
// variable, is embedded from.
func (d *detector) readPage(folder string, embedded map[string]string) error {
	d.PageFile = embedded[d.PageFile]
	if d.PageFile == "" {
		return nil
	}
	page, err := os.ReadFile(filepath.Join(folder, d.PageFile))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	d.Page = string(page)
	return nil
}
