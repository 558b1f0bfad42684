package tasks

import (
	"bytes"
	"encoding/xml"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

var goModule = regex.New(`(?m)^module\s+"?([^\s"]+)`)

// goManifest tells a program from a library by where Go keeps main packages:
// files are not opened for it.
func goManifest(tree *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	name := goModule.FindSubmatch(f.Data)
	if name == nil {
		return false, nil
	}
	m.Ecosystem, m.Name = "go", string(name[1])
	sources := false
	for _, e := range tree.Under(m.Dir) {
		rel := strings.TrimPrefix(e.Path, strings.TrimPrefix(m.Dir+"/", "./"))
		base := path.Base(rel)
		if path.Ext(base) != ".go" || strings.HasSuffix(base, "_test.go") || tree.Place(e.Path) != detect.Live {
			continue
		}
		parts := strings.Split(rel, "/")
		m.Starts = m.Starts || base == "main.go" && (len(parts) <= 2 || parts[0] == "cmd" || parts[1] == "cmd") && !slices.Contains([]string{"tools", "hack", "scripts"}, parts[0])
		sources = sources || base != "tools.go" && !slices.Contains([]string{"internal", "cmd", "tools", "hack", "scripts"}, parts[0])
	}
	if m.has("github.com/hashicorp/terraform-plugin-sdk/v2", "github.com/hashicorp/terraform-plugin-framework") {
		m.Starts, sources = false, true // a provider is a plug-in that is published
	}
	if releasedAsFiles(tree, m.Dir) {
		m.Starts, sources = false, sources || m.Starts
	}
	host, _, _ := strings.Cut(m.Name, "/")
	m.Publishes = !m.Starts && sources && strings.Contains(host, ".")
	return true, nil
}

// releasedAsFiles says whether GoReleaser publishes the programs of a module
// for others to install, and nothing builds an image of them by hand.
// Source: https://goreleaser.com/customization/
func releasedAsFiles(tree *detect.Tree, dir string) bool {
	configured := slices.ContainsFunc([]string{".goreleaser.yaml", ".goreleaser.yml", "goreleaser.yaml", "goreleaser.yml"}, func(name string) bool { return tree.Has(path.Join(dir, name)) })
	return configured && !tree.Has(path.Join(dir, "Dockerfile"))
}

// cargoManifest reads Cargo.toml. crates.io takes nothing without a
// description.
// Source: https://doc.rust-lang.org/cargo/reference/manifest.html
func cargoManifest(tree *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	doc, err := syntax.TOML.Of(f)
	if err != nil {
		return false, err
	}
	pkg := doc.Get("package")
	m.Ecosystem, m.Name = "cargo", pkg.Get("name").Text()
	m.Workspaces = members(tree, m.Dir, "Cargo.toml", doc.Get("workspace", "members").Texts())
	if !pkg.IsMap() {
		return doc.Get("workspace").IsMap(), nil
	}
	_, main := tree.File(path.Join(m.Dir, "src/main.rs"))
	m.Starts = main || doc.Get("bin").IsList()
	m.Publishes = !pkg.Get("publish").False() && pkg.Get("description").Exists() && !m.Starts
	return true, nil
}

var (
	gradleStarts    = regex.New(`^(?:org\.springframework\.boot|io\.quarkus|io\.ktor\.plugin|application|io\.micronaut\.(?:minimal\.)?application|com\.google\.cloud\.tools\.jib|com\.gradleup\.shadow|com\.github\.johnrengelman\.shadow|war|.*spring\.?boot|ktor|quarkus|shadow|jib)$`)
	gradlePublishes = regex.New(`^(?:maven-publish|com\.vanniktech\.maven\.publish(?:\.base)?|com\.gradle\.plugin-publish|java-gradle-plugin|.*nexus-publish|io\.github\.gradle-nexus\.publish-plugin)$`)
	gradleInclude   = regex.New(`["']:?([\w./:-]+)["']`)
	gradleRoot      = regex.New(`(?m)^\s*rootProject\.name\s*=\s*["']([^"']+)["']`)
)

func gradleManifest(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem = "gradle"
	for _, p := range lineTasks("gradle", f, "//", gradlePlugin) {
		name := strings.TrimSuffix(p.Name, ".get()")
		m.Starts = m.Starts || gradleStarts.MatchString(name)
		m.Publishes = m.Publishes || gradlePublishes.MatchString(name)
	}
	// A service may publish its client; it is a service all the same.
	m.Publishes = m.Publishes && !m.Starts
	return true, nil
}

// gradleMembers reads the builds that settings include.
func gradleMembers(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem = "gradle"
	if name := gradleRoot.FindSubmatch(f.Data); name != nil {
		m.Name = string(name[1])
	}
	for text := range strings.Lines(string(withoutBlocks(f.Data))) {
		text, _, _ = strings.Cut(text, "//")
		if !strings.HasPrefix(strings.TrimSpace(text), "include") || strings.Contains(text, "includeBuild") {
			continue
		}
		for _, name := range gradleInclude.FindAllStringSubmatch(text, -1) {
			m.Workspaces = append(m.Workspaces, path.Join(m.Dir, strings.ReplaceAll(name[1], ":", "/")))
		}
	}
	return len(m.Workspaces) > 0, nil
}

// An element is the text of an XML element, or an attribute of one, and where
// it stands: names from the root, between slashes.
type element struct{ route, text string }

// elementsOf reads an XML file up to where it ends or errs.
func elementsOf(data []byte) []element {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Strict = false
	var found []element
	var within []string
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return found
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(within) > 100 {
				return found
			}
			within = append(within, t.Name.Local)
			for _, a := range t.Attr {
				found = append(found, element{strings.Join(within, "/") + "@" + a.Name.Local, a.Value})
			}
		case xml.EndElement:
			within = within[:max(len(within)-1, 0)]
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				found = append(found, element{strings.Join(within, "/"), text})
			}
		}
	}
}

