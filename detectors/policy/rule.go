package policy

import (
	_ "embed"
	"path"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed rule.md
var ruleDoc string

// Policies sees rules written as code: admission policies of clusters, rules
// for plans and templates, guardrails of cloud accounts. Its values are a
// Policy each.
var Policies = &detect.Detector{
	ID: "policy/policy", Doc: ruleDoc, File: policies,
	Match: []string{"**/*.rego", "**/*.sentinel", "**/sentinel.hcl", "**/*.guard", "**/*.tf", "**/*.yaml", "**/*.yml", "**/*.json", "**/*.template", "**/*.bicep"},
}

func policies(p *detect.Pass, f *detect.File) error {
	s := sighting{p: p, f: f}
	switch path.Ext(f.Path) {
	case ".rego":
		s.rego()
	case ".sentinel":
		s.sentinel()
	case ".guard":
		s.guard()
	case ".hcl":
		s.sentinelSet()
	case ".tf":
		s.terraform()
		s.releases()
	case ".bicep":
		s.bicep()
	default:
		s.objects()
		s.releases()
		s.resources()
		s.data()
	}
	return nil
}

// sighting is the search for policies in one file. Files that cannot be read
// as their format are reported by the detectors of that format.
type sighting struct {
	p *detect.Pass
	f *detect.File
}

func (s sighting) report(subject string, at detect.Span, engine string, enforces, applied bool) {
	note := engine + " policy"
	if enforces {
		note += " that refuses"
	}
	s.p.Report(subject, at, note, Policy{Engine: engine, Dir: path.Dir(s.f.Path), Enforces: enforces, Applied: applied})
}

func (s sighting) objects() {
	found, err := manifest.Objects.Of(s.f)
	if err != nil && len(found) == 0 {
		return
	}
	for _, o := range found {
		if engine, enforces := engineOf(o); engine != "" {
			s.report(o.Subject(), o.Span(), engine, enforces, true)
		}
	}
}

// engines are the charts that bring an engine into a cluster.
var engines = map[string]string{
	"gatekeeper": "gatekeeper", "kyverno": "kyverno", "kyverno-policies": "kyverno", "kubewarden-controller": "kubewarden", "kubewarden-defaults": "kubewarden",
	"policy-controller": "sigstore-policy-controller", "ratify": "ratify", "opa-kube-mgmt": "opa",
}

func (s sighting) releases() {
	found, err := manifest.Releases.Of(s.f)
	if err != nil {
		return
	}
	for _, r := range found {
		if engine := engines[r.Chart]; engine != "" {
			s.report("chart/"+r.Chart, r.At, engine, false, true)
		}
	}
}

// A guardrail is the engine behind a resource of a cloud, and whether it
// refuses what breaks it.
type guardrail struct {
	engine   string
	enforces bool
}

// guardrails are told by the type of a resource of CloudFormation, Terraform,
// ARM or Bicep.
var guardrails = map[string]guardrail{
	"AWS::Organizations::Policy":               {"aws-scp", true},
	"AWS::Config::ConfigRule":                  {"aws-config", false},
	"AWS::Config::OrganizationConfigRule":      {"aws-config", false},
	"AWS::Config::ConformancePack":             {"aws-config", false},
	"AWS::Config::OrganizationConformancePack": {"aws-config", false},
	"AWS::ControlTower::EnabledControl":        {"aws-control-tower", true},
	"AWS::CloudFormation::GuardHook":           {"cfn-guard", true},

	"aws_organizations_policy":                       {"aws-scp", true},
	"aws_config_config_rule":                         {"aws-config", false},
	"aws_config_organization_managed_rule":           {"aws-config", false},
	"aws_config_organization_custom_rule":            {"aws-config", false},
	"aws_config_organization_custom_policy_rule":     {"aws-config", false},
	"aws_config_conformance_pack":                    {"aws-config", false},
	"aws_config_organization_conformance_pack":       {"aws-config", false},
	"aws_controltower_control":                       {"aws-control-tower", true},
	"azurerm_policy_definition":                      {"azure-policy", false},
	"azurerm_policy_set_definition":                  {"azure-policy", false},
	"azurerm_management_group_policy_set_definition": {"azure-policy", false},
	"azurerm_management_group_policy_assignment":     {"azure-policy", true},
	"azurerm_subscription_policy_assignment":         {"azure-policy", true},
	"azurerm_resource_group_policy_assignment":       {"azure-policy", true},
	"azurerm_resource_policy_assignment":             {"azure-policy", true},
	"azurerm_policy_assignment":                      {"azure-policy", true},
	"google_org_policy_policy":                       {"gcp-org-policy", true},
	"google_org_policy_custom_constraint":            {"gcp-org-policy", true},
	"google_organization_policy":                     {"gcp-org-policy", true},
	"google_folder_organization_policy":              {"gcp-org-policy", true},
	"google_project_organization_policy":             {"gcp-org-policy", true},
	"google_binary_authorization_policy":             {"binary-authorization", true},
	"tfe_policy_set":                                 {"sentinel", true},
	"tfe_policy":                                     {"sentinel", true},
	"tfe_sentinel_policy":                            {"sentinel", true},
	"spacelift_policy":                               {"opa", true},

	"microsoft.authorization/policydefinitions":    {"azure-policy", false},
	"microsoft.authorization/policysetdefinitions": {"azure-policy", false},
	"microsoft.authorization/policyassignments":    {"azure-policy", true},
}

func (s sighting) terraform() {
	body, err := syntax.HCL.Of(s.f)
	if err != nil {
		return
	}
	for _, b := range body.All("resource") {
		if len(b.Labels) != 2 || manifest.Never(b.Body) {
			continue
		}
		if g, ok := guardrails[b.Labels[0]]; ok {
			s.report(b.Labels[0]+"."+b.Labels[1], b.At, g.engine, g.enforces, true)
		}
	}
}

func (s sighting) resources() {
	found, err := manifest.CloudFormation.Of(s.f)
	if err != nil {
		return
	}
	for _, r := range found {
		if g, ok := guardrails[r.Type]; ok {
			s.report(r.ID, r.At(), g.engine, g.enforces, true)
		}
	}
}
