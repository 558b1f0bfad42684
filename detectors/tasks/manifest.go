package tasks

import (
	_ "embed"
	"path"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

//go:embed manifest.md
var manifestDoc string

// Manifests sees the manifests of packages: what they are, whether they start
// something, and whether they are published. Its values are a Manifest each.
var Manifests = &detect.Detector{
	ID: "tasks/manifest", Doc: manifestDoc, File: manifests,
	Match: []string{
		"**/package.json", "**/go.mod", "**/Cargo.toml", "**/pyproject.toml", "**/setup.py", "**/requirements.txt", "**/Pipfile", "**/pom.xml", "**/build.gradle", "**/build.gradle.kts",
		"**/settings.gradle", "**/settings.gradle.kts", "**/*.csproj", "**/*.fsproj", "**/*.nuspec", "**/Gemfile", "**/*.gemspec", "**/composer.json", "**/mix.exs", "**/build.sbt",
	},
}

// A manifestReader fills in what one format tells; false where the file is no
// manifest of a package.
type manifestReader func(*detect.Tree, *detect.File, *Manifest) (bool, error)

var manifestReaders = map[string]manifestReader{
	"package.json": npmManifest, "go.mod": goManifest, "Cargo.toml": cargoManifest, "pyproject.toml": pyprojectManifest, "setup.py": setupManifest,
	"requirements.txt": pythonManifest, "Pipfile": pythonManifest, "pom.xml": mavenManifest, "build.gradle": gradleManifest, "build.gradle.kts": gradleManifest,
	"settings.gradle": gradleMembers, "settings.gradle.kts": gradleMembers, ".csproj": dotnetManifest, ".fsproj": dotnetManifest, ".nuspec": nuspecManifest,
	"Gemfile": gemfileManifest, ".gemspec": gemspecManifest, "composer.json": composerManifest, "mix.exs": mixManifest, "build.sbt": sbtManifest,
}

func manifests(p *detect.Pass, f *detect.File) error {
	read := manifestReaders[path.Base(f.Path)]
	if read == nil {
		read = manifestReaders[path.Ext(f.Path)]
	}
	if read == nil || !meant(f.Data) {
		return nil
	}
	m := Manifest{Dir: path.Dir(f.Path)}
	list, _ := manifest.Dependencies.Of(f) // its readers report what does not parse
	for _, d := range list {
		m.Dependencies = append(m.Dependencies, d.Name)
	}
	ok, err := read(p.Repo.Tree, f, &m)
	if !ok || err != nil {
		return err
	}
	if infrastructureBeside(p.Repo.Tree, m.Dir) {
		m.Starts, m.Publishes = false, false
	}
	m.LockFile = lockOf(p.Repo.Tree, m)
	p.Report(f.Path, f.Whole(), noteOf(m), m)
	return nil
}

func noteOf(m Manifest) string {
	note := m.Ecosystem + " package"
	if m.Starts {
		note += " that starts something"
	}
	if m.Publishes {
		note += " that is published"
	}
	return note
}

// has says whether the package depends on one of the names.
func (m *Manifest) has(names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(m.Dependencies, n) })
}

// infrastructureBeside says whether a package is a program of CDK or Pulumi,
// which makes infrastructure and is no service.
func infrastructureBeside(tree *detect.Tree, dir string) bool {
	return slices.ContainsFunc([]string{"cdk.json", "Pulumi.yaml", "Pulumi.yml", "cdktf.json"}, func(name string) bool { return tree.Has(path.Join(dir, name)) })
}

// locks are the lock files of ecosystems.
var locks = map[string][]string{
	"npm": {"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"}, "go": {"go.sum"}, "cargo": {"Cargo.lock"},
	"pip": {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"}, "bundler": {"Gemfile.lock"}, "composer": {"composer.lock"}, "nuget": {"packages.lock.json"}, "gradle": {"gradle.lockfile"}, "mix": {"mix.lock"},
}

// lockOf is the lock file beside a manifest, or above it for members of a
// workspace.
func lockOf(tree *detect.Tree, m Manifest) string {
	for dir := m.Dir; ; dir = path.Dir(dir) {
		for _, name := range locks[m.Ecosystem] {
			if _, ok := tree.File(path.Join(dir, name)); ok {
				return path.Join(dir, name)
			}
		}
		if dir == "." || m.Ecosystem != "npm" && m.Ecosystem != "cargo" && m.Ecosystem != "pip" {
			return ""
		}
	}
}

// members are the folders below dir that hold a manifest and fit one of the
// patterns of a workspace.
func members(tree *detect.Tree, dir, name string, patterns []string) []string {
	if len(patterns) == 0 || len(patterns) > 200 {
		return nil
	}
	var found []string
	for _, e := range tree.Under(dir) {
		folder := path.Dir(e.Path)
		if path.Base(e.Path) != name || folder == dir {
			continue
		}
		if slices.ContainsFunc(patterns, func(p string) bool { return doublestar.MatchUnvalidated(path.Join(dir, p), folder) }) {
			found = append(found, folder)
		}
	}
	return found
}

// beside says whether one of the names lies in the folder, or in one of the
// folders directly below that sources are kept in.
func beside(tree *detect.Tree, dir string, names ...string) bool {
	for _, name := range names {
		for _, sub := range []string{"", "src", "app", "server", path.Base(dir)} {
			if _, ok := tree.File(path.Join(dir, sub, name)); ok {
				return true
			}
		}
	}
	return false
}
