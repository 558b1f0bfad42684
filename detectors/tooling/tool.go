package tooling

import (
	"bytes"
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed tool.md
var toolDoc string

// Tools sees the tools that a repository has settings for: formatters, linters
// and type checkers, editors' settings, toolchains, package managers. Its
// values are a Tool each.
var Tools = &detect.Detector{ID: "tooling/tool", Doc: toolDoc, Match: toolFiles(), File: tools, Repo: managers}

// A sight is a tool and where it was seen; the zero span is the whole file.
type sight struct {
	Tool
	at   detect.Span
	note string
}

// A reader finds the tools in the text of one file.
type reader func(*detect.File) ([]sight, error)

// readers are those of files that hold settings for several tools, or the
// version of one, by the base name or the extension.
var readers = map[string]reader{
	"package.json": packageJSON, "pyproject.toml": pyproject, "setup.cfg": iniSections, "tox.ini": iniSections, "Cargo.toml": cargoLints, "deno.json": denoSections, "deno.jsonc": denoSections,
	"build.gradle": gradle, "build.gradle.kts": gradle, "pom.xml": maven, "Directory.Build.props": dotnet, "Directory.Build.targets": dotnet, ".csproj": dotnet, ".fsproj": dotnet,
	".tool-versions": toolVersions, "mise.toml": mise, ".mise.toml": mise, ".mise/config.toml": mise, "mise/config.toml": mise, ".config/mise.toml": mise, ".config/mise/config.toml": mise,
	".sdkmanrc": sdkman, "go.mod": goMod, "global.json": globalJSON, "rust-toolchain.toml": rustToolchain, "rust-toolchain": rustToolchain,
	"gradle-wrapper.properties": wrapper, "maven-wrapper.properties": wrapper, "Gemfile": gemfile, "requirements.txt": requirements,
}

// toolFiles are the patterns of all files that tell of tools.
func toolFiles() []string {
	var patterns []string
	for name := range readers {
		if strings.HasPrefix(name, ".") && (name == ".csproj" || name == ".fsproj") {
			name = "*" + name
		}
		patterns = append(patterns, "**/"+name)
	}
	for name := range versionFiles {
		patterns = append(patterns, "**/"+name)
	}
	for _, s := range settings {
		for name := range strings.FieldsSeq(s.names) {
			patterns = append(patterns, "**/"+name)
		}
	}
	slices.Sort(patterns)
	return patterns
}

func tools(p *detect.Pass, f *detect.File) error {
	found, err := read(f)
	for _, s := range found {
		if s.at.Path == "" {
			s.at = f.Whole()
		}
		if s.Dir == "" {
			s.Dir = home(f.Path)
		}
		p.Report(s.Name, s.at, s.note, s.Tool)
	}
	return err
}

// home is the folder that a settings file speaks for.
func home(p string) string {
	dir := path.Dir(p)
	switch path.Base(dir) {
	case ".config", ".mise", "mise", ".github", ".trunk":
		return home(dir)
	case "wrapper":
		return path.Dir(path.Dir(dir))
	}
	return dir
}

func read(f *detect.File) ([]sight, error) {
	base := path.Base(f.Path)
	if !meant(f.Data) {
		return nil, nil
	}
	if name, ok := versionFiles[base]; ok {
		return versionFile(f, name), nil
	}
	for _, s := range settings {
		names := strings.Fields(s.names)
		if slices.Contains(names, base) || slices.Contains(names, path.Base(path.Dir(f.Path))+"/"+base) {
			return []sight{{Tool: Tool{Concern: s.concern, Name: s.name}, note: "settings of " + s.name}}, nil
		}
	}
	for _, name := range []string{base, path.Base(path.Dir(f.Path)) + "/" + base, path.Ext(base), path.Base(path.Dir(path.Dir(f.Path))) + "/" + path.Base(path.Dir(f.Path)) + "/" + base} {
		if r, ok := readers[name]; ok {
			return r(f)
		}
	}
	return nil, nil
}

// meant says whether a file holds more than white space and comments: one that
// does not settles nothing.
func meant(data []byte) bool {
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' && line[0] != ';' && !bytes.HasPrefix(line, []byte("//")) {
			return true
		}
	}
	return false
}
