package tooling

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// sections are the tools that have a section in a file of several tools.
var sections = map[string]Tool{
	"ruff": {Concern: Linter, Name: "ruff"}, "pylint": {Concern: Linter, Name: "pylint"}, "flake8": {Concern: Linter, Name: "flake8"}, "pycodestyle": {Concern: Linter, Name: "pycodestyle"}, "pylama": {Concern: Linter, Name: "pylama"},
	"black": {Concern: Formatter, Name: "black"}, "isort": {Concern: Formatter, Name: "isort"}, "yapf": {Concern: Formatter, Name: "yapf"}, "autopep8": {Concern: Formatter, Name: "autopep8"}, "djlint": {Concern: Formatter, Name: "djlint"},
	"mypy": {Concern: TypeChecker, Name: "mypy"}, "pyright": {Concern: TypeChecker, Name: "pyright"}, "basedpyright": {Concern: TypeChecker, Name: "pyright"}, "ty": {Concern: TypeChecker, Name: "ty"}, "pyrefly": {Concern: TypeChecker, Name: "pyrefly"},
	"codespell": {Concern: Linter, Name: "codespell"}, "sqlfluff": {Concern: Linter, Name: "sqlfluff"},
	"poetry": {Concern: PackageManager, Name: "poetry"}, "uv": {Concern: PackageManager, Name: "uv"}, "pdm": {Concern: PackageManager, Name: "pdm"},
	"eslintConfig": {Concern: Linter, Name: "eslint"}, "prettier": {Concern: Formatter, Name: "prettier"}, "stylelint": {Concern: Linter, Name: "stylelint"}, "xo": {Concern: Linter, Name: "xo"}, "standard": {Concern: Linter, Name: "standard"},
	"fmt": {Concern: Formatter, Name: "deno"}, "lint": {Concern: Linter, Name: "deno"},
}

// sectionsOf are the tools among the keys of a mapping.
func sectionsOf(n syntax.Node) []sight {
	var found []sight
	for key, value := range n.Pairs() {
		if t, ok := sections[key.Text()]; ok && (value.IsMap() || value.Text() != "") {
			found = append(found, sight{Tool: t, at: key.Span(), note: "settings of " + t.Name})
		}
	}
	return found
}

// pyproject reads the tables of tools.
// Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table
func pyproject(f *detect.File) ([]sight, error) {
	doc, err := syntax.TOML.Of(f)
	return sectionsOf(doc.Get("tool")), err
}

func denoSections(f *detect.File) ([]sight, error) {
	doc, err := syntax.JSON.Of(f)
	return sectionsOf(doc), err
}

// cargoLints reads the lints that a package or its workspace sets.
func cargoLints(f *detect.File) ([]sight, error) {
	doc, err := syntax.TOML.Of(f)
	for _, route := range [][]string{{"workspace", "lints", "clippy"}, {"lints", "clippy"}} {
		if n := doc.Get(route...); n.IsMap() {
			return []sight{{Tool: Tool{Concern: Linter, Name: "clippy"}, at: n.Span(), note: "settings of clippy"}}, err
		}
	}
	return nil, err
}

// packageJSON reads the settings of tools and the versions of node and of its
// package manager. A range of engines pins nothing.
// Sources: https://docs.npmjs.com/cli/configuring-npm/package-json, https://nodejs.org/api/packages.html#packagemanager
// and https://docs.volta.sh/guide/understanding#managing-your-project
func packageJSON(f *detect.File) ([]sight, error) {
	doc, err := syntax.JSON.Of(f)
	found := sectionsOf(doc)
	if n := doc.Get("packageManager"); n.Text() != "" {
		name, version, _ := strings.Cut(n.Text(), "@")
		version, _, _ = strings.Cut(version, "+")
		found = append(found, sight{Tool: Tool{Concern: PackageManager, Name: name, Version: version}, at: n.Span(), note: "package manager"})
		if fixed(version) {
			found = append(found, toolchain(name, version, n.Span()))
		}
	}
	for _, field := range []string{"volta", "engines"} {
		for key, value := range doc.Get(field).Pairs() {
			if fixed(value.Text()) {
				found = append(found, toolchain(key.Text(), value.Text(), value.Span()))
			}
		}
	}
	return found, err
}

var iniSection = regex.New(`^\[(?:tool:)?([a-z0-9]+)(?:[:.-].*)?\]\s*$`)

// iniSections reads the sections of tools in setup.cfg and tox.ini and the tools
// that the environments of tox run, the first of each tool.
// Source: https://tox.wiki/en/latest/config.html#commands
func iniSections(f *detect.File) ([]sight, error) {
	var found []sight
	seen := map[string]bool{}
	see := func(name string, line int, note string) {
		if t, ok := sections[name]; ok && !seen[name] {
			seen[name] = true
			found = append(found, sight{Tool: t, at: f.Line(line), note: note + t.Name})
		}
	}
	n, running := 0, false
	for line := range bytes.Lines(f.Data) {
		n++
		line = bytes.TrimRight(line, "\r\n")
		if m := iniSection.FindSubmatch(line); m != nil {
			see(string(m[1]), n, "settings of ")
		}
		key, value, assigned := bytes.Cut(line, []byte("="))
		switch {
		case len(line) == 0 || line[0] == '[':
			running = false
			continue
		case line[0] != ' ' && line[0] != '\t' && line[0] != '#':
			running = assigned && string(bytes.TrimSpace(key)) == "commands"
			line = value
		}
		if words := bytes.Fields(line); running && len(words) > 0 && path.Base(f.Path) == "tox.ini" {
			see(string(words[0]), n, "tox runs ")
		}
	}
	return found, nil
}
