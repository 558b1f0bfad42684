package rules

import (
	"maps"
	"slices"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/terraform"
)

// A codeTool is a tool of infrastructure code as people speak of it, with what
// validates its code and what checks its style.
type codeTool struct{ name, check, style string }

// codeTools are the tools, by the names that detectors give them.
var codeTools = map[string]codeTool{
	"terraform":      {"Terraform", "terraform validate", "terraform fmt and TFLint"},
	"kubernetes":     {"Kubernetes manifests", "kubeconform on the manifests", "yamllint and kube-linter"},
	"cloudformation": {"CloudFormation", "cfn-lint on the templates", "cfn-lint"},
	"ansible":        {"Ansible", "ansible-lint and ansible-playbook --syntax-check on the playbooks", "ansible-lint"},
	"arm":            {"ARM templates", "the ARM template test toolkit (arm-ttk) on the templates", "the ARM template test toolkit (arm-ttk)"},
	"bicep":          {"Bicep", "az bicep build on the modules", "az bicep lint"},
	"packer":         {"Packer", "packer validate on the templates", "packer fmt"},
	"pulumi":         {"Pulumi", "pulumi preview", ""},
}

// mainTool is the tool that most of the infrastructure code here is written
// with; false where there is none of those known.
func (s *Scene) mainTool() (codeTool, bool) {
	counts := map[string]int{
		"terraform":      len(s.live(terraform.Modules)),
		"kubernetes":     len(s.live(kubernetes.Objects, kubernetes.Charts, kubernetes.Helmfiles)),
		"cloudformation": len(s.live(cloudformation.Templates)),
	}
	for _, p := range liveValues[provisioning.Project](s, provisioning.Projects) {
		counts[p.Tool]++
	}
	best := ""
	for _, tool := range slices.Sorted(maps.Keys(codeTools)) {
		if counts[tool] > counts[best] {
			best = tool
		}
	}
	return codeTools[best], best != ""
}

// validation is the command that would validate the infrastructure code.
func (s *Scene) validation() string {
	tool, _ := s.mainTool()
	if root, ok := s.firstRoot(); ok && tool == codeTools["terraform"] {
		return provisioner(root) + " validate and " + provisioner(root) + " plan in " + place(root.Dir)
	}
	if charts := liveValues[kubernetes.Chart](s, kubernetes.Charts); len(charts) > 0 && tool == codeTools["kubernetes"] {
		return "helm lint and helm template " + place(charts[0].Dir) + " piped into kubeconform"
	}
	if files := s.live(kubernetes.Helmfiles); len(files) > 0 && tool == codeTools["kubernetes"] {
		return "helmfile -f " + files[0].At.Path + " lint"
	}
	return tool.check
}
