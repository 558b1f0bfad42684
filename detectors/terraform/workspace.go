package terraform

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed workspace.md
var workspaceDoc string

// Workspaces sees the workspaces of HCP Terraform and Terraform Enterprise that
// follow a repository: as resources, and as calls of modules that hand a
// vcs_repo on.
// Source: https://registry.terraform.io/providers/hashicorp/tfe/latest/docs/resources/workspace
var Workspaces = &detect.Detector{ID: "terraform/workspace", Doc: workspaceDoc, Match: configurations, File: workspaces}

// A Workspace is what runs a configuration when its repository changes.
type Workspace struct {
	// Repository is "owner/name" of what it follows; empty where it is computed.
	Repository string
	// Dir is the folder of this repository that it runs; empty where it is not
	// said, or computed.
	Dir     string
	Applies Applying
	// Assessed says that it looks for drift by itself.
	Assessed bool
}

// Applying is what starts an apply of a workspace.
type Applying string

// What starts an apply: the merge, a person, or what is not said here.
const (
	ByItself Applying = "by itself"
	ByPerson Applying = "by a person"
	Unsaid   Applying = "unsaid"
)

func workspaces(p *detect.Pass, f *detect.File) error {
	body, err := syntax.HCL.Of(f)
	for _, block := range body.Blocks {
		made := block.Type == "resource" && len(block.Labels) == 2 && block.Labels[0] == "tfe_workspace"
		if !made && (block.Type != "module" || len(block.Labels) == 0) || manifest.Never(block.Body) {
			continue
		}
		settings := map[string]string{}
		flatten(settings, block.Body, "", 0)
		if _, follows := settings["vcs_repo"]; follows && settings["execution_mode"] != "local" {
			what := append([]string{block.Type}, block.Labels...)
			if made {
				what = block.Labels
			}
			w := workspaceOf(settings, made)
			p.Report(in(path.Dir(f.Path), strings.Join(what, ".")), block.At, "applies "+string(w.Applies), w)
		}
	}
	return err
}

// workspaceOf reads the settings; a resource that does not say what starts an
// apply waits for a person, a module may say it inside.
func workspaceOf(settings map[string]string, made bool) Workspace {
	w := Workspace{
		Repository: settings["vcs_repo.identifier"],
		Dir:        strings.Trim(settings["working_directory"], "/"),
		Applies:    Unsaid,
		Assessed:   settings["assessments_enabled"] == "true",
	}
	switch text, said := settings["auto_apply"]; {
	case text == "true":
		w.Applies = ByItself
	case text == "false", made && !said:
		w.Applies = ByPerson
	}
	return w
}
