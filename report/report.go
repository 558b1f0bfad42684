// Package report writes what the rules say of repositories: one file a format,
// each a function from a Report to bytes.
package report

import (
	"io"
	"strings"

	"github.com/waymark-dev/waymark/rules"
)

// A Report is what one run says.
type Report struct {
	// Version is that of the program.
	Version string
	// Repositories are in the order in which they were named.
	Repositories []Repository
}

// A Repository is one repository with its assessment.
type Repository struct {
	// Name is shown to people; Path is where it was scanned.
	Name, Path string
	// Folder is the folder that was named, from the root; empty for the root.
	Folder string
	*rules.Assessment
	// Scanned says what was scanned: "work tree" or the revision.
	Scanned string
	// Origin is the address of the repository for people, without credentials;
	// empty where it is not known.
	Origin string
	// Read reads a file of the scanned tree again.
	Read func(path string) ([]byte, error)
	// Files counts those of the tree.
	Files int
}

// Component is a component of the repository, as a repository of its own.
func (r Repository) Component(c rules.ComponentAssessment) Repository {
	r.Name, r.Assessment, r.Files = r.Name+"/"+c.Dir, c.Assessment, len(c.Scene.Repo.Tree.Entries())
	return r
}

// Around is the component that a folder lies in; the repository where it lies
// in none.
func (r Repository) Around(folder string) Repository {
	for _, c := range r.Components {
		if folder == c.Dir || strings.HasPrefix(folder, c.Dir+"/") {
			return r.Component(c)
		}
	}
	return r
}

// A Writer writes a report in one format.
type Writer func(io.Writer, Report) error
