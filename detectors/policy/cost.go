package policy

import (
	"bytes"
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed cost.md
var costDoc string

// Costs sees what keeps spending in view or within bounds. Its values are a
// Cost each.
var Costs = &detect.Detector{
	ID: "policy/cost-control", Doc: costDoc, File: costs,
	Match: []string{"**/*.yaml", "**/*.yml", "**/*.json", "**/*.template", "**/*.tf", "**/*.bicep"},
}

func costs(p *detect.Pass, f *detect.File) error {
	s := spending{p: p, f: f}
	switch path.Ext(f.Path) {
	case ".tf":
		s.terraform()
	case ".bicep":
		s.bicep()
		return nil
	default:
		s.objects()
		s.resources()
		s.data()
	}
	s.releases()
	return nil
}

// spending is the search for cost controls in one file.
type spending struct {
	p *detect.Pass
	f *detect.File
}

func (s spending) report(subject string, at detect.Span, name string) {
	if name != "" {
		s.p.Report(subject, at, name, Cost{Name: name})
	}
}

func (s spending) objects() {
	found, err := manifest.Objects.Of(s.f)
	if err != nil && len(found) == 0 {
		return
	}
	for _, o := range found {
		switch o.Type() {
		case "ResourceQuota", "ClusterResourceQuota.quota.openshift.io":
			if !countsOnly(o) {
				s.report(o.Subject(), o.Span(), "resource-quota")
			}
		case "LimitRange":
			s.report(o.Subject(), o.Span(), "limit-range")
		}
	}
}

// countsOnly says whether a quota limits nothing but the number of pods, as
// those of controllers for their critical pods do: that bounds no cost.
func countsOnly(o manifest.Object) bool {
	for key := range o.Spec("hard").Pairs() {
		if key.Text() != "pods" {
			return false
		}
	}
	return o.Spec("hard", "pods").Exists()
}

var costCharts = map[string]string{"opencost": "opencost", "kubecost": "kubecost", "cost-analyzer": "kubecost", "finops-agent": "kubecost", "kube-green": "kube-green"}

func (s spending) releases() {
	found, err := manifest.Releases.Of(s.f)
	if err != nil {
		return
	}
	for _, r := range found {
		s.report("chart/"+r.Chart, r.At, costCharts[r.Chart])
	}
}

// budgets are types of resources of Terraform, CloudFormation, ARM and Bicep.
var budgets = map[string]string{
	"aws_budgets_budget": "budget", "aws_budgets_budget_action": "budget", "aws_ce_anomaly_monitor": "budget", "aws_ce_anomaly_subscription": "budget",
	"google_billing_budget": "budget", "azurerm_consumption_budget_subscription": "budget", "azurerm_consumption_budget_resource_group": "budget",
	"azurerm_consumption_budget_management_group": "budget", "azurerm_cost_anomaly_alert": "budget", "datadog_cost_budget": "budget",
	"kubernetes_resource_quota": "resource-quota", "kubernetes_resource_quota_v1": "resource-quota", "kubernetes_limit_range": "limit-range", "kubernetes_limit_range_v1": "limit-range",
	"AWS::Budgets::Budget": "budget", "AWS::Budgets::BudgetsAction": "budget", "AWS::CE::AnomalyMonitor": "budget", "AWS::CE::AnomalySubscription": "budget",
	"microsoft.consumption/budgets": "budget",
}

// costTag matches the names of tags by which spending is told apart.
var costTag = regex.New(`(?i)^"?(cost[_-]?(cent(er|re)|code|allocation)|billing([_-]?(code|id|project|tag))?|chargeback)"?$`)

func (s spending) terraform() {
	body, err := syntax.HCL.Of(s.f)
	if err != nil {
		return
	}
	for _, b := range body.Blocks {
		switch {
		case b.Type == "resource" && len(b.Labels) == 2 && !manifest.Never(b.Body):
			s.report(b.Labels[0]+"."+b.Labels[1], b.At, budgets[b.Labels[0]])
		case b.Type == "provider" && len(b.Labels) == 1:
			for _, tags := range b.Body.All("default_tags") {
				s.tags(b, tags.Body)
			}
		}
	}
}

// tags reports a provider that puts a tag for costs on all that it makes.
func (s spending) tags(provider syntax.Block, body syntax.Body) {
	a, _ := body.Attribute("tags")
	if a.Body == nil {
		return
	}
	for _, tag := range a.Body.Attributes {
		if costTag.MatchString(tag.Name) {
			s.report("provider."+provider.Labels[0], tag.At, "cost-tags")
		}
	}
}

func (s spending) resources() {
	found, err := manifest.CloudFormation.Of(s.f)
	if err != nil {
		return
	}
	for _, r := range found {
		s.report(r.ID, r.At(), budgets[r.Type])
	}
}

func (s spending) bicep() {
	n := 0
	for line := range bytes.Lines(s.f.Data) {
		n++
		if m := bicepPolicy.FindSubmatch(line); m != nil {
			s.report(string(m[1]), s.f.Line(n), budgets[strings.ToLower(string(m[2]))])
		}
	}
}

// data reports files that are told by their name or structure: Infracost's
// settings, policies of Cloud Custodian, budgets of ARM, a chart's values that
// switch OpenCost on.
func (s spending) data() {
	base := path.Base(s.f.Path)
	if strings.HasPrefix(base, "infracost") && path.Ext(base) != ".json" {
		s.report(s.f.Path, s.f.Whole(), "infracost")
		return
	}
	if !s.f.ContainsAny("policies:", "opencost", "icrosoft.Consumption") {
		return
	}
	docs, _, err := manifest.Documents(s.f)
	if err != nil {
		return
	}
	for _, doc := range docs {
		if custodian(doc) {
			s.report(s.f.Path, s.f.Whole(), "cloud-custodian")
		}
		s.switchedOn(doc)
		for _, r := range doc.Get("resources").Items() {
			kind := r.Get("type")
			s.report(kind.Text(), kind.Span(), budgets[strings.ToLower(kind.Text())])
		}
	}
}

// custodian tells a file of policies by its first one.
// Source: https://cloudcustodian.io/docs/quickstart/policyStructure.html
func custodian(doc syntax.Node) bool {
	for _, policy := range doc.Get("policies").Items() {
		return policy.Get("name").Exists() && policy.Get("resource").Exists() && (policy.Get("filters").Exists() || policy.Get("actions").Exists())
	}
	return false
}

func (s spending) switchedOn(doc syntax.Node) {
	manifest.Pairs(doc, func(_, key, value syntax.Node) bool {
		if key.Text() == "opencost" && value.Get("enabled").True() {
			s.report("opencost", key.Span(), "opencost")
		}
		return true
	})
}
