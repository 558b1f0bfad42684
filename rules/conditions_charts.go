package rules

import (
	"fmt"
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

var pinnedCharts = All("charts and remote bases at one version", []*detect.Detector{kubernetes.Charts, kubernetes.Helmfiles, kubernetes.Syncs, kubernetes.Kustomizations},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(kubernetes.Charts) {
			c, _ := f.Value.(kubernetes.Chart)
			for _, d := range c.Dependencies {
				if !localChart(d.Name) && !localChart(d.Repository) {
					signs = append(signs, chartSign(f, "chart dependency "+d.Name, d.Version).at(onLine(f.At, d.Line)))
				}
			}
		}
		for _, f := range s.live(kubernetes.Helmfiles) {
			h, _ := f.Value.(kubernetes.Helmfile)
			for _, d := range s.foreign(h) {
				signs = append(signs, chartSign(f, "chart "+d.Name, d.Version).at(onLine(f.At, d.Line)))
			}
		}
		for _, f := range s.live(kubernetes.Syncs) {
			if sync, _ := f.Value.(kubernetes.Sync); sync.Chart != "" && !chartInGit(sync) {
				sign := chartSign(f, "chart "+sync.Chart, sync.Revision)
				if sync.RevisionAt.Start.Line > 0 {
					sign.At = sync.RevisionAt
				}
				signs = append(signs, sign)
			}
		}
		for _, f := range s.live(kubernetes.Kustomizations) {
			k, _ := f.Value.(kubernetes.Kustomization)
			for _, c := range k.Charts {
				signs = append(signs, chartSign(f, "chart "+c.Name, c.Version).at(onLine(f.At, c.Line)))
			}
			for _, r := range k.Remote {
				if strings.Contains(r, "github.com") && !strings.Contains(r, "ref=") && !strings.Contains(r, "/releases/") {
					signs = append(signs, signOf(f, Bad, None).of(f.At.Path+" "+r).against(checkMovingChart, "the remote base "+r+" names no ref"))
				}
			}
		}
		return signs
	})

// chartsHere are the names of the charts that are written here: a helmfile that
// takes one of them takes what this repository publishes.
func (s *Scene) chartsHere() map[string]bool {
	names := map[string]bool{}
	for _, c := range liveValues[kubernetes.Chart](s, kubernetes.Charts) {
		names[c.Name] = true
	}
	return names
}

func chartSign(f detect.Finding, what, version string) Sign {
	sign := signOf(f, Good, Present).of(f.At.Path + " " + what)
	if strings.Contains(version, "{{") || strings.Contains(version, "${") {
		return sign.says(what + " at a version that is filled in")
	}
	switch {
	case version == "":
		return sign.against(checkMovingChart, what+" is taken without a version")
	case anyVersion.MatchString(version):
		return sign.against(checkMovingChart, fmt.Sprintf("%s is taken at %q", what, version))
	}
	return sign.says(what + " at " + version)
}

// anyVersion matches a wildcard as a part of a version, and a range without an
// upper end.
var anyVersion = regex.New(`(^|[.v^~=\s])[xX*](\.|\s|$)|^\s*>[^<]*$`)

// localChart says whether the name or the repository of a chart is a path of
// this repository, which has no version to pin.
func localChart(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "/") || strings.HasPrefix(name, "file:")
}

// chartInGit says whether a release of Flux takes its chart by a path in a git
// repository: the version is ignored there, and the source names what is
// followed. The names of charts in a Helm repository hold no slash.
// Source: https://fluxcd.io/flux/components/helm/helmcharts/#version
func chartInGit(sync kubernetes.Sync) bool {
	return sync.Controller == "flux" && strings.Contains(sync.Chart, "/")
}
