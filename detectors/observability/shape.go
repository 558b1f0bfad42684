package observability

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// telling are words of which a file with one of the shapes holds at least one,
// so that the others are not parsed for nothing.
var telling = []string{
	"panels", "widgets", "groups:", "scrape_configs", "receivers", "slos:", "filebeat", "sources:", "endpoints:", "notificationChannelConfigList",
	"icrosoft.", "lambda: true", "Tracing", "scenarios:", "sites:", "links:", "annotations:", "alert:", "connectionString", "role", "pod_logs", "podLogs",
}

// shapes reports files that are told by their structure: the settings and
// exports of tools that have no kind to name.
func (w watching) shapes() {
	if !w.f.ContainsAny(telling...) {
		return
	}
	docs, templated, err := manifest.Documents(w.f)
	if err != nil && len(docs) == 0 {
		return
	}
	for _, doc := range docs {
		for _, s := range shapes {
			if s.fits(doc) {
				w.report(w.f.Path, w.f.Whole(), s.Signal)
			}
		}
		w.azure(doc)
		w.named(doc)
		w.ansible(doc)
		if !templated {
			w.catalogue(doc)
		}
	}
}

// A shape tells a signal by the structure of a document.
type shape struct {
	Signal
	fits func(syntax.Node) bool
}

var shapes = []shape{
	{Signal{Dashboard, "grafana"}, grafanaDashboard},
	{Signal{Dashboard, "datadog"}, func(n syntax.Node) bool { return n.Get("widgets").IsList() && n.Get("layout_type").Exists() }},
	{Signal{Dashboard, "cloudwatch"}, cloudwatchDashboard},
	{Signal{Alert, "prometheus"}, func(n syntax.Node) bool { return !n.Get("apiVersion").Exists() && prometheusRules(n) }},
	{Signal{Alert, "sysdig"}, func(n syntax.Node) bool {
		return n.Get("notificationChannelConfigList").IsList() && n.Get("severity").Exists()
	}},
	{Signal{Alert, "alertmanager"}, func(n syntax.Node) bool {
		return n.Get("route").IsMap() && n.Get("receivers").IsList() && !n.Get("apiVersion").Exists()
	}},
	{Signal{Monitor, "prometheus"}, func(n syntax.Node) bool { return n.Get("scrape_configs").IsList() && !n.Get("clients").Exists() }},
	{Signal{Logs, "promtail"}, func(n syntax.Node) bool { return n.Get("scrape_configs").IsList() && n.Get("clients").IsList() }},
	{Signal{Traces, "opentelemetry"}, func(n syntax.Node) bool {
		return n.Get("receivers").IsMap() && n.Get("exporters").IsMap() && n.Get("service", "pipelines").IsMap()
	}},
	{Signal{Logs, "filebeat"}, func(n syntax.Node) bool {
		return n.Get("filebeat.inputs").IsList() || n.Get("filebeat.autodiscover").IsMap() || n.Get("filebeat").IsMap() && n.Get("filebeat", "inputs").Exists()
	}},
	{Signal{Logs, "vector"}, func(n syntax.Node) bool {
		return n.Get("sources").IsMap() && n.Get("sinks").IsMap()
	}},
	{Signal{Objective, "sloth"}, func(n syntax.Node) bool {
		return strings.HasPrefix(n.Get("version").Text(), "prometheus/") && n.Get("slos").IsList()
	}},
	{Signal{Monitor, "grafana-cloud"}, k8sMonitoring},
	{Signal{Logs, "grafana-cloud"}, k8sMonitoring},
	{Signal{Monitor, "gatus"}, func(n syntax.Node) bool { return firstOf(n.Get("endpoints")).Get("conditions").IsList() }},
	{Signal{Monitor, "upptime"}, func(n syntax.Node) bool {
		return firstOf(n.Get("sites")).Get("url").Exists() && n.Get("owner").Exists() && n.Get("repo").Exists()
	}},
	{Signal{Load, "artillery"}, func(n syntax.Node) bool {
		return n.Get("config", "target").Exists() && n.Get("scenarios").IsList()
	}},
	{Signal{Traces, "x-ray"}, func(n syntax.Node) bool {
		return n.Get("provider", "tracing", "lambda").True() || n.Get("Globals", "Function", "Tracing").Text() == "Active"
	}},
}

