package terraform

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/environment"
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
		name := environment.Of(dir, valuesOf(base), "terraform", "variables", "vars")
		p.Report(f.Path, f.Whole(), "values of "+name, Environment{Dir: dir, Name: name})
	case slices.Contains(valuesFiles, base):
		unit, err := terragrunt.Of(f)
		if unit != nil && len(unit.locals) > 0 {
			name := environment.Of(dir, "")
			p.Report(f.Path, f.Whole(), "values of "+name, Environment{Dir: dir, Name: name})
		}
		return err
	}
	return nil
}

// valuesOf is the name of a file of values without what makes it one.
func valuesOf(base string) string {
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(base, ".json"), ".tfvars"), ".auto")
}

// environmentFolders reports the folders that bear the name of an environment
// and hold roots, each once.
func environmentFolders(p *detect.Pass) error {
	seen := map[string]bool{}
	for _, m := range allModules(p) {
		if !m.Root {
			continue
		}
		dir, name, ok := environment.Folder(m.Dir)
		if !ok || seen[dir] {
			continue
		}
		seen[dir] = true
		p.Report(dir+" folder", m.First, "roots of "+name, Environment{Dir: dir, Name: name})
	}
	return nil
}
