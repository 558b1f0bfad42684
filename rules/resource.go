package rules

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
)

// A resource is a resource of Terraform or CloudFormation.
type resource struct {
	kind, name string
	settings   map[string]string
	at         detect.Span
}

// eachResource calls a function with each live resource of Terraform and
// CloudFormation.
func eachResource(s *Scene, do func(detect.Finding, resource)) {
	for _, f := range s.live(terraform.Resources) {
		if r, ok := f.Value.(terraform.Resource); ok && !r.Data {
			do(f, resource{r.Type, r.Name, r.Settings, f.At})
		}
	}
	for _, f := range s.live(cloudformation.Templates) {
		t, _ := f.Value.(cloudformation.Template)
		for _, r := range t.Resources {
			do(f, resource{r.Type, r.ID, r.Settings, detect.AtLine(f.At.Path, r.Line)})
		}
	}
}

var resourceDetectors = []*detect.Detector{terraform.Resources, cloudformation.Templates}

// resourcesOf speaks for one subject wherever a resource is declared whose type
// begins in one of some ways.
func resourcesOf(says, subject string, prefixes []string) Condition {
	return All(says, resourceDetectors, func(s *Scene) []Sign {
		var signs []Sign
		eachResource(s, func(f detect.Finding, r resource) {
			if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(r.kind, p) }) {
				signs = append(signs, signOf(f, Good, Present).of(subject).says(r.kind+" "+r.name).at(r.at))
			}
		})
		return signs
	})
}
