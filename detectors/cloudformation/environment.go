package cloudformation

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/environment"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed environment.md
var environmentDoc string

// Environments sees the values that stacks take in each environment: files of
// parameters, and the sections of samconfig.
var Environments = &detect.Detector{
	ID: "cloudformation/environment", Doc: environmentDoc, File: environments,
	Match: []string{"**/*.json", "**/*.yaml", "**/*.yml", "**/samconfig.toml"},
}

func environments(p *detect.Pass, f *detect.File) error {
	switch path.Base(f.Path) {
	case "samconfig.toml":
		samSections(p, f)
		return nil
	case "samconfig.yaml", "samconfig.yml":
		return samKeys(p, f)
	}
	if !f.ContainsAny("ParameterKey", "Parameters") {
		return nil
	}
	docs, err := syntax.Data(f)
	if err != nil || len(docs) != 1 || !parameterList(docs[0]) && !parameterMap(docs[0]) {
		return nil
	}
	dir := path.Dir(f.Path)
	name := environment.Of(dir, bareName(path.Base(f.Path)), "")
	p.Report(f.Path, f.Whole(), "parameters of "+name, Environment{Dir: dir, Name: name})
	return nil
}

// parameterList says whether a document is the list that create-stack takes.
// Source: https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html
func parameterList(doc syntax.Node) bool {
	items := doc.Items()
	for _, item := range items {
		value := item.Get("ParameterValue")
		if item.Get("ParameterKey").Text() == "" || !value.Exists() && !item.Get("UsePreviousValue").Exists() {
			return false
		}
	}
	return len(items) > 0
}

// parameterMap says whether a document is a configuration of a template as
// CodePipeline and rain take it.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
func parameterMap(doc syntax.Node) bool {
	for key := range doc.Pairs() {
		if name := key.Text(); name != "Parameters" && name != "Tags" && name != "StackPolicy" {
			return false
		}
	}
	count := 0
	for _, value := range doc.Get("Parameters").Pairs() {
		if !value.IsScalar() {
			return false
		}
		count++
	}
	return count > 0
}

// filler are words in the names of files of parameters that name no
// environment.
var filler = regex.New(`(?i)(^|[-_.])(parameters?|params?|config|configuration|template|stack|cfn|cloudformation|json|yaml|yml)($|[-_.])`)

// bareName is the name of a file without extensions and filler.
func bareName(base string) string {
	base = strings.TrimSuffix(base, path.Ext(base))
	for filler.MatchString(base) {
		base = strings.Trim(filler.ReplaceAllString(base, "-"), "-_.")
	}
	return base
}

var table = regex.New(`^\[\s*"?([0-9A-Za-z_-]+)"?\s*[.\]]`)

// samSections reports the environments of samconfig.toml: the first part of
// the names of its tables.
// Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
func samSections(p *detect.Pass, f *detect.File) {
	seen := map[string]bool{}
	for i, line := range strings.Split(string(f.Data), "\n") {
		if m := table.FindStringSubmatch(strings.TrimSpace(line)); m != nil && !seen[m[1]] {
			seen[m[1]] = true
			reportSection(p, f.Line(i+1), m[1])
		}
	}
}

func samKeys(p *detect.Pass, f *detect.File) error {
	docs, err := syntax.YAML.Of(f)
	for _, doc := range docs {
		for key, value := range doc.Pairs() {
			if value.IsMap() {
				reportSection(p, key.Span(), key.Text())
			}
		}
	}
	return err
}

func reportSection(p *detect.Pass, at detect.Span, name string) {
	p.Report(at.Path+" "+name, at, "settings of "+name, Environment{Dir: path.Dir(at.Path), Name: name})
}
