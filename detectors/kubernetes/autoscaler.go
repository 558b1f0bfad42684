package kubernetes

import (
	"bytes"
	_ "embed"
	"errors"
	"path"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed autoscaler.md
var autoscalerDoc string

// Autoscalers sees what follows the load: autoscalers of pods and of nodes,
// and the switches of charts for them. Its values are an Autoscaler each.
var Autoscalers = &detect.Detector{ID: "kubernetes/autoscaler", Doc: autoscalerDoc, File: autoscalers, Match: append([]string{"**/*.tf", "**/*.bicep", "**/*.yaml.gotmpl"}, manifests...)}

func autoscalers(p *detect.Pass, f *detect.File) error {
	plain, templated := strings.CutSuffix(f.Path, ".gotmpl")
	if path.Ext(f.Path) == ".bicep" {
		bicepScalers(p, f)
		return nil
	}
	if isValues(p.Repo.Tree, plain) {
		return valuesAutoscalers(p, f)
	}
	if templated {
		return nil
	}
	reportNodeScalers(p, f)
	if path.Ext(f.Path) == ".tf" {
		return nil
	}
	found, err := manifest.Objects.Of(f)
	for _, o := range found {
		a, ok := autoscaler(o)
		if !ok || partial(o, f.Path) {
			continue
		}
		if o.Templated && guarded(f) {
			a.Enabled, a.Templated = false, true
		}
		p.Report(o.Subject(), scaledAt(o), a.Kind+" for "+a.Target, a)
	}
	return err
}

// nodeScalers are the charts that install an autoscaler of nodes.
var nodeScalers = map[string]string{"cluster-autoscaler": "cluster-autoscaler", "cluster-autoscaler-chart": "cluster-autoscaler", "karpenter": "karpenter"}

func reportNodeScalers(p *detect.Pass, f *detect.File) {
	found, err := manifest.Releases.Of(f)
	if err != nil {
		return
	}
	for _, r := range found {
		if kind := nodeScalers[r.Chart]; kind != "" {
			p.Report("chart/"+r.Chart, r.At, "release of "+r.Chart, Autoscaler{Kind: kind, Target: "nodes", Enabled: true})
		}
	}
}

func autoscaler(o manifest.Object) (Autoscaler, bool) {
	switch o.Type() {
	case "HorizontalPodAutoscaler.autoscaling":
		return Autoscaler{Kind: "hpa", Target: target(o.Spec("scaleTargetRef")), Enabled: ranges(o.Spec("minReplicas"), o.Spec("maxReplicas"))}, true
	case "ScaledObject.keda.sh":
		return Autoscaler{Kind: "keda", Target: target(o.Spec("scaleTargetRef")), Enabled: ranges(o.Spec("minReplicaCount"), o.Spec("maxReplicaCount"))}, true
	case "ScaledJob.keda.sh":
		return Autoscaler{Kind: "keda", Target: o.Name, Enabled: true}, true
	case "VerticalPodAutoscaler.autoscaling.k8s.io":
		off := o.Spec("updatePolicy", "updateMode").Text() == "Off"
		return Autoscaler{Kind: "vpa", Target: target(o.Spec("targetRef")), Enabled: !off, Off: off}, true
	case "NodePool.karpenter.sh", "Provisioner.karpenter.sh":
		return Autoscaler{Kind: "karpenter", Target: o.Name, Enabled: true}, true
	case "ClusterAutoscaler.autoscaling.openshift.io":
		return Autoscaler{Kind: "cluster-autoscaler", Target: o.Name, Enabled: true}, true
	case "Deployment.apps":
		return Autoscaler{Kind: "cluster-autoscaler", Target: o.Name, Enabled: true}, strings.HasSuffix(o.Name, "cluster-autoscaler")
	case "Application.nais.io":
		return naisReplicas(o)
	}
	return Autoscaler{}, false
}

// ranges says whether two bounds leave room between them; the lower one is one
// replica where it is left out.
func ranges(from, to syntax.Node) bool {
	low := from.Text()
	if low == "" {
		low = "1"
	}
	return low != to.Text()
}

// scaledAt is where the range of replicas stands in an application of nais; for
// other kinds, which are nothing else, the object.
func scaledAt(o manifest.Object) detect.Span {
	if r := o.Spec("replicas"); o.Type() == "Application.nais.io" && r.IsMap() {
		return r.Span()
	}
	return o.Span()
}

func target(ref syntax.Node) string {
	kind := ref.Get("kind").Text()
	if kind == "" {
		kind = "Deployment"
	}
	return kind + "/" + ref.Get("name").Text()
}

// naisReplicas is the autoscaler that nais makes of a range of replicas.
// Source: https://docs.nais.io/workloads/application/reference/automatic-scaling/
func naisReplicas(o manifest.Object) (Autoscaler, bool) {
	r := o.Spec("replicas")
	from, err := strconv.Atoi(r.Get("min").Text())
	to, toErr := strconv.Atoi(r.Get("max").Text())
	ranged := err == nil && toErr == nil
	off := r.Get("disableAutoScaling").True()
	return Autoscaler{Kind: "hpa", Target: o.Subject(), Enabled: ranged && to > from && !off, Off: off}, ranged
}

// guarded says whether a template begins with a condition, so that values
// decide whether anything comes out of it.
func guarded(f *detect.File) bool {
	for line := range bytes.Lines(f.Data) {
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0, bytes.HasPrefix(line, []byte("#")), bytes.HasPrefix(line, []byte("---")), bytes.HasPrefix(line, []byte("{{/*")), bytes.HasPrefix(line, []byte("{{- /*")):
			continue
		case !bytes.HasPrefix(line, []byte("{{")):
			return false
		case bytes.HasPrefix(bytes.TrimLeft(line, "{- "), []byte("if")):
			return true
		}
	}
	return false
}

// valuesAutoscalers reports the switches under a key named autoscaling. The
// values that helmfile renders are read around what it fills in.
func valuesAutoscalers(p *detect.Pass, f *detect.File) error {
	view := syntax.YAML
	if path.Ext(f.Path) == ".gotmpl" {
		view = syntax.TemplatedYAML
	}
	docs, err := view.Of(f)
	if errors.Is(err, syntax.ErrTemplated) {
		return nil
	}
	for _, doc := range docs {
		if !doc.Get("apiVersion").Exists() {
			switches(p, doc, path.Base(path.Dir(f.Path)))
		}
	}
	return err
}

func switches(p *detect.Pass, doc syntax.Node, chart string) {
	manifest.Pairs(doc, func(parent, key, value syntax.Node) bool {
		if name := strings.ToLower(key.Text()); name != "autoscaling" && name != "hpa" {
			return true
		}
		owner := parent.Text()
		if owner == "" {
			owner = chart
		}
		if enabled := value.Get("enabled"); enabled.True() || enabled.False() {
			p.Report("autoscaling/"+owner, enabled.Span(), "hpa for "+owner, Autoscaler{Kind: "hpa", Target: owner, Enabled: enabled.True(), Off: enabled.False()})
		}
		return false
	})
}
