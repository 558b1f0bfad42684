package provisioning

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func isPulumi(p string) bool { return strings.HasPrefix(path.Base(p), "Pulumi.") && isYAML(p) }

// readPulumi reads a project file, or the settings of a stack.
// Source: https://www.pulumi.com/docs/iac/concepts/projects/project-file/
func readPulumi(t *detect.Tree, f *detect.File) ([]placed, error) {
	docs, err := syntax.YAML.Of(f)
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, nil
	}
	stack := strings.TrimPrefix(bare(f.Path), "Pulumi.")
	if bare(f.Path) != "Pulumi" {
		if count(docs[0]) == 0 {
			return nil, nil
		}
		return whole(f, Project{Tool: "pulumi", Kind: "stack", Environment: stack}), nil
	}
	doc := docs[0]
	runtime := doc.Get("runtime").Text() + doc.Get("runtime", "name").Text()
	resources := count(doc.Get("resources"))
	if program(t, path.Join(path.Dir(f.Path), doc.Get("main").Text()), runtime) {
		resources++
	}
	if !doc.Get("name").Exists() || resources == 0 {
		return nil, nil
	}
	return whole(f, Project{Tool: "pulumi", Kind: "project", Resources: resources}), nil
}

// endings are those of the files of a program, by the runtime of Pulumi.
// Source: https://www.pulumi.com/docs/iac/languages-sdks/
var endings = map[string][]string{
	"nodejs": {".ts", ".js", ".mts", ".mjs"}, "bun": {".ts", ".js"}, "python": {".py"}, "go": {".go"}, "dotnet": {".cs", ".fs", ".vb", ".csproj", ".fsproj"},
	"java": {".java", ".kt", ".scala", ".xml", ".gradle", ".kts"}, "hcl": {".tf"}, "scala": {".scala"}, "bash": {".sh"},
}

// program says whether the program of a project is in a folder, or is it.
func program(t *detect.Tree, p, runtime string) bool {
	if _, ok := t.File(p); ok {
		return true
	}
	return slices.ContainsFunc(t.Under(p), func(e detect.Entry) bool {
		return path.Dir(e.Path) == path.Clean(p) && slices.Contains(endings[runtime], path.Ext(e.Path))
	})
}

// count is the number of keys of a mapping or of items of a list.
func count(n syntax.Node) int {
	total := len(n.Items())
	for range n.Pairs() {
		total++
	}
	return total
}
