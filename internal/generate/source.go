package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// readSource finds the detectors of a source file, and adds which variables
// hold an embedded file. Of a source that is half written it takes what the
// parser could make of it, and says so.
func readSource(path string, embedded map[string]string) []detector {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate: half written:", err)
	}
	if file == nil {
		return nil
	}
	var list []detector
	for _, decl := range file.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			spec := spec.(*ast.ValueSpec)
			list = append(list, readSpec(spec, filepath.Base(path))...)
			if name := embeds(g.Doc, spec.Doc); name != "" {
				embedded[spec.Names[0].Name] = name
			}
		}
	}
	return list
}

// embeds is the file that a directive above a variable embeds in it.
func embeds(groups ...*ast.CommentGroup) string {
	for _, group := range groups {
		if group == nil {
			continue
		}
		for _, comment := range group.List {
			if name, ok := strings.CutPrefix(comment.Text, "//go:embed "); ok {
				return strings.TrimSpace(name)
			}
		}
	}
	return ""
}

func readSpec(spec *ast.ValueSpec, file string) []detector {
	var list []detector
	for i, value := range spec.Values {
		literal := detectorLiteral(value)
		if literal == nil || i >= len(spec.Names) || !spec.Names[i].IsExported() {
			continue
		}
		list = append(list, detector{
			Variable: spec.Names[i].Name, ID: field(literal, "ID"), PageFile: field(literal, "Doc"), File: file,
		})
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

// field is the string or the variable that a field of a literal is set to.
func field(literal *ast.CompositeLit, name string) string {
	for _, e := range literal.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); !ok || key.Name != name {
			continue
		}
		switch value := pair.Value.(type) {
		case *ast.BasicLit:
			text, _ := strconv.Unquote(value.Value)
			return text
		case *ast.Ident:
			return value.Name
		}
	}
	return ""
}
