package cloudformation

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed template.md
var templateDoc string

// Templates sees CloudFormation and SAM templates, told by their structure.
var Templates = &detect.Detector{
	ID: "cloudformation/template", Doc: templateDoc, File: templates,
	Match: []string{"**/*.yaml", "**/*.yml", "**/*.json", "**/*.template", "**/*.cfn", "**/*.cft"},
}

func templates(p *detect.Pass, f *detect.File) error {
	if !f.Contains("Resources") || synthesised(f.Path) {
		return nil
	}
	docs, err := syntax.Data(f)
	if len(docs) == 0 || !isTemplate(docs[0]) {
		if err != nil && topLevel.Match(f.Data) {
			return err
		}
		return nil
	}
	t := read(docs[0])
	t.Nested = nested(p.Repo.Tree, path.Dir(f.Path), docs[0])
	note := fmt.Sprintf("%d resources", len(t.Resources))
	if t.SAM {
		note = "serverless application, " + note
	}
	p.Report(f.Path, f.Whole(), note, t)
	return nil
}

// topLevel matches the first keys of a template, to tell one that cannot be
// read from an unreadable file of another format.
var topLevel = regex.New(`(?m)^(AWSTemplateFormatVersion:|Resources:\s*$)`)

// synthesised says whether a path is one that the CDK writes templates to: its
// output, and the snapshots of its tests.
func synthesised(p string) bool {
	return slices.ContainsFunc(strings.Split(path.Dir(p), "/"), func(s string) bool {
		return s == "cdk.out" || s == "__snapshots__" || strings.HasSuffix(s, ".snapshot")
	})
}

// resourceType matches the type of a resource: of AWS, of a custom one, of a
// third party, of a module.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
var resourceType = regex.New(`^(AWS|Alexa|Custom|Rain|[A-Z][0-9A-Za-z]+)::[0-9A-Za-z_@-]+(::[0-9A-Za-z_@-]+)*$`)

// isTemplate says whether a document is a template: it holds resources of known
// form, or says so and has resources at all.
func isTemplate(doc syntax.Node) bool {
	resources := doc.Get("Resources")
	if !resources.IsMap() {
		return false
	}
	for _, resource := range resources.Pairs() {
		if kind := resource.Get("Type"); resourceType.MatchString(kind.Text()) || kind.Tag() == "!Rain::Module" {
			return true
		}
	}
	return doc.Get("AWSTemplateFormatVersion").Exists() || doc.Get("Transform").Exists()
}

// samTransform names the transform that makes a template a serverless
// application.
const samTransform = "AWS::Serverless-2016-10-31"

func read(doc syntax.Node) Template {
	t := Template{SAM: slices.Contains(doc.Get("Transform").Texts(), samTransform)}
	for name, parameter := range doc.Get("Parameters").Pairs() {
		t.Parameters = append(t.Parameters, name.Text())
		t.parameterSecret(name, parameter)
	}
	for id, resource := range doc.Get("Resources").Pairs() {
		kind := resource.Get("Type").Text()
		if kind == "" {
			continue
		}
		t.Resources = append(t.Resources, Resource{ID: id.Text(), Type: kind, Line: id.Line(), Settings: settings(resource)})
		t.propertySecrets(resource.Get("Properties"), 0)
	}
	return t
}
