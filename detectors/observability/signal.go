package observability

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed signal.md
var signalDoc string

// Signals sees what tells how that which runs is doing, and the experiments
// that need it: dashboards, alerts, monitors, traces, logs, objectives, flags,
// chaos and load tests, measures of the flow of work. Its values are a Signal
// each.
var Signals = &detect.Detector{
	ID: "observability/signal", Doc: signalDoc, File: signals,
	Match: slices.Concat([]string{
		"**/*.yaml", "**/*.yml", "**/*.json", "**/*.tf", "**/*.template", "**/*.bicep", "**/*.jsonnet", "**/*.libsonnet", "**/*.jmx", "**/locustfile*.py",
		"**/*Simulation.{scala,java,kt}", "**/*k6*.{js,ts}", "**/k6/**/*.{js,ts}", "**/{load,perf,performance,stress}*/**/*.{js,ts}", "**/*{load,perf,stress}*test*.{js,ts}",
		"**/fluent-bit*.conf", "**/fluentbit*.conf", "**/fluent*.conf", "**/td-agent.conf", "**/vector.toml", "**/telegraf.conf", "**/telegraf.d/*.conf",
		"**/README*.md", "**/readme*.md", "docs/**/*.md",
	}, manifest.DependencyFiles, manifest.CDKFiles),
}

func signals(p *detect.Pass, f *detect.File) error {
	w := watching{p: p, f: f, seen: map[string]bool{}}
	w.dependencies()
	switch path.Ext(f.Path) {
	case ".tf":
		w.terraform()
		w.releases()
	case ".ts", ".py":
		w.imports()
		w.text()
	case ".yaml", ".yml", ".json", ".template":
		w.objects()
		w.releases()
		w.resources()
		w.shapes()
	case ".md":
		return w.page()
	default:
		w.text()
	}
	return nil
}

// watching is the search for signals in one file. Files that cannot be read
// as their format are reported by the detectors of that format.
type watching struct {
	p    *detect.Pass
	f    *detect.File
	seen map[string]bool
}

// report reports a signal once for each subject of the file.
func (w watching) report(subject string, at detect.Span, s Signal) {
	key := subject + "\x00" + string(s.Kind) + s.Tool
	if s.Kind == "" || w.seen[key] {
		return
	}
	w.seen[key] = true
	w.p.Report(subject, at, strings.TrimSpace(s.Tool+" "+string(s.Kind)), s)
}

// dependencies reports libraries that give signals; one of each kind and tool.
func (w watching) dependencies() {
	if !w.declares() {
		return
	}
	found, err := manifest.Dependencies.Of(w.f)
	if err != nil {
		return
	}
	told := map[Signal]bool{}
	for _, d := range found {
		if s := lookUp(libraries, strings.ToLower(d.Name)); s.Kind != "" && !told[s] {
			told[s] = true
			w.report(d.Name, d.At, s)
		}
	}
}

// declares says whether the file names the dependencies of a package.
func (w watching) declares() bool {
	switch path.Ext(w.f.Path) {
	case ".yaml", ".yml", ".tf", ".template", ".bicep", ".jsonnet", ".libsonnet", ".jmx", ".py", ".scala", ".java", ".kt", ".js", ".ts", ".conf", ".md":
		return false
	}
	return path.Base(w.f.Path) != "vector.toml"
}

// lookUp is the signal of the first entry that fits a name.
func lookUp(table []named, name string) Signal {
	for _, n := range table {
		if name == n.name || strings.HasSuffix(n.name, "*") && strings.HasPrefix(name, strings.TrimSuffix(n.name, "*")) {
			return n.Signal
		}
	}
	return Signal{}
}

func (w watching) terraform() {
	body, err := syntax.HCL.Of(w.f)
	if err != nil {
		return
	}
	for _, b := range body.All("resource") {
		if len(b.Labels) == 2 && !manifest.Never(b.Body) {
			w.report(b.Labels[0]+"."+b.Labels[1], b.At, lookUp(terraformResources, b.Labels[0]))
			w.logging(b)
		}
	}
}

// logging reports where a service of Fastly sends its logs: a block of it.
// Source: https://registry.terraform.io/providers/fastly/fastly/latest/docs/resources/service_vcl
func (w watching) logging(b syntax.Block) {
	if !strings.HasPrefix(b.Labels[0], "fastly_service_") {
		return
	}
	for _, inner := range b.Body.Blocks {
		name := inner.Type
		if name == "dynamic" && len(inner.Labels) == 1 {
			name = inner.Labels[0]
		}
		if to, ok := strings.CutPrefix(name, "logging_"); ok {
			w.report(b.Labels[0]+"."+b.Labels[1], inner.At, Signal{Logs, to})
		}
	}
}

func (w watching) releases() {
	found, err := manifest.Releases.Of(w.f)
	if err != nil {
		return
	}
	for _, r := range found {
		for _, s := range charts[r.Chart] {
			w.report("chart/"+r.Chart, r.At, s)
		}
	}
}

// resources reports those of CloudFormation and of ARM templates.
func (w watching) resources() {
	found, err := manifest.CloudFormation.Of(w.f)
	if err != nil {
		return
	}
	for _, r := range found {
		w.report(r.ID, r.At(), cloudResources[r.Type])
		if r.Type == "AWS::Serverless::Function" && r.Properties.Get("Tracing").Text() == "Active" {
			w.report(r.ID, r.At(), Signal{Traces, "x-ray"})
		}
	}
}

// imports reports what a stack of the AWS CDK watches itself with.
func (w watching) imports() {
	found, err := manifest.CDKImports.Of(w.f)
	if err != nil {
		return
	}
	for _, i := range found {
		switch i.Module {
		case "aws-cloudwatch", "aws-cloudwatch-actions":
			w.report(w.f.Path, i.At, Signal{Alert, "cloudwatch"})
		case "aws-synthetics":
			w.report(w.f.Path, i.At, Signal{Monitor, "cloudwatch"})
		}
	}
}
