package detect

import (
	"errors"
	"time"
)

// A Repo is what is scanned: the names of its files and its history.
type Repo struct {
	// Name is the last element of the origin's URL, else of the root folder.
	Name string
	// Origin is the owner and name ("hmcts/cnp-plum") that the remote named
	// origin shows; empty where there is none.
	Origin string
	// Branch is the default branch: origin/HEAD, else the only one of main,
	// master, trunk and develop; empty where neither tells.
	Branch  string
	Tree    *Tree
	History History
}

// ErrNoHistory says that there is no history to ask: no git, no commit, or the
// person asked for none.
var ErrNoHistory = errors.New("no git history was read")

// History answers questions about the past of the scanned commit. All methods
// are safe for concurrent use; the first call may read the whole history.
// Their error is ErrNoHistory, or says why the history cannot tell (shallow
// clone: with the remedy).
type History interface {
	// Head is the scanned commit.
	Head() (Commit, error)
	// LastChange is the commit that `git log -1 -- path` names, for a file or
	// a folder.
	LastChange(path string) (Commit, error)
	// Changes are the commits, merges left out, that touched the file, or
	// anything below the folder, as it stands in the scanned commit; newest
	// first by commit time.
	Changes(path string) ([]Commit, error)
	// Removal says when and how a path that is not in the scanned tree left
	// it; false where history never held it.
	Removal(path string) (Removal, bool, error)
	// Commits are all commits that the scanned one reaches, newest first.
	Commits() ([]Commit, error)
	// Tags are the tags that point at commits, newest first.
	Tags() ([]Tag, error)
}

// A Commit is one commit of the history.
type Commit struct {
	ID string
	// Author is a stable key of the author, mailmap applied. Never shown.
	Author string
	// Bot says that the author is an automaton.
	Bot      bool
	Authored time.Time
	When     time.Time // of the commit
	Subject  string    // first line of the message
	Merge    bool
	// Sweeping says that the commit touched more than 50 files and more than a
	// tenth of the tracked ones.
	Sweeping bool
}

// Substantive says that the commit tells about the files it touched: made by a
// person, and not sweeping.
func (c Commit) Substantive() bool { return !c.Bot && !c.Sweeping && !c.Merge }

// A Removal is the end of a path.
type Removal struct {
	Commit Commit
	// To is the path that the same contents have since that commit; empty
	// where the file was deleted.
	To string
}

// A Tag is a tag and the commit it points at.
type Tag struct {
	Name   string
	Commit Commit
}
