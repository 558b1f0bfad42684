package provisioning

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed project.md
var projectDoc string

// Projects sees the units of infrastructure code of tools other than Terraform,
// CloudFormation and Kubernetes.
var Projects = &detect.Detector{ID: "provisioning/project", Doc: projectDoc, File: projects, Match: []string{
	"**/*.yaml", "**/*.yml", "**/*.json", "**/*.hcl", "**/*.nomad", "**/*.job", "**/*.bicep", "**/*.bicepparam",
	"**/*hosts", "**/inventory", "**/production", "**/staging", "**/prod", "**/dev", "**/*.ini", "**/ansible.cfg", "**/serverless.ts", "**/serverless.js", "**/sst.config.ts",
	"**/site.pp", "**/init.pp", "**/Puppetfile", "**/metadata.rb", "**/Policyfile.rb", "**/environments/*.rb", "**/top.sls", "**/flake.nix", "**/*.yaml.j2",
}}

// A reader knows the files of one tool: which it takes, told by the path, and
// what they declare; none where a file is another tool's after all.
type reader struct {
	takes func(p string) bool
	read  func(t *detect.Tree, f *detect.File) ([]placed, error)
}

// A placed project is a project, its subject and its place.
type placed struct {
	Project
	subject string
	at      detect.Span
}

// readers are those of all tools.
var readers = []reader{
	{isPulumi, readPulumi}, {isBicep, readBicep}, {isJSON, readARM}, {isPacker, readPacker}, {isServerless, readServerless}, {isNomad, readNomad},
	{isPlaybook, readPlaybook}, {isRole, readRole}, {isRequirements, readRequirements}, {isInventory, readInventory}, {isAnsibleConfig, readAnsibleConfig}, {isVariables, readVariables},
	{isPuppet, readPuppet}, {isChef, readChef}, {isSalt, readSalt}, {isNix, readNix}, {isPackage, readPackage}, {isManifest, readManifest}, {isTalos, readTalos},
}

func projects(p *detect.Pass, f *detect.File) error {
	for _, r := range readers {
		if !r.takes(f.Path) {
			continue
		}
		found, err := r.read(p.Repo.Tree, f)
		for _, s := range found {
			p.Report(s.subject, s.at, strings.TrimSpace(s.Tool+" "+s.Kind), s.Project)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// whole is a project that a file as a whole is.
func whole(f *detect.File, p Project) []placed {
	p.Dir = path.Dir(f.Path)
	return []placed{{Project: p, subject: f.Path, at: f.Whole()}}
}

// named says whether a path ends in one of the names.
func named(p string, names ...string) bool {
	base := path.Base(p)
	for _, name := range names {
		if base == name {
			return true
		}
	}
	return false
}

// isYAML says whether a path is one of YAML.
func isYAML(p string) bool { return strings.HasSuffix(p, ".yaml") || strings.HasSuffix(p, ".yml") }

func isJSON(p string) bool { return strings.HasSuffix(p, ".json") }

// bare is the base name of a path without its extension.
func bare(p string) string {
	base := path.Base(p)
	return strings.TrimSuffix(base, path.Ext(base))
}
