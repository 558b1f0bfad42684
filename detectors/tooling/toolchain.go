package tooling

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// versionFiles hold nothing but the version of one program.
var versionFiles = map[string]string{
	".nvmrc": "node", ".node-version": "node", ".python-version": "python", ".ruby-version": "ruby", ".java-version": "java", ".go-version": "go", ".php-version": "php", ".swift-version": "swift",
	".terraform-version": "terraform", ".opentofu-version": "opentofu", ".terragrunt-version": "terragrunt", ".bazelversion": "bazel", ".deno-version": "deno", ".bun-version": "bun", "runtime.txt": "",
}

// aliases are other names of programs.
var aliases = map[string]string{"nodejs": "node", "golang": "go", "pnpm-lock": "pnpm", "tofu": "opentofu"}

func toolchain(name, version string, at detect.Span) sight {
	if other, ok := aliases[name]; ok {
		name = other
	}
	latest := strings.EqualFold(version, "latest")
	if !fixed(version) {
		version = ""
	}
	note := strings.TrimSpace(name + " " + version)
	if version == "" {
		note += " at a moving version"
	}
	return sight{Tool: Tool{Concern: Toolchain, Name: name, Version: version, Latest: latest}, at: at, note: note}
}

var (
	fixedVersion = regex.New(`^[vV=]?[A-Za-z+-]*\d+(?:[.\w+-]*[\w])?$`)
	movingWords  = regex.New(`(?i)^(?:latest|lts|system|stable|nightly|beta|node|min-required|ref:|path:|sub-|prefix:)`)
)

// fixed says whether a version names one release, or one line of them: neither
// a range nor a word that moves.
func fixed(version string) bool {
	return fixedVersion.MatchString(version) && !movingWords.MatchString(version)
}

// versionFile reads the first line that is no comment.
func versionFile(f *detect.File, name string) []sight {
	n := 0
	for line := range strings.Lines(string(f.Data)) {
		n++
		text, _, _ := strings.Cut(line, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if name == "" { // Heroku's runtime.txt: python-3.12.4
			var ok bool
			if name, text, ok = strings.Cut(text, "-"); !ok {
				return nil
			}
		}
		return []sight{toolchain(name, text, f.Line(n))}
	}
	return nil
}

// toolVersions reads each line: a program and the versions to try.
// Source: https://asdf-vm.com/manage/configuration.html#tool-versions
func toolVersions(f *detect.File) ([]sight, error) {
	var found []sight
	n := 0
	for line := range strings.Lines(string(f.Data)) {
		n++
		text, _, _ := strings.Cut(line, "#")
		if words := strings.Fields(text); len(words) > 1 {
			found = append(found, toolchain(short(words[0]), words[1], f.Line(n)))
		}
	}
	return found, nil
}

// mise reads the table of tools, whose values are a version, a list of them,
// or a table with one.
// Source: https://mise.jdx.dev/configuration.html#tools-dev-tools
func mise(f *detect.File) ([]sight, error) {
	doc, err := syntax.TOML.Of(f)
	var found []sight
	for key, value := range doc.Get("tools").Pairs() {
		if value.IsMap() {
			value = value.Get("version")
		}
		name := short(key.Text())
		for _, v := range value.Texts() {
			found = append(found, toolchain(name, v, key.Span()))
			break
		}
	}
	return found, err
}

// short is the name of a program without where it is fetched from:
// "aqua:hashicorp/vault".
func short(name string) string { return name[strings.LastIndexAny(name, ":/")+1:] }

// sdkman reads "java=21.0.2-tem".
func sdkman(f *detect.File) ([]sight, error) {
	var found []sight
	n := 0
	for line := range strings.Lines(string(f.Data)) {
		n++
		text, _, _ := strings.Cut(line, "#")
		if name, version, ok := strings.Cut(strings.TrimSpace(text), "="); ok {
			found = append(found, toolchain(name, version, f.Line(n)))
		}
	}
	return found, nil
}

var goLine = regex.New(`^(go|toolchain)\s+(?:go)?(\d[\w.]*)`)

// goMod reads the version of Go; the line of the toolchain wins.
// Source: https://go.dev/doc/toolchain
func goMod(f *detect.File) ([]sight, error) {
	var found []sight
	n := 0
	for line := range bytes.Lines(f.Data) {
		n++
		if m := goLine.FindSubmatch(line); m != nil {
			found = []sight{toolchain("go", string(m[2]), f.Line(n))}
		}
	}
	return found, nil
}

// globalJSON reads the version of .NET's SDK.
// Source: https://learn.microsoft.com/dotnet/core/tools/global-json
func globalJSON(f *detect.File) ([]sight, error) {
	doc, err := syntax.JSON.Of(f)
	if n := doc.Get("sdk", "version"); n.Text() != "" {
		return []sight{toolchain("dotnet", n.Text(), n.Span())}, err
	}
	return nil, err
}

// rustToolchain reads the channel, which the old form of the file holds alone.
// Source: https://rust-lang.github.io/rustup/overrides.html#the-toolchain-file
func rustToolchain(f *detect.File) ([]sight, error) {
	if path.Ext(f.Path) == "" && !bytes.Contains(f.Data, []byte("[toolchain]")) {
		return versionFile(f, "rust"), nil
	}
	doc, err := syntax.TOML.Of(f)
	channel := doc.Get("toolchain", "channel")
	if channel.Text() == "" {
		return nil, err
	}
	s := toolchain("rust", channel.Text(), channel.Span())
	if datedNightly.MatchString(channel.Text()) {
		s.Version, s.note = channel.Text(), "rust "+channel.Text()
	}
	return []sight{s}, err
}

var (
	datedNightly = regex.New(`^nightly-\d{4}-\d\d-\d\d$`)
	distribution = regex.New(`^distributionUrl\s*[=:].*?/(gradle|apache-maven)-([\w.-]+?)-(?:bin|all)\.zip`)
	gemRuby      = regex.New(`^\s*ruby\s*\(?\s*["']([^"']+)["']`)
)

// wrapper reads the version that a wrapper of Gradle or Maven downloads.
func wrapper(f *detect.File) ([]sight, error) {
	n := 0
	for line := range strings.Lines(string(f.Data)) {
		n++
		if m := distribution.FindStringSubmatch(line); m != nil {
			s := toolchain(strings.TrimPrefix(m[1], "apache-"), m[2], f.Line(n))
			s.Dir = home(f.Path)
			return []sight{s}, nil
		}
	}
	return nil, nil
}

// gemfile reads the version of Ruby.
func gemfile(f *detect.File) ([]sight, error) {
	n := 0
	for line := range strings.Lines(string(f.Data)) {
		n++
		if m := gemRuby.FindStringSubmatch(line); m != nil && fixed(m[1]) {
			return []sight{toolchain("ruby", m[1], f.Line(n))}, nil
		}
	}
	return nil, nil
}
