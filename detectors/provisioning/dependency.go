package provisioning

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed dependency.md
var dependencyDoc string

// Dependencies sees what infrastructure code takes from elsewhere: roles and
// collections of Ansible, plug-ins of Pulumi, modules of Bicep and Puppet,
// packages of Crossplane.
var Dependencies = &detect.Detector{ID: "provisioning/dependency", Doc: dependencyDoc, File: dependencies, Match: []string{
	"**/requirements.yml", "**/requirements.yaml", "**/Pulumi.yaml", "**/*.bicep", "**/Puppetfile", "**/crossplane.yaml", "**/upbound.yaml",
}}

// A placedDependency is a dependency at its place.
type placedDependency struct {
	Dependency
	at detect.Span
}

func dependencies(p *detect.Pass, f *detect.File) error {
	found, err := dependenciesOf(f)
	for _, d := range found {
		d.Name, d.Source, d.Pinned = shown(d.Name), shown(d.Source), pinned(d.Version)
		note := "no version"
		if d.Version != "" {
			note = "version " + d.Version
		}
		p.Report(f.Path+" "+d.Name, d.at, note, d.Dependency)
	}
	return err
}

func dependenciesOf(f *detect.File) ([]placedDependency, error) {
	switch base := path.Base(f.Path); {
	case isRequirements(f.Path):
		return requirements(f)
	case base == "Pulumi.yaml":
		return plugins(f)
	case base == "Puppetfile":
		return puppetModules(f), nil
	case strings.HasSuffix(base, ".bicep"):
		return bicepModules(f), nil
	}
	return packages(f)
}

// oneVersion matches a version that is one, the name of a tag included, and a
// commit.
var oneVersion = regex.New(`^(=+\s*)?([A-Za-z][\w.-]*[-/])?v?\d+(\.\d+)*([-+.]\w[\w.+-]*)?$|^[0-9a-f]{7,40}$|^sha256:[0-9a-f]{64}$`)

func pinned(version string) bool {
	return oneVersion.MatchString(version) && !strings.HasSuffix(version, ".x") && !strings.HasPrefix(version, "release")
}

// credentials match what stands before the host of an address.
var credentials = regex.New(`://[^/@\s]*:[^/@\s]*@`)

// shown is an address as it may be shown: without credentials.
func shown(address string) string { return credentials.ReplaceAllString(address, "://…@") }

// requirements are the roles and collections that a file asks Ansible Galaxy
// for: in the list of old, or below two keys.
// Source: https://docs.ansible.com/ansible/latest/galaxy/user_guide.html
func requirements(f *detect.File) ([]placedDependency, error) {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	doc := docs[0]
	items := append(doc.Get("roles").Items(), doc.Get("collections").Items()...)
	if doc.IsList() {
		items = doc.Items()
	}
	var found []placedDependency
	for _, item := range items {
		if d, ok := requirement(item); ok {
			found = append(found, placedDependency{d, item.Span()})
		}
	}
	return found, nil
}

func requirement(item syntax.Node) (Dependency, bool) {
	d := Dependency{Tool: "ansible", Name: item.Get("name").Text(), Source: item.Get("src").Text(), Version: item.Get("version").Text()}
	switch {
	case item.IsScalar():
		d.Name, d.Version, _ = strings.Cut(item.Text(), ",")
	case d.Name == "" && d.Source == "":
		d.Name = item.Get("role").Text()
	case d.Source == "":
		d.Source = item.Get("source").Text()
	}
	if d.Name == "" {
		d.Name = d.Source
	}
	return d, d.Name != ""
}

// plugins are the providers that a project of Pulumi names.
func plugins(f *detect.File) ([]placedDependency, error) {
	docs, err := syntax.YAML.Of(f)
	var found []placedDependency
	for _, doc := range docs {
		for _, kind := range []string{"providers", "analyzers", "languages"} {
			for _, item := range doc.Get("plugins", kind).Items() {
				if name := item.Get("name").Text(); name != "" && item.Get("path").Text() == "" {
					found = append(found, placedDependency{Dependency{Tool: "pulumi", Name: name, Version: item.Get("version").Text()}, item.Span()})
				}
			}
		}
	}
	return found, err
}

// packages are the providers, functions and configurations that a package of
// Crossplane depends on.
func packages(f *detect.File) ([]placedDependency, error) {
	docs, err := syntax.YAML.Of(f)
	var found []placedDependency
	for _, doc := range docs {
		if !crossplanePackage(doc) {
			continue
		}
		for _, item := range doc.Get("spec", "dependsOn").Items() {
			source := item.Get("package").Text()
			for _, key := range []string{"provider", "configuration", "function"} {
				if source == "" {
					source = item.Get(key).Text()
				}
			}
			if source != "" {
				at := item.Span()
				if version := item.Get("version"); version.Exists() {
					at = version.Span()
				}
				found = append(found, placedDependency{Dependency{Tool: "crossplane", Name: path.Base(source), Source: source, Version: item.Get("version").Text()}, at})
			}
		}
	}
	return found, err
}

// bicepModules are the modules that come from a registry or a template spec.
// Source: https://learn.microsoft.com/en-us/azure/azure-resource-manager/bicep/modules
func bicepModules(f *detect.File) []placedDependency {
	var found []placedDependency
	for _, d := range declarations(f) {
		scheme, rest, ok := strings.Cut(d.of, ":")
		if d.kind != "module" || !ok || !strings.HasPrefix(scheme, "br") && !strings.HasPrefix(scheme, "ts") {
			continue
		}
		source, version := rest, ""
		if at := strings.LastIndexAny(rest, ":@"); at >= 0 {
			source, version = rest[:at], rest[at+1:]
		}
		found = append(found, placedDependency{Dependency{Tool: "bicep", Name: path.Base(source), Source: scheme + ":" + source, Version: version}, f.Line(d.line)})
	}
	return found
}

var puppetModule = regex.New(`^\s*mod\s+['"]([\w/-]+)['"](?:\s*,\s*['"]([^'"]+)['"])?`)

// puppetModules are the modules of the Forge; those from git are told by a
// reference on a later line, which is not read.
func puppetModules(f *detect.File) []placedDependency {
	var found []placedDependency
	for i, line := range strings.Split(string(f.Data), "\n") {
		m := puppetModule.FindStringSubmatch(line)
		if m == nil || m[2] == "" && strings.HasSuffix(strings.TrimSpace(line), ",") {
			continue
		}
		found = append(found, placedDependency{Dependency{Tool: "puppet", Name: m[1], Version: m[2]}, f.Line(i + 1)})
	}
	return found
}
