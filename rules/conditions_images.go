package rules

import (
	"cmp"
	"fmt"

	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
)

var pinnedImages = Each("workloads run images by version or digest", kubernetes.Images,
	func(s *Scene, f detect.Finding, i kubernetes.Image) (Sign, bool) {
		sign := signOf(f, Good, Present)
		if i.Pinned() || s.setByKustomize(i) {
			return sign, true
		}
		return sign.against(checkMovingImage, fmt.Sprintf("%s runs %s, %s", cmp.Or(i.Workload, "what the chart deploys"), i.Name, tagWords(i.Tag))), true
	})

func tagWords(tag string) string {
	if tag == "" {
		return "without a tag"
	}
	return "by the moving tag " + tag
}

// setByKustomize says whether a kustomization of the repository sets the
// version of an image.
func (s *Scene) setByKustomize(i kubernetes.Image) bool {
	if s.setImages == nil {
		s.setImages = map[string]bool{}
		for _, k := range liveValues[kubernetes.Kustomization](s, kubernetes.Kustomizations) {
			for _, set := range k.Images {
				s.setImages[set.Name] = s.setImages[set.Name] || set.Pinned()
			}
		}
	}
	return s.setImages[i.Name]
}

var pinnedBases = Each("images built on a base with a version or digest", containers.Bases,
	func(s *Scene, f detect.Finding, b containers.Base) (Sign, bool) {
		if !s.provisions() {
			return Sign{}, false
		}
		sign := signOf(f, Good, Present)
		if b.Argument || b.Digest != "" || !kubernetes.Moving(b.Tag) {
			return sign, true
		}
		return sign.weak(checkMovingBase, fmt.Sprintf("FROM %s, %s", b.Name, tagWords(b.Tag))), true
	})

// runImages: images that Terraform, CloudFormation, playbooks and Compose files
// run.
var runImages = All("images by version or digest in Terraform, CloudFormation, playbooks and Compose files", []*detect.Detector{containers.Images, containers.Composes},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(containers.Images) {
			sign := signOf(f, Good, Present)
			if b, _ := f.Value.(containers.Base); !b.Pinned() {
				sign = sign.against(checkRunImage, fmt.Sprintf("%s is run, %s", b.Name, tagWords(b.Tag)))
			}
			signs = append(signs, sign)
		}
		for _, f := range s.live(containers.Composes) {
			c, _ := f.Value.(containers.Compose)
			for _, b := range c.Images {
				if !b.Pinned() && s.provisions() {
					signs = append(signs, signOf(f, Weak, Present).of("images of compose files").at(onLine(f.At, b.Line)).weak(checkRunImage, fmt.Sprintf("%s is run, %s", b.Name, tagWords(b.Tag))))
				}
			}
		}
		return signs
	})
