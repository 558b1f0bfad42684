package rules_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/rules"
)

// TestRoles holds what small repositories are for.
func TestRoles(t *testing.T) {
	operator := map[string]string{
		"go.mod": "module acme.example/shop\n\ngo 1.26\n\nrequire sigs.k8s.io/controller-runtime v0.22.0\n", "cmd/main.go": "package main\n",
		"config/crd/bases/shops.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: shops.acme.example\nspec:\n  group: acme.example\n  names: {kind: Shop, plural: shops}\n  versions: [{name: v1, served: true, storage: true}]\n",
	}
	for about, c := range map[string]struct {
		files map[string]string
		want  []rules.Role
	}{
		"playbooks whose inventory is elsewhere":   {map[string]string{"site.yml": "- hosts: web\n  roles: [nginx]\n", "README.md": "# Home\n", "notes.md": "# Notes\n"}, []rules.Role{rules.Infrastructure}},
		"an operator with kinds of its own":        {operator, []rules.Role{rules.Service, rules.Platform}},
		"a package that tells nothing else":        {map[string]string{"pom.xml": "<project><artifactId>a</artifactId></project>\n"}, []rules.Role{rules.Service}},
		"settings of a build server in Kotlin":     {map[string]string{".teamcity/settings.kts": "version = \"2024.03\"\n", "common/Builds.kts": "val a = 1\n"}, []rules.Role{rules.Service}},
		"a crate among the files of a role":        {map[string]string{"site.yml": "- hosts: web\n  roles: [login]\n", "roles/login/files/login/Cargo.toml": "[package]\nname = \"login\"\n", "roles/login/files/login/src/main.rs": "fn main() {}\n"}, []rules.Role{rules.Infrastructure}},
		"stacks that a task at the root makes":     {map[string]string{"network.yaml": "Resources:\n  Net:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/16}\n", "Makefile": "deploy:\n\taws cloudformation deploy --template-file network.yaml --stack-name net\n"}, []rules.Role{rules.Infrastructure}},
		"templates that nothing makes stacks of":   {map[string]string{"network.yaml": "Resources:\n  Net:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/16}\n"}, []rules.Role{rules.Platform}},
		"one reusable workflow that is left over":  {map[string]string{"main.tf": "terraform {\n  backend \"s3\" {}\n}\nresource \"aws_vpc\" \"net\" {}\n", ".github/workflows/call.yml": "on: workflow_call\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{run: make}]\n"}, []rules.Role{rules.Infrastructure}},
		"an action of its own at the root":         {map[string]string{"main.tf": "terraform {\n  backend \"s3\" {}\n}\nresource \"aws_vpc\" \"net\" {}\n", "action.yml": "name: Plan\nruns:\n  using: composite\n  steps: [{run: terraform plan, shell: bash}]\n"}, []rules.Role{rules.Infrastructure, rules.Platform}},
		"a page that a network shows":              {map[string]string{"infra/main.tf": "terraform {\n  backend \"s3\" {}\n}\nresource \"aws_vpc\" \"net\" {}\n", "infra/waf/error/package.json": "{\"name\": \"error\", \"scripts\": {\"start\": \"vite\"}}"}, []rules.Role{rules.Infrastructure}},
		"the image of an action, not used here":    {map[string]string{"main/action.yml": "name: Release\nruns: {using: docker, image: Dockerfile}\n", "main/Dockerfile": "FROM python:3.14\nCOPY main.py /\nCMD [\"python\", \"/main.py\"]\n", "main/main.py": "print(1)\n"}, []rules.Role{rules.Platform}},
		"documents and nothing else":               {map[string]string{"README.md": "# Guide\n", "a.md": "# A\n"}, []rules.Role{rules.Documents}},
		"nothing but a licence and a short README": {map[string]string{"LICENSE": "MIT\n", "README.md": "# A\n"}, nil},
	} {
		files := map[string][]byte{}
		for p, text := range c.files {
			files[p] = []byte(text)
		}
		got := assess(t, files).Scene.RoleNames()
		slices.Sort(got)
		slices.Sort(c.want)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", about, diff)
		}
	}
}
