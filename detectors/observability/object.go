package observability

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
)

// objects reports Kubernetes objects that are signals, and workloads that are
// probed, scraped or traced.
func (w watching) objects() {
	found, err := manifest.Objects.Of(w.f)
	if err != nil && len(found) == 0 {
		return
	}
	for _, o := range found {
		w.report(o.Subject(), o.Span(), signalOfObject(o))
		if o.Workload() {
			w.workload(o)
		}
		if o.PodAnnotations().Get("prometheus.io/scrape").True() {
			w.report(o.Subject(), o.Span(), Signal{Monitor, "prometheus"})
		}
	}
}

func signalOfObject(o manifest.Object) Signal {
	switch {
	case o.Kind == "ConfigMap" && hasLabel(o, "grafana_dashboard"):
		return Signal{Dashboard, "grafana"}
	case strings.HasSuffix(o.Group, "chaos-mesh.org") && o.Kind != "PhysicalMachine":
		return Signal{Chaos, "chaos-mesh"}
	case o.Group == "litmuschaos.io":
		return Signal{Chaos, "litmus"}
	case o.Group == "openslo" && slices.Contains([]string{"SLO", "SLI", "AlertPolicy"}, o.Kind):
		return Signal{Objective, "openslo"}
	case o.Group == "n9" && o.Kind == "SLO":
		return Signal{Objective, "nobl9"}
	}
	return objectKinds[o.Type()]
}

func hasLabel(o manifest.Object, label string) bool {
	return o.Get("metadata", "labels", label).Exists()
}

// workload reports what a workload says of itself: probes, the address that it
// sends traces to, what the platform of nais is asked to watch; and workloads
// that are the tools themselves.
func (w watching) workload(o manifest.Object) {
	if o.Probed() {
		w.report(o.Subject(), o.Span(), Signal{Probe, "kubernetes"})
	}
	for _, c := range o.Containers() {
		name, _, _ := manifest.SplitImage(c.Get("image").Text())
		w.report(o.Subject(), o.Span(), images[path.Base(name)])
		for _, env := range c.Get("env").Items() {
			if strings.HasPrefix(env.Get("name").Text(), "OTEL_EXPORTER_OTLP_") || env.Get("name").Text() == "OTEL_TRACES_EXPORTER" {
				w.report(o.Subject(), o.Span(), Signal{Traces, "opentelemetry"})
			}
		}
	}
	if strings.HasSuffix(o.Group, "nais.io") {
		w.nais(o)
	}
}

// nais reports what the specification of an application asks the platform for.
// Source: https://docs.nais.io/workloads/application/reference/application-spec/
func (w watching) nais(o manifest.Object) {
	if o.Spec("prometheus", "enabled").True() {
		w.report(o.Subject(), o.Span(), Signal{Monitor, "prometheus"})
	}
	if o.Spec("observability", "autoInstrumentation", "enabled").True() || o.Spec("observability", "tracing", "enabled").True() {
		w.report(o.Subject(), o.Span(), Signal{Traces, "opentelemetry"})
	}
	if destinations := o.Spec("observability", "logging", "destinations").Items(); len(destinations) > 0 {
		w.report(o.Subject(), o.Span(), Signal{Logs, destinations[0].Get("id").Text()})
	}
}
