package provisioning

import (
	"path"
	"regexp"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// isPuppet takes the files that Puppet starts from, below a folder of manifests.
func isPuppet(p string) bool {
	return named(p, "Puppetfile") || named(p, "site.pp", "init.pp") && strings.Contains("/"+p, "/manifests/")
}

// puppetCode matches a statement that declares a class, a type or a node.
var puppetCode = regexp.MustCompile(`(?m)^\s*(class|define|node)\s+['"A-Za-z:/]`)

// readPuppet reads the entry points of Puppet: the nodes of a site, a module,
// and the list of modules from elsewhere. Resources are not counted.
func readPuppet(_ *detect.Tree, f *detect.File) ([]placed, error) {
	kind := "requirements"
	if !named(f.Path, "Puppetfile") {
		kind = "module"
		if named(f.Path, "site.pp") {
			kind = "site"
		}
		if !puppetCode.Match(uncommented(f.Data)) {
			return nil, nil
		}
	}
	return whole(f, Project{Tool: "puppet", Kind: kind}), nil
}

var hashComment = regexp.MustCompile(`(?m)^\s*#.*$`)

// uncommented leaves out lines that are comments.
func uncommented(data []byte) []byte { return hashComment.ReplaceAll(data, nil) }

func isChef(p string) bool { return named(p, "metadata.rb", "Policyfile.rb") }

var chefName = regexp.MustCompile(`(?m)^\s*(name|run_list)[\s(]+['"]`)

// readChef reads a cookbook, told by the recipes beside its meta data, or a
// policy.
func readChef(t *detect.Tree, f *detect.File) ([]placed, error) {
	kind := "policy"
	if named(f.Path, "metadata.rb") {
		kind = "cookbook"
		if !t.Folder(path.Join(path.Dir(f.Path), "recipes")) {
			return nil, nil
		}
	}
	if !chefName.Match(uncommented(f.Data)) {
		return nil, nil
	}
	return whole(f, Project{Tool: "chef", Kind: kind}), nil
}

func isSalt(p string) bool { return named(p, "top.sls") }

// readSalt reads the file that assigns states or data to minions. What a
// template engine makes of it is not known, but no other tool has the name.
func readSalt(_ *detect.Tree, f *detect.File) ([]placed, error) {
	docs, err := syntax.YAML.Of(f)
	if err == nil && (len(docs) == 0 || count(docs[0]) == 0) {
		return nil, nil
	}
	kind := "states"
	if strings.Contains("/"+f.Path, "/pillar") {
		kind = "pillar"
	}
	return whole(f, Project{Tool: "salt", Kind: kind}), nil
}

func isNix(p string) bool { return named(p, "flake.nix") }

var (
	nixComment = regexp.MustCompile(`(?s)/\*.*?\*/|#[^\n]*|''.*?''`)
	nixSystem  = regexp.MustCompile(`\b(nixosConfigurations|darwinConfigurations|colmena|nixops[A-Za-z]*)(\.[A-Za-z0-9_"$\{\}-]+)?\s*=`)
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
	talosMachine = regexp.MustCompile(`(?m)^machine:\s*$`)
	talosCluster = regexp.MustCompile(`(?m)^cluster:\s*$`)
	talosVersion = regexp.MustCompile(`(?m)^version:\s*v1alpha1`)
)

// readTalos reads the configuration of a machine that runs Talos, a template of
// it included: its first keys tell it, for a template is not YAML yet.
// Source: https://www.talos.dev/latest/reference/configuration/
func readTalos(_ *detect.Tree, f *detect.File) ([]placed, error) {
	if !talosMachine.Match(f.Data) || !talosCluster.Match(f.Data) && !talosVersion.Match(f.Data) {
		return nil, nil
	}
	return whole(f, Project{Tool: "talos", Kind: "machine"}), nil
}
