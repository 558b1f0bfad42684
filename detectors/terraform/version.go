package terraform

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// bounded says whether a version constraint keeps a new major version out: one
// of its terms names a version or has an upper bound.
// Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
func bounded(constraint string) bool {
	for term := range strings.SplitSeq(constraint, ",") {
		term = strings.TrimSpace(term)
		if term != "" && term[0] != '>' && term[0] != '!' {
			return true
		}
	}
	return false
}

// oneVersion matches a constraint that allows one version only.
var oneVersion = regex.New(`^\s*=?\s*v?[0-9]+(\.[0-9]+)*([-+][0-9A-Za-z.-]+)?\s*$`)

// pinOfVersion is the pin that the version of a registry module gives. What is
// computed is taken for a range: it is given, and cannot be told.
func pinOfVersion(constraint string) Pin {
	switch {
	case constraint == "":
		return Unpinned
	case oneVersion.MatchString(constraint):
		return ByVersion
	}
	return ByRange
}

var (
	// commit matches a full or shortened commit id; a word of hexadecimal
	// letters alone is more likely a name.
	commit = regex.New(`^[0-9a-f]{7,40}$`)
	digit  = regex.New(`[0-9]`)
	// plainTag matches a version that stands alone, a date included.
	plainTag = regex.New(`^(refs/tags/|tags/|[vV]?[0-9]+([._-][0-9A-Za-z]+)*(\+[0-9A-Za-z.-]+)?$)`)
	// namedTag matches a version of at least three parts behind a name, or of
	// two where a v or an @ sets it off.
	namedTag = regex.New(`^[A-Za-z][0-9A-Za-z._/-]*([-_/@]v?[0-9]+\.[0-9]+\.[0-9]+|[-_/@]v[0-9]+(\.[0-9]+)?|@[0-9]+(\.[0-9]+)?|-[0-9]+\.[0-9]+)([-+.][0-9A-Za-z.-]+)?$`)
	// releaseBranch matches the usual names of branches that hold a release.
	releaseBranch = regex.New(`^(releases?|hotfix|stable|support)[-/]v?[0-9]+(\.[0-9]+)?(\.x)?$`)
)

// pinOfRef is the pin that a git ref gives, told by its form: git alone knows
// whether it is a branch.
func pinOfRef(ref string) Pin {
	switch {
	case ref == "":
		return Unpinned
	case commit.MatchString(ref) && (digit.MatchString(ref) || len(ref) == 40):
		return ByCommit
	case releaseBranch.MatchString(ref):
		return ByBranch
	case plainTag.MatchString(ref), namedTag.MatchString(ref):
		return ByTag
	}
	return ByBranch
}
