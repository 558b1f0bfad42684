package kubernetes

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed environment.md
var environmentDoc string

// Environments sees what holds the settings of one environment: an overlay of
// Kustomize, a values file of Helm, the folder of a cluster. Its values are an
// Environment each.
var Environments = &detect.Detector{
	ID: "kubernetes/environment", Doc: environmentDoc, File: environments, Repo: clusters,
	Match: []string{"**/kustomization.yaml", "**/kustomization.yml", "**/Kustomization", "**/*values*.yaml", "**/*values*.yml", "**/values/*.yaml", "**/values/*.yml"},
}

// known are the words that name an environment, whole or as a part between
// dashes, dots and underscores.
var known = []string{
	"dev", "develop", "development", "test", "testing", "qa", "uat", "sit", "int", "integration", "stage", "staging", "stg", "preprod",
	"pre-prod", "preproduction", "prod", "production", "prd", "live", "nonprod", "sandbox", "sbox", "demo", "perf", "perftest", "local",
	"canary", "preview", "aat", "ithc", "ci", "e2e", "dr", "acc", "acceptance", "nonlive", "lab", "edge",
}

// isEnvironment says whether a name is that of an environment.
func isEnvironment(name string) bool {
	name = strings.ToLower(name)
	if slices.Contains(known, name) {
		return true
	}
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	return slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(known, part) })
}

func environments(p *detect.Pass, f *detect.File) error {
	dir := path.Dir(f.Path)
	if strings.EqualFold(strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)), "kustomization") {
		if name := overlayName(dir); name != "" {
			p.Report(dir, f.Whole(), "overlay "+name, Environment{Dir: dir, Name: name, Kind: "overlay"})
		}
		return nil
	}
	rest := f.Path
	if path.Base(dir) == "values" {
		rest = path.Join("values", path.Base(f.Path))
	}
	if name := valuesEnvironment(path.Clean(strings.TrimPrefix(rest, dir+"/"))); name != "" {
		p.Report(f.Path, f.Whole(), "values of "+name, Environment{Dir: dir, Name: name, Kind: "values"})
	}
	return nil
}

// overlayName is the environment that a folder of Kustomize is for: what the
// folder below overlays, environments or envs is called, or the folder's own
// name where it is an environment's.
func overlayName(dir string) string {
	parts := strings.Split(dir, "/")
	for i, part := range parts[:len(parts)-1] {
		if slices.Contains([]string{"overlays", "overlay", "environments", "envs"}, part) && i == len(parts)-2 {
			return parts[i+1]
		}
	}
	if name := parts[len(parts)-1]; isEnvironment(name) {
		return name
	}
	return ""
}

// valuesEnvironment is the environment that a values file is for, by its path
// from the chart: "values-prod.yaml", "values.prod.yaml", "prod-values.yaml",
// "values/prod.yaml".
func valuesEnvironment(p string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(p, ".yml"), ".yaml")
	if name == p {
		return ""
	}
	name = strings.TrimSuffix(name, ".template")
	if inside, ok := strings.CutPrefix(name, "values/"); ok {
		name = inside
	} else if rest, ok := strings.CutPrefix(name, "values"); ok {
		name = strings.TrimLeft(rest, "-._")
	} else if rest, ok := strings.CutSuffix(name, "values"); ok {
		name = strings.TrimRight(rest, "-._")
	} else {
		return ""
	}
	if strings.Contains(name, "/") || !isEnvironment(name) {
		return ""
	}
	return name
}

// clusters reports each folder below one named clusters in which objects or
// kustomizations were seen.
func clusters(p *detect.Pass) error {
	seen := map[string]bool{}
	inside := slices.Concat(p.Findings(Objects), p.Findings(Kustomizations))
	slices.SortStableFunc(inside, func(a, b detect.Finding) int { return strings.Compare(a.At.Path, b.At.Path) })
	for _, f := range inside {
		parts := strings.Split(path.Dir(f.At.Path), "/")
		at := slices.Index(parts, "clusters")
		if at < 0 || at+1 >= len(parts) {
			continue
		}
		dir := strings.Join(parts[:at+2], "/")
		if !seen[dir] {
			seen[dir] = true
			p.Report(dir, detect.Span{Path: f.At.Path}, "cluster "+parts[at+1], Environment{Dir: dir, Name: parts[at+1], Kind: "cluster"})
		}
	}
	return nil
}
