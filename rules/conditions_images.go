package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var pinnedImages = Each("workloads run images by version or digest", kubernetes.Images,
	func(s *Scene, f detect.Finding, i kubernetes.Image) (Sign, bool) {
		sign := signOf(f, Good, Present)
		if i.Pinned() || s.setLater(i) {
			return sign, true
		}
		if s.replaced(i) || s.standsForBuilt(i) {
			return Sign{}, false // the kustomization is told of, or the builder puts its own name there
		}
		sign = sign.against(checkMovingImage, fmt.Sprintf("%s runs %s, %s", runner(i), i.Name, tagWords(i.Tag)))
		if (i.Workload == "" && s.isDefault(f.At.Path) || aside(f.At.Path)) && s.applied(f.At.Path) < Wired {
			sign.At = detect.Span{Path: f.At.Path} // whoever installs the chart may name another, or nobody installs it
		}
		return sign, true
	})

// asides are folders of what is tried out, shown or read, and not deployed.
var asides = []string{"hack", "docs", "doc", "data", "misc", "scratch"}

func aside(p string) bool { return inFolder(p, asides...) }

// standsForBuilt says whether an image is a bare name of what is built here, in
// whose place the builder (Skaffold, Tilt) puts the image that it has built, or
// of an image stream of OpenShift, whose tags name the versions.
func (s *Scene) standsForBuilt(i kubernetes.Image) bool {
	if strings.Contains(i.Name, "/") {
		return false
	}
	built := i.Tag == "" && slices.ContainsFunc(s.live(containers.Builds), func(f detect.Finding) bool { return inFolder(f.At.Path, i.Name) })
	return built || slices.ContainsFunc(liveValues[kubernetes.Object](s, kubernetes.Objects), func(o kubernetes.Object) bool {
		return o.Kind == "ImageStream" && o.Name == i.Name
	})
}

// runner is who runs an image, in words.
func runner(i kubernetes.Image) string {
	if i.Replaces != "" {
		return "what the kustomization deploys"
	}
	return cmp.Or(i.Workload, "what the chart deploys")
}

func tagWords(tag string) string {
	if tag == "" {
		return "without a tag"
	}
	return "by the moving tag " + tag
}

// replaced says whether a kustomization runs another image in the place of that
// of an object.
func (s *Scene) replaced(i kubernetes.Image) bool {
	_, ok := s.setByKustomize()[i.Name]
	return ok && i.Replaces == ""
}

// setByKustomize are the images that kustomizations replace, by the names that
// objects know them by, and whether one of them names a version.
func (s *Scene) setByKustomize() map[string]bool {
	if s.setImages == nil {
		s.setImages = map[string]bool{}
		for _, k := range liveValues[kubernetes.Kustomization](s, kubernetes.Kustomizations) {
			for _, set := range k.Images {
				s.setImages[set.Replaces] = s.setImages[set.Replaces] || set.Pinned()
			}
		}
	}
	return s.setImages
}

// setLater says whether the version of an image is set by more than the object
// that runs it: a kustomization, a command, or other values of the chart.
func (s *Scene) setLater(i kubernetes.Image) bool {
	if i.Replaces != "" {
		return s.setByCommand(i.Replaces)
	}
	return s.setByKustomize()[i.Name] || s.setByCommand(i.Name) || i.Workload == "" && s.pinnedByValues(i.Name)
}

// setByCommand says whether a command writes the version of an image into a
// kustomization or a cluster: "kustomize edit set image
// web=registry.acme.dev/web:$VERSION", "kubectl set image deployment/web
// web=registry.acme.dev/web:$VERSION".
func (s *Scene) setByCommand(name string) bool {
	if s.editedImages == nil {
		s.editedImages = map[string]bool{}
		s.eachCommand(func(_ string, c wiring.Command) {
			text := strings.Join(c.Words, " ")
			inCluster := strings.HasPrefix(text, "kubectl set image ")
			if !inCluster && !strings.Contains(text, " edit set image ") {
				return
			}
			for _, w := range c.Words[1:] {
				image, given, _ := strings.Cut(w, "=")
				if inCluster {
					image = given
				}
				image, _, _ = manifest.SplitImage(image)
				s.editedImages[image] = true
			}
		})
	}
	return s.editedImages[name]
}

// pinnedByValues says whether some values of a chart name a version of an
// image: those of an environment go over the chart's own.
func (s *Scene) pinnedByValues(name string) bool {
	return slices.ContainsFunc(liveValues[kubernetes.Image](s, kubernetes.Images), func(i kubernetes.Image) bool {
		return i.Workload == "" && i.Name == name && i.Pinned() && !i.Templated
	})
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
