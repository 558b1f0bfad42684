package containers

import (
	"bytes"
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed image.md
var imageDoc string

// Images sees the images that Terraform, CloudFormation and playbooks run.
// Those of Kubernetes, Compose and pipelines are seen by the detectors of
// those. Its values are a Base each.
var Images = &detect.Detector{
	ID: "containers/image", Doc: imageDoc, File: images,
	Match: []string{"**/*.tf", "**/*.hcl", "**/*.yaml", "**/*.yml", "**/*.json", "**/*.template"},
}

func images(p *detect.Pass, f *detect.File) error {
	if !bytes.Contains(f.Data, []byte("mage")) {
		return nil
	}
	n := naming{p: p, f: f}
	switch path.Ext(f.Path) {
	case ".tf", ".hcl":
		body, err := syntax.HCL.Of(f)
		if err == nil { // else the detectors of Terraform report it
			n.body(body, 0)
		}
	default:
		n.tasks()
		n.definitions()
	}
	return nil
}

// naming is the search for images in one file.
type naming struct {
	p *detect.Pass
	f *detect.File
}

// report reports a text that can only be a reference to an image.
func (n naming) report(ref string, at detect.Span) {
	b := baseOf(ref)
	if b.Digest != "" || b.Tag != "" && !strings.ContainsAny(b.Tag, "/:") || strings.Contains(strings.SplitN(ref, "/", 2)[0], ".") {
		n.reportImage(ref, at)
	}
}

// reportImage reports a text that stands where only an image can.
func (n naming) reportImage(ref string, at detect.Span) {
	b := baseOf(ref)
	if path.Base(b.Name) == "" || strings.ContainsAny(ref, " \t\n\"'()") || strings.Contains(ref, "://") || strings.HasPrefix(ref, "ami-") || strings.HasPrefix(ref, "arn:") {
		return
	}
	b.Argument = b.Tag == "" && b.Digest == "" && manifest.Filled(ref) || manifest.Filled(b.Tag) || manifest.Filled(b.Digest)
	n.p.Report(b.Name, at, b.Ref, b)
}

// named says whether a setting of that name holds an image of a container.
func named(setting string) bool {
	setting = strings.ToLower(setting)
	return setting == "image" || setting == "imageuri" || setting == "image_uri" || strings.HasSuffix(setting, "_image") || strings.HasSuffix(setting, "_image_uri")
}

func (n naming) body(body syntax.Body, depth int) {
	if depth > 12 {
		return
	}
	for _, a := range body.Attributes {
		n.attribute(a, depth)
	}
	for _, b := range body.Blocks {
		if b.Type != "data" && b.Type != "variable" && b.Type != "output" && b.Type != "generate" {
			n.body(b.Body, depth+1)
		}
	}
}

func (n naming) attribute(a syntax.Attribute, depth int) {
	switch {
	case a.Body != nil:
		n.body(*a.Body, depth+1)
	case named(a.Name) && strings.HasPrefix(a.Raw, `"`):
		n.report(strings.Trim(a.Raw, `"`), a.At)
	}
	for _, item := range a.List {
		if item.Body != nil {
			n.body(*item.Body, depth+1)
		}
	}
	if a.Call == "jsonencode" && depth < 12 {
		for _, argument := range a.Args {
			n.attribute(argument, depth+1)
		}
	}
}

// definitions reports the images of CloudFormation's containers and functions.
func (n naming) definitions() {
	found, err := manifest.CloudFormation.Of(n.f)
	if err != nil {
		return
	}
	for _, r := range found {
		for _, c := range r.Properties.Get("ContainerDefinitions").Items() {
			if image := c.Get("Image"); image.IsScalar() && image.Text() != "" && image.Tag() != "!Ref" && image.Tag() != "!Sub" {
				b := baseOf(image.Text())
				n.p.Report(b.Name, image.Span(), b.Ref, b)
			}
		}
		for key, value := range r.Properties.Get("Parameters").Pairs() {
			if r.Type == "AWS::CloudFormation::Stack" && strings.HasSuffix(key.Text(), "Image") && value.IsScalar() && value.Tag() != "!Ref" && value.Tag() != "!Sub" {
				n.report(value.Text(), value.Span())
			}
		}
	}
}

// tasks reports the images of playbooks, roles and their variables: files of
// Ansible by the folders it reads.
func (n naming) tasks() {
	if !ansible(n.f.Path) || !bytes.Contains(n.f.Data, []byte("image:")) {
		return
	}
	docs, _, err := manifest.Documents(n.f)
	if err != nil {
		return
	}
	for _, doc := range docs {
		if doc.Get("apiVersion").Exists() {
			continue
		}
		manifest.Pairs(doc, func(parent, key, value syntax.Node) bool {
			switch {
			case !value.IsScalar():
			case key.Text() == "image" && runsContainer(parent.Text()):
				n.reportImage(value.Text(), value.Span())
			case named(key.Text()):
				n.report(value.Text(), value.Span())
			}
			return true
		})
	}
}

// runsContainer says whether a module of Ansible starts a container.
// Source: https://docs.ansible.com/ansible/latest/collections/community/docker/docker_container_module.html
func runsContainer(module string) bool {
	name := module[strings.LastIndexByte(module, '.')+1:]
	return name == "docker_container" || name == "podman_container"
}

// ansible says whether a file lies where Ansible looks for tasks, variables
// and playbooks.
// Source: https://docs.ansible.com/ansible/latest/tips_tricks/sample_setup.html
func ansible(p string) bool {
	for _, folder := range strings.Split(path.Dir(p), "/") {
		switch folder {
		case "group_vars", "host_vars", "roles", "playbooks", "tasks":
			return true
		}
	}
	return false
}
