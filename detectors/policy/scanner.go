package policy

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed scanner.md
var scannerDoc string

// Scanners sees the settings of scanners. Its values are a Scanner each.
var Scanners = &detect.Detector{ID: "policy/scanner", Doc: scannerDoc, Match: scannerFiles(), File: scanners}

// settings are the names of scanners' settings files. Those of folders are
// given with the folder.
var settings = map[string]string{
	".checkov.yaml": "checkov", ".checkov.yml": "checkov", ".checkov.baseline": "checkov",
	"trivy.yaml": "trivy", ".trivy.yaml": "trivy", ".trivyignore": "trivy", ".trivyignore.yaml": "trivy",
	".tfsec.yml": "tfsec", ".tfsec.yaml": "tfsec", ".tfsec/config.yml": "tfsec", ".tfsec/config.json": "tfsec",
	".tflint.hcl": "tflint", ".snyk": "snyk", "codeql-config.yml": "codeql", "codeql-config.yaml": "codeql", ".github/codeql/config.yml": "codeql",
	".semgrep.yml": "semgrep", ".semgrep.yaml": "semgrep", ".semgrepignore": "semgrep", ".gitleaks.toml": "gitleaks", "gitleaks.toml": "gitleaks", ".gitleaksignore": "gitleaks",
	"kics.config": "kics", "kics.yaml": "kics", "kics.yml": "kics", "kics.json": "kics", "kics.toml": "kics", ".kics.yaml": "kics", ".kics.yml": "kics",
	".terrascan.toml": "terrascan", "terrascan.toml": "terrascan", ".kube-linter.yaml": "kube-linter", ".kube-linter.yml": "kube-linter", "polaris.yaml": "polaris",
	".grype.yaml": "grype", ".grype.yml": "grype", ".secrets.baseline": "detect-secrets", ".bandit": "bandit", "bandit.yaml": "bandit", ".bandit.yml": "bandit", ".bandit.yaml": "bandit",
	".brakeman.yml": "brakeman", "config/brakeman.yml": "brakeman", "config/brakeman.ignore": "brakeman", "sonar-project.properties": "sonarqube", ".sonarcloud.properties": "sonarqube",
	".zap/rules.tsv": "zap", "dependency-check-suppressions.xml": "dependency-check", "owasp-suppressions.xml": "dependency-check", "osv-scanner.toml": "osv-scanner",
	".cfnlintrc": "cfn-lint", ".cfnlintrc.yaml": "cfn-lint", ".cfnlintrc.yml": "cfn-lint", ".cfn_nag.yml": "cfn-nag", ".cfn_nag": "cfn-nag",
	".fossa.yml": "fossa", ".whitesource": "mend", "deny.toml": "cargo-deny", ".safety-policy.yml": "safety", ".regula.yaml": "regula", "zizmor.yml": "zizmor", ".zizmor.yml": "zizmor",
	".trufflehog.yml": "trufflehog", ".kubescape.yaml": "kubescape", ".pluto.yaml": "pluto", ".ort.yml": "ort", ".licensed.yml": "licensed", ".licenserc.yaml": "license-eye",
	"conftest.toml": "conftest", ".kubeconform.yaml": "kubeconform", "datree.yaml": "datree", ".gosec.json": "gosec", ".nancy-ignore": "nancy", ".dockle": "dockle", ".dockleignore": "dockle",
}

func scannerFiles() []string {
	var patterns []string
	for name := range settings {
		patterns = append(patterns, "**/"+name)
	}
	slices.Sort(patterns)
	return patterns
}

func scanners(p *detect.Pass, f *detect.File) error {
	name := settings[path.Base(f.Path)]
	if name == "" {
		name = settings[path.Join(path.Base(path.Dir(f.Path)), path.Base(f.Path))]
	}
	if name == "" {
		name = settings[f.Path]
	}
	if name == "" || len(strings.TrimSpace(string(f.Data))) == 0 {
		return nil
	}
	note := "settings of " + name
	soft := cannotFail(name, f)
	if soft {
		note += ", which keep it from failing"
	}
	p.Report(f.Path, f.Whole(), note, Scanner{Name: name, Soft: soft})
	return nil
}

// cannotFail says whether settings tell a scanner to end well whatever it
// finds.
func cannotFail(name string, f *detect.File) bool {
	if name == "tflint" {
		body, err := syntax.HCL.Of(f)
		return err == nil && slices.ContainsFunc(body.All("config"), func(b syntax.Block) bool { return b.Body.Text("force") == "true" })
	}
	switch path.Ext(f.Path) {
	case ".yaml", ".yml", ".json", ".config":
	default:
		return false
	}
	docs, err := syntax.Data(f)
	if err != nil || len(docs) == 0 {
		return false
	}
	doc := docs[0]
	switch name {
	case "checkov":
		return doc.Get("soft-fail").True()
	case "trivy":
		return doc.Get("exit-code").Text() == "0"
	case "kics":
		return slices.Contains([]string{"all", "results"}, doc.Get("ignore-on-exit").Text())
	case "tfsec":
		return doc.Get("soft_fail").True()
	}
	return false
}
