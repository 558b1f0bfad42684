package docs

import (
	"bytes"
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed pinnedversion.md
var pinnedVersionDoc string

// PinnedVersions sees the versions of languages and tools that files ask for,
// which documents must not contradict. Its values are a Pin each; the subject
// is the tool.
var PinnedVersions = &detect.Detector{ID: "docs/pinned-version", Doc: pinnedVersionDoc, File: pinnedVersions, Match: []string{
	"**/.nvmrc", "**/.node-version", "**/.python-version", "**/.ruby-version", "**/.java-version", "**/.go-version", "**/.terraform-version", "**/.tool-versions",
	"**/mise.toml", "**/.mise.toml", "**/.mise/config.toml", "**/.config/mise/config.toml", "**/go.mod", "**/package.json", "**/global.json", "**/pyproject.toml", "**/*.csproj",
	"**/composer.json", "**/Dockerfile", "**/*.Dockerfile", "**/Dockerfile.*", "**/versions.tf", "**/version.tf", "**/main.tf", "**/terraform.tf", "**/providers.tf", "**/provider.tf", "**/backend.tf",
	"**/build.gradle", "**/build.gradle.kts", "**/pom.xml", "**/Chart.yaml", ".github/workflows/*.{yml,yaml}",
}}

// A Pin is the version of a tool that a file asks for.
type Pin struct {
	// Tool is "node", "go", "python", "java", "terraform", "ruby", "php",
	// "dotnet"; "chart" and "app" for those of a Helm chart.
	Tool string
	// Text is the version, or the constraint, as written.
	Text string
	// Least says that the version is the lowest one that will do.
	Least bool
}

// A pinsFound reports the pins of one file.
type pinsFound struct {
	pass *detect.Pass
}

func (p pinsFound) add(tool, text string, least bool, at detect.Span) {
	text = strings.TrimSpace(text)
	if _, ok := constrained(text); !ok || len(text) > 60 {
		return
	}
	if strings.ContainsAny(text, "<>^~") {
		least = false // the constraint itself says so
	}
	p.pass.Report(tool, at, tool+" "+text, Pin{Tool: tool, Text: text, Least: least})
}

// oneVersion are files that hold the version of one tool.
var oneVersion = map[string]string{
	".nvmrc": "node", ".node-version": "node", ".python-version": "python", ".ruby-version": "ruby", ".java-version": "java", ".go-version": "go", ".terraform-version": "terraform",
}

// toolNames are the names of tools in files that hold several, and in the
// names of images.
var toolNames = map[string]string{
	"node": "node", "nodejs": "node", "python": "python", "ruby": "ruby", "java": "java", "go": "go", "golang": "go", "terraform": "terraform", "php": "php", "dotnet": "dotnet", "dotnet-core": "dotnet",
	"eclipse-temurin": "java", "amazoncorretto": "java", "openjdk": "java", "sdk": "dotnet", "aspnet": "dotnet",
}

// pinnedVersions reads one file. What does not parse is told by the detectors
// that are about it.
func pinnedVersions(p *detect.Pass, f *detect.File) error {
	found := pinsFound{p}
	base := path.Base(f.Path)
	switch {
	case oneVersion[base] != "":
		found.words(f, oneVersion[base])
	case base == ".tool-versions":
		found.words(f, "")
	case strings.HasSuffix(base, ".tf"):
		found.terraform(f)
	case base == "go.mod":
		found.matches(f, goDirective, "go", true)
	case strings.HasSuffix(base, ".csproj"):
		found.matches(f, targetFramework, "dotnet", true) // a later SDK builds for it
	case base == "pom.xml", strings.HasPrefix(base, "build.gradle"):
		found.matches(f, javaRelease, "java", false)
	case strings.HasSuffix(base, ".toml"):
		found.toml(f)
	case strings.HasSuffix(base, ".json"):
		found.json(f)
	case strings.Contains(base, "Dockerfile"):
		found.docker(f)
	default:
		found.yaml(f)
	}
	return nil
}

// words reads lines of a version, or of a tool and its versions.
func (p pinsFound) words(f *detect.File, tool string) {
	n := 0
	for text := range strings.Lines(string(f.Data)) {
		n++
		text, _, _ = strings.Cut(text, "#")
		words := strings.Fields(text)
		if tool != "" && len(words) == 1 {
			p.add(tool, words[0], false, f.Line(n))
			return
		}
		if tool == "" && len(words) > 1 && toolNames[words[0]] != "" {
			p.add(toolNames[words[0]], strings.TrimLeft(words[1], "abcdefghijklmnopqrstuvwxyz-"), false, f.Line(n))
		}
	}
}

var (
	goDirective     = regex.New(`(?m)^go (\d[\w.]*)`)
	targetFramework = regex.New(`<TargetFrameworks?>(?:net|netcoreapp)(\d+\.\d+)</TargetFramework`)
	javaRelease     = regex.New(`JavaLanguageVersion\.of\((\d+)\)|<(?:java\.version|maven\.compiler\.release)>(\d+)<|(?m)^\s*sourceCompatibility\s*=\s*['"]?(\d{2})\b`)
)

// matches reports what the groups of a pattern match.
func (p pinsFound) matches(f *detect.File, pattern *regex.Pattern, tool string, least bool) {
	for _, m := range pattern.FindAllSubmatchIndex(f.Data, 10) {
		for i := 2; i+1 < len(m); i += 2 {
			if m[i] >= 0 {
				p.add(tool, string(f.Data[m[i]:m[i+1]]), least, f.Bytes(m[i], m[i+1]))
			}
		}
	}
}

// Source: https://developer.hashicorp.com/terraform/language/block/terraform
func (p pinsFound) terraform(f *detect.File) {
	if !bytes.Contains(f.Data, []byte("required_version")) {
		return
	}
	body, _ := syntax.HCL.Of(f)
	for _, block := range body.All("terraform") {
		if a, ok := block.Body.Attribute("required_version"); ok {
			p.add("terraform", a.Text, false, a.At)
		}
	}
}

// Sources: https://packaging.python.org/en/latest/specifications/pyproject-toml/ and https://mise.jdx.dev/configuration.html
func (p pinsFound) toml(f *detect.File) {
	doc, _ := syntax.TOML.Of(f)
	for _, route := range [][]string{{"project", "requires-python"}, {"tool", "poetry", "dependencies", "python"}} {
		if n := doc.Get(route...); n.IsScalar() {
			p.add("python", n.Text(), false, n.Span())
		}
	}
	for key, value := range doc.Get("tools").Pairs() {
		if tool := toolNames[key.Text()]; tool != "" {
			for _, v := range value.Texts() {
				p.add(tool, v, false, value.Span())
			}
		}
	}
}

// Sources: https://docs.npmjs.com/cli/configuring-npm/package-json, https://learn.microsoft.com/dotnet/core/tools/global-json
// and https://getcomposer.org/doc/04-schema.md
func (p pinsFound) json(f *detect.File) {
	doc, _ := syntax.JSON.Of(f)
	for _, pin := range []struct {
		tool  string
		route []string
	}{
		{"node", []string{"engines", "node"}}, {"node", []string{"volta", "node"}}, {"dotnet", []string{"sdk", "version"}}, {"php", []string{"require", "php"}},
	} {
		if n := doc.Get(pin.route...); n.IsScalar() {
			p.add(pin.tool, n.Text(), false, n.Span())
		}
	}
}

func (p pinsFound) docker(f *detect.File) {
	steps, _ := syntax.Dockerfile.Of(f)
	for _, step := range steps {
		if step.Name != "FROM" || len(step.Words) == 0 {
			continue
		}
		name, tag, _ := manifest.SplitImage(step.Words[0])
		if tool := toolNames[path.Base(name)]; tool != "" {
			p.add(tool, tag, false, step.At)
		}
	}
}

// setups are the inputs by which the usual actions set a tool up.
var setups = map[string]string{"node-version": "node", "go-version": "go", "python-version": "python", "java-version": "java", "ruby-version": "ruby", "terraform_version": "terraform", "dotnet-version": "dotnet", "php-version": "php"}

// yaml reads a chart, or the steps and matrices of a workflow.
func (p pinsFound) yaml(f *detect.File) {
	docs, _ := syntax.YAML.Of(f)
	for _, doc := range docs {
		if path.Base(f.Path) == "Chart.yaml" {
			p.scalar("chart", doc.Get("version"))
			p.scalar("app", doc.Get("appVersion"))
			continue
		}
		for _, job := range doc.Get("jobs").Pairs() {
			for _, step := range job.Get("steps").Items() {
				p.setUp(step.Get("with"))
			}
			p.setUp(job.Get("strategy", "matrix"))
		}
	}
}

func (p pinsFound) setUp(n syntax.Node) {
	for key, value := range n.Pairs() {
		tool := setups[key.Text()]
		if tool == "" {
			tool = toolNames[key.Text()]
		}
		if tool == "" {
			continue
		}
		p.scalar(tool, value)
		for _, item := range value.Items() {
			p.scalar(tool, item)
		}
	}
}

func (p pinsFound) scalar(tool string, n syntax.Node) {
	if n.IsScalar() {
		p.add(tool, n.Text(), false, n.Span())
	}
}
