package terraform

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed environment.md
var environmentDoc string

// Environments sees environments as data: files of values for input variables,
// the values files of Terragrunt, and root folders that bear the name of an
// environment.
var Environments = &detect.Detector{
	ID: "terraform/environment", Doc: environmentDoc, Match: []string{"**/*.tfvars", "**/*.tfvars.json", terragruntFilePattern},
	File: environments, Repo: environmentFolders,
}

// valuesFiles are the usual names of files that hold the values of a level of
// a Terragrunt hierarchy.
// Source: https://github.com/gruntwork-io/terragrunt-infrastructure-live-example
var valuesFiles = []string{
	"env.hcl", "environment.hcl", "account.hcl", "region.hcl", "stage.hcl", "subscription.hcl", "project.hcl", "tenant.hcl", "cluster.hcl", "workspace.hcl", "site.hcl",
}

func environments(p *detect.Pass, f *detect.File) error {
	dir, base := path.Dir(f.Path), path.Base(f.Path)
	switch {
	case isValues(base):
		name := environmentOf(dir, strings.TrimSuffix(strings.TrimSuffix(base, ".json"), ".tfvars"))
		p.Report(f.Path, f.Whole(), "values of "+name, Environment{Dir: dir, Name: name})
	case slices.Contains(valuesFiles, base):
		unit, err := terragrunt.Of(f)
		if unit != nil && len(unit.locals) > 0 {
			name := environmentOf(dir, "")
			p.Report(f.Path, f.Whole(), "values of "+name, Environment{Dir: dir, Name: name})
		}
		return err
	}
	return nil
}

// environmentOf names the environment of a file of values: by its own name,
// unless that is one for any environment, else by its folder.
func environmentOf(dir, base string) string {
	base = strings.TrimSuffix(base, ".auto")
	if name, ok := environmentIn(base); ok {
		return name
	}
	if name, ok := environmentIn(path.Base(dir)); ok {
		return name
	}
	switch {
	case base != "" && base != "terraform" && base != "variables" && base != "vars":
		return base
	case dir == ".":
		return "default"
	}
	return path.Base(dir)
}

// environmentNames are the usual names of environments.
var environmentNames = []string{
	"dev", "development", "test", "testing", "tst", "stage", "staging", "stg", "prod", "production", "prd", "preprod", "preproduction", "nonprod", "non-prod", "pre-prod",
	"uat", "qa", "int", "integration", "sandbox", "sbx", "live", "demo", "perf", "perftest", "aat", "ithc", "acceptance", "acc", "canary", "dr",
}

// carriedNames are those that also tell an environment as the first or last
// word of a longer name.
var carriedNames = []string{"dev", "development", "stage", "staging", "stg", "prod", "production", "prd", "preprod", "nonprod", "uat", "qa", "sandbox", "test"}

// environmentIn is the environment that a name is or carries: "prod",
// "bors-prod", "dev_eu".
func environmentIn(name string) (string, bool) {
	lower := strings.ToLower(name)
	if slices.Contains(environmentNames, lower) {
		return lower, true
	}
	words := strings.FieldsFunc(lower, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	if len(words) < 2 {
		return "", false
	}
	for _, word := range []string{words[len(words)-1], words[0]} {
		if slices.Contains(carriedNames, word) {
			return word, true
		}
	}
	return "", false
}

// environmentFolders reports the folders that bear the name of an environment
// and hold roots, each once.
func environmentFolders(p *detect.Pass) error {
	seen := map[string]bool{}
	for _, m := range allModules(p) {
		if !m.Root {
			continue
		}
		dir, name, ok := environmentFolder(m.Dir)
		if !ok || seen[dir] {
			continue
		}
		seen[dir] = true
		p.Report(dir+" folder", m.First, "roots of "+name, Environment{Dir: dir, Name: name})
	}
	return nil
}

// environmentFolder is the outermost folder of a path that bears the name of
// an environment; one named live counts only where no other does, for it often
// holds all environments.
func environmentFolder(dir string) (string, string, bool) {
	at, holder := 0, ""
	for part := range strings.SplitSeq(dir, "/") {
		at += len(part)
		name, ok := environmentIn(part)
		if ok && name != "live" {
			return dir[:at], name, true
		}
		if ok && holder == "" {
			holder = dir[:at]
		}
		at++
	}
	return holder, "live", holder != ""
}
