package manifest

import "github.com/waymark-dev/waymark/internal/syntax"

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

// Workload says whether the object runs pods.
func (o Object) Workload() bool {
	_, ok := podRoutes[o.Type()]
	return ok || applications[o.Type()]
}

// Pod is the specification of the pods that a workload runs; absent for other
// objects.
func (o Object) Pod() syntax.Node {
	if route, ok := podRoutes[o.Type()]; ok {
		return o.Get(route...)
	}
	return syntax.Node{}
}

// PodAnnotations are the annotations of those pods, or of a Service.
func (o Object) PodAnnotations() syntax.Node {
	route, ok := podRoutes[o.Type()]
	if !ok || len(route) == 1 {
		return o.Get("metadata", "annotations")
	}
	return o.Get(route[:len(route)-1]...).Get("metadata", "annotations")
}

// Containers are those of a workload's pods, the ones that only prepare the
// others included.
func (o Object) Containers() []syntax.Node {
	if applications[o.Type()] {
		return []syntax.Node{o.Get("spec")}
	}
	pod := o.Pod()
	return append(pod.Get("containers").Items(), pod.Get("initContainers").Items()...)
}

// probes are the keys of a container that let the cluster ask how it is, and
// those of an application of nais.
var probes = []string{"livenessProbe", "readinessProbe", "startupProbe", "liveness", "readiness", "startup"}

// Probed says whether a container of a workload has a probe.
func (o Object) Probed() bool {
	for _, c := range o.Containers() {
		for _, probe := range probes {
			if c.Get(probe).IsMap() {
				return true
			}
		}
	}
	return false
}
