package rules

import (
	"errors"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
)

// errOneCommit is why the past of an import cannot be told.
var errOneCommit = errors.New("the history is a single commit, which tells nothing of who knows this, what is out of date and how it is delivered")

// Past are the commits up to the scanned one, newest first. The error says why
// they cannot tell how this came about: a single commit is an import, or the
// beginning.
func (s *Scene) Past() ([]detect.Commit, error) {
	commits, err := s.Repo.History.Commits()
	if err == nil && len(commits) == 1 {
		err = errOneCommit
	}
	return commits, err
}

// lastYear are the commits of the year up to the day from which ages are counted,
// newest first.
func (s *Scene) lastYear() ([]detect.Commit, error) {
	day, err := s.Repo.Day()
	if err != nil {
		return nil, err
	}
	commits, err := s.Repo.History.Commits()
	if first := slices.IndexFunc(commits, func(c detect.Commit) bool { return !c.When.After(day) }); first >= 0 {
		commits = commits[first:]
	}
	year := day.AddDate(-1, 0, 0)
	if older := slices.IndexFunc(commits, func(c detect.Commit) bool { return c.When.Before(year) }); older >= 0 {
		commits = commits[:older]
	}
	return commits, err
}

// Imported says that the history begins with a commit of many files at once: of
// what came before them it tells nothing.
func Imported(commits []detect.Commit) bool {
	return len(commits) > 0 && commits[len(commits)-1].Sweeping
}

// keptUp ends a note on a document: where history does not tell, nobody knows
// whether it kept up.
func (s *Scene) keptUp() string {
	if _, err := s.Past(); err != nil {
		return "; whether it kept up, the history here does not tell"
	}
	return ""
}
