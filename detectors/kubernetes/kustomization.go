package kubernetes

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed kustomization.md
var kustomizationDoc string

// Kustomizations sees the folders that Kustomize builds. Its values are a
// Kustomization each.
var Kustomizations = &detect.Detector{
	ID: "kubernetes/kustomization", Doc: kustomizationDoc, File: kustomizations,
	Match: []string{"**/kustomization.yaml", "**/kustomization.yml", "**/Kustomization"},
}

// changes are the fields by which a kustomization changes what it is made of.
// Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
var changes = []string{
	"patches", "patchesStrategicMerge", "patchesJson6902", "images", "namespace", "namePrefix", "nameSuffix", "replicas", "replacements",
	"labels", "commonLabels", "commonAnnotations", "configMapGenerator", "secretGenerator", "components", "transformers", "helmCharts",
}

func kustomizations(p *detect.Pass, f *detect.File) error {
	docs, _, err := manifest.Documents(f)
	for _, doc := range docs {
		if !isKustomization(doc) {
			continue
		}
		k := kustomization(p.Repo.Tree, path.Dir(f.Path), doc)
		kind := "kustomization"
		if k.Component {
			kind = "component"
		}
		p.Report(k.Dir, f.Whole(), kind, k)
		return err
	}
	return err
}

// isKustomization tells the file of Kustomize, which may leave its kind out,
// from a Flux object that lies in a file of that name.
func isKustomization(doc syntax.Node) bool {
	version := doc.Get("apiVersion").Text()
	return doc.IsMap() && (version == "" || strings.HasPrefix(version, "kustomize.config.k8s.io/"))
}

func kustomization(t *detect.Tree, dir string, doc syntax.Node) Kustomization {
	k := Kustomization{Dir: dir, Component: doc.Get("kind").Text() == "Component"}
	base := false
	for _, field := range []string{"resources", "bases"} {
		for _, text := range doc.Get(field).Texts() {
			if remote(text) {
				k.Remote = append(k.Remote, manifest.Redacted(text))
				continue
			}
			k.Resources = append(k.Resources, path.Join(dir, text))
			base = base || t.Folder(path.Join(dir, text))
		}
	}
	for _, text := range doc.Get("components").Texts() {
		if remote(text) {
			k.Remote = append(k.Remote, manifest.Redacted(text))
			continue
		}
		k.Components = append(k.Components, path.Join(dir, text))
	}
	changed := slices.ContainsFunc(changes, func(field string) bool { return doc.Get(field).Exists() })
	k.Overlay = base && changed && !k.Component
	k.Patches = patchFiles(dir, doc)
	for _, chart := range doc.Get("helmCharts").Items() {
		k.Charts = append(k.Charts, Dependency{
			Name: chart.Get("name").Text(), Repository: manifest.Redacted(chart.Get("repo").Text()), Version: chart.Get("version").Text(), Line: chart.Line(),
		})
	}
	for _, i := range doc.Get("images").Items() {
		k.Images = append(k.Images, setImage(i))
	}
	return k
}

// remote says whether a resource is taken from elsewhere.
func remote(resource string) bool {
	return strings.Contains(resource, "://") || strings.Contains(resource, "?ref=") || strings.HasPrefix(resource, "git@") ||
		strings.HasPrefix(resource, "github.com/") || strings.Contains(resource, ".git//")
}

// setImage is the image that an entry of a kustomization's images sets; a tag
// that it leaves out is that of the object.
func setImage(n syntax.Node) Image {
	name := n.Get("newName").Text()
	if name == "" {
		name = n.Get("name").Text()
	}
	i := imageOf(name, "")
	i.Replaces = n.Get("name").Text()
	i.Tag, i.Digest = n.Get("newTag").Text(), n.Get("digest").Text()
	i.Ref, i.Templated = name, i.Templated || standIn.MatchString(i.Tag)
	switch {
	case i.Digest != "":
		i.Ref += "@" + i.Digest
	case i.Tag != "":
		i.Ref += ":" + i.Tag
	default:
		i.Templated = true
	}
	return i
}

// patchFiles are the files that a kustomization merges into its objects.
func patchFiles(dir string, doc syntax.Node) []string {
	var files []string
	for _, field := range []string{"patches", "patchesJson6902"} {
		for _, patch := range doc.Get(field).Items() {
			if file := patch.Get("path").Text(); file != "" {
				files = append(files, path.Join(dir, file))
			}
		}
	}
	for _, file := range doc.Get("patchesStrategicMerge").Texts() {
		if !strings.Contains(file, "\n") {
			files = append(files, path.Join(dir, file))
		}
	}
	return files
}
