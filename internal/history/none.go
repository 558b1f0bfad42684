package history

import "github.com/waymark-dev/waymark/internal/detect"

// None is the history of what has none; each answer is detect.ErrNoHistory.
var None detect.History = none{}

type none struct{}

func (none) Head() (detect.Commit, error) { return detect.Commit{}, detect.ErrNoHistory }

func (none) LastChange(string) (detect.Commit, error) {
	return detect.Commit{}, detect.ErrNoHistory
}

func (none) Changes(string) ([]detect.Commit, error) { return nil, detect.ErrNoHistory }

func (none) Blank(detect.Commit, string) (bool, error) { return false, detect.ErrNoHistory }

func (none) Removal(string) (detect.Removal, bool, error) {
	return detect.Removal{}, false, detect.ErrNoHistory
}

func (none) Commits() ([]detect.Commit, error) { return nil, detect.ErrNoHistory }

func (none) Tags() ([]detect.Tag, error) { return nil, detect.ErrNoHistory }

func (none) Shipped([]detect.Tag) ([][]detect.Commit, error) { return nil, detect.ErrNoHistory }
