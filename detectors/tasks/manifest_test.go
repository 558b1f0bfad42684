package tasks

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

// what tells of a manifest, read among other files, whether it starts or
// publishes something.
func what(t *testing.T, name, text string, others ...string) (starts, publishes bool) {
	t.Helper()
	entries := []detect.Entry{{Path: name}}
	for _, o := range others {
		entries = append(entries, detect.Entry{Path: o})
	}
	file := detect.NewFile(name, []byte(text))
	m := Manifest{Dir: "."}
	list, _ := manifest.Dependencies.Of(file)
	for _, d := range list {
		m.Dependencies = append(m.Dependencies, d.Name)
	}
	if _, err := manifestReaders[name](detect.NewTree(entries, nil), file, &m); err != nil {
		t.Fatal(err)
	}
	return m.Starts, m.Publishes
}

func TestServicesAndLibraries(t *testing.T) {
	for about, c := range map[string]struct {
		name, text        string
		others            []string
		starts, publishes bool
	}{
		"a server of node":         {name: "package.json", text: `{"name": "a", "version": "1.0.0", "main": "index.js", "scripts": {"start": "node ."}}`, starts: true},
		"a library of node":        {name: "package.json", text: `{"name": "a", "version": "1.0.0", "main": "index.js", "files": ["dist"], "scripts": {"dev": "vite"}}`, publishes: true},
		"sources for a workspace":  {name: "package.json", text: `{"name": "a", "version": "1.0.0", "exports": "./index.ts", "scripts": {"start": "tsx index.ts"}}`, starts: true},
		"exports that are made":    {name: "package.json", text: `{"name": "a", "version": "1.0.0", "exports": {".": {"import": "./dist/a.js", "types": "./src/a.ts"}}}`, publishes: true},
		"a private package":        {name: "package.json", text: `{"name": "a", "version": "1.0.0", "files": ["dist"], "private": true}`},
		"what npm init writes":     {name: "package.json", text: `{"name": "a", "version": "1.0.0", "main": "index.js", "repository": "b", "scripts": {"test": "jest"}}`},
		"a site of documents":      {name: "package.json", text: `{"private": true, "scripts": {"start": "docusaurus start"}}`},
		"a program of Go":          {name: "go.mod", text: "module example.com/a\n", others: []string{"cmd/a/main.go", "a.go"}, starts: true},
		"a library of Go":          {name: "go.mod", text: "module example.com/a\n", others: []string{"a.go"}, publishes: true},
		"a released program of Go": {name: "go.mod", text: "module example.com/a\n", others: []string{"cmd/a/main.go", ".goreleaser.yaml"}, publishes: true},
		"a released server of Go":  {name: "go.mod", text: "module example.com/a\n", others: []string{"cmd/a/main.go", ".goreleaser.yaml", "Dockerfile"}, starts: true},
		"tools of Go alone":        {name: "go.mod", text: "module example.com/a\n", others: []string{"tools.go"}},
		"tests of Go alone":        {name: "go.mod", text: "module example.com/a\n", others: []string{"a_test.go"}},
		"a service of Python":      {name: "requirements.txt", text: "flask\n", others: []string{"app.py"}, starts: true},
		"dependencies alone":       {name: "requirements.txt", text: "boto3\n", others: []string{"app.py"}},
		"a library of Python":      {name: "pyproject.toml", text: "[build-system]\nrequires = []\n[project]\nname = 'a'\nclassifiers = ['Topic :: Software Development']\n", publishes: true},
		"a crate":                  {name: "Cargo.toml", text: "[package]\nname = 'a'\ndescription = 'b'\n", others: []string{"src/lib.rs"}, publishes: true},
		"a crate kept":             {name: "Cargo.toml", text: "[package]\nname = 'a'\ndescription = 'b'\npublish = false\n", others: []string{"src/lib.rs"}},
		"a program of Rust":        {name: "Cargo.toml", text: "[package]\nname = 'a'\n", others: []string{"src/main.rs"}, starts: true},
		"Spring Boot":              {name: "build.gradle", text: "plugins { id 'org.springframework.boot' version '3' }\n", starts: true},
		"a published build":        {name: "build.gradle.kts", text: "plugins {\n  `maven-publish`\n}\n", publishes: true},
		"Spring Boot by Maven":     {name: "pom.xml", text: "<project><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>", starts: true},
		"a managed plug-in alone":  {name: "pom.xml", text: "<project><build><pluginManagement><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></pluginManagement></build></project>"},
	} {
		starts, publishes := what(t, c.name, c.text, c.others...)
		if diff := cmp.Diff([]bool{c.starts, c.publishes}, []bool{starts, publishes}); diff != "" {
			t.Errorf("%s: starts, publishes (-want +got):\n%s", about, diff)
		}
	}
}
