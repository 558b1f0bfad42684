package history

import "github.com/waymark-dev/waymark/internal/detect"

// None is the history of what has none; each answer is detect.ErrNoHistory.
type None struct{}

var _ detect.History = None{}

// Head implements detect.History.
func (None) Head() (detect.Commit, error) { return detect.Commit{}, detect.ErrNoHistory }

// LastChange implements detect.History.
func (None) LastChange(string) (detect.Commit, error) {
	return detect.Commit{}, detect.ErrNoHistory
}

// Changes implements detect.History.
func (None) Changes(string) ([]detect.Commit, error) { return nil, detect.ErrNoHistory }

// Blank implements detect.History.
func (None) Blank(detect.Commit, string) (bool, error) { return false, detect.ErrNoHistory }

// Contents implements detect.History.
func (None) Contents(detect.Commit, string) ([]byte, error) { return nil, detect.ErrNoHistory }

// Removal implements detect.History.
func (None) Removal(string) (detect.Removal, bool, error) {
	return detect.Removal{}, false, detect.ErrNoHistory
}

// Commits implements detect.History.
func (None) Commits() ([]detect.Commit, error) { return nil, detect.ErrNoHistory }

// Tags implements detect.History.
func (None) Tags() ([]detect.Tag, error) { return nil, detect.ErrNoHistory }

// Shipped implements detect.History.
func (None) Shipped([]detect.Tag) ([][]detect.Commit, error) { return nil, detect.ErrNoHistory }
