package kubernetes

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed object.md
var objectDoc string

// Objects sees every Kubernetes object, in manifests and in the templates of
// charts. Its values are an Object each.
var Objects = &detect.Detector{ID: "kubernetes/object", Doc: objectDoc, Match: manifests, File: objects}

// manifests are the files that may hold Kubernetes objects.
var manifests = []string{"**/*.yaml", "**/*.yml", "**/*.json"}

func objects(p *detect.Pass, f *detect.File) error {
	found, err := manifest.Objects.Of(f)
	for _, o := range found {
		value := Object{
			Group: o.Group, Version: o.Version, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name,
			Templated: o.Templated, Chart: chartOf(p.Repo.Tree, f.Path), Patch: partial(o, f.Path),
			Workload: o.Workload(), Probed: o.Probed(), syncs: syncsOf(o), source: sourceOf(o),
		}
		if !value.Workload {
			value.Settings = settings(o.Spec())
		}
		p.Report(o.Subject(), o.Span(), addedGroup(o), value)
	}
	return err
}

// addedGroup is the group of a kind that something added to the cluster; those
// of Kubernetes itself go without saying.
func addedGroup(o manifest.Object) string {
	if !strings.Contains(o.Group, ".") || strings.HasSuffix(o.Group, ".k8s.io") {
		return ""
	}
	return "a kind of " + o.Group
}

// chartOf is the folder of the chart whose template a path is; empty for
// other files.
func chartOf(t *detect.Tree, p string) string {
	for dir := path.Dir(p); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if path.Base(dir) != "templates" {
			continue
		}
		chart := path.Dir(dir)
		if _, ok := t.File(path.Join(chart, "Chart.yaml")); ok {
			return chart
		}
	}
	return ""
}

// partial says whether an object lacks what its kind cannot live without, so
// that only a merge into another one makes it whole.
func partial(o manifest.Object, p string) bool {
	if o.Templated || o.Get("$patch").Exists() {
		return !o.Templated
	}
	switch o.Type() {
	case "Deployment.apps", "StatefulSet.apps", "DaemonSet.apps":
		return !o.Spec("selector").Exists() || !hasImage(o)
	case "CronJob.batch", "Job.batch":
		return !hasImage(o)
	case "HelmRelease.helm.toolkit.fluxcd.io":
		return !o.Spec("chart", "spec", "chart").Exists() && !o.Spec("chartRef").Exists()
	case "HorizontalPodAutoscaler.autoscaling":
		return !o.Spec("scaleTargetRef").Exists()
	}
	name := strings.ToLower(path.Base(p))
	return path.Base(path.Dir(p)) == "patches" || strings.HasPrefix(name, "patch-") || strings.Contains(name, ".patch.") || strings.Contains(name, "-patch.")
}

func hasImage(o manifest.Object) bool {
	for _, c := range o.Containers() {
		if c.Get("image").Exists() {
			return true
		}
	}
	return false
}

// maxSettings bounds the settings kept of one object, maxSteps the nodes looked
// at for them.
const (
	maxSettings = 200
	maxSteps    = 5000
)

// settings are the scalars below a node by dotted path. What a key that names
// a secret holds is left out.
func settings(spec syntax.Node) map[string]string {
	f := flattening{kept: map[string]string{}}
	f.add(spec, "", 0)
	return f.kept
}

type flattening struct {
	kept  map[string]string
	steps int
}

func (f *flattening) add(n syntax.Node, at string, depth int) {
	f.steps++
	switch {
	case len(f.kept) >= maxSettings || f.steps > maxSteps || depth > 12:
	case n.IsMap():
		for key, value := range n.Pairs() {
			f.add(value, strings.TrimPrefix(at+"."+key.Text(), "."), depth+1)
		}
	case n.IsList():
		for _, item := range n.Items() {
			f.add(item, at, depth+1)
		}
	case at != "" && n.IsScalar():
		if _, seen := f.kept[at]; !seen && !manifest.SecretName(path.Ext("."+at)) {
			f.keep(at, n.Text())
		}
	}
}

// keep keeps a text that gives no secret away.
func (f *flattening) keep(at, text string) {
	if !manifest.LooksSecret(text) {
		f.kept[at] = manifest.Redacted(text)
	}
}