// mavenManifest reads pom.xml.
// Source: https://maven.apache.org/pom.html
func mavenManifest(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem = "maven"
	project := false
	for _, e := range elementsOf(f.Data) {
		project = project || strings.HasPrefix(e.route, "project")
		switch {
		case e.route == "project/artifactId":
			m.Name = e.text
		case e.route == "project/packaging":
			m.Starts = m.Starts || e.text == "war" || e.text == "ear"
		case e.route == "project/modules/module":
			m.Workspaces = append(m.Workspaces, path.Join(m.Dir, e.text))
		case strings.HasPrefix(e.route, "project/distributionManagement/repository"):
			m.Publishes = true
		case strings.HasSuffix(e.route, "plugins/plugin/artifactId") && !strings.Contains(e.route, "pluginManagement"):
			m.Starts = m.Starts || slices.Contains([]string{"spring-boot-maven-plugin", "quarkus-maven-plugin", "micronaut-maven-plugin", "jib-maven-plugin", "wildfly-maven-plugin", "liberty-maven-plugin"}, e.text)
			m.Publishes = m.Publishes || slices.Contains([]string{"central-publishing-maven-plugin", "nexus-staging-maven-plugin"}, e.text)
		}
	}
	m.Publishes = m.Publishes && !m.Starts
	return project, nil
}

// dotnetManifest reads a project of .NET.
// Source: https://learn.microsoft.com/nuget/reference/msbuild-targets#pack-target
func dotnetManifest(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem, m.Name = "nuget", strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path))
	test := m.has("Microsoft.NET.Test.Sdk", "xunit", "NUnit", "MSTest.TestFramework")
	for _, e := range elementsOf(f.Data) {
		switch e.route {
		case "Project@Sdk":
			m.Starts = m.Starts || slices.Contains([]string{"Microsoft.NET.Sdk.Web", "Microsoft.NET.Sdk.Worker", "Microsoft.NET.Sdk.Functions"}, e.text)
		case "Project/PropertyGroup/OutputType":
			m.Starts = m.Starts || strings.EqualFold(e.text, "Exe")
		case "Project/PropertyGroup/AWSProjectType", "Project/PropertyGroup/AzureFunctionsVersion":
			m.Starts = true
		case "Project/PropertyGroup/PackageId":
			m.Publishes, m.Name = true, e.text
		case "Project/PropertyGroup/IsPackable", "Project/PropertyGroup/GeneratePackageOnBuild":
			m.Publishes = strings.EqualFold(e.text, "true")
		case "Project/PropertyGroup/IsTestProject":
			test = test || strings.EqualFold(e.text, "true")
		}
	}
	m.Starts, m.Publishes = m.Starts && !test, m.Publishes && !test
	return true, nil
}

func nuspecManifest(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem, m.Publishes = "nuget", true
	for _, e := range elementsOf(f.Data) {
		if e.route == "package/metadata/id" {
			m.Name = e.text
		}
	}
	return m.Name != "", nil
}

var (
	mixApp     = regex.New(`(?m)^\s*app:\s*:(\w+)`)
	mixPhoenix = regex.New(`(?m)^\s*\{:(?:phoenix|plug_cowboy|bandit),`)
	mixPackage = regex.New(`(?m)^\s*package:`)
	sbtName    = regex.New(`(?m)^\s*(?:ThisBuild\s*/\s*)?name\s*:=\s*"([^"]+)"`)
	sbtStarts  = regex.New(`(?m)^[^/\n]*enablePlugins\([^)]*(?:PlayScala|PlayJava|JavaAppPackaging|DockerPlugin)`)
	sbtPublish = regex.New(`(?m)^\s*(?:ThisBuild\s*/\s*)?(?:publishTo|sonatypeProfileName|publishMavenStyle)\b`)
)

func mixManifest(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem = "mix"
	if app := mixApp.FindSubmatch(f.Data); app != nil {
		m.Name = string(app[1])
	}
	m.Publishes = mixPackage.Match(f.Data)
	m.Starts = mixPhoenix.Match(f.Data) && !m.Publishes
	return true, nil
}

func sbtManifest(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem = "sbt"
	if name := sbtName.FindSubmatch(f.Data); name != nil {
		m.Name = string(name[1])
	}
	m.Starts = sbtStarts.Match(f.Data)
	m.Publishes = sbtPublish.Match(f.Data) && !m.Starts
	return true, nil
}
