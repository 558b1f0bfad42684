package manifest

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A Dependency is what a package says that it needs, for running or for
// developing it.
type Dependency struct {
	// Name is that of the registry: "@openfeature/server-sdk",
	// "go.opentelemetry.io/otel", "io.gatling:gatling-core".
	Name string
	At   detect.Span
}

// DependencyFiles are the patterns of the files that name dependencies.
var DependencyFiles = []string{
	"**/package.json", "**/composer.json", "**/go.mod", "**/requirements*.txt", "**/requirements/*.txt", "**/requirements*.in", "**/pyproject.toml", "**/Pipfile",
	"**/Cargo.toml", "**/libs.versions.toml", "**/pom.xml", "**/.mvn/extensions.xml", "**/*.csproj", "**/*.fsproj", "**/Directory.Packages.props",
	"**/build.gradle", "**/build.gradle.kts", "**/settings.gradle", "**/settings.gradle.kts", "**/Gemfile", "**/*.gemspec",
}

// maxDependencies bounds those of one JSON file, whose places cost most where
// everything stands on one line.
const maxDependencies = 2000

// Dependencies are the dependencies that a file names. A file that cannot be
// read as what its name says has none: the detectors of that format report it.
var Dependencies = detect.NewView(func(f *detect.File) ([]Dependency, error) {
	switch base := path.Base(f.Path); {
	case base == "package.json", base == "composer.json":
		return jsonDependencies(f), nil
	case base == "go.mod":
		return goDependencies(f), nil
	case path.Ext(base) == ".toml", base == "Pipfile":
		return tomlDependencies(f), nil
	case path.Ext(base) == ".xml", strings.HasSuffix(base, "proj"), path.Ext(base) == ".props":
		return xmlDependencies(f), nil
	case strings.Contains(base, ".gradle"):
		return lineDependencies(f, "//", gradleName), nil
	case base == "Gemfile", path.Ext(base) == ".gemspec":
		return lineDependencies(f, "#", gemName), nil
	case path.Ext(base) == ".txt", path.Ext(base) == ".in":
		return lineDependencies(f, "#", pythonName), nil
	}
	return nil, nil
})

func jsonDependencies(f *detect.File) []Dependency {
	doc, err := syntax.JSON.Of(f)
	if err != nil {
		return nil
	}
	var found []Dependency
	for _, field := range []string{"dependencies", "devDependencies", "optionalDependencies", "require", "require-dev"} {
		for name := range doc.Get(field).Pairs() {
			if len(found) == maxDependencies {
				return found
			}
			found = append(found, Dependency{Name: name.Text(), At: name.Span()})
		}
	}
	return found
}

func goDependencies(f *detect.File) []Dependency {
	parsed, err := modfile.ParseLax(f.Path, f.Data, nil)
	if err != nil {
		return nil
	}
	var found []Dependency
	for _, r := range parsed.Require {
		if !r.Indirect && r.Syntax != nil {
			found = append(found, Dependency{Name: r.Mod.Path, At: f.Line(r.Syntax.Start.Line)})
		}
	}
	return found
}

var (
	gradleName = regex.New(`["']([A-Za-z][\w.-]*:[\w.-]+)(?::[^"']*)?["']|\bid\s*\(?\s*["']([\w.-]+)["']`)
	gemName    = regex.New(`^\s*(?:gem|\w+\.add(?:_runtime|_development)?_dependency)\s*\(?\s*["']([^"']+)["']`)
	pythonName = regex.New(`^\s*([A-Za-z0-9][A-Za-z0-9._-]*)`)
)

// lineDependencies are the names that a pattern finds on lines that are no
// comments.
func lineDependencies(f *detect.File, comment string, name *regex.Pattern) []Dependency {
	var found []Dependency
	n := 0
	for line := range bytes.Lines(f.Data) {
		n++
		text, _, _ := strings.Cut(string(line), comment)
		for _, m := range name.FindAllStringSubmatch(text, -1) {
			found = append(found, Dependency{Name: m[1] + strings.Join(m[2:], ""), At: f.Line(n)})
		}
	}
	return found
}

// xmlDependencies are those of Maven and NuGet.
func xmlDependencies(f *detect.File) []Dependency {
	var found []Dependency
	decoder := xml.NewDecoder(bytes.NewReader(f.Data))
	decoder.Strict = false
	var group, element string
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return found
		}
		line, _ := decoder.InputPos()
		switch t := token.(type) {
		case xml.StartElement:
			element = t.Name.Local
			for _, a := range t.Attr {
				if (element == "PackageReference" || element == "PackageVersion") && a.Name.Local == "Include" {
					found = append(found, Dependency{Name: a.Value, At: f.Line(line)})
				}
			}
		case xml.CharData:
			switch text := strings.TrimSpace(string(t)); {
			case text == "":
			case element == "groupId":
				group = text
			case element == "artifactId":
				found = append(found, Dependency{Name: group + ":" + text, At: f.Line(line)})
			}
		}
	}
}

// tomlTables are the ways to the tables whose keys are dependencies, in the
// formats of Poetry, Pipenv and Cargo.
var tomlTables = [][]string{
	{"tool", "poetry", "dependencies"}, {"tool", "poetry", "dev-dependencies"}, {"packages"}, {"dev-packages"},
	{"dependencies"}, {"dev-dependencies"}, {"build-dependencies"}, {"workspace", "dependencies"},
}

// tomlDependencies are those of Python, Rust and Gradle's catalogues.
func tomlDependencies(f *detect.File) []Dependency {
	doc, err := syntax.TOML.Of(f)
	if err != nil {
		return nil
	}
	t := tomlNames{}
	for _, route := range tomlTables {
		t.keys(doc.Get(route...))
	}
	for _, group := range doc.Get("tool", "poetry", "group").Pairs() {
		t.keys(group.Get("dependencies"))
	}
	t.list(doc.Get("project", "dependencies"))
	for _, route := range [][]string{{"project", "optional-dependencies"}, {"dependency-groups"}} {
		for _, group := range doc.Get(route...).Pairs() {
			t.list(group)
		}
	}
	for _, table := range []string{"libraries", "plugins"} {
		for _, entry := range doc.Get(table).Pairs() {
			t.add(entry.Get("module"))
			t.add(entry.Get("id"))
		}
	}
	return t.found
}

type tomlNames struct{ found []Dependency }

func (t *tomlNames) keys(table syntax.Node) {
	for name := range table.Pairs() {
		t.add(name)
	}
}

// list adds the names that the requirements of a list begin with.
func (t *tomlNames) list(list syntax.Node) {
	for _, item := range list.Items() {
		t.add(item)
	}
}

func (t *tomlNames) add(n syntax.Node) {
	name := n.Text()
	if end := strings.IndexAny(name, " <>=!~;[,("); end >= 0 {
		name = name[:end]
	}
	if name != "" && len(t.found) < maxDependencies {
		t.found = append(t.found, Dependency{Name: name, At: n.Span()})
	}
}
