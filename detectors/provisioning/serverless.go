package provisioning

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func isServerless(p string) bool {
	return strings.HasPrefix(path.Base(p), "serverless") && (isYAML(p) || isJSON(p)) || named(p, "serverless.ts", "serverless.js", "sst.config.ts", "cdktf.json", "azure.yaml", "azure.yml")
}

// programs are the manifests that are programs, by the name that the framework
// fixes.
var programs = map[string]string{"serverless.ts": "serverless", "serverless.js": "serverless", "sst.config.ts": "sst"}

var (
	slashComment = regex.New(`(?s)/\*.*?\*/|(?m)(^|\s)//.*$`)
	// declares matches what such a program has that makes something.
	declares = regex.New(`\b(functions|resources|components|layers)\b\s*[:,=]|\bnew\s+[A-Za-z]|\b[sS]tacks?\(|\bimport\(`)
)

// readServerless reads the manifests of frameworks that bring an application
// and what it runs on together.
// Source: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml
func readServerless(t *detect.Tree, f *detect.File) ([]placed, error) {
	if tool, ok := programs[path.Base(f.Path)]; ok {
		if !declares.Match(slashComment.ReplaceAll(f.Data, nil)) {
			return nil, nil
		}
		return whole(f, Project{Tool: tool, Resources: 1}), nil
	}
	docs, err := syntax.Data(f)
	if len(docs) == 0 {
		return nil, err
	}
	doc := docs[0]
	switch base := path.Base(f.Path); {
	case base == "cdktf.json" && doc.Get("app").Exists():
		if !program(t, path.Dir(f.Path), cdktfRuntimes[doc.Get("language").Text()]) {
			return nil, nil
		}
		return whole(f, Project{Tool: "cdktf", Resources: 1}), err
	case strings.HasPrefix(base, "azure.") && doc.Get("name").Exists() && doc.Get("services").IsMap():
		return whole(f, Project{Tool: "azd", Resources: count(doc.Get("services"))}), err
	case doc.Get("service").Exists() && doc.Get("provider").Exists():
		resources := count(doc.Get("functions")) + count(doc.Get("resources"))
		if elsewhere := doc.Get("functions").Text() + doc.Get("resources").Text(); elsewhere != "" {
			resources++
		}
		if resources == 0 {
			return nil, nil
		}
		return whole(f, Project{Tool: "serverless", Resources: resources}), err
	}
	return nil, nil
}

// cdktfRuntimes are the runtimes of Pulumi that have the same languages.
var cdktfRuntimes = map[string]string{"typescript": "nodejs", "python": "python", "go": "go", "csharp": "dotnet", "java": "java"}

func isManifest(p string) bool { return isYAML(p) || isJSON(p) }

// readManifest reads the manifests of tools that are told by their structure
// alone.
func readManifest(_ *detect.Tree, f *detect.File) ([]placed, error) {
	if !f.ContainsAny("containerDefinitions", "stemcells", "heat_template_version", "eksctl.io") {
		return nil, nil
	}
	docs, err := syntax.Data(f)
	if err != nil {
		return nil, nil
	}
	for _, doc := range docs {
		if p, ok := manifestOf(doc); ok {
			return whole(f, p), nil
		}
	}
	return nil, nil
}

func manifestOf(doc syntax.Node) (Project, bool) {
	containers := doc.Get("containerDefinitions").Items()
	switch {
	case len(containers) > 0 && containers[0].Get("image").Exists():
		return Project{Tool: "ecs", Resources: 1}, true
	case doc.Get("heat_template_version").Exists() && doc.Get("resources").IsMap():
		return Project{Tool: "heat", Resources: count(doc.Get("resources"))}, true
	case doc.Get("stemcells").IsList() && doc.Get("instance_groups").IsList():
		return Project{Tool: "bosh", Resources: count(doc.Get("instance_groups"))}, true
	case strings.HasPrefix(doc.Get("apiVersion").Text(), "eksctl.io/") && doc.Get("kind").Text() == "ClusterConfig":
		return Project{Tool: "eksctl", Resources: 1}, true
	}
	return Project{}, false
}
