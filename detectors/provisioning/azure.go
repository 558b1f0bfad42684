package provisioning

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/environment"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// schema matches the schema of a template or of its parameters.
// Source: https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/syntax
var schema = regex.New(`(?i)^https?://schema\.management\.azure\.com/schemas/[^/]+/((?:subscription|managementGroup|tenant)?Deployment(Template|Parameters))\.json#?$`)

const azureSchemas = "schema.management.azure.com/schemas/"

// readARM reads a template of Azure Resource Manager, or parameters for one.
func readARM(_ *detect.Tree, f *detect.File) ([]placed, error) {
	if !f.Contains(azureSchemas) {
		return nil, nil
	}
	doc, err := syntax.JSON.Of(f)
	if err != nil {
		return nil, err
	}
	m := schema.FindStringSubmatch(doc.Get("$schema").Text())
	switch {
	case m == nil:
		return nil, nil
	case strings.EqualFold(m[2], "Parameters") && count(doc.Get("parameters")) > 0:
		return whole(f, Project{Tool: "arm", Kind: "parameters", Environment: parametersOf(f.Path)}), nil
	}
	resources := count(doc.Get("resources"))
	if resources == 0 {
		return nil, nil
	}
	return whole(f, Project{Tool: "arm", Kind: "template", Resources: resources}), nil
}

// parametersOf is the environment that a file of parameters is for.
func parametersOf(p string) string {
	name := bare(p)
	for _, filler := range []string{".parameters", "-parameters", "_parameters", ".params", "parameters.", "parameters-", "azuredeploy."} {
		name = strings.ReplaceAll(name, filler, "")
	}
	if name = environment.Of(path.Dir(p), name, "main", "azuredeploy", "parameters", "params"); name == "default" {
		return ""
	}
	return name
}

func isBicep(p string) bool {
	return strings.HasSuffix(p, ".bicep") || strings.HasSuffix(p, ".bicepparam")
}

// statement matches the start of a declaration of Bicep.
// Source: https://learn.microsoft.com/en-us/azure/azure-resource-manager/bicep/file
var statement = regex.New(`^(resource|module)\s+[A-Za-z_]\w*\s+'([^']*)'|^(?:targetScope\s*=|(?:param|var|output|type|func|using|import|extension|metadata)\s+\S)`)

func readBicep(t *detect.Tree, f *detect.File) ([]placed, error) {
	found := declarations(f)
	if len(found) > 0 && !balanced(f.Data) {
		return nil, errUnbalanced
	}
	if strings.HasSuffix(f.Path, ".bicepparam") {
		if len(found) == 0 {
			return nil, nil
		}
		return whole(f, Project{Tool: "bicep", Kind: "parameters", Environment: parametersOf(f.Path)}), nil
	}
	resources := 0
	for _, d := range found {
		if d.kind != "" {
			resources++
		}
	}
	if resources == 0 {
		return nil, nil
	}
	kind := "module"
	if deployed(t, f.Path) {
		kind = "template"
	}
	return whole(f, Project{Tool: "bicep", Kind: kind, Resources: resources}), nil
}

var errUnbalanced = errors.New("brackets do not match: mend the file, or exclude it")

// quoted matches the comments and texts of Bicep.
var quoted = regex.New(`(?s)'''.*?'''|/\*.*?\*/|//[^\n]*|'(?:\\.|[^'\\\n])*'`)

// balanced says whether each bracket outside comments and texts is closed.
func balanced(data []byte) bool {
	var open []byte
	for _, c := range quoted.ReplaceAll(data, nil) {
		if at := strings.IndexByte("{[(", c); at >= 0 {
			open = append(open, "}])"[at])
		}
		if strings.IndexByte("}])", c) < 0 {
			continue
		}
		if len(open) == 0 || open[len(open)-1] != c {
			return false
		}
		open = open[:len(open)-1]
	}
	return len(open) == 0
}

// A declaration is one statement of Bicep: for resources and modules with its
// kind, and what it names.
type declaration struct {
	kind, of string
	line     int
}

// declarations are the statements at the start of lines, comments and texts
// over several lines left out.
func declarations(f *detect.File) []declaration {
	var found []declaration
	inside := ""
	for i, line := range strings.Split(string(f.Data), "\n") {
		line, inside = code(line, inside)
		if m := statement.FindStringSubmatch(strings.TrimRight(line, "\r")); m != nil {
			found = append(found, declaration{m[1], m[2], i + 1})
		}
	}
	return found
}

// code is what is left of a line without what stands inside a block comment or
// a text over several lines, and what is open at its end.
func code(line, inside string) (string, string) {
	if inside != "" {
		_, rest, ends := strings.Cut(line, inside)
		if !ends {
			return "", inside
		}
		line = " " + rest
	}
	for _, pair := range [][2]string{{"/*", "*/"}, {"'''", "'''"}} {
		before, after, opens := strings.Cut(line, pair[0])
		if opens && !strings.Contains(after, pair[1]) && !strings.Contains(before, "//") {
			return before, pair[1]
		}
	}
	return line, ""
}

// deployed says whether a file of Bicep is deployed by itself: by its usual
// name, or by parameters beside it.
func deployed(t *detect.Tree, p string) bool {
	dir, name := path.Dir(p), bare(p)
	if slices.Contains([]string{"main", "azuredeploy", "deploy", "deployment", "infra", "infrastructure"}, name) {
		return !strings.Contains(dir+"/", "modules/")
	}
	return slices.ContainsFunc(t.Under(dir), func(e detect.Entry) bool {
		base := path.Base(e.Path)
		return path.Dir(e.Path) == dir && strings.HasPrefix(base, name+".") && (strings.HasSuffix(base, ".bicepparam") || strings.Contains(base, "parameters"))
	})
}
