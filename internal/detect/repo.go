package detect

import (
	"errors"
	"strings"
	"time"
)

// A Repo is what is scanned: the names of its files and its history.
type Repo struct {
	// Name is the last element of the origin's URL, else of the root folder.
	Name string
	// Origin is the owner and name ("hmcts/cnp-plum") that the remote named
	// origin shows; empty where there is none.
	Origin string
	// Host is the host of that remote in lower case ("github.com"); empty where
	// it is not known.
	Host string
	// Branch is the default branch: origin/HEAD, else the only one of main,
	// master, trunk and develop; empty where neither tells.
	Branch  string
	Tree    *Tree
	History History
	// AsOf is the moment from which ages are counted; the zero value means the
	// commit time of the scanned commit, see Day.
	AsOf time.Time
}

// Day is the moment from which ages are counted: that of the scanned commit,
// never the clock's, unless another one was asked for.
func (r *Repo) Day() (time.Time, error) {
	if !r.AsOf.IsZero() {
		return r.AsOf, nil
	}
	head, err := r.History.Head()
	return head.When, err
}

// Holds says whether a web address is that of something in this repository: by
// its origin, else by its name behind that of an owner.
func (r *Repo) Holds(address string) bool {
	address = strings.ToLower(address)
	if r.Origin != "" {
		return strings.Contains(address, "/"+strings.ToLower(r.Origin)+"/")
	}
	parts := strings.Split(address, "/") // https:, nothing, host, owner, name
	return len(parts) > 4 && parts[4] == strings.ToLower(r.Name)
}

// ErrNoHistory says that there is no history to ask: no git, no commit, or the
// person asked for none.
var ErrNoHistory = errors.New("no git history was read")

// ErrShallow says that the clone holds a part of the history only. Errors that
// wrap it name the remedy.
var ErrShallow = errors.New("the clone is shallow")

// History answers questions about the past of the scanned commit. All methods
// are safe for concurrent use; the first call may read the whole history.
// Their error is ErrNoHistory, wraps ErrShallow, or says what else keeps the
// history from telling; it names the remedy where there is one.
type History interface {
	// Head is the scanned commit. It is known without reading the history,
	// also in a shallow clone; it is never Sweeping, and has no Author.
	Head() (Commit, error)
	// LastChange is the commit that `git log -1 -- path` names, for a file or
	// a folder.
	LastChange(path string) (Commit, error)
	// Changes are the commits, merges left out, that changed the contents of
	// the file, or of anything that is or was below the folder; newest first
	// by commit time. Files are followed through renames that left their
	// contents alone, and such a rename is no change.
	Changes(path string) ([]Commit, error)
	// Blank says whether what the commit changed in the file, or below the
	// folder, is white space only. It reads contents: ask it of few commits.
	Blank(c Commit, path string) (bool, error)
	// Contents are those of a file in a commit; nil where the commit has no file
	// of that name. It reads contents: ask it of few.
	Contents(c Commit, path string) ([]byte, error)
	// Removal says when and how a path that is not in the scanned tree left
	// it; false where history never held it.
	Removal(path string) (Removal, bool, error)
	// Commits are all commits that the scanned one reaches, newest first. The
	// slice must not be changed.
	Commits() ([]Commit, error)
	// Tags are the tags that point at commits, newest first.
	Tags() ([]Tag, error)
	// Shipped are, for each of the tags, the commits that it is the first of
	// them to contain, newest first.
	Shipped(tags []Tag) ([][]Commit, error)
}

// A Commit is one commit of the history.
type Commit struct {
	ID string
	// Author is a key of the author, the same for all names and addresses of
	// one person as far as the mailmap and the commits tell. Never shown.
	Author string
	// Bot says that the author is an automaton.
	Bot      bool
	Authored time.Time
	When     time.Time // of the commit
	Subject  string    // first line of the message
	Merge    bool
	// Landed is the commit time of the first commit of the main line (the
	// scanned commit, its first parent, that one's, and so on) that contains
	// this one: for a commit of a branch, the time of its merge.
	Landed time.Time
	// Reverts is the ID of the commit that the message says this one reverts.
	Reverts string
	// Assisted says that a trailer of the message names an AI assistant.
	Assisted bool
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
	// To is the path of the scanned commit to which the contents, the same or
	// edited on the way, were moved; empty where they were deleted, then or
	// later.
	To string
}

// A Tag is a tag and the commit it points at.
type Tag struct {
	Name string
	// When it was made, else the time of the commit.
	When   time.Time
	Commit Commit
}
