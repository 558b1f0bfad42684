package tasks

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed environment.md
var environmentDoc string

// Environments sees what gives a working environment by one command. Its
// values are an Environment each.
var Environments = &detect.Detector{
	ID: "tasks/environment", Doc: environmentDoc, File: environments,
	Match: []string{
		".devcontainer.json", "**/devcontainer.json", "**/docker-compose*.{yml,yaml}", "**/compose*.{yml,yaml}",
		"**/flake.nix", "**/shell.nix", "**/devenv.nix", "**/Vagrantfile", "**/mise.toml", "**/.mise.toml", ".mise/config.toml", ".config/mise.toml", ".config/mise/config.toml",
		"**/.tool-versions", ".gitpod.yml", ".gitpod.Dockerfile", "**/devbox.json", "**/.envrc", "**/Tiltfile", ".flox/env/manifest.toml",
	},
}

func environments(p *detect.Pass, f *detect.File) error {
	if !meant(f.Data) {
		return nil
	}
	kind, err := kindOf(p.Repo.Tree, f)
	if kind != "" {
		p.Report(kind, f.Whole(), "environment by "+kind, Environment{Kind: kind, Dir: environmentHome(f.Path)})
	}
	return err
}

// environmentHome is the folder that an environment is for.
func environmentHome(p string) string {
	dir := path.Dir(p)
	for i, part := range strings.Split(dir, "/") {
		if slices.Contains([]string{".devcontainer", ".mise", ".config", ".flox"}, part) {
			return path.Clean(strings.Join(strings.Split(dir, "/")[:i], "/"))
		}
	}
	return dir
}

var (
	devShell  = regex.New(`(?m)^[^#\n]*\b(?:devShells?|mkShell\w*)\b`)
	vagrant   = regex.New(`(?m)^\s*Vagrant\.configure\b`)
	envrcLine = regex.New(`(?m)^\s*(?:use|layout|source_up|source_env|dotenv|PATH_add|export|watch_file)\b`)
)

// kindOf is the kind of environment that a file sets up; empty for none.
func kindOf(tree *detect.Tree, f *detect.File) (string, error) {
	switch base := path.Base(f.Path); {
	case base == "devcontainer.json" || base == ".devcontainer.json":
		return devcontainer(f)
	case strings.Contains(base, "compose"):
		return compose(tree, f)
	case base == "flake.nix" || base == "shell.nix":
		return when(devShell.Match(f.Data), "nix"), nil
	case base == "devenv.nix":
		return "nix", nil
	case base == "Vagrantfile":
		return when(vagrant.Match(f.Data), "vagrant"), nil
	case base == ".tool-versions":
		return "asdf", nil
	case base == ".gitpod.yml" || base == "devbox.json":
		docs, err := syntax.Data(f)
		return when(len(docs) > 0 && docs[0].IsMap(), strings.TrimPrefix(strings.TrimSuffix(base, path.Ext(base)), ".")), err
	case base == ".envrc":
		return when(envrcLine.Match(f.Data), "direnv"), nil
	case base == "Tiltfile":
		return "tilt", nil
	case base == "manifest.toml":
		return "flox", nil
	case path.Ext(base) == ".toml":
		doc, err := syntax.TOML.Of(f)
		return when(doc.Get("tools").IsMap(), "mise"), err
	}
	return "", nil
}

func when(is bool, kind string) string {
	if is {
		return kind
	}
	return ""
}

// devcontainer reads the settings of a development container, which name what
// it is made of.
// Source: https://containers.dev/implementors/json_reference/
func devcontainer(f *detect.File) (string, error) {
	if dir := path.Dir(f.Path); path.Base(f.Path) == "devcontainer.json" && !strings.Contains("/"+dir+"/", "/.devcontainer/") {
		return "", nil
	}
	doc, err := syntax.JSON.Of(f)
	made := firstOf(doc, "image", "build", "dockerFile", "dockerComposeFile")
	return when(made.Exists(), "devcontainer"), err
}

var (
	localFolder  = regex.New(`(?i)(?:^|[-_.])(?:local|dev|devenv|development|docker|compose|environment)(?:$|[-_.])`)
	serverWord   = regex.New(`(?i)(?:^|[-_.])(?:prod|prd|production|staging|stage|deploy|server|swarm|stack|release|live|ci)(?:$|[-_.])`)
	developsHere = []string{"package.json", "go.mod", "pom.xml", "build.gradle", "build.gradle.kts", "Cargo.toml", "pyproject.toml", "requirements.txt", "Gemfile", "composer.json", "Dockerfile"}
)

// compose tells a Compose file that people start on their machines from one
// that servers run: by its name, by where it lies, and by what only a swarm
// reads.
func compose(tree *detect.Tree, f *detect.File) (string, error) {
	dir := path.Dir(f.Path)
	if serverWord.MatchString(path.Base(f.Path)) || serverWord.MatchString(path.Base(dir)) {
		return "", nil
	}
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return "", err
	}
	built := false
	for _, service := range docs[0].Get("services").Pairs() {
		if service.Get("deploy", "placement").Exists() || service.Get("deploy", "update_config").Exists() {
			return "", nil
		}
		built = built || service.Get("build").Exists()
	}
	here := dir == "." || localFolder.MatchString(path.Base(dir)) || built ||
		slices.ContainsFunc(developsHere, func(name string) bool { return tree.Has(path.Join(dir, name)) })
	services := docs[0].Get("services")
	return when(here && services.IsMap(), "compose"), nil
}
