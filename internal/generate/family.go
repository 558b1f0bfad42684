package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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
	// Page is the text of the page; empty where there is none.
	Page string
}

// PageFile is the base name of the page that belongs to the ID.
func (d detector) PageFile() string {
	_, noun, _ := strings.Cut(d.ID, "/")
	return strings.ReplaceAll(noun, "-", "_") + ".md"
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
	sources, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return f, err
	}
	for _, source := range sources {
		if !strings.HasSuffix(source, "_test.go") && !strings.HasSuffix(source, "_generated.go") {
			f.Detectors = append(f.Detectors, readSource(source)...)
		}
	}
	for i, d := range f.Detectors {
		page, err := os.ReadFile(filepath.Join(folder, d.PageFile()))
		if err != nil && !os.IsNotExist(err) {
			return f, err
		}
		f.Detectors[i].Page = string(page)
	}
	slices.SortFunc(f.Detectors, func(a, b detector) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Variable, b.Variable))
	})
	return f, nil
}

// readSource finds the detectors of a source file; of one that is half written
// it takes what the parser could make of it, and says so.
func readSource(source string) []detector {
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.SkipObjectResolution)
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate: half written:", err)
	}
	if file == nil {
		return nil
	}
	var list []detector
	for _, decl := range file.Decls {
		if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.VAR {
			for _, spec := range g.Specs {
				list = append(list, readSpec(spec.(*ast.ValueSpec), filepath.Base(source))...)
			}
		}
	}
	return list
}

func readSpec(spec *ast.ValueSpec, file string) []detector {
	var list []detector
	for i, value := range spec.Values {
		if literal := detectorLiteral(value); literal != nil && i < len(spec.Names) && spec.Names[i].IsExported() {
			list = append(list, detector{Variable: spec.Names[i].Name, ID: field(literal, "ID"), File: file})
		}
	}
	return list
}

// detectorLiteral is the literal in "&detect.Detector{…}".
func detectorLiteral(e ast.Expr) *ast.CompositeLit {
	address, ok := e.(*ast.UnaryExpr)
	if !ok || address.Op != token.AND {
		return nil
	}
	literal, ok := address.X.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	name, ok := literal.Type.(*ast.SelectorExpr)
	if !ok || name.Sel.Name != "Detector" {
		return nil
	}
	if pkg, ok := name.X.(*ast.Ident); !ok || pkg.Name != "detect" {
		return nil
	}
	return literal
}

// field is the string that a field of a literal is set to.
func field(literal *ast.CompositeLit, name string) string {
	for _, e := range literal.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, _ := pair.Key.(*ast.Ident)
		value, _ := pair.Value.(*ast.BasicLit)
		if key != nil && value != nil && key.Name == name {
			text, _ := strconv.Unquote(value.Value)
			return text
		}
	}
	return ""
}
