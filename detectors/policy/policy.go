// Package policy detects rules as code: policies, scanners' settings, budgets
// and quotas.
package policy

// A Policy is a rule written as code.
type Policy struct {
	// Engine is a kebab name: "opa", "conftest", "gatekeeper", "kyverno",
	// "validating-admission-policy", "sentinel", "cfn-guard", "aws-scp",
	// "aws-config", "azure-policy", "checkov", "semgrep" …
	Engine string
	Dir    string
	// Enforces says that a violation is refused and not only reported.
	Enforces bool
	// Applied says that a cluster or an account gets it from here: it is an
	// object or a resource, and no text that a program evaluates.
	Applied bool
}

// A Scanner is the settings of a scanner.
type Scanner struct {
	// Name is a kebab name: "checkov", "trivy", "tfsec", "tflint", "kics",
	// "snyk", "codeql", "semgrep", "gitleaks" …
	Name string
	// Soft says that its settings keep it from failing.
	Soft bool
}

// A Cost is a control of spending: "infracost", "budget", "opencost",
// "kubecost", "resource-quota", "limit-range", "cloud-custodian",
// "cost-tags".
type Cost struct{ Name string }
