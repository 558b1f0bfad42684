package rules

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// releasesByTag: version tags of the last year, where consumers read git.
var releasesByTag = Lesser(All("version tags in the last year, where consumers read git itself and no job makes them", nil,
	func(s *Scene) []Sign {
		if !s.Is(Platform) && !s.Is(Library) || s.deploysSomething() {
			return nil
		}
		if tag, ok := s.recentTag(); ok {
			return []Sign{{Subject: "releases", Mark: Weak, Strength: Wired, Finding: "history", Note: "version tag " + tag.Name + ", made by hand"}}
		}
		return nil
	}))

// unknownTags says that releases by tag cannot be told, of what others take by
// tag.
func unknownTags(s *Scene) string {
	if !s.Is(Platform) && !s.Is(Library) {
		return ""
	}
	if _, err := s.Repo.History.Tags(); err != nil {
		return "its releases would be tags, and these cannot be read: " + err.Error()
	}
	return ""
}

// recentTag is the newest version tag of the year before the scanned commit.
func (s *Scene) recentTag() (detect.Tag, bool) {
	day, err := s.Repo.Day()
	if err != nil {
		return detect.Tag{}, false
	}
	tags, err := s.Repo.History.Tags()
	if err != nil {
		return detect.Tag{}, false
	}
	for _, t := range tags {
		if strings.ContainsAny(t.Name, "0123456789") && t.Commit.When.After(day.AddDate(-1, 0, 0)) {
			return t, true
		}
	}
	return detect.Tag{}, false
}

// deployName is how a script is called that is there to deploy: others (a user
// made, a status asked for) call the same tools.
var deployName = regex.New(`(?i)(?:^|[-_.])(?:deploy\w*|release|publish|provision\w*|apply|install|bootstrap|upload|rollout|launch|ship)(?:[-_.]|$)`)
