package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/internal/detect"
)

const oneTruth = "single-source-of-truth"

var (
	checkAskSomebody = &Check{
		ID: "docs/ask-somebody", Criterion: oneTruth, Level: Note,
		Title: "A document sends the reader to a person, a channel or a ticket",
		Why:   "The answer stays with the one who gives it, and everybody waits.",
		Fix:   "Write the answer here, or turn what is asked for into a change that can be reviewed.",
	}
	checkNoGuide = &Check{
		ID: "docs/missing-guide", Criterion: oneTruth, Level: Note,
		Title: "The README is the only guide",
		Why:   "How to change, review, release and repair has no place of its own.",
		Fix:   "Add CONTRIBUTING.md and link it from the README.",
	}
	checkTypedSequence = &Check{
		ID: "docs/typed-sequence", Criterion: "task-automation", Level: Note,
		Title: "A documented sequence of commands has no task",
		Why:   "Each reader types it differently, and a change of it has to be read by all.",
		Fix:   "Make the sequence a task, and let the document name the task.",
	}
)

var contributingGuide = All("a contributing or onboarding guide", []*detect.Detector{docs.Documents}, documentsOf("guide", docs.Contributing, docs.Onboarding))

var operationDocuments = All("runbooks, architecture notes or decision records", []*detect.Detector{docs.Documents}, documentsOf("operation", docs.Runbook, docs.Decision, docs.Architecture))

// documentsOf speaks for documents of some kinds, as one subject.
func documentsOf(subject string, kinds ...docs.Kind) func(*Scene) []Sign {
	return func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(docs.Documents) {
			if d, _ := f.Value.(docs.Document); slices.Contains(kinds, d.Kind) && d.Words > 30 {
				signs = append(signs, signOf(f, Good, Present).of(subject).says(fmt.Sprintf("%s (%s)", f.At.Path, d.Kind)))
			}
		}
		return signs
	}
}

// indexedDocuments: an index from which the documents are reached.
var indexedDocuments = All("one index from which the documents are reached", []*detect.Detector{docs.Documents}, func(s *Scene) []Sign {
	f, d, ok := s.rootReadme()
	if !ok {
		return nil
	}
	documents := 0
	for _, l := range d.Links {
		if slices.Contains([]string{".md", ".rst", ".adoc", ".mdx"}, strings.ToLower(path.Ext(l))) || s.Repo.Tree.Folder(l) {
			documents++
		}
	}
	if documents < 2 {
		return nil
	}
	if len(documentsOf("", docs.Contributing, docs.Onboarding, docs.Runbook, docs.Decision, docs.Architecture)(s)) == 0 {
		return nil
	}
	return []Sign{signOf(f, Good, Present).of("index").says(fmt.Sprintf("%s links %d other documents or folders", f.At.Path, documents))}
})

// guidingReadme: a README that guides, where there is no other guide.
var guidingReadme = Lesser(All("a README that guides, where it is the only guide", []*detect.Detector{docs.Documents}, func(s *Scene) []Sign {
	f, d, ok := s.rootReadme()
	if !ok || len(d.Topics) < 3 || len(documentsOf("", docs.Contributing, docs.Onboarding, docs.Runbook, docs.Decision)(s)) > 0 {
		return nil
	}
	sign := signOf(f, Weak, Present).of("guide").weak(checkNoGuide, "there is no contributing guide, runbook or decision record beside "+f.At.Path).at(detect.Span{Path: "CONTRIBUTING.md"})
	if slices.Contains([]string{"archived", "deprecated"}, s.Notice) || s.otherGuides() {
		sign.Check = nil // nobody is to contribute any more, or other pages guide
	}
	return []Sign{sign}
}))

var askSomebody = Each("\"ask in the channel\", \"contact so-and-so\", \"raise a ticket\" for access, deployment or configuration", docs.Instructions,
	func(s *Scene, f detect.Finding, i docs.Instruction) (Sign, bool) {
		where, ok := sentTo[i.To]
		if !ok {
			return Sign{}, false
		}
		sign := signOf(f, Bad, None).of("asking in "+f.At.Path).against(checkAskSomebody, fmt.Sprintf("for %s, the document sends the reader to %s: %s", i.For, where, quoted(i.Text)))
		if s.gapOfTicket(i) {
			sign.Check = nil // one sentence, one gap
		}
		return sign, true
	})

// sentTo is who or what is asked, by where a document sends its reader.
var sentTo = map[string]string{"person": "a person", "chat": "a chat", "ticket": "a ticket"}

// gapOfTicket says whether a sentence is a gap of infrastructure that is got by
// ticket, where that is asked of the repository.
func (s *Scene) gapOfTicket(i docs.Instruction) bool {
	return i.To == "ticket" && i.For == "deployment" && slices.ContainsFunc([]Role{Infrastructure, Platform, GitOps, Service}, s.Is)
}

var typedSequences = Each("documented sequences of commands with no task", docs.CommandLists,
	func(s *Scene, f detect.Finding, l docs.CommandList) (Sign, bool) {
		if l.Commands < 4 || len(s.live(tasks.Tasks)) > 0 || s.callsScript(f.At.Path) || s.readOnce(f.At.Path) {
			return Sign{}, false
		}
		sign := signOf(f, Bad, None).of("sequences").against(checkTypedSequence, fmt.Sprintf("%d commands to be typed, from `%s`", l.Commands, l.First))
		if s.kindOf(f.At.Path) != docs.Readme {
			sign.At = detect.Span{Path: f.At.Path} // it may be for a case that comes once
		}
		return sign, true
	})

// kindOf is what the document at a path is for; empty where none is there.
func (s *Scene) kindOf(document string) docs.Kind {
	for _, f := range s.live(docs.Documents) {
		if d, ok := f.Value.(docs.Document); ok && f.At.Path == document {
			return d.Kind
		}
	}
	return ""
}

// readOnce says whether a document is no place of a routine: a runbook for the
// case at hand, a guide for contributors, the page of a chart.
func (s *Scene) readOnce(document string) bool {
	_, chart := s.Repo.Tree.File(path.Join(path.Dir(document), "Chart.yaml"))
	return chart || slices.Contains([]docs.Kind{docs.Runbook, docs.Contributing, docs.Onboarding}, s.kindOf(document))
}

// callsScript says whether a document has its readers run a script of the
// repository, which then is the task.
func (s *Scene) callsScript(document string) bool {
	return slices.ContainsFunc(s.live(docs.Commands), func(f detect.Finding) bool {
		c, _ := f.Value.(docs.Command)
		return f.At.Path == document && c.Told && c.Runner == "script"
	})
}

// otherGuides says whether a folder of documents holds pages that say
// something, of whatever kind.
func (s *Scene) otherGuides() bool {
	pages := 0
	for _, f := range s.live(docs.Documents) {
		folder, _, _ := strings.Cut(f.At.Path, "/")
		if d, _ := f.Value.(docs.Document); d.Words >= fewWords && slices.Contains([]string{"docs", "doc", "documentation"}, folder) {
			pages++
		}
	}
	return pages > 1
}
