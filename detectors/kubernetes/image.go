package kubernetes

import (
	_ "embed"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed image.md
var imageDoc string

// Images sees the images of workloads' containers, and those that values of
// charts and Helm releases set. Its values are an Image each.
var Images = &detect.Detector{ID: "kubernetes/image", Doc: imageDoc, Match: manifests, File: images}

func images(p *detect.Pass, f *detect.File) error {
	if isValues(p.Repo.Tree, f.Path) {
		return valuesImages(p, f)
	}
	if name := path.Base(f.Path); strings.TrimSuffix(name, path.Ext(name)) == "kustomization" {
		return kustomizedImages(p, f)
	}
	found, err := manifest.Objects.Of(f)
	for _, o := range found {
		for _, c := range o.Containers() {
			handedOn(p, c.Get("env"), o.Subject())
			ref := c.Get("image")
			if !ref.IsScalar() || ref.Text() == "" || o.Templated && manifest.Filled(ref.Text()) {
				continue
			}
			i := imageOf(ref.Text(), o.Subject())
			i.Templated = i.Templated || o.Get("metadata", "annotations", triggered).Exists()
			report(p, ref.Span(), i)
		}
		if route, ok := imageRoutes[o.Type()]; ok {
			imagesIn(p, o.Get(route...), o.Subject())
		}
	}
	return err
}

// triggered is the annotation by which OpenShift writes the image of a workload
// whenever an image stream gets a new one.
// Source: https://docs.openshift.com/container-platform/latest/openshift_images/triggering-updates-on-imagestream-changes.html
const triggered = "image.openshift.io/triggers"

// kustomizedImages reports the tags that a kustomization sets.
func kustomizedImages(p *detect.Pass, f *detect.File) error {
	docs, _, err := manifest.Documents(f)
	for _, doc := range docs {
		for _, i := range doc.Get("images").Items() {
			if tag := i.Get("newTag"); isKustomization(doc) && tag.Text() != "" {
				report(p, tag.Span(), setImage(i))
			}
		}
	}
	return err
}

// imageRoutes are the ways from the root of an object to what names images by
// keys: values of releases, steps of the cluster's pipelines, and containers of
// Score.
var imageRoutes = map[string][]string{
	"HelmRelease.helm.toolkit.fluxcd.io":  {"spec", "values"},
	"Application.argoproj.io":             {"spec", "source", "helm", "valuesObject"},
	"Workflow.argoproj.io":                {"spec"},
	"CronWorkflow.argoproj.io":            {"spec"},
	"WorkflowTemplate.argoproj.io":        {"spec"},
	"ClusterWorkflowTemplate.argoproj.io": {"spec"},
	"Task.tekton.dev":                     {"spec"},
	"ClusterTask.tekton.dev":              {"spec"},
	"Pipeline.tekton.dev":                 {"spec"},
	"Workload.score.dev":                  {"containers"},
}

// handedOn reports the images that a container is told to start others with:
// variables whose names end in IMAGE.
func handedOn(p *detect.Pass, env syntax.Node, workload string) {
	for _, e := range env.Items() {
		if value := e.Get("value"); imageVariable(e.Get("name").Text()) && looksLikeImage(value.Text()) {
			report(p, value.Span(), imageOf(value.Text(), workload))
		}
	}
}

func imageVariable(name string) bool { return name == "IMAGE" || strings.HasSuffix(name, "_IMAGE") }

// isValues says whether a file holds the values of a chart: by its name, and
// beside the chart or in a folder of its own.
func isValues(t *detect.Tree, p string) bool {
	name := strings.TrimSuffix(strings.TrimSuffix(path.Base(p), ".yml"), ".yaml")
	return name != path.Base(p) && (name == "values" || strings.HasPrefix(name, "values-") || strings.HasPrefix(name, "values.") ||
		strings.HasPrefix(name, "values_") || strings.HasSuffix(name, "-values") || strings.HasSuffix(name, ".values") || inValuesFolder(t, p))
}

// inValuesFolder says whether a file lies in a folder named values of a chart.
func inValuesFolder(t *detect.Tree, p string) bool {
	dir := path.Dir(p)
	_, chart := t.File(path.Join(path.Dir(dir), "Chart.yaml"))
	return chart && path.Base(dir) == "values"
}

func valuesImages(p *detect.Pass, f *detect.File) error {
	docs, err := syntax.YAML.Of(f)
	if errors.Is(err, syntax.ErrTemplated) {
		return nil
	}
	for _, doc := range docs {
		if doc.IsMap() && !doc.Get("apiVersion").Exists() {
			imagesIn(p, doc, "")
		}
	}
	return err
}

// imagesIn reports what stands under the keys named image: a whole reference,
// or a mapping of registry, repository, tag and digest, where the chart fills an
// empty tag with its appVersion.
func imagesIn(p *detect.Pass, n syntax.Node, workload string) {
	tags := sync.OnceValue(func() map[detect.Span]syntax.Node { return tagsBeside(n) })
	manifest.Pairs(n, func(_, key, value syntax.Node) bool {
		switch {
		case value.IsList():
			handedOn(p, value, workload)
			return key.Text() != "env"
		case !strings.EqualFold(key.Text(), "image") && !strings.HasSuffix(key.Text(), "Image"):
			return true
		case value.IsMap() && value.Get("repository").Text() != "":
			mappedImage(p, value, workload)
		case value.IsScalar() && (looksLikeImage(value.Text()) || slices.Contains(officialImages, value.Text())):
			ref, at := value.Text(), value.Span()
			if tag, ok := tags()[at]; ok {
				ref, at = ref+":"+tag.Text(), tag.Span()
			}
			report(p, at, imageOf(ref, workload))
		default:
			return value.IsMap()
		}
		return false
	})
}

// tagsBeside are the tags that stand beside images in a key of their own, by
// where the image stands: "image: acme/web" and "imageTag: 1.4.2".
func tagsBeside(root syntax.Node) map[detect.Span]syntax.Node {
	tags := map[detect.Span]syntax.Node{}
	look := func(n syntax.Node) {
		image := n.Get("image")
		for _, key := range []string{"imageTag", "image_tag", "tag"} {
			if tag := n.Get(key); image.IsScalar() && tag.IsScalar() && tag.Text() != "" && !strings.ContainsAny(path.Base(image.Text()), ":@") {
				tags[image.Span()] = tag
				return
			}
		}
	}
	look(root)
	manifest.Pairs(root, func(_, _, value syntax.Node) bool {
		look(value)
		return true
	})
	return tags
}

func mappedImage(p *detect.Pass, n syntax.Node, workload string) {
	repository, tag := n.Get("repository"), n.Get("tag")
	ref := strings.TrimPrefix(n.Get("registry").Text()+"/"+repository.Text(), "/")
	at := repository.Span()
	if tag.Text() != "" {
		ref, at = ref+":"+tag.Text(), tag.Span()
	}
	if digest := n.Get("digest").Text(); digest != "" {
		ref += "@" + digest
	}
	i := imageOf(ref, workload)
	i.Templated = i.Templated || i.Tag == "" && i.Digest == ""
	report(p, at, i)
}

// looksLikeImage says whether a text under the key image can only be a
// reference to one: it names a tag, a digest or a registry.
func looksLikeImage(text string) bool {
	last := path.Base(text)
	return text != "" && !strings.ContainsAny(text, " \t\n") && !strings.Contains(text, "://") && !isPicture(last) &&
		(strings.ContainsAny(last, ":@") || strings.Contains(strings.SplitN(text, "/", 2)[0], ".") && strings.Contains(text, "/"))
}

// officialImages are names that stand under the key image for an image, and can
// hardly mean anything else: those that are pulled most.
// Source: https://hub.docker.com/search?badges=official
var officialImages = strings.Fields("alpine busybox ubuntu debian nginx httpd traefik redis memcached postgres mysql mariadb mongo rabbitmq elasticsearch kibana influxdb node python golang openjdk")

func isPicture(name string) bool {
	switch path.Ext(name) {
	case ".png", ".svg", ".jpg", ".jpeg", ".gif", ".ico", ".webp":
		return true
	}
	return false
}

// standIn is a tag in capitals that a step of the pipeline replaces: IMAGE_TAG.
var standIn = regex.New(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)

func report(p *detect.Pass, at detect.Span, i Image) { p.Report(i.Name, at, i.Ref, i) }

func imageOf(ref, workload string) Image {
	ref = manifest.Redacted(ref)
	i := Image{Ref: ref, Workload: workload, Templated: manifest.Filled(ref)}
	i.Name, i.Tag, i.Digest = manifest.SplitImage(ref)
	i.Templated = i.Templated || standIn.MatchString(i.Tag)
	return i
}
