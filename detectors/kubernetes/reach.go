package kubernetes

import (
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

// Reaches implements detect.Reacher: the paths of this repository that a
// controller follows because of the object.
func (o Object) Reaches(r *detect.Repo) []string {
	var paths []string
	for _, s := range o.syncs {
		here := s.URL == "" || home{repo: r, elsewhere: map[string]bool{}}.holds(s.Sync)
		if here && s.Path != "" && !s.Suspended && !manifest.Filled(s.Path) {
			paths = append(paths, s.Path)
		}
	}
	return paths
}

// Reaches implements detect.Reacher: what a kustomization is made of.
func (k Kustomization) Reaches(*detect.Repo) []string {
	return slices.Concat(k.Resources, k.Components, k.Patches)
}

// Blank implements detect.Stencil: it says whether the name of the object is a
// token that a script replaces.
func (o Object) Blank() bool { return detect.Token(o.Name) || detect.Token(o.Namespace) }
