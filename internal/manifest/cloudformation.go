package manifest

import (
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A Resource is one resource of a CloudFormation template.
type Resource struct {
	ID, Type   string
	Properties syntax.Node
	key        syntax.Node
}

// At is the place of the resource's name.
func (r Resource) At() detect.Span { return r.key.Span() }

// CloudFormation are the resources of a file that is a CloudFormation
// template; none for other files, and for templates that cannot be read, which
// the detectors of templates report.
var CloudFormation = detect.NewView(func(f *detect.File) ([]Resource, error) {
	if !f.Contains("Resources") || !f.Contains("AWS::") {
		return nil, nil
	}
	docs, err := syntax.Data(f)
	if err != nil || len(docs) == 0 {
		return nil, nil
	}
	var found []Resource
	for id, resource := range docs[0].Get("Resources").Pairs() {
		if kind := resource.Get("Type").Text(); kind != "" {
			found = append(found, Resource{ID: id.Text(), Type: kind, Properties: resource.Get("Properties"), key: id})
		}
	}
	return found, nil
})
