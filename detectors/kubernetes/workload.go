package kubernetes

import (
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// podRoutes are the ways from the root of an object to the specification of
// the pods it runs, by its kind.
var podRoutes = map[string][]string{
	"Pod":                                {"spec"},
	"Deployment.apps":                    {"spec", "template", "spec"},
	"Deployment.extensions":              {"spec", "template", "spec"},
	"StatefulSet.apps":                   {"spec", "template", "spec"},
	"DaemonSet.apps":                     {"spec", "template", "spec"},
	"ReplicaSet.apps":                    {"spec", "template", "spec"},
	"ReplicationController":              {"spec", "template", "spec"},
	"Job.batch":                          {"spec", "template", "spec"},
	"CronJob.batch":                      {"spec", "jobTemplate", "spec", "template", "spec"},
	"Rollout.argoproj.io":                {"spec", "template", "spec"},
	"Service.serving.knative.dev":        {"spec", "template", "spec"},
	"DeploymentConfig.apps.openshift.io": {"spec", "template", "spec"},
}

// applications are kinds of platforms whose own spec is that of one container.
// Source: https://docs.nais.io/workloads/application/reference/application-spec/
var applications = map[string]bool{"Application.nais.io": true, "Naisjob.nais.io": true}

func workload(o manifest.Object) bool {
	_, ok := podRoutes[o.Type()]
	return ok || applications[o.Type()]
}

// containers are those of a workload's pods, the ones that only prepare the
// others included.
func containers(o manifest.Object) []syntax.Node {
	if applications[o.Type()] {
		return []syntax.Node{o.Get("spec")}
	}
	route, ok := podRoutes[o.Type()]
	if !ok {
		return nil
	}
	pod := o.Get(route...)
	return append(pod.Get("containers").Items(), pod.Get("initContainers").Items()...)
}

func hasImage(o manifest.Object) bool {
	for _, c := range containers(o) {
		if c.Get("image").Exists() {
			return true
		}
	}
	return false
}

// probes are the keys of a container that let the cluster ask how it is, and
// those of an application of nais.
var probes = []string{"livenessProbe", "readinessProbe", "startupProbe", "liveness", "readiness", "startup"}

func probed(o manifest.Object) bool {
	for _, c := range containers(o) {
		for _, probe := range probes {
			if c.Get(probe).IsMap() {
				return true
			}
		}
	}
	return false
}
