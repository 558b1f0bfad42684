// Package ownership detects who owns what: owners files, and how many people
// know the infrastructure.
package ownership

// Owners is an owners file: CODEOWNERS, OWNERS, MAINTAINERS.
type Owners struct {
	// Format is "codeowners", "owners" or "maintainers".
	Format string
	Dir    string
	Rules  []Rule
	// Owned are the tracked files that have an owner by a CODEOWNERS file, by
	// path: those of which the last line that matches names somebody.
	Owned []string
	// Ignored says that the file lies where its reader does not look.
	Ignored string
}

// A Rule is one line of an owners file.
type Rule struct {
	Pattern string
	// Owners are as written; an e-mail address stands as "(e-mail)".
	Owners []string
	// Ghosts are the words in the place of owners that can be nobody: a name
	// without "@", a bare "@", a team of another organisation.
	Ghosts []string
	// Matches counts the tracked files that the pattern matches.
	Matches int
	// Overridden says that later lines own everything that it matches.
	Overridden bool
	Line       int
}

// Knowledge is how many people changed a part of the repository.
type Knowledge struct {
	// Authors counts the people in the year before the scanned commit, Active
	// those of its last 90 days.
	Authors, Active int
	// Commits are those of the year.
	Commits int
	// Share is the part of the commits made by the busiest author, in percent.
	Share int
}
