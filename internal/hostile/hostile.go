// Package hostile makes files that are broken or mean harm, for tests: what a
// scan of untrusted repositories must survive.
package hostile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Case is one repository with something hostile in it.
type Case struct {
	Name string
	// Files are the files by their paths.
	Files map[string]string
	// Links are symbolic links: where each points to.
	Links map[string]string
	// Blind are the paths that must be named as blind spots, each with a part of
	// the reason.
	Blind map[string]string
	// Hidden are texts that no report may show.
	Hidden []string
}

// Write writes the case below a folder. A link that the system does not make
// is an error.
func (c Case) Write(dir string) error {
	for name, text := range c.Files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	for name, target := range c.Links {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.Symlink(target, file); err != nil {
			return err
		}
	}
	return nil
}

// Bomb is YAML in which each list holds the one before it ten times.
func Bomb() string {
	text := "a0: &a0 x\n"
	for i := range 12 {
		text += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i), 10), ","))
	}
	return text
}

// LargeMap is YAML of one map with 60,000 keys.
func LargeMap() string {
	var b strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&b, "key%d: value\n", i)
	}
	return b.String()
}

// manifest is a Kubernetes object that every case of clusters holds.
const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

// secret is a value that may stand in no report.
const secret = "Tr0ub4dor-and-3-horses"

// Cases are all cases: of parsers, of encodings, of names, of links, of what
// may not be shown.
func Cases() []Case {
	return append(append(append(parsers(), encodings()...), names()...), leaks()...)
}

func one(name, path, text, reason string) Case {
	c := Case{Name: name, Files: map[string]string{path: text, "README.md": "# Shop\n\nA shop.\n"}}
	if reason != "" {
		c.Blind = map[string]string{path: reason}
	}
	return c
}

func parsers() []Case {
	brackets := strings.Repeat("[", 100_000)
	return []Case{
		one("an alias bomb", "k8s/bomb.yaml", manifest+Bomb(), "aliases"),
		one("deep YAML", "k8s/deep.yaml", brackets, "nested"),
		one("deep YAML by indentation", "k8s/deep.yaml", manifest+indented(2_000), "nested"),
		one("truncated YAML", "k8s/cut.yaml", "apiVersion: v1\nkind: Service\na: [1,\n  {b: \"c", "not valid YAML"),
		one("a map of 60,000 keys", "k8s/map.yaml", manifest+LargeMap(), ""),
		one("20,000 documents", "k8s/many.yaml", strings.Repeat("---\n"+manifest, 20_000), "documents"),
		one("JSON 100,000 levels deep", "dash.json", brackets+strings.Repeat("]", 100_000), "nested"),
		one("JSON that ends", "package.json", "{\"scripts\": {", "not valid JSON"),
		one("deep HCL", "main.tf", "a = "+brackets, "nested"),
		one("deep HCL of blocks", "main.tf", strings.Repeat("a {\n", 50_000), "nested"),
		one("HCL that does not parse", "main.tf", "resource \"a\" {", "not valid HCL"),
		one("Terraform JSON that does not parse", "main.tf.json", "{", "not valid JSON"),
		one("deep Markdown", "docs/deep.md", strings.Repeat(">", 1_000_000), "nested"),
		one("deep XML", "pom.xml", strings.Repeat("<a>", 200_000), "nested"),
		one("a deep pipeline", "Jenkinsfile", strings.Repeat("a{", 100_000), "nested"),
		one("a deep shell script", "run.sh", "#!/bin/sh\n"+strings.Repeat("(", 9_000)+"a"+strings.Repeat(")", 9_000)+"\n", "nested"),
		one("a deep step of a workflow", ".github/workflows/ci.yml", "on: push\njobs: {a: {runs-on: x, steps: [{run: '"+strings.Repeat("(", 9_000)+"a"+strings.Repeat(")", 9_000)+"'}]}}\n", "nested"),
		one("every short tag", "stack.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Sub ['${d}', {e: !GetAtt f.g}], Tags: !If [i, !Select [0, !Split [',', !Ref j]], !Join ['', [!ImportValue k]]]}\n", ""),
		one("a chart's template", "chart/templates/a.yaml", "{{- if .Values.x }}\na: {{ .Values.y }}\n{{- end }}\n", ""),
		one("Jinja in YAML", "roles/a/tasks/main.yml", "- name: a\n  {% if x %}\n  command: b\n  {% endif %}\n", "templated"),
		one("ERB in YAML", "config/a.yaml", manifest+"<% if x %>\na: <%= y %>\n<% end %>\n", ""),
		one("jsonnet that ends", "mixin.jsonnet", "{ a: [", ""),
		one("a file of 50 MB", "k8s/huge.yaml", strings.Repeat("a: b\n", 10<<20), "too large"),
		one("a line of 4 MB", "docs/line.md", strings.Repeat("[a](b) ", 600_000), ""),
	}
}

// indented is YAML of one map in the other.
func indented(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func encodings() []Case {
	return []Case{
		one("invalid UTF-8", "k8s/a.yaml", manifest+"a: \xff\xfe\xfd\n", "line 5"),
		one("UTF-16", "k8s/a.yaml", "\xff\xfea\x00:\x00 \x00b\x00\n\x00", ""),
		one("CRLF", "k8s/a.yaml", strings.ReplaceAll(manifest, "\n", "\r\n"), ""),
		one("NUL bytes", "k8s/a.yaml", "a: \x00\x00\n", "binary"),
		one("a program named .yaml", "k8s/a.yaml", "\x7fELF\x02\x01\x01\x00\x00\x00", "binary"),
		one("an empty file", "k8s/a.yaml", "", ""),
		one("a pointer of Git LFS", "k8s/a.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:"+strings.Repeat("0", 64)+"\nsize 12\n", "LFS"),
		one("a blob of git-crypt", "k8s/a.yaml", "\x00GITCRYPT\x00abcdef", "git-crypt"),
	}
}

func names() []Case {
	c := Case{Name: "names that inject", Files: map[string]string{"README.md": "# Shop\n\n[a](gone.md)\n"}}
	for _, name := range []string{"new\nline.md", `quo"te.md`, "per%20cent.md", "\x1b[31mred.md", "<b>bold<b>.md", "::error::x.md", " lead.md", "-rf.md"} {
		c.Files[name] = "# A\n\n[a](gone.md)\n"
	}
	return []Case{c}
}

func leaks() []Case {
	outside := Case{Name: "links out of the repository", Files: map[string]string{"README.md": "# Shop\n"}, Links: map[string]string{
		"k8s/passwd.yaml": "/etc/passwd", "k8s/device.yaml": "/dev/zero", "k8s/up.yaml": "../../../../../../etc/passwd", "k8s/loop.yaml": "loop.yaml", "k8s/a": "b", "k8s/b": "a",
	}, Hidden: []string{"root:x:0:0"}}
	plain := Case{Name: "secrets in plain text", Hidden: []string{secret}, Files: map[string]string{
		"k8s/secret.yaml":          "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData:\n  password: " + secret + "\n",
		"main.tf":                  "provider \"aws\" {\n  region     = \"eu-west-1\"\n  secret_key = \"" + secret + "\"\n}\n",
		".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env: {DB_PASSWORD: " + secret + "}\n    steps:\n      - run: make test\n",
		"README.md":                "# Shop\n\n```sh\ncurl https://ann:" + secret + "@example.org/a.sh | sh\n```\n",
	}}
	return []Case{outside, plain}
}
