package manifest

import (
	"bytes"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// An Import is a module that a program of the AWS CDK takes in.
type Import struct {
	// Module is the service's module: "aws-ssm".
	Module string
	At     detect.Span
}

// CDKFiles are the patterns of the files that usually hold the stacks of a CDK
// app. Reading every source file for its imports would cost more than it
// tells.
var CDKFiles = []string{"**/cdk/**/*.ts", "**/cdk/**/*.py", "**/*stack*.ts", "**/*stack*.py", "**/*Stack*.ts", "**/infra/**/*.ts"}

var (
	scriptImport = regex.New(`^\s*(?:import\b(?:\s+\*\s+as)?|\}).*\bfrom\s+['"](?:aws-cdk-lib|@aws-cdk)/(aws-[a-z0-9-]+)['"]`)
	pythonImport = regex.New(`^\s*(?:from\s+aws_cdk\.(aws_\w+)\s+import\b|import\s+aws_cdk\.(aws_\w+)\b|from\s+aws_cdk\s+import\s+(.+)|(aws_\w+)\b(?:\s+as\s+\w+)?\s*,?\s*$)`)
)

// CDKImports are the modules of services that a file imports, types left out.
var CDKImports = detect.NewView(func(f *detect.File) ([]Import, error) {
	if !bytes.Contains(f.Data, []byte("aws-cdk")) && !bytes.Contains(f.Data, []byte("aws_cdk")) {
		return nil, nil
	}
	var found []Import
	n := 0
	for line := range bytes.Lines(f.Data) {
		n++
		for _, module := range modules(string(line)) {
			found = append(found, Import{Module: module, At: f.Line(n)})
		}
	}
	return found, nil
})

func modules(line string) []string {
	if m := scriptImport.FindStringSubmatch(line); m != nil && !strings.HasPrefix(strings.TrimSpace(line), "import type") {
		return []string{m[1]}
	}
	m := pythonImport.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	var names []string
	for _, name := range strings.FieldsFunc(strings.Join(m[1:], ","), func(r rune) bool { return r == ',' || r == ' ' || r == '(' || r == ')' || r == '\n' }) {
		if strings.HasPrefix(name, "aws_") {
			names = append(names, strings.ReplaceAll(name, "_", "-"))
		}
	}
	return names
}
