// Package manifest holds the views of declared things that several families of
// detectors read: Kubernetes objects, the resources of CloudFormation
// templates and Terraform files, the charts that are released, and what a
// package depends on. Each is derived once for each file.
package manifest

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// An Object is one Kubernetes object of a file.
type Object struct {
	// Group is empty for the core group.
	Group, Version, Kind string
	Namespace, Name      string
	// Templated says that a template engine makes the object out of the file.
	Templated bool
	syntax.Node
}

// Type is the kind in its group: "Deployment.apps", "Secret".
func (o Object) Type() string {
	if o.Group == "" {
		return o.Kind
	}
	return o.Kind + "." + o.Group
}

// Subject is the name that findings give the object: "Deployment/web", or
// "Deployment/shop/web" where it names its namespace.
func (o Object) Subject() string {
	name := o.Name
	if name == "" {
		name = o.Get("metadata", "generateName").Text()
	}
	if o.Namespace != "" {
		return o.Kind + "/" + o.Namespace + "/" + name
	}
	return o.Kind + "/" + name
}

// Spec is the value at a route of keys below spec.
func (o Object) Spec(keys ...string) syntax.Node { return o.Get("spec").Get(keys...) }

// Objects are the Kubernetes objects of a file: those of every document, the
// items of lists and the objects of OpenShift templates. An object that declares
// nothing, a quota without limits, rules without groups, is left out. A file without any
// has none and no error; the error is that of a file that has some but cannot
// be read.
var Objects = detect.NewView(objects)

func objects(f *detect.File) ([]Object, error) {
	if !f.Contains("apiVersion") || !f.Contains("kind") {
		return nil, nil
	}
	docs, templated, err := Documents(f)
	c := collection{templated: templated}
	for _, doc := range docs {
		c.add(doc, 0)
	}
	found := c.found
	if err != nil && len(found) == 0 && !topLevel.Match(f.Data) {
		return nil, nil
	}
	return found, err
}

// topLevel matches the first key of an object, to tell an unreadable manifest
// from an unreadable file of another format that holds one.
var topLevel = regex.New(`(?m)^(apiVersion:|kind:)`)

// maxNesting bounds lists inside lists and templates, maxItems what is looked
// at of them: aliases can make a small file endless.
const (
	maxNesting = 3
	maxItems   = 50_000
)

// A collection gathers the objects of a file.
type collection struct {
	templated bool
	found     []Object
	items     int
}

func (c *collection) add(doc syntax.Node, depth int) {
	o, ok := object(doc, c.templated)
	if !ok {
		return
	}
	inner := doc.Get("items")
	if o.Kind == "Template" && doc.Get("objects").IsList() {
		inner = doc.Get("objects")
	} else if !strings.HasSuffix(o.Kind, "List") || o.Name != "" {
		c.found = append(c.found, o)
		return
	}
	for _, item := range inner.Items() {
		if c.items++; depth < maxNesting && c.items < maxItems {
			c.add(item, depth+1)
		}
	}
}

var (
	apiVersion = regex.New(`^([a-z0-9][a-z0-9.-]*/)?v[0-9]+([a-z]+[0-9]+)?$`)
	kindName   = regex.New(`^[A-Za-z][A-Za-z0-9]*$`)
)

// foreign are groups of formats that borrow the shape of a Kubernetes object
// and are read by other programs, by themselves or as the end of a group.
var foreign = []string{
	"backstage.io", "scaffolder.backstage.io", "kustomize.config.k8s.io", "skaffold", "kind.x-k8s.io", "k3d.io", "ctlptl.dev",
	"eksctl.io", "kubeadm.k8s.io", "kubelet.config.k8s.io", "kubeproxy.config.k8s.io", "audit.k8s.io", "test.gatekeeper.sh",
	"cli.kyverno.io", "chainsaw.kyverno.io", "kuttl.dev", "meta.pkg.upbound.io", "meta.dev.upbound.io", "meta.pkg.crossplane.io", "score.dev",
	"config.kubernetes.io", "admission.k8s.io", "client.authentication.k8s.io", "krew.googlecontainertools.github.com",
	"apiserver.config.k8s.io", "test.up.upbound.io", "minikube", "devspace", "schema.plugin.fluxcd.io",
}

func object(doc syntax.Node, templated bool) (Object, bool) {
	version, kind := doc.Get("apiVersion").Text(), doc.Get("kind").Text()
	filled := templated && Filled(version)
	if kind == "" || !filled && !apiVersion.MatchString(version) || !kindName.MatchString(kind) {
		return Object{}, false
	}
	o := Object{Version: version, Kind: kind, Templated: templated, Node: doc}
	if at := strings.LastIndexByte(version, '/'); at >= 0 && !filled {
		o.Group, o.Version = version[:at], version[at+1:]
	}
	o.Name = doc.Get("metadata", "name").Text()
	o.Namespace = doc.Get("metadata", "namespace").Text()
	named := o.Get("metadata").IsMap() || doc.Get("objects").IsList() || templated || strings.HasSuffix(kind, "List")
	return o, named && !isForeign(o) && !o.void()
}

func isForeign(o Object) bool {
	for _, group := range foreign {
		if o.Group == group || strings.HasSuffix(o.Group, "."+group) {
			return true
		}
	}
	// A kubeconfig and a Grafana provisioning file share the core group's shape.
	return o.Group == "" && o.Kind == "Config" && (o.Get("clusters").Exists() || o.Get("contexts").Exists())
}
