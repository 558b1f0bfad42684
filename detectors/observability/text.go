package observability

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

var (
	// grafonnet matches the import of the library that builds dashboards.
	grafonnet = regex.New(`\b(?:import|importstr)\s+['"][^'"]*grafonnet[^'"]*['"]`)
	// scriptOfK6 matches the import of k6 in a script.
	scriptOfK6 = regex.New(`^\s*import\b.*\bfrom\s+['"]k6(?:/[a-z/.-]+)?['"]|^\s*import\s+['"]k6(?:/[a-z/.-]+)?['"]`)
	gatling    = regex.New(`^\s*import\s+(?:static\s+)?io\.gatling\.`)
	locust     = regex.New(`^\s*(?:from\s+locust\b|import\s+locust\b)`)
	jmeter     = regex.New(`^\s*<jmeterTestPlan\b`)
	// outputOfFluent matches the header of an output in the classic formats of
	// Fluent Bit and Fluentd.
	outputOfFluent = regex.New(`(?i)^\s*(?:\[OUTPUT\]|<match\b)`)
	outTelegraf    = regex.New(`^\s*\[\[outputs\.`)
	bicepResource  = regex.New(`^\s*resource\s+(\w+)\s+'([A-Za-z./]+)@`)
)

// text reports files that are no data: programs by what they import, settings
// by their sections. The first line that tells is the place.
func (w watching) text() {
	switch path.Ext(w.f.Path) {
	case ".jsonnet", ".libsonnet":
		w.line(grafonnet, Signal{Dashboard, "grafana"})
	case ".js", ".ts":
		w.line(scriptOfK6, Signal{Load, "k6"})
	case ".scala", ".java", ".kt":
		w.line(gatling, Signal{Load, "gatling"})
	case ".py":
		w.line(locust, Signal{Load, "locust"})
	case ".jmx":
		w.line(jmeter, Signal{Load, "jmeter"})
	case ".bicep":
		w.bicep()
	case ".conf":
		w.conf()
	case ".toml":
		if path.Base(w.f.Path) == "vector.toml" {
			w.vector()
		}
	}
}

func (w watching) vector() {
	doc, err := syntax.TOML.Of(w.f)
	if err == nil && doc.Get("sources").IsMap() && doc.Get("sinks").IsMap() {
		w.report(w.f.Path, w.f.Whole(), Signal{Logs, "vector"})
	}
}

func (w watching) conf() {
	switch base := path.Base(w.f.Path); {
	case strings.HasPrefix(base, "telegraf") || path.Base(path.Dir(w.f.Path)) == "telegraf.d":
		w.line(outTelegraf, Signal{Monitor, "telegraf"})
	case strings.HasPrefix(base, "fluent-bit"), strings.HasPrefix(base, "fluentbit"):
		w.line(outputOfFluent, Signal{Logs, "fluent-bit"})
	default:
		w.line(outputOfFluent, Signal{Logs, "fluentd"})
	}
}

// line reports the file at its first line that matches and is no comment.
func (w watching) line(pattern *regex.Pattern, s Signal) {
	n := 0
	for line := range bytes.Lines(w.f.Data) {
		n++
		if text := bytes.TrimSpace(line); bytes.HasPrefix(text, []byte("//")) || bytes.HasPrefix(text, []byte("#")) || bytes.HasPrefix(text, []byte("*")) {
			continue
		}
		if pattern.Match(line) {
			w.report(w.f.Path, w.f.Line(n), s)
			return
		}
	}
}

func (w watching) bicep() {
	n := 0
	for line := range bytes.Lines(w.f.Data) {
		n++
		if m := bicepResource.FindSubmatch(line); m != nil {
			w.report(string(m[1]), w.f.Line(n), azureResources[strings.ToLower(string(m[2]))])
		}
	}
}
