package provisioning

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// isPuppet takes the files that Puppet starts from, below a folder of manifests.
func isPuppet(p string) bool {
	return named(p, "Puppetfile") || named(p, "site.pp", "init.pp") && strings.Contains("/"+p, "/manifests/")
}

var (
	// puppetCode matches a statement that declares a class, a type or a node.
	puppetCode = regex.New(`(?m)^\s*(class|define|node)\s+['"A-Za-z:/]`)
	// puppetResource matches what stands in one: a resource, or a class taken in.
	puppetResource = regex.New(`(?m)\b(include|contain|require)\s+['"A-Za-z:$]|\b[a-z][a-z0-9_:]*\s*\{\s*(['"$\[]|default:)|\bhiera_include\(|\blookup\(`)
)

// readPuppet reads the entry points of Puppet: the nodes of a site, a module,
// and the list of modules from elsewhere.
func readPuppet(_ *detect.Tree, f *detect.File) ([]placed, error) {
	if named(f.Path, "Puppetfile") {
		return whole(f, Project{Tool: "puppet", Kind: "requirements", Resources: len(puppetModules(f))}), nil
	}
	kind, text := "module", uncommented(f.Data)
	if named(f.Path, "site.pp") {
		kind = "site"
	}
	resources := len(puppetResource.FindAll(text, -1))
	if !puppetCode.Match(text) || resources == 0 {
		return nil, nil
	}
	return whole(f, Project{Tool: "puppet", Kind: kind, Resources: resources}), nil
}

var hashComment = regex.New(`(?m)^\s*#.*$`)

// uncommented leaves out lines that are comments.
func uncommented(data []byte) []byte { return hashComment.ReplaceAll(data, nil) }

func isChef(p string) bool {
	return named(p, "metadata.rb", "Policyfile.rb") || path.Ext(p) == ".rb" && path.Base(path.Dir(p)) == "environments"
}

var (
	chefName       = regex.New(`(?m)^\s*(name|run_list)[\s(]+['"]`)
	chefRun        = regex.New(`(?m)^\s*run_list[\s(]+['"]`)
	chefAttributes = regex.New(`(?m)^\s*(default_attributes|override_attributes|cookbook_versions|cookbook)[\s(]+['"{:]?`)
)

// readChef reads a cookbook, told by the recipes beside its meta data, a
// policy, or an environment, which sets attributes. Roles only say which
// recipes a machine has.
// Source: https://docs.chef.io/environments/
func readChef(t *detect.Tree, f *detect.File) ([]placed, error) {
	text, p := uncommented(f.Data), Project{Tool: "chef", Kind: "policy"}
	if !chefName.Match(text) {
		return nil, nil
	}
	switch {
	case named(f.Path, "metadata.rb"):
		p.Kind, p.Resources = "cookbook", filesBelow(t, path.Join(path.Dir(f.Path), "recipes"), ".rb")
	case named(f.Path, "Policyfile.rb"):
		p.Resources = len(chefRun.FindAll(text, -1))
	case chefAttributes.Match(text):
		p.Kind, p.Environment = "environment", bare(f.Path)
		return whole(f, p), nil
	}
	if p.Resources == 0 {
		return nil, nil
	}
	return whole(f, p), nil
}

func isSalt(p string) bool { return named(p, "top.sls") }

// readSalt reads the file that assigns states or data to minions, where some
// lie beside it. What a template engine makes of it is not known, but no other
// tool has the name.
func readSalt(t *detect.Tree, f *detect.File) ([]placed, error) {
	docs, err := syntax.YAML.Of(f)
	states := filesBelow(t, path.Dir(f.Path), ".sls") - 1
	if err == nil && (len(docs) == 0 || count(docs[0]) == 0) || states <= 0 {
		return nil, nil
	}
	kind := "states"
	if strings.Contains("/"+f.Path, "/pillar") {
		kind = "pillar"
	}
	return whole(f, Project{Tool: "salt", Kind: kind, Resources: states}), nil
}

// filesBelow counts the files of an extension below a folder.
func filesBelow(t *detect.Tree, folder, extension string) int {
	files := 0
	for _, e := range t.Under(folder) {
		if path.Ext(e.Path) == extension {
			files++
		}
	}
	return files
}

func isNix(p string) bool { return named(p, "flake.nix") }

var (
	nixComment = regex.New(`(?s)/\*.*?\*/|#[^\n]*|''.*?''`)
	nixSystem  = regex.New(`\b(nixosConfigurations|darwinConfigurations|colmena|nixops[A-Za-z]*)(\.[A-Za-z0-9_"$\{\}-]+)?\s*=`)
)

// readNix reads a flake that defines machines, told by the outputs that NixOS
// fixes, outside comments and long texts. The language is not evaluated: a
// flake that makes them by a function of another file is not seen.
func readNix(_ *detect.Tree, f *detect.File) ([]placed, error) {
	systems := nixSystem.FindAll(nixComment.ReplaceAll(f.Data, nil), -1)
	if len(systems) == 0 {
		return nil, nil
	}
	return whole(f, Project{Tool: "nix", Resources: len(systems)}), nil
}

func isTalos(p string) bool {
	return (isYAML(p) || strings.HasSuffix(p, ".yaml.j2")) && strings.Contains("/"+p, "/talos")
}

var (
	talosMachine = regex.New(`(?m)^machine:\s*$`)
	talosCluster = regex.New(`(?m)^cluster:\s*$`)
	talosVersion = regex.New(`(?m)^version:\s*v1alpha1`)
)

// readTalos reads the configuration of a machine that runs Talos, a template of
// it included: its first keys tell it, for a template is not YAML yet.
// Source: https://www.talos.dev/latest/reference/configuration/
func readTalos(_ *detect.Tree, f *detect.File) ([]placed, error) {
	if !talosMachine.Match(f.Data) || !talosCluster.Match(f.Data) && !talosVersion.Match(f.Data) {
		return nil, nil
	}
	return whole(f, Project{Tool: "talos", Kind: "machine", Resources: 1}), nil
}
