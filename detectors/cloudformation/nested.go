package cloudformation

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// locations are the properties that name the template of a nested stack, by
// the type of the resource.
var locations = map[string]string{
	"AWS::CloudFormation::Stack":    "TemplateURL",
	"AWS::CloudFormation::StackSet": "TemplateURL",
	"AWS::Serverless::Application":  "Location",
}

// nested are the paths of the templates that a template is made of, where they
// can be told: local ones as they are, those in a bucket by their name.
func nested(tree *detect.Tree, dir string, doc syntax.Node) []string {
	var found []string
	for _, resource := range doc.Get("Resources").Pairs() {
		kind := resource.Get("Type")
		name := text(resource.Get("Properties", locations[kind.Text()]))
		if kind.Tag() == "!Rain::Module" {
			name = kind.Text()
		}
		if p, ok := locate(tree, dir, name); ok && !slices.Contains(found, p) {
			found = append(found, p)
		}
	}
	return found
}

// locate finds the file that a location means: from the folder of the
// template, then by the last parts of its address in that folder or from the
// root.
func locate(tree *detect.Tree, dir, name string) (string, bool) {
	if name == "" {
		return "", false
	}
	_, last := path.Split(name)
	parent := path.Base(path.Dir(name))
	for _, p := range []string{path.Join(dir, name), path.Join(dir, last), path.Join(parent, last), path.Join(dir, parent, last), path.Join(path.Dir(dir), parent, last)} {
		if _, ok := tree.File(p); ok && last != "" {
			return p, true
		}
	}
	return "", false
}

// text is the text of a value as far as it is written out: of a joined or
// substituted one, the last part.
func text(n syntax.Node) string {
	if s, ok := plain(n); ok {
		return s
	}
	for _, key := range []string{"Fn::Sub", "Fn::Join"} {
		if inner := n.Get(key); inner.Exists() {
			n = inner
		}
	}
	items := n.Items()
	switch {
	case len(items) == 0:
		return ""
	case n.Tag() == "!Sub" || items[0].Text() != "" && strings.Contains(items[0].Text(), "/") && len(items[0].Text()) > 1:
		return items[0].Text()
	}
	return text(items[len(items)-1])
}
