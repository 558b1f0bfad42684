// Package kubernetes detects Kubernetes objects and the tools around them:
// Helm charts, Kustomize, Argo CD, Flux and the operators' own kinds.
package kubernetes

import (
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

// An Object is one Kubernetes object.
type Object struct {
	// Group is empty for the core group.
	Group, Version, Kind string
	Namespace, Name      string
	// Templated says that it stands in the template of a Helm chart: names and
	// values may hold template actions.
	Templated bool
	// Chart is the folder of the chart whose template it is; else empty.
	Chart string
	// Patch says that it is a partial object that Kustomize merges into another.
	Patch bool
	// Workload says that it runs pods: Deployment, StatefulSet, DaemonSet, Job,
	// CronJob, Pod, Rollout, Knative Service.
	Workload bool
	// Probed says that a container has a liveness, readiness or startup probe.
	Probed bool
	// Settings are the scalar texts of its spec by dotted path, list indices
	// left out, for kinds that are not workloads; bounded to 200. What keys that
	// name a secret hold is left out.
	Settings map[string]string

	// syncs are what a controller follows because of the object, source where
	// Flux takes its files from.
	syncs  []locatedSync
	source fluxSource
}

// An Image is the image of a container.
type Image struct {
	// Ref is the reference as written.
	Ref         string
	Name        string
	Tag, Digest string
	// Templated says that a part of it is filled in later.
	Templated bool
	// Workload is the subject of the object that runs it.
	Workload string
	// Replaces is the name under which objects run it, where a kustomization
	// puts it in their place.
	Replaces string
}

// Pinned says that the image names a digest or a tag other than a moving one.
// It is true for images that are filled in later, which cannot be told.
func (i Image) Pinned() bool {
	return i.Templated || i.Digest != "" || !Moving(i.Tag)
}

// Moving says whether a tag is expected to name other images over time.
func Moving(tag string) bool { return manifest.Moving(tag) }

// A Chart is a Helm chart.
type Chart struct {
	Dir, Name, Version string
	// Library says that its type is library.
	Library      bool
	Dependencies []Dependency
	// LockFile says that Chart.lock is committed.
	LockFile bool
	// Sources are the addresses that it names as where it comes from.
	Sources []string
}

// A Helmfile is a list of releases.
type Helmfile struct {
	// Releases are the charts that it releases, by the names of their
	// repositories there.
	Releases []Dependency
	// Environments are the environments that it names.
	Environments []string
	// Valued says that a release takes its values from files.
	Valued bool
	// AtomicLine is the line that has each release taken back when it fails; 0
	// where there is none.
	AtomicLine int
}

// A Dependency is a chart that another one, or a release, is made of.
type Dependency struct {
	Name, Repository, Version string
	// Address is where a repository lies that helmfile knows by a name of its own.
	Address string
	Line    int
}

// Pinned says that the dependency names one version or a bounded range.
func (d Dependency) Pinned() bool {
	return d.Version != "" && d.Version != "*" && d.Version != ">=0.0.0"
}

// A Kustomization is a Kustomize folder.
type Kustomization struct {
	Dir string
	// Component says that its kind is Component.
	Component bool
	// Resources are the folders and files of this repository that it is made of,
	// from the root; Remote are those from elsewhere, as written.
	Resources, Components, Remote []string
	// Overlay says that it changes a base of this repository: it names another
	// kustomization's folder and has patches, images, a namespace or the like.
	Overlay bool
	// Images are the images that it sets.
	Images []Image
	// Charts are the charts of Helm that it renders.
	Charts []Dependency
	// Patches are the files, from the root, that it merges into its objects.
	Patches []string
}

// A Sync is an object that makes a controller reconcile a path of a
// repository: an Argo CD Application or ApplicationSet, a Flux Kustomization or
// HelmRelease with its source.
type Sync struct {
	// Controller is "argocd" or "flux".
	Controller string
	Kind, Name string
	// URL is the repository; for Flux that of the source it names, where that
	// source is here.
	URL string
	// Here says that URL is the scanned repository's origin.
	Here bool
	// Path is the path in that repository; Chart the chart instead.
	Path, Chart string
	// Revision is the branch, tag or version followed, and RevisionAt where it
	// stands, or where what lacks it stands.
	Revision   string
	RevisionAt detect.Span
	// Automated says that changes are applied without a person.
	Automated bool
	// SelfHeal says that drift in the cluster is reverted; Prune that what is
	// removed here is removed there.
	SelfHeal, Prune bool
	// Suspended says that reconciliation is switched off.
	Suspended bool
	// Remediates says that a failed upgrade is rolled back; LacksAt is where that
	// would stand, of a release that does not.
	Remediates bool
	LacksAt    detect.Span
	// IgnoresAll says that differences are ignored on everything.
	IgnoresAll bool
}

// A Secret is a Secret object with values in plain text, or in base64, which
// is plain text.
type Secret struct {
	// Keys are the names of its values, which are never kept.
	Keys []string
	// Encrypted says that SOPS, Sealed Secrets or Vault markers stand for them.
	Encrypted bool
	// Placeholder says that the values look filled in later.
	Placeholder bool
}

// An Environment is what holds the settings of one environment.
type Environment struct {
	Dir, Name string
	// Kind is "overlay" for a folder of Kustomize, "values" for a values file of
	// Helm, "cluster" for a folder below one named clusters.
	Kind string
}

// A Rollback is what takes a bad release back.
type Rollback struct {
	// Tool is "argo-rollouts", "flagger" or "flux".
	Tool string
	// Automatic says that it acts on a failed check without a person.
	Automatic bool
}

// An Autoscaler follows the load.
type Autoscaler struct {
	// Kind is "hpa", "keda", "vpa", "karpenter" or "cluster-autoscaler".
	Kind string
	// Target is what it scales: "Deployment/web", or the name of a pool of nodes.
	Target string
	// Enabled says that it can act: it is not switched off, held to one replica
	// or left to values that do not switch it on.
	Enabled bool
	// Off says that it is switched off; what is not enabled without it has bounds
	// that are equal.
	Off bool
	// Templated says that values decide whether it is there at all.
	Templated bool
}
