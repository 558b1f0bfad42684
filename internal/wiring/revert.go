package wiring

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

var (
	revertWord = regex.New(`(?i)roll-?_?\s?back|revert|undo`)
	weights    = regex.New(`"?weight"?\s*[:=]`)
)

// reverts says whether what deploys brings back what was there: it runs
// because something has failed, and says so by its name or shifts the weights of
// the traffic.
func (s scope) reverts(words []string) bool {
	if s.aftermath != OnFailure {
		return false
	}
	names := []string{s.job.ID, s.job.Name}
	if s.step != nil {
		names = append(names, s.step.Name)
	}
	command := strings.Join(words, " ")
	return slices.ContainsFunc(names, revertWord.MatchString) || revertWord.MatchString(command) || weights.MatchString(command)
}
