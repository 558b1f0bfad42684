package tooling

import (
	"bytes"
	"encoding/xml"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// plugins are those of build tools by a word of their name.
var plugins = []struct {
	word string
	tool Tool
}{
	{"spotless", Tool{Concern: Formatter, Name: "spotless"}}, {"checkstyle", Tool{Concern: Linter, Name: "checkstyle"}},
	{"spotbugs", Tool{Concern: Linter, Name: "spotbugs"}}, {"detekt", Tool{Concern: Linter, Name: "detekt"}},
	{"ktlint", Tool{Concern: Linter, Name: "ktlint"}}, {"kotlinter", Tool{Concern: Linter, Name: "ktlint"}}, {"ktfmt", Tool{Concern: Formatter, Name: "ktfmt"}},
	{"codenarc", Tool{Concern: Linter, Name: "codenarc"}}, {"errorprone", Tool{Concern: Linter, Name: "error-prone"}},
	{"googlejavaformat", Tool{Concern: Formatter, Name: "google-java-format"}}, {"fmt-maven-plugin", Tool{Concern: Formatter, Name: "google-java-format"}}, {"formatter-maven-plugin", Tool{Concern: Formatter, Name: "formatter-maven-plugin"}},
	{"scalafmt", Tool{Concern: Formatter, Name: "scalafmt"}}, {"palantir.java-format", Tool{Concern: Formatter, Name: "palantir-java-format"}},
}

func pluginOf(name string) (Tool, bool) {
	name = strings.ToLower(name)
	for _, p := range plugins {
		if strings.Contains(name, p.word) {
			return p.tool, true
		}
	}
	return Tool{Concern: Linter, Name: "pmd"}, name == "pmd" || name == "maven-pmd-plugin"
}

var (
	gradlePlugin = regex.New("(?:\\bid\\b\\s*\\(?\\s*|\\bkotlin\\s*\\(\\s*|\\bplugin\\s*[:=]\\s*)[\"']([\\w.-]+)[\"']|\\balias\\s*\\(\\s*\\w+\\.plugins\\.([\\w.]+)|^\\s*`?(checkstyle|pmd|codenarc)`?\\s*(?:\\{\\s*)?$")
	gradleJava   = regex.New(`\bJavaLanguageVersion\.of\(\s*["']?(\d+)|\bjvmToolchain\(\s*(\d+)`)
	blockComment = regex.New(`(?s)(?:^|[\s;,(){}])/\*.*?\*/`)
)

// gradle reads the plug-ins of a build and the toolchain of Java that it asks
// for, each once.
// Sources: https://docs.gradle.org/current/userguide/plugins.html and https://docs.gradle.org/current/userguide/toolchains.html
func gradle(f *detect.File) ([]sight, error) {
	var found []sight
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(string(withoutBlocks(f.Data))) {
		n++
		text, _, _ := strings.Cut(line, "//")
		if m := gradleJava.FindStringSubmatch(text); m != nil && !seen["java"] {
			seen["java"] = true
			found = append(found, toolchain("java", m[1]+m[2], f.Line(n)))
		}
		for _, m := range gradlePlugin.FindAllStringSubmatch(strings.TrimRight(text, "\r\n"), -1) {
			if t, ok := pluginOf(m[1] + m[2] + m[3]); ok && !seen[t.Name] {
				seen[t.Name] = true
				found = append(found, sight{Tool: t, at: f.Line(n), note: "plug-in of the build"})
			}
		}
	}
	return found, nil
}

// withoutBlocks blanks block comments, keeping lines. What begins one stands
// behind a space or a delimiter, so that a pattern of files ("**/*.java") does not.
func withoutBlocks(data []byte) []byte {
	return blockComment.ReplaceAllFunc(data, func(c []byte) []byte { return bytes.Repeat([]byte{'\n'}, bytes.Count(c, []byte{'\n'})) })
}

// elements yields the text of each element of an XML file with its line, and
// the attribute Include of elements that have one, until it ends or errs.
func elements(data []byte, yield func(element, text string, line int)) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Strict = false
	element := ""
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return
		}
		line, _ := decoder.InputPos()
		switch t := token.(type) {
		case xml.StartElement:
			element = t.Name.Local
			for _, a := range t.Attr {
				if a.Name.Local == "Include" {
					yield(element, a.Value, line)
				}
			}
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				yield(element, text, line)
			}
		}
	}
}

// maven reads the plug-ins of a build.
func maven(f *detect.File) ([]sight, error) {
	return fromElements(f, func(element, text string) (Tool, bool) {
		if element != "artifactId" || !strings.Contains(text, "plugin") {
			return Tool{}, false
		}
		return pluginOf(text)
	}), nil
}

// analysers are packages of analysers for .NET.
var analysers = map[string]string{
	"StyleCop.Analyzers": "stylecop", "SonarAnalyzer.CSharp": "sonar-analyzer", "Roslynator.Analyzers": "roslynator", "Microsoft.CodeAnalysis.NetAnalyzers": "dotnet-analyzers",
	"Microsoft.CodeAnalysis.FxCopAnalyzers": "dotnet-analyzers", "Meziantou.Analyzer": "meziantou-analyzer", "CSharpier.MsBuild": "csharpier",
}

// analysis are properties that switch the analysers of the SDK on.
var analysis = map[string]bool{
	"EnableNETAnalyzers": true, "EnforceCodeStyleInBuild": true, "RunAnalyzersDuringBuild": true, "CodeAnalysisTreatWarningsAsErrors": true,
	"AnalysisMode": true, "AnalysisLevel": true,
}

// dotnet reads the analysers of a project.
// Source: https://learn.microsoft.com/dotnet/fundamentals/code-analysis/overview
func dotnet(f *detect.File) ([]sight, error) {
	return fromElements(f, func(element, text string) (Tool, bool) {
		if name := analysers[text]; element == "PackageReference" && name != "" {
			return Tool{Concern: Linter, Name: name}, true
		}
		off := strings.EqualFold(text, "false") || strings.EqualFold(text, "none")
		return Tool{Concern: Linter, Name: "dotnet-analyzers"}, analysis[element] && !off
	}), nil
}

// fromElements are the tools that elements name, each once.
func fromElements(f *detect.File, tool func(element, text string) (Tool, bool)) []sight {
	var found []sight
	seen := map[string]bool{}
	elements(f.Data, func(element, text string, line int) {
		if t, ok := tool(element, text); ok && !seen[t.Name] {
			seen[t.Name] = true
			found = append(found, sight{Tool: t, at: f.Line(line), note: "part of the build"})
		}
	})
	return found
}
