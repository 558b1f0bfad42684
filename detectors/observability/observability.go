// Package observability detects how what runs is watched: dashboards, alerts,
// monitors, traces, objectives.
package observability

// A Kind is what a finding of this family gives.
type Kind string

// The kinds.
const (
	Dashboard  Kind = "dashboard"
	Alert      Kind = "alert"
	Monitor    Kind = "monitor"
	Traces     Kind = "traces"
	Logs       Kind = "logs"
	Probe      Kind = "probe"
	Link       Kind = "link"
	Objective  Kind = "objective"
	Flag       Kind = "feature flag"
	Chaos      Kind = "chaos"
	Load       Kind = "load test"
	Experiment Kind = "experiment"
	Flow       Kind = "flow metrics"
)

// A Signal is one of them, by a tool.
type Signal struct {
	Kind Kind
	// Tool is a kebab name: "grafana", "prometheus", "cloudwatch", "datadog",
	// "new-relic", "opentelemetry", "openslo", "sloth", "pyrra" …
	Tool string
}
