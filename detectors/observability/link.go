package observability

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// page reports links of a document that lead to a dashboard.
func (w watching) page() error {
	page, err := syntax.Markdown.Of(w.f)
	if err != nil {
		return nil // the detectors of documents report it
	}
	for _, link := range page.Links {
		if tool := dashboardOf(link.Target); tool != "" && !link.Image {
			w.report(manifest.Redacted(link.Target), link.At, Signal{Link, tool})
		}
	}
	return nil
}

// annotations are those by which a catalogue entry of Backstage leads to a
// dashboard.
var annotations = map[string]string{
	"grafana/dashboard-selector": "grafana", "grafana/tag-selector": "grafana", "grafana/overview-dashboard": "grafana", "grafana/alert-label-selector": "grafana",
	"datadoghq.com/dashboard-url": "datadog", "datadoghq.com/graph-token": "datadog", "datadoghq.com/site": "datadog", "sentry.io/project-slug": "sentry",
	"newrelic.com/dashboard-guid": "new-relic", "dynatrace.com/dynatrace-entity-id": "dynatrace", "prometheus.io/rule": "prometheus", "prometheus.io/alert": "prometheus",
	"pagerduty.com/integration-key": "pagerduty", "pagerduty.com/service-id": "pagerduty", "opsgenie.com/component-selector": "opsgenie", "lightstep.com/dashboard": "lightstep",
}

// catalogue reports links and annotations of a catalogue entry.
func (w watching) catalogue(doc syntax.Node) {
	if !strings.HasPrefix(doc.Get("apiVersion").Text(), "backstage.io/") {
		return
	}
	for _, link := range doc.Get("metadata", "links").Items() {
		target := link.Get("url")
		if tool := dashboardOf(target.Text()); tool != "" {
			w.report(manifest.Redacted(target.Text()), target.Span(), Signal{Link, tool})
		}
	}
	for key, value := range doc.Get("metadata", "annotations").Pairs() {
		if tool := annotations[key.Text()]; tool != "" && value.Text() != "" {
			w.report(key.Text(), key.Span(), Signal{Link, tool})
		}
	}
}

// hosts are the ends of names at which products show dashboards.
var hosts = map[string]string{
	"grafana.net": "grafana", "app.datadoghq.com": "datadog", "app.datadoghq.eu": "datadog", "one.newrelic.com": "new-relic", "one.eu.newrelic.com": "new-relic",
	"ui.honeycomb.io": "honeycomb", "live.dynatrace.com": "dynatrace", "apps.dynatrace.com": "dynatrace", "sentry.io": "sentry", "signalfx.com": "splunk",
	"app.sysdigcloud.com": "sysdig", "app.logz.io": "logz-io", "checklyhq.com": "checkly", "kb.io": "elastic",
}

// dashboardOf is the tool that a link shows a dashboard of; empty for other
// links, the products' own pages and guides among them.
func dashboardOf(target string) string {
	scheme, rest, found := strings.Cut(target, "://")
	if !found || scheme != "https" && scheme != "http" {
		return ""
	}
	host, place, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	place = "/" + place
	for end, tool := range hosts {
		if (host == end || strings.HasSuffix(host, "."+end)) && len(place) > 1 && !strings.Contains(place, "settings") && !strings.HasPrefix(host, "docs.") && !strings.HasPrefix(host, "blog.") && !strings.HasPrefix(place, "/welcome") {
			return tool
		}
	}
	switch first, _, _ := strings.Cut(host, "."); {
	case host == "grafana.com" || strings.HasSuffix(host, ".grafana.com") || host == "grafana.org":
		return ""
	case strings.Contains(first, "grafana") || strings.HasPrefix(place, "/d/"):
		return "grafana"
	case strings.Contains(first, "kibana") || strings.HasPrefix(place, "/app/kibana"):
		return "elastic"
	case first == "prometheus" && host != "prometheus.io":
		return "prometheus"
	case strings.HasSuffix(host, "console.aws.amazon.com") && strings.HasPrefix(place, "/cloudwatch"):
		return "cloudwatch"
	case host == "console.cloud.google.com" && strings.HasPrefix(place, "/monitoring"):
		return "google-cloud-monitoring"
	}
	return ""
}
