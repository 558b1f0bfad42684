package provisioning

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func isServerless(p string) bool {
	return strings.HasPrefix(path.Base(p), "serverless") && (isYAML(p) || isJSON(p)) || named(p, "serverless.ts", "serverless.js", "sst.config.ts", "cdktf.json", "azure.yaml", "azure.yml")
}

// readServerless reads the manifests of frameworks that bring an application
// and what it runs on together. Those that are programs are told by their name,
// which the framework fixes.
// Source: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml
func readServerless(_ *detect.Tree, f *detect.File) ([]placed, error) {
	switch path.Base(f.Path) {
	case "serverless.ts", "serverless.js":
		return whole(f, Project{Tool: "serverless"}), nil
	case "sst.config.ts":
		return whole(f, Project{Tool: "sst"}), nil
	}
	docs, err := syntax.Data(f)
	if len(docs) == 0 {
		return nil, err
	}
	doc := docs[0]
	switch base := path.Base(f.Path); {
	case base == "cdktf.json" && doc.Get("app").Exists():
		return whole(f, Project{Tool: "cdktf"}), err
	case strings.HasPrefix(base, "azure.") && doc.Get("name").Exists() && doc.Get("services").IsMap():
		return whole(f, Project{Tool: "azd", Resources: count(doc.Get("services"))}), err
	case doc.Get("service").Exists() && doc.Get("provider").Exists():
		resources := count(doc.Get("functions")) + count(doc.Get("resources", "Resources"))
		return whole(f, Project{Tool: "serverless", Resources: resources}), err
	}
	return nil, nil
}

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