func firstOf(n syntax.Node) syntax.Node {
	if items := n.Items(); len(items) > 0 {
		return items[0]
	}
	return syntax.Node{}
}

// grafanaDashboard tells the model of a dashboard, also wrapped as its API
// gives it.
// Source: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
func grafanaDashboard(n syntax.Node) bool {
	if inner := n.Get("dashboard"); inner.IsMap() {
		n = inner
	}
	return (n.Get("panels").IsList() || n.Get("rows").IsList()) && (n.Get("schemaVersion").Exists() || n.Get("title").Exists() && n.Get("templating").Exists())
}

func cloudwatchDashboard(n syntax.Node) bool {
	first := firstOf(n.Get("widgets"))
	return first.Get("type").Exists() && first.Get("properties").IsMap() && !n.Get("layout_type").Exists()
}

// prometheusRules says whether there is a list of rules that alert or record
// anywhere in a document: in a file of rules, in the values of a chart, in the
// variables of a playbook.
// Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
func prometheusRules(doc syntax.Node) bool {
	found := false
	manifest.Pairs(doc, func(_, _, value syntax.Node) bool {
		first := firstOf(value)
		found = found || first.Get("expr").Exists() && (first.Get("alert").Exists() || first.Get("record").Exists())
		return !found
	})
	return found
}

// k8sMonitoring tells the values of Grafana's chart that watches a cluster.
// Source: https://github.com/grafana/k8s-monitoring-helm
func k8sMonitoring(n syntax.Node) bool {
	return n.Get("cluster", "name").Exists() && (n.Get("externalServices").IsMap() || n.Get("destinations").Exists()) &&
		(n.Get("logs", "pod_logs").Exists() || n.Get("podLogs").Exists() || n.Get("clusterMetrics").Exists() || n.Get("metrics").IsMap())
}

// ansible reports roles and collections of playbooks, roles and requirements
// that install what watches.
func (w watching) ansible(doc syntax.Node) {
	manifest.Pairs(doc, func(_, key, value syntax.Node) bool {
		if name := key.Text(); name != "roles" && name != "dependencies" && name != "collections" {
			return false
		}
		for _, item := range value.Items() {
			for _, n := range []syntax.Node{item, item.Get("role"), item.Get("name"), item.Get("src")} {
				w.report(n.Text(), n.Span(), lookUp(roles, n.Text()))
			}
		}
		return false
	})
}

// named reports files that a tool knows by their name.
func (w watching) named(doc syntax.Node) {
	switch base := path.Base(w.f.Path); {
	case base == "applicationinsights.json" && (doc.Get("connectionString").Exists() || doc.Get("role").Exists()):
		w.report(w.f.Path, w.f.Whole(), Signal{Traces, "application-insights"})
	case strings.HasPrefix(base, "alertmanager.") && doc.Get("route").Exists() && doc.Get("receivers").Exists():
		w.report(w.f.Path, w.f.Whole(), Signal{Alert, "alertmanager"})
	}
}

// azure reports the resources of an ARM template, nested ones left out.
func (w watching) azure(doc syntax.Node) {
	if !strings.Contains(doc.Get("$schema").Text(), "eploymentTemplate.json") {
		return
	}
	resources := doc.Get("resources")
	for _, r := range resources.Items() {
		kind := r.Get("type")
		w.report(kind.Text(), kind.Span(), azureResources[strings.ToLower(kind.Text())])
	}
	for name, r := range resources.Pairs() {
		w.report(name.Text(), name.Span(), azureResources[strings.ToLower(r.Get("type").Text())])
	}
}
