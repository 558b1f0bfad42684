package provisioning

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func isPulumi(p string) bool { return strings.HasPrefix(path.Base(p), "Pulumi.") && isYAML(p) }

// readPulumi reads a project file, or the settings of a stack.
// Source: https://www.pulumi.com/docs/iac/concepts/projects/project-file/
func readPulumi(_ *detect.Tree, f *detect.File) ([]placed, error) {
	docs, err := syntax.YAML.Of(f)
	if err != nil {
		return nil, err
	}
	stack := strings.TrimPrefix(bare(f.Path), "Pulumi.")
	if bare(f.Path) != "Pulumi" {
		return whole(f, Project{Tool: "pulumi", Kind: "stack", Environment: stack}), nil
	}
	if len(docs) == 0 || !docs[0].Get("name").Exists() || !docs[0].Get("runtime").Exists() {
		return nil, nil
	}
	return whole(f, Project{Tool: "pulumi", Kind: "project", Resources: count(docs[0].Get("resources"))}), nil
}

// count is the number of keys of a mapping or of items of a list.
func count(n syntax.Node) int {
	total := len(n.Items())
	for range n.Pairs() {
		total++
	}
	return total
}
