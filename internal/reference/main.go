// Command reference writes docs/reference: a page for each criterion and each
// check, and an index by stage, from what the program judges by.
package main

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/waymark-dev/waymark/detectors"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
	"github.com/waymark-dev/waymark/rules"
)

//go:embed *.tmpl
var files embed.FS

func main() {
	if err := write(filepath.Join("..", "docs", "reference")); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

// write writes the pages anew: one that is no longer made goes.
func write(folder string) error {
	made, err := render()
	if err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	for name, text := range made {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// render are the pages by their paths.
func render() (map[string][]byte, error) {
	templates, err := template.New("").Funcs(template.FuncMap{
		"checksOf": checksOf, "criteriaOf": criteriaOf, "page": page, "looks": looks, "family": family, "roles": roles,
		"scope": (*rules.Criterion).ScopeText, "sentence": rules.Sentence, "cell": cell,
	}).ParseFS(files, "*.tmpl")
	if err != nil {
		return nil, err
	}
	made := map[string][]byte{}
	add := func(name, kind string, value any) {
		var b bytes.Buffer
		if e := templates.ExecuteTemplate(&b, kind+".tmpl", value); e != nil && err == nil {
			err = fmt.Errorf("%s: %w", name, e)
		}
		made[name] = append(bytes.TrimSpace(b.Bytes()), '\n')
	}
	add("README.md", "index", rules.Stages)
	for _, c := range rules.Criteria {
		add("criteria/"+c.ID+".md", "criterion", c)
	}
	for _, c := range rules.Checks() {
		add("checks/"+c.ID+".md", "check", c)
	}
	return made, err
}

func criteriaOf(stage int) []*rules.Criterion {
	return slices.DeleteFunc(slices.Clone(rules.Criteria), func(c *rules.Criterion) bool { return c.Stage != stage })
}

func checksOf(criterion string) []*rules.Check {
	return slices.DeleteFunc(slices.Clone(rules.Checks()), func(c *rules.Check) bool { return c.Criterion != criterion })
}

// page is the part of a detector's page that shows examples; empty where no
// detector has the id.
func page(id string) string {
	i := slices.IndexFunc(detectors.All, func(d *detect.Detector) bool { return d.ID == id })
	if i < 0 {
		return ""
	}
	var b strings.Builder
	for _, s := range pages.Sections(detectors.All[i].Doc) {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", s.Title, s.Text)
	}
	return b.String()
}

// looks are the ids of the detectors that a criterion asks, each once.
func looks(c *rules.Criterion) []string {
	var ids []string
	for _, condition := range slices.Concat(c.For, c.Against) {
		for _, d := range condition.Looks() {
			ids = append(ids, d.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func family(id string) string {
	name, _, _ := strings.Cut(id, "/")
	return name
}

func roles(c *rules.Criterion) string {
	if len(c.Applies) == 0 {
		return "every repository"
	}
	names := make([]string, len(c.Applies))
	for i, r := range c.Applies {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

// cell is a text that fits a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
