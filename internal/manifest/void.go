package manifest

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
)

// Never says whether a block of Terraform is written to make nothing, whatever
// its inputs are.
// Source: https://developer.hashicorp.com/terraform/language/meta-arguments/count
func Never(b syntax.Body) bool {
	if count, ok := b.Attribute("count"); ok && count.Known && count.Text == "0" {
		return true
	}
	each, ok := b.Attribute("for_each")
	return ok && slices.Contains([]string{"{}", "[]", "toset([])", "tomap({})"}, strings.Join(strings.Fields(each.Raw), ""))
}

// vital are the parts of a kind of which an object holds one, or does nothing.
var vital = map[string][]string{
	"ResourceQuota": {"spec.hard"},
	"ClusterResourceQuota.quota.openshift.io": {"spec.quota.hard"},
	"LimitRange": {"spec.limits"},
	"CustomResourceDefinition.apiextensions.k8s.io":           {"spec.versions", "spec.version"},
	"CompositeResourceDefinition.apiextensions.crossplane.io": {"spec.versions"},
	"Composition.apiextensions.crossplane.io":                 {"spec.resources", "spec.pipeline"},
	"PrometheusRule.monitoring.coreos.com":                    {"spec.groups.rules"},
	"Rules.monitoring.googleapis.com":                         {"spec.groups.rules"},
	"ClusterRules.monitoring.googleapis.com":                  {"spec.groups.rules"},
	"VMRule.operator.victoriametrics.com":                     {"spec.groups.rules"},
	"GrafanaAlertRuleGroup.grafana.integreatly.org":           {"spec.rules"},
	"PodMonitor.monitoring.coreos.com":                        {"spec.podMetricsEndpoints"},
	"ServiceMonitor.monitoring.coreos.com":                    {"spec.endpoints"},
	"PrometheusServiceLevel.sloth.slok.dev":                   {"spec.slos"},
	"ServiceLevelObjective.pyrra.dev":                         {"spec.indicator", "spec.target"},
	"SLO.openslo":                                             {"spec.objectives", "spec.indicator", "spec.indicatorRef", "spec.service"},
	"ChaosEngine.litmuschaos.io":                              {"spec.experiments"},
	"Workflow.chaos-mesh.org":                                 {"spec.templates"},
	"Experiment.argoproj.io":                                  {"spec.templates"},
	"AnalysisTemplate.argoproj.io":                            {"spec.metrics", "spec.templates"},
	"ClusterAnalysisTemplate.argoproj.io":                     {"spec.metrics", "spec.templates"},
	"FeatureFlag.core.openfeature.dev":                        {"spec.flagSpec"},
	"ClusterPolicy.kyverno.io":                                {"spec.rules"},
	"Policy.kyverno.io":                                       {"spec.rules"},
	"ConstraintTemplate.templates.gatekeeper.sh":              {"spec.targets"},
	"ValidatingAdmissionPolicy.admissionregistration.k8s.io":  {"spec.validations", "spec.auditAnnotations"},
	"ScaledObject.keda.sh":                                    {"spec.triggers"},
	"Promise.platform.kratix.io":                              {"spec.api", "spec.dependencies", "spec.workflows"},
	"ExternalSecret.external-secrets.io":                      {"spec.data", "spec.dataFrom"},
	"SealedSecret.bitnami.com":                                {"spec.encryptedData"},
	"ApplicationSet.argoproj.io":                              {"spec.generators"},
}

// void says whether an object declares nothing: what its kind exists for is
// absent or empty, or it is switched off. One that a template makes cannot be
// told, and a patch changes another object.
func (o Object) void() bool {
	if o.Templated || o.Get("$patch").Exists() {
		return false
	}
	if o.Group == "litmuschaos.io" && o.Spec("engineState").Text() == "stop" {
		return true
	}
	if o.Group == "chaos-mesh.org" && !o.Spec().Exists() {
		return true
	}
	parts, ok := vital[o.Type()]
	return ok && !slices.ContainsFunc(parts, func(part string) bool { return holds(o.Node, strings.Split(part, ".")) })
}

// holds says whether a value at a route of keys is there and not empty; of
// lists on the way, an item's.
func holds(n syntax.Node, route []string) bool {
	switch {
	case n.IsList() && len(route) > 0:
		items := n.Items()
		return slices.ContainsFunc(items[:min(len(items), maxItems)], func(item syntax.Node) bool { return holds(item, route) })
	case len(route) > 0:
		next := n.Get(route[0])
		return next.Exists() && holds(next, route[1:])
	case n.IsMap():
		for range n.Pairs() {
			return true
		}
		return false
	}
	return len(n.Items()) > 0 || n.Text() != ""
}
