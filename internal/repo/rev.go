package repo

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/nearest"
	"github.com/waymark-dev/waymark/internal/objects"
	"github.com/waymark-dev/waymark/internal/regex"
)

// errNoCommits says that HEAD points at a branch that has no commit yet.
var errNoCommits = errors.New("it has no commits yet")

// resolve finds the commit that a revision names: HEAD, the name of a tag or a
// branch, a commit id or its start, and "~n" and "^n" behind any of these. Empty
// means HEAD.
func resolve(rev string, refs *objects.Refs, reader *objects.Reader) (objects.ID, error) {
	base, steps := rev, ""
	if i := strings.IndexAny(rev, "~^"); i >= 0 {
		base, steps = rev[:i], rev[i:]
	}
	id, err := resolveName(base, refs, reader)
	if err != nil {
		return objects.Zero, err
	}
	commit, ok, err := reader.Peel(id)
	if err == nil && !ok {
		err = errors.New("it is not a commit")
	}
	if err == nil {
		commit, err = walkSteps(commit, steps, reader)
	}
	if err != nil {
		return objects.Zero, fmt.Errorf("revision %q: %w", rev, err)
	}
	return commit, nil
}

// resolveName prefers tags to branches, and these to remote branches, as git
// does.
func resolveName(name string, refs *objects.Refs, reader *objects.Reader) (objects.ID, error) {
	if name == "" || name == "HEAD" || name == "@" {
		if refs.Head.ID == objects.Zero {
			return objects.Zero, errNoCommits
		}
		return refs.Head.ID, nil
	}
	if id, err := objects.ParseID(name); err == nil {
		return id, nil
	}
	if id, ok := named(strings.TrimPrefix(name, "refs/"), refs); ok {
		return id, nil
	}
	return abbreviated(name, refs, reader)
}

// named looks a name up, with or without its kind ("heads/main", "main").
func named(name string, refs *objects.Refs) (objects.ID, bool) {
	for _, kind := range []struct {
		prefix string
		refs   []objects.Ref
	}{{"tags/", refs.Tags}, {"heads/", refs.Branches}, {"remotes/", refs.Remote}} {
		for _, ref := range kind.refs {
			if ref.Name == name || kind.prefix+ref.Name == name {
				return ref.ID, true
			}
		}
	}
	return objects.Zero, false
}

var hexPrefix = regex.New(`^[0-9a-f]{4,39}$`)

// abbreviated finds the commit whose id starts with the given digits, among all
// that branches and tags reach.
func abbreviated(digits string, refs *objects.Refs, reader *objects.Reader) (objects.ID, error) {
	var found []objects.ID
	if hexPrefix.MatchString(digits) {
		found = reachable(refs, reader, func(id objects.ID) bool { return strings.HasPrefix(id.String(), digits) })
	}
	switch len(found) {
	case 0:
		if near := nearest.Words(digits, revisionNames(refs)); len(near) > 0 {
			return objects.Zero, fmt.Errorf("revision %q is unknown here: did you mean %s?", digits, near[0])
		}
		return objects.Zero, fmt.Errorf("revision %q is unknown here: give a branch, a tag or a commit id that was fetched", digits)
	case 1:
		return found[0], nil
	}
	return objects.Zero, fmt.Errorf("revision %q is the start of %d commit ids: give more of it", digits, len(found))
}

func reachable(refs *objects.Refs, reader *objects.Reader, want func(objects.ID) bool) []objects.ID {
	var found []objects.ID
	seen := map[objects.ID]bool{}
	todo := []objects.ID{refs.Head.ID}
	for _, ref := range slices.Concat(refs.Branches, refs.Remote, refs.Tags) {
		todo = append(todo, ref.ID)
	}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		if commit, ok, err := reader.Peel(id); err != nil || !ok || commit != id {
			todo = append(todo, commit)
			continue
		}
		if want(id) {
			found = append(found, id)
		}
		if c, err := reader.Commit(id); err == nil {
			todo = append(todo, c.Parents...)
		}
	}
	return found
}

// walkSteps goes back from a commit: "~3" is three first parents, "^2" the
// second parent.
func walkSteps(id objects.ID, steps string, reader *objects.Reader) (objects.ID, error) {
	for steps != "" {
		kind, rest := steps[0], strings.TrimLeft(steps[1:], "0123456789")
		n := 1
		if digits := steps[1 : len(steps)-len(rest)]; digits != "" {
			n, _ = strconv.Atoi(digits)
		}
		steps = rest
		var err error
		switch {
		case kind == '~':
			id, err = ancestor(id, n, reader)
		case kind == '^' && n > 0:
			id, err = parent(id, n, reader)
		case kind != '^':
			err = errors.New("it is not understood: give a branch, a tag or a commit id, and ~n or ^n behind it")
		}
		if err != nil {
			return id, err
		}
	}
	return id, nil
}

func ancestor(id objects.ID, generations int, reader *objects.Reader) (objects.ID, error) {
	for range generations {
		var err error
		if id, err = parent(id, 1, reader); err != nil {
			return id, err
		}
	}
	return id, nil
}

func parent(id objects.ID, n int, reader *objects.Reader) (objects.ID, error) {
	c, err := reader.Commit(id)
	if err != nil {
		return id, err
	}
	if n > len(c.Parents) {
		return id, errors.New("it goes back further than the history of this clone")
	}
	return c.Parents[n-1], nil
}
