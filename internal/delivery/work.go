package delivery

import (
	"maps"
	"slices"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// A Share is a kind of work and how many commits of the year were of it.
type Share struct {
	Kind    string
	Commits int
}

// The kinds of work, in the order in which they are told.
var kinds = []string{"features", "fixes", "infrastructure", "docs", "dependencies", "other"}

// How commits tell their kind, by convention or in plain words, behind the
// number of a ticket.
const ticket = `(?i)^(?:[\[(]?[a-z]{2,12}-\d+[\])]?[ :/-]*|\W+)?`

var (
	dependencies = regex.New(ticket + `(?:(?:chore|build|fix|feat|ci)\((?:deps[\w-]*|container|helm|docker)\)|bump\b|update (?:dependency|module|helm release|image|docker\b|\S+ (?:digest|docker tag))|(?:update|upgrade)s? (?:all )?dependencies\b)`)
	fixes        = regex.New(ticket + `(?:(?:hot|bug)[ -]?)?fix(?:es|ed|ing)?\b|` + ticket + `(?:revert|repair|correct)(?:s|ed)?\b`)
	docs         = regex.New(ticket + `(?:docs?\b|document(?:s|ed)?\b|(?:update|edit|add|fix)s? (?:the )?readme\b)`)
	features     = regex.New(ticket + `(?:feat(?:ure)?\b|add(?:s|ed|ing)?\b|implement|introduc|support\b|enable|allow|create|new\b)`)
)

// work is the split of the commits of the year, merges left out. By what it
// changed a commit is of infrastructure or docs where it does not say.
func (y year) work() []Share {
	infrastructure := map[string]bool{}
	for _, changes := range y.Infrastructure {
		for _, c := range changes {
			infrastructure[c.ID] = true
		}
	}
	count := map[string]int{}
	for _, c := range y.Commits {
		if !c.Merge && y.holds(c.When) {
			count[y.kind(c, infrastructure[c.ID])]++
		}
	}
	var shares []Share
	for _, k := range kinds {
		shares = append(shares, Share{k, count[k]})
	}
	return shares
}

func (y year) kind(c detect.Commit, infrastructure bool) string {
	switch {
	case dependencies.MatchString(c.Subject):
		return "dependencies"
	case docs.MatchString(c.Subject):
		return "docs"
	case fixes.MatchString(c.Subject):
		return "fixes"
	case infrastructure:
		return "infrastructure"
	case features.MatchString(c.Subject):
		return "features"
	case y.Documents[c.ID]:
		return "docs"
	}
	return "other"
}

// Knowledge is who knows the files of the infrastructure, over all of history.
type Knowledge struct {
	// Files are counted by how many people who changed them are still active.
	Files, ByNone, ByOne, ByMore int
	// Authors are all who changed one, Active those still active.
	Authors, Active int
	// Orphans are the files that nobody active ever changed.
	Orphans []string
}

func (y year) knowledge(active map[string]bool) Knowledge {
	k := Knowledge{Files: len(y.Infrastructure)}
	all := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(y.Infrastructure)) {
		know := map[string]bool{}
		for _, c := range y.Infrastructure[path] {
			if c.Bot || c.Merge {
				continue
			}
			all[c.Author] = true
			if active[c.Author] {
				know[c.Author] = true
			}
		}
		switch len(know) {
		case 0:
			k.ByNone++
			k.Orphans = append(k.Orphans, path)
		case 1:
			k.ByOne++
		default:
			k.ByMore++
		}
	}
	k.Authors = len(all)
	for a := range all {
		if active[a] {
			k.Active++
		}
	}
	return k
}

// Newcomers are the people whose first commit lies in the year.
type Newcomers struct {
	// Landing is the median time from when a first change was written to when
	// it landed.
	Landing *time.Duration
	First   []Event
}

func (y year) newcomers() Newcomers {
	first := map[string]detect.Commit{}
	for _, c := range y.Commits { // newest first
		if !c.Bot && !c.Merge {
			first[c.Author] = c
		}
	}
	var n Newcomers
	for _, c := range y.Commits {
		if y.holds(c.When) && !c.Merge && !c.Bot && first[c.Author].ID == c.ID {
			n.First = append(n.First, Event{When: c.Landed, Commit: c.ID, What: c.Subject, Took: max(0, c.Landed.Sub(c.Authored))})
		}
	}
	n.Landing = median(n.First)
	return n
}

// Assistance is the part of AI assistants: commits with a trailer that names
// one, among those of people, and the files that set assistants up.
type Assistance struct {
	Commits, Of int
	Files       []string
}

func (y year) assistance() Assistance {
	a := Assistance{Files: y.Assistants}
	for _, c := range y.Commits {
		if c.Bot || c.Merge || !y.holds(c.When) {
			continue
		}
		a.Of++
		if c.Assisted {
			a.Commits++
		}
	}
	return a
}
