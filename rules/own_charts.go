package rules

import (
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
)

// ownCharts are the uses of charts that the owner publishes elsewhere: as a part
// of a chart, released by helmfile, or by a controller.
func (s *Scene) ownCharts(owner string) []ownUse {
	var uses []ownUse
	add := func(f detect.Finding, what string, d kubernetes.Dependency) {
		uses = append(uses, ownUse{sign: signOf(f, Good, Used).says(what + " the chart " + d.Name + " of " + d.Repository), pinned: d.Pinned() && !anyVersion.MatchString(d.Version)})
	}
	for _, f := range s.live(kubernetes.Charts) {
		c, _ := f.Value.(kubernetes.Chart)
		for _, d := range c.Dependencies {
			if ownImage(d.Repository, owner) {
				add(f, c.Name+" depends on", d)
			}
		}
	}
	for _, f := range s.live(kubernetes.Helmfiles) {
		h, _ := f.Value.(kubernetes.Helmfile)
		for _, d := range s.foreign(h) {
			if strings.EqualFold(d.Repository, owner) || ownImage(d.Address, owner) {
				add(f, f.At.Path+" releases", d)
			}
		}
	}
	for _, f := range s.live(kubernetes.Syncs) {
		y, _ := f.Value.(kubernetes.Sync)
		if y.Chart != "" && !y.Here && ownImage(y.URL, owner) && !s.chartsHere()[y.Chart] {
			add(f, f.Subject+" releases", kubernetes.Dependency{Name: y.Chart, Repository: y.URL, Version: y.Revision})
		}
	}
	return uses
}
