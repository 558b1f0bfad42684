package tooling

import (
	"bytes"
	"path"

	"github.com/waymark-dev/waymark/internal/detect"
)

// lockFiles are the files that only one package manager writes. They are told
// by name alone: their contents are large and say nothing more.
var lockFiles = map[string]string{
	"package-lock.json": "npm", "npm-shrinkwrap.json": "npm", "yarn.lock": "yarn", "pnpm-lock.yaml": "pnpm", "bun.lock": "bun", "bun.lockb": "bun", "deno.lock": "deno",
	"poetry.lock": "poetry", "uv.lock": "uv", "pdm.lock": "pdm", "Pipfile": "pipenv", "Pipfile.lock": "pipenv", "pixi.lock": "pixi", "conda-lock.yml": "conda",
	"Gemfile.lock": "bundler", "gems.locked": "bundler", "Cargo.lock": "cargo", "go.sum": "go", "composer.lock": "composer", "packages.lock.json": "nuget", "paket.lock": "paket",
	"mix.lock": "mix", "Podfile.lock": "cocoapods", "Package.resolved": "swift", "pubspec.lock": "pub", "gradle.lockfile": "gradle",
}

// locked are lock files that fix a whole toolchain.
var locked = map[string]string{"flake.lock": "nix", "devbox.lock": "devbox", "devenv.lock": "devenv"}

// managers reports package managers by their lock files.
func managers(p *detect.Pass) error {
	for _, e := range p.Repo.Tree.Entries() {
		base, at := path.Base(e.Path), detect.Span{Path: e.Path}
		if name := lockFiles[base]; name != "" && p.Repo.Tree.Place(e.Path).Read() {
			p.Report(name, at, "its lock file or manifest", Tool{Concern: PackageManager, Name: name, Dir: path.Dir(e.Path)})
		}
		if name := locked[base]; name != "" && p.Repo.Tree.Place(e.Path).Read() {
			p.Report(name, at, "its lock file", Tool{Concern: Toolchain, Name: name, Dir: path.Dir(e.Path), Version: "locked"})
		}
	}
	return nil
}

// requirements tells pip from the managers that write its file for others.
func requirements(f *detect.File) ([]sight, error) {
	head := f.Data[:min(len(f.Data), 512)]
	for _, name := range []string{"uv", "poetry", "pdm", "pipenv"} {
		if bytes.Contains(head, []byte("by "+name)) || bytes.Contains(head, []byte("#    "+name+" ")) {
			return nil, nil // it stands beside the manager's own lock file
		}
	}
	return []sight{{Tool: Tool{Concern: PackageManager, Name: "pip"}, note: "its manifest"}}, nil
}
