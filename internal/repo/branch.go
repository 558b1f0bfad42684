package repo

import "github.com/waymark-dev/waymark/internal/objects"

// defaultBranches are the usual names of a default branch.
var defaultBranches = []string{"main", "master", "trunk", "develop"}

// defaultBranch is what origin/HEAD points at (in a bare clone HEAD is a copy of
// it), else the only one of the usual names that exists; empty where neither
// tells.
func defaultBranch(refs *objects.Refs, bare bool) string {
	if refs.RemoteHead != "" {
		return refs.RemoteHead
	}
	if bare && refs.Head.Branch != "" && refs.Head.ID != objects.Zero {
		return refs.Head.Branch
	}
	only := ""
	for _, name := range defaultBranches {
		if !hasBranch(refs, name) {
			continue
		}
		if only != "" {
			return ""
		}
		only = name
	}
	return only
}

// hasBranch says whether a branch exists, here or at origin; one without any
// commit exists while it is checked out.
func hasBranch(refs *objects.Refs, name string) bool {
	for _, ref := range refs.Branches {
		if ref.Name == name {
			return true
		}
	}
	for _, ref := range refs.Remote {
		if ref.Name == "origin/"+name {
			return true
		}
	}
	return refs.Head.Branch == name
}
