package provisioning

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed output.md
var outputDoc string

// SecretOutputs sees outputs of ARM templates and Bicep that hand out a key or
// a connection string as plain text. Its values are a SecretOutput each.
var SecretOutputs = &detect.Detector{ID: "provisioning/secret-output", Doc: outputDoc, Match: []string{"**/*.json", "**/*.bicep"}, File: secretOutputs}

// listing matches the functions that return keys.
// Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#list
var listing = regex.New(`(?i)\blist(account|admin|query)?(keys|sas|credentials?|connectionstrings|secrets)\s*\(`)

// bicepOutput matches an output of text, and takes its name and value.
var bicepOutput = regex.New(`^output\s+(\w+)\s+string\s*=\s*(.*)$`)

func secretOutputs(p *detect.Pass, f *detect.File) error {
	if !f.Contains("list") {
		return nil
	}
	if path.Ext(f.Path) == ".bicep" {
		bicepOutputs(p, f)
		return nil
	}
	if !f.Contains(azureSchemas) {
		return nil
	}
	doc, err := syntax.JSON.Of(f)
	if err != nil {
		return err
	}
	for name, output := range doc.Get("outputs").Pairs() {
		if value := output.Get("value"); strings.EqualFold(output.Get("type").Text(), "string") && strings.HasPrefix(value.Text(), "[") && listing.MatchString(value.Text()) {
			reportOutput(p, name.Text(), value.Span())
		}
	}
	return nil
}

// bicepOutputs reports those of Bicep, but for one that says that it is secure.
func bicepOutputs(p *detect.Pass, f *detect.File) {
	inside, secure := "", false
	for i, line := range strings.Split(string(f.Data), "\n") {
		line, inside = code(line, inside)
		line = strings.TrimSpace(line)
		if m := bicepOutput.FindStringSubmatch(line); m != nil && !secure && listing.MatchString(m[2]) {
			reportOutput(p, m[1], f.Line(i+1))
		}
		if line != "" {
			secure = strings.HasPrefix(line, "@secure(")
		}
	}
}

func reportOutput(p *detect.Pass, name string, at detect.Span) {
	p.Report("output."+name, at, "a key as a plain output", SecretOutput{Name: name})
}
