package history

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/objects"
	"github.com/waymark-dev/waymark/internal/regex"
)

// describe is what a commit says about itself.
func describe(c objects.Commit) detect.Commit {
	subject, body := splitMessage(c.Message)
	return detect.Commit{
		ID:       c.ID.String(),
		Authored: c.AuthorTime,
		When:     c.CommitterTime,
		Subject:  strings.Clone(strings.ToValidUTF8(subject, "\uFFFD")),
		Merge:    len(c.Parents) > 1,
		Reverts:  reverted(body),
		Assisted: assisted(body),
	}
}

// splitMessage is the first line that is not blank, and what follows.
func splitMessage(message string) (subject, body string) {
	message = strings.TrimLeft(message, " \t\r\n")
	subject, body, _ = strings.Cut(message, "\n")
	return strings.TrimRight(subject, " \t\r"), body
}

// reverts is the sentence that `git revert` writes.
var reverts = regex.New(`(?i)\bThis reverts (?:merge )?commit ([0-9a-f]{40})\b`)

func reverted(body string) string {
	if !strings.Contains(body, "everts ") {
		return ""
	}
	if found := reverts.FindStringSubmatch(body); found != nil {
		return strings.Clone(strings.ToLower(found[1]))
	}
	return ""
}
