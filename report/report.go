// Package report writes what the rules say of repositories: one file a format,
// each a function from a Report to bytes.
package report

import (
	"io"

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

// A Writer writes a report in one format.
type Writer func(io.Writer, Report) error
