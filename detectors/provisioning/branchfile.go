package provisioning

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed branchfile.md
var branchFileDoc string

// BranchFiles sees what configuration takes from a branch of a repository: a
// file by its address, or a folder by address and reference. What Argo CD and
// Flux follow is seen by the detector of those. Its values are a BranchFile
// each.
var BranchFiles = &detect.Detector{
	ID: "provisioning/branch-file", Doc: branchFileDoc, File: branchFiles,
	Match: []string{"**/*.yaml", "**/*.yml", "**/*.json"},
}

func branchFiles(p *detect.Pass, f *detect.File) error {
	if !slices.ContainsFunc([]string{"githubusercontent.com/", "/raw/", "/archive/", "refs/heads/"}, f.Contains) {
		return nil
	}
	if strings.Contains(f.Path, "updatecli") || strings.HasPrefix(f.Path, "docs/") {
		return nil // what keeps up with a branch has to read it, and a document runs nothing
	}
	docs, _, err := manifest.Documents(f)
	if err != nil {
		return nil // that it cannot be read is told by the detector of what it is
	}
	for _, doc := range docs {
		if doc.Get("kind").Text() == "HelmRepository" {
			continue // an index of charts, each of which has a version
		}
		nests := strings.Contains(doc.Get("$schema").Text(), "deploymentTemplate") // templates are taken as they are there, whatever is deployed
		manifest.Pairs(doc, func(_, key, value syntax.Node) bool {
			if branch := manifest.BranchOf(value.Text()); branch != "" && isTaken(key.Text(), value.Text()) && (nests || !p.Repo.Holds(value.Text())) {
				reportBranchFile(p, value.Text(), branch, value.Span())
			}
			if address, ref := gitSource(value); ref.Exists() {
				reportBranchFile(p, address, strings.TrimPrefix(ref.Text(), "refs/heads/"), ref.Span())
			}
			return true
		})
	}
	return nil
}

func reportBranchFile(p *detect.Pass, address, branch string, at detect.Span) {
	address = manifest.Redacted(address)
	p.Report(address, at, "branch "+branch, BranchFile{Address: address, Branch: branch})
}

// shows are endings of files that are looked at, and not run.
var shows = []string{".md", ".csv", ".png", ".svg", ".jpg", ".jpeg", ".gif", ".ico"}

// isTaken says whether a file is taken for what it does: not to check the form
// of the file at hand, nor to be looked at.
func isTaken(key, address string) bool {
	key = strings.ToLower(key)
	address, _, _ = strings.Cut(address, "?")
	return !slices.Contains(shows, path.Ext(address)) && !strings.Contains(key, "schema") && !strings.Contains(path.Base(address), "schema") &&
		!slices.Contains([]string{"$ref", "icon", "homepage", "readme", "docs", "documentation", "license"}, key)
}

// gitSource is the address of a mapping that names a git repository, and its
// reference where that is a branch by its full name; those of Argo CD and Flux
// have other keys, or say that what they follow is a GitRepository.
func gitSource(n syntax.Node) (string, syntax.Node) {
	if n.Get("kind").Text() == "GitRepository" {
		return "", syntax.Node{}
	}
	for _, key := range []string{"ref", "rev", "revision"} {
		ref := n.Get(key)
		if !strings.HasPrefix(ref.Text(), "refs/heads/") {
			continue
		}
		for _, key := range []string{"url", "repository", "repo", "git"} {
			if address := n.Get(key).Text(); strings.Contains(address, "://") || strings.HasPrefix(address, "git@") {
				return address, ref
			}
		}
	}
	return "", syntax.Node{}
}
