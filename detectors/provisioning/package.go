package provisioning

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func isPackage(p string) bool { return named(p, "crossplane.yaml", "upbound.yaml", "talconfig.yaml") }

// readPackage reads a package of Crossplane, or the nodes that talhelper
// configures.
// Source: https://docs.crossplane.io/latest/packages/configurations/
func readPackage(_ *detect.Tree, f *detect.File) ([]placed, error) {
	docs, err := syntax.YAML.Of(f)
	for _, doc := range docs {
		switch {
		case crossplanePackage(doc):
			return whole(f, Project{Tool: "crossplane", Kind: strings.ToLower(doc.Get("kind").Text()), Resources: count(doc.Get("spec", "dependsOn"))}), nil
		case doc.Get("clusterName").Exists() && doc.Get("nodes").IsList():
			return whole(f, Project{Tool: "talos", Resources: count(doc.Get("nodes"))}), nil
		}
	}
	return nil, err
}

func crossplanePackage(doc syntax.Node) bool {
	group, _, _ := strings.Cut(doc.Get("apiVersion").Text(), "/")
	return strings.HasPrefix(group, "meta.") && (strings.HasSuffix(group, ".crossplane.io") || strings.HasSuffix(group, ".upbound.io"))
}
