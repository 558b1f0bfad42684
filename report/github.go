package report

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/rules"
)

// maxAnnotations is how many annotations of one level GitHub shows of a step;
// it drops the rest without a word.
const maxAnnotations = 10

// annotationLevels are the workflow commands of the levels.
var annotationLevels = map[rules.Level]string{rules.Error: "error", rules.Warning: "warning", rules.Note: "notice"}

// GitHub writes the located gaps as workflow commands, which GitHub Actions
// shows as annotations of the lines: the most important of each level, and one
// that names the verdict and how many there are in all. See "Workflow commands
// for GitHub Actions" in GitHub's documentation.
func GitHub(w io.Writer, r Report) error {
	var b bytes.Buffer
	shown := map[string]int{"notice": len(r.Repositories)} // kept for the verdicts
	for _, repo := range r.Repositories {
		annotate(&b, repo, shown, len(r.Repositories) > 1)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func annotate(b *bytes.Buffer, r Repository, shown map[string]int, several bool) {
	all, here := 0, 0
	for _, g := range r.Gaps {
		if !g.Located() || !g.Counts() {
			continue
		}
		all++
		level := annotationLevels[g.Check.Level]
		if shown[level] >= maxAnnotations {
			continue
		}
		shown[level]++
		here++
		file := r.resolved(g.At.Path)
		if several {
			file = path.Join(r.Path, file)
		}
		fmt.Fprintf(b, "::%s file=%s,line=%d,endLine=%d,title=%s::%s\n", level, commandProperty(file), g.At.Start.Line, max(g.At.Start.Line, g.At.End.Line),
			commandProperty(g.Check.Title+" ("+g.Check.ID+")"), commandData(rules.Sentence(g.Message)+" "+g.Fix))
	}
	text := r.Name + ": " + r.Verdict.Headline()
	if all > here {
		text += fmt.Sprintf(" %d of %d gaps are annotated; the other formats have them all.", here, all)
	}
	if unread := unreadText(r); unread != "" {
		text += " " + unread
	}
	fmt.Fprintf(b, "::notice title=Waymark::%s\n", commandData(text))
}

// commandData is text as the message of a workflow command, on one line.
func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(Plain(s))
}

// commandProperty is text as a property of a workflow command.
func commandProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandData(s))
}
