package terraform

import (
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

func TestSourceTellsRepositoryAndPin(t *testing.T) {
	tree := detect.NewTree([]detect.Entry{{Path: "modules/vpc/main.tf"}, {Path: "envs/prod/main.tf"}}, nil)
	repo := &detect.Repo{Name: "terraform-aws-shop", Origin: "acme/terraform-aws-shop", Tree: tree}
	for _, c := range []struct {
		source, version string
		kind            SourceKind
		owner, repo     string
		pin             Pin
		target          string
	}{
		{"../../modules/vpc", "", Local, "", "", ByCommit, "modules/vpc"},
		{"../..//modules/vpc", "", Local, "", "", ByCommit, "modules/vpc"},
		{"git::../..//modules/vpc?ref=${file(\"ref\")}", "", Computed, "", "", ByRange, "modules/vpc"},
		{"terraform-aws-modules/vpc/aws", "", Registry, "terraform-aws-modules", "vpc", Unpinned, ""},
		{"terraform-aws-modules/vpc/aws//modules/x", "5.1.0", Registry, "terraform-aws-modules", "vpc", ByVersion, ""},
		{"app.terraform.io/acme/vpc/aws", ">= 1, < 2", Registry, "acme", "vpc", ByRange, ""},
		{"acme/shop/aws//modules/vpc", "~> 1.0", Registry, "acme", "shop", ByRange, "modules/vpc"},
		{"tfr:///acme/vpc/aws?version=3.5.0", "", Registry, "acme", "vpc", ByVersion, ""},
		{"github.com/acme/modules//vpc?ref=v1.2.3", "", Git, "acme", "modules", ByTag, ""},
		{"github.com/acme/terraform-aws-shop//modules/vpc", "", Git, "acme", "terraform-aws-shop", Unpinned, "modules/vpc"},
		{"git::ssh://git@git.acme.org:7999/plat/modules.git//vpc?ref=4f1c2ab&depth=1", "", Git, "plat", "modules", ByCommit, ""},
		{"git::https://gitlab.com/acme/team/modules.git?ref=feature/x", "", Git, "acme/team", "modules", ByBranch, ""},
		{"git::git@ssh.dev.azure.com:v3/acme/shop/modules?ref=tags/1.0", "", Git, "acme/shop", "modules", ByTag, ""},
		{"git@github.com:acme/modules?ref=main", "", Git, "acme", "modules", ByBranch, ""},
		{"https://example.org/vpc-1.2.0.zip", "", Archive, "", "", ByVersion, ""},
		{"https://example.org/vpc.zip", "", Archive, "", "", Unpinned, ""},
		{"s3::https://s3.amazonaws.com/acme/vpc.zip", "", Archive, "", "", Unpinned, ""},
		{"${local.base}//vpc?ref=v1", "", Git, "", "", ByTag, ""},
		{"${local.base}//vpc", "", Computed, "", "", Unpinned, ""},
		{"git::https://github.com/acme/m.git//x?ref=${local.v}", "", Computed, "acme", "m", ByRange, ""},
	} {
		call := ModuleCall{Dir: "envs/prod", Version: c.version}
		locate(&call, c.source, repo)
		if call.Kind != c.kind || call.Owner != c.owner || call.Repo != c.repo || call.Pin != c.pin || call.Target != c.target {
			t.Errorf("%s: %+v", c.source, call)
		}
	}
}

func TestRefTellsPin(t *testing.T) {
	for ref, want := range map[string]Pin{
		"": Unpinned, "v1.2.3": ByTag, "1.2": ByTag, "v2": ByTag, "vpc-1.2.3": ByTag, "vpc/v1.2.3": ByTag, "module@1.2": ByTag, "2024-01-31": ByTag,
		"refs/tags/x": ByTag, "tags/1.0": ByTag, "v1.0.0-rc.1": ByTag, "0.8.0+build": ByTag,
		"4f1c2ab": ByCommit, "0123456789abcdef0123456789abcdef01234567": ByCommit,
		"main": ByBranch, "feedbac": ByBranch, "release/1.2": ByBranch, "release-1.x": ByBranch, "DTSPO-12345-more": ByBranch, "dev": ByBranch,
	} {
		if got := pinOfRef(ref); got != want {
			t.Errorf("%q: %s, want %s", ref, got, want)
		}
	}
}

func TestSourceHidesCredentials(t *testing.T) {
	for text, want := range map[string]string{
		"git::https://oauth2:glpat-1@gitlab.com/a/b.git":             "git::https://…@gitlab.com/a/b.git",
		"s3::https://s3.amazonaws.com/a/b.zip?aws_secret=x&region=y": "s3::https://s3.amazonaws.com/a/b.zip?aws_secret=…&region=y",
		"git@github.com:acme/modules?ref=main":                       "git@github.com:acme/modules?ref=main",
	} {
		if got := shown(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestExpansionEnds(t *testing.T) {
	file := &terragruntFile{dir: "live", locals: map[string]string{"a": "${local.b}${local.b}x", "b": "${local.a}${local.a}x", "base": "git::https://github.com/acme/${local.name}.git", "name": "modules"}}
	at := place{tree: detect.NewTree(nil, nil), dir: "live", file: file}
	if got := expand("${local.a}", at); got != "${local.a}" {
		t.Error(got)
	}
	if got := expand("${local.base}//vpc", at); got != "git::https://github.com/acme/modules.git//vpc" {
		t.Error(got)
	}
	if got := expand(strings.Repeat("${local.a}", 1000), at); len(got) > 20000 {
		t.Error(len(got))
	}
}

func TestConstraintBound(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, ">= 1.0": false, "> 1, != 2": false, ">= 1, < 2": true, "~> 5.0": true, "5.1.0": true, "= 1.0": true, "<= 3": true,
	} {
		if got := bounded(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}
