package terraform

import (
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A memory is a sink that keeps findings.
type memory map[*detect.Detector][]detect.Finding

func (m memory) Finding(f detect.Finding)                     { m[f.Detector] = append(m[f.Detector], f) }
func (m memory) BlindSpot(detect.BlindSpot)                   {}
func (m memory) Findings(d *detect.Detector) []detect.Finding { return m[d] }

// modulesOf are the modules of a repository given as texts by path, by folder.
func modulesOf(t *testing.T, name string, texts map[string]string) map[string]Module {
	t.Helper()
	var entries []detect.Entry
	for p := range texts {
		entries = append(entries, detect.Entry{Path: p})
	}
	repo := &detect.Repo{Name: name, Origin: "acme/" + name, Tree: detect.NewTree(entries, nil)}
	seen := memory{}
	for _, e := range repo.Tree.Entries() {
		f := detect.NewFile(e.Path, []byte(texts[e.Path]))
		for _, d := range []*detect.Detector{Files, Backends, ModuleCalls, Resources, TerragruntFiles} {
			if isConfiguration(e.Path) == (d != TerragruntFiles) {
				if err := d.File(detect.NewPass(d, repo, seen), f); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	found := map[string]Module{}
	for _, m := range allModules(detect.NewPass(Modules, repo, seen)) {
		found[m.Dir] = m
	}
	return found
}

func TestUnitsInheritTheirBackend(t *testing.T) {
	root := `remote_state {
  backend = "s3"
  config  = { bucket = "state", use_lockfile = true }
}`
	got := modulesOf(t, "live", map[string]string{
		"root.hcl":                       root,
		"prod/vpc/terragrunt.hcl":        "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\nterraform {\n  source = \"../../modules//vpc\"\n}",
		"prod/dns/terragrunt.hcl":        "include \"root\" {\n  path = local.somewhere\n}",
		"prod/shop/terragrunt.stack.hcl": "unit \"db\" {\n  source = \"../../modules/vpc\"\n  path = \"db\"\n}",
		"modules/vpc/main.tf":            "variable \"cidr\" {}\nresource \"aws_vpc\" \"this\" {}",
	})
	for _, dir := range []string{"prod/vpc", "prod/dns", "prod/shop"} {
		if m := got[dir]; !m.Root || !m.Terragrunt || m.Backend == nil || !m.Backend.Locked {
			t.Errorf("%s: %+v", dir, m)
		}
	}
	if m := got["modules/vpc"]; m.Root || len(m.CalledBy) != 2 {
		t.Errorf("%+v", m)
	}
	if _, ok := got["."]; ok {
		t.Error("the root configuration is no unit")
	}
}

func TestPublishedModulesAreNoRoots(t *testing.T) {
	texts := map[string]string{
		"main.tf":                   "variable \"name\" {\n  default = \"x\"\n}\nresource \"null_resource\" \"x\" {}",
		"examples/complete/main.tf": "provider \"aws\" {}\nmodule \"m\" {\n  source = \"../..\"\n}",
		"wrappers/main.tf":          "variable \"items\" {\n  default = {}\n}\nmodule \"w\" {\n  source = \"../\"\n}",
	}
	got := modulesOf(t, "terraform-aws-shop", texts)
	if got["."].Root || got["wrappers"].Root || !got["examples/complete"].Root {
		t.Errorf("%+v", got)
	}
	if callers := got["."].CalledBy; len(callers) != 1 || callers[0] != "wrappers" {
		t.Errorf("examples count as callers: %v", callers)
	}
}

func TestProxyProvidersMakeNoRoot(t *testing.T) {
	got := modulesOf(t, "shop", map[string]string{
		"modules/dns/main.tf": "provider \"aws\" {\n  alias = \"east\"\n}\nvariable \"zone\" {}\nresource \"aws_route53_zone\" \"z\" {}",
	})
	if got["modules/dns"].Root {
		t.Errorf("%+v", got["modules/dns"])
	}
}

// TestWhatAFolderMayHoldBesides: a link to a file that folders share may name
// the versions, so that their absence cannot be told.
func TestWhatAFolderMayHoldBesides(t *testing.T) {
	tree := detect.NewTree([]detect.Entry{
		{Path: "shared/versions.tf"}, {Path: "web/main.tf"}, {Path: "web/versions.tf", Mode: detect.Symlink}, {Path: "api/main.tf"}, {Path: "api/notes", Mode: detect.Symlink},
	}, nil)
	if !unread(tree, "web") || unread(tree, "api") || unread(tree, "shared") {
		t.Errorf("web %v, api %v, shared %v", unread(tree, "web"), unread(tree, "api"), unread(tree, "shared"))
	}
}
