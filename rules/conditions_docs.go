package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/internal/detect"
)

const maintained = "maintained-documentation"

var (
	checkDeadLink = &Check{
		ID: "docs/dead-link", Criterion: maintained, Level: Warning,
		Title: "A link or image leads nowhere",
		Why:   "A reader who meets one dead link trusts the rest of the page less.",
		Fix:   "Point the link at where the thing is now, or remove it.",
	}
	checkDeadAnchor = &Check{
		ID: "docs/dead-anchor", Criterion: maintained, Level: Note,
		Title: "A link names a heading that does not exist",
		Why:   "The reader lands at the top of the page and has to search.",
		Fix:   "Use the anchor of the heading as it is now.",
	}
	checkDeadPath = &Check{
		ID: "docs/dead-path", Criterion: maintained, Level: Warning,
		Title: "A document names a path that is gone",
		Why:   "The instructions around it cannot be followed.",
		Fix:   "Name the new place, or remove what is said about it.",
	}
	checkDeadCommand = &Check{
		ID: "docs/dead-command", Criterion: maintained, Level: Warning,
		Title: "A document names a command that does not exist",
		Why:   "A newcomer's first command fails.",
		Fix:   "Name a command that the task runner knows.",
	}
	checkDriftedVersion = &Check{
		ID: "docs/drifted-version", Criterion: maintained, Level: Warning,
		Title: "A document states a version that is not the pinned one",
		Why:   "The reader installs what the document says, and the first build fails or differs from everybody else's.",
		Fix:   "Write the version that the file asks for, or name the file instead.",
	}
	checkDriftedBlock = &Check{
		ID: "docs/drifted-block", Criterion: maintained, Level: Warning,
		Title: "A generated block differs from what it is made of",
		Why:   "It looks as if it could not be wrong, and so nobody checks it.",
		Fix:   "Run the program that writes the block, and let the pipeline check that nobody forgot to.",
	}
	checkStale = &Check{
		ID: "docs/stale-document", Criterion: maintained, Level: Note,
		Title: "What a document describes has moved on without it",
		Why:   "Nobody can tell which sentences still hold, so nobody relies on any.",
		Fix:   "Read the document against what changed since, and either mend it or say that it is archived.",
	}
	checkThinReadme = &Check{
		ID: "docs/thin-readme", Criterion: maintained, Level: Note,
		Title: "The README leaves the first questions open",
		Why:   "What it does not answer is asked of a person.",
		Fix:   "Say it there, each step by its command.",
	}
)

// readmeAnswers: the root README, by what it answers.
var readmeAnswers = All("a README that says what this is and how to run, test and deploy it", []*detect.Detector{docs.Documents},
	func(s *Scene) []Sign {
		f, d, ok := s.rootReadme()
		if !ok {
			return nil
		}
		sign := signOf(f, Good, Present).of("answers of " + f.At.Path)
		if d.Words < fewWords {
			return []Sign{sign.against(checkEmptyDocument, sayingNothing(f, d)).at(lineOf(f))}
		}
		missing := missingTopics(s, d)
		if len(missing) > 1 || !answers(d, docs.What) {
			return []Sign{sign.weak(checkThinReadme, f.At.Path+" does not say "+either(missing)).at(s.thinAt(f, d)).unlessOver(s)}
		}
		return []Sign{sign.says(f.At.Path + " answers the first questions")}
	})

// shortReadme is below how many words a README that links no document of the
// repository can hold no answer in other words.
const shortReadme = 100

// thinAt is where a README lacks answers: its first line where it is short and
// stands alone. What a longer one, or the documents around it, tell in words of
// their own cannot be ruled out, so that the gap has no line.
func (s *Scene) thinAt(f detect.Finding, d docs.Document) detect.Span {
	if d.Words < shortReadme && len(d.Links) == 0 && !s.otherGuides() {
		return lineOf(f)
	}
	return detect.Span{Path: f.At.Path}
}

// unlessOver makes a sign no gap where the repository says that it is over:
// nobody is to mend it.
func (g Sign) unlessOver(s *Scene) Sign {
	if slices.Contains([]string{"archived", "deprecated"}, s.Notice) {
		g.Check = nil
	}
	return g
}

func sayingNothing(f detect.Finding, d docs.Document) string {
	if d.Words == 0 {
		return f.At.Path + " is empty"
	}
	return f.At.Path + " says nothing beyond its title"
}

// lineOf is the place of a finding, or the first line of the file that it is
// about.
func lineOf(f detect.Finding) detect.Span {
	if f.At.Start.Line == 0 {
		return detect.AtLine(f.At.Path, 1)
	}
	return f.At
}

func (s *Scene) rootReadme() (detect.Finding, docs.Document, bool) {
	for _, f := range s.live(docs.Documents) {
		d, ok := f.Value.(docs.Document)
		if ok && d.Kind == docs.Readme && slices.Contains([]string{".", ".github", "docs"}, path.Dir(f.At.Path)) {
			return f, d, true
		}
	}
	return detect.Finding{}, docs.Document{}, false
}

// missingTopics are the questions that a README of this kind of repository
// should answer and does not.
func missingTopics(s *Scene, d docs.Document) []string {
	var missing []string
	if !answers(d, docs.What) {
		missing = append(missing, "what this is")
	}
	if !answers(d, docs.Setup) && !answers(d, docs.Run) && !answers(d, docs.Usage) {
		missing = append(missing, "how to use it")
	}
	if !answers(d, docs.Test) && (s.Is(Service) || s.Is(Library)) {
		missing = append(missing, "how to test it")
	}
	if !answers(d, docs.Deploy) && slices.ContainsFunc(deploying, s.Is) {
		missing = append(missing, "how it is deployed")
	}
	return missing
}

// either joins words by commas, and the last two by "or".
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// soundOf is how many sound documents there must be for one that is not: the
// documents as a whole hold where at most one in ten does not.
const soundOf = 10

var documentDetectors = []*detect.Detector{docs.Documents, docs.DeadLinks, docs.DeadAnchors, docs.DeadPaths, docs.DeadCommands, docs.Commands, docs.Stale, docs.PinnedVersions, docs.DriftedVersions, docs.BlockSources, docs.DriftedBlocks}

// soundReadme: the root README, against what it names.
var soundReadme = All("a README whose references hold and which kept up with what it describes", documentDetectors, func(s *Scene) []Sign {
	f, d, ok := s.rootReadme()
	if !ok || d.Words < fewWords {
		return nil
	}
	if wrong := s.wrongInDocuments()[f.At.Path]; len(wrong) > 0 {
		return about("references of "+f.At.Path, Weak, wrong)
	}
	return []Sign{signOf(f, Good, Present).of("references of " + f.At.Path).says("what " + f.At.Path + " names is there" + s.keptUp())}
})

// soundDocuments: all other documents together.
var soundDocuments = All("other documents whose references hold and which kept up; at most one in ten may not", documentDetectors, func(s *Scene) []Sign {
	root, _, _ := s.rootReadme()
	wrong := s.wrongInDocuments()
	delete(wrong, root.At.Path)
	sound := 0
	var bad []Sign
	for _, f := range s.written(docs.Documents) {
		d, _ := f.Value.(docs.Document)
		switch {
		case f.At.Path == root.At.Path:
		case d.Kind == docs.Readme && d.Words < fewWords && len(d.Links) > 0:
			// it only says where the document is
		case d.Kind == docs.Readme && d.Words < fewWords && f.Place == detect.Template:
			// what it says is filled in
		case d.Kind == docs.Readme && d.Words < fewWords:
			if d.Words == 0 || path.Ext(f.At.Path) != "" { // without an extension, a line is all that a tool writes there
				bad = append(bad, signOf(f, Bad, None).against(checkEmptyDocument, sayingNothing(f, d)).at(lineOf(f)))
			}
		case perishable(d) && len(wrong[f.At.Path]) == 0:
			sound++
		}
	}
	documents := len(bad) + len(wrong)
	for _, p := range sortedKeys(wrong) {
		bad = append(bad, wrong[p]...)
	}
	mark := Good
	if documents*soundOf > documents+sound {
		mark = Weak
	}
	signs := about("documents", mark, bad)
	if sound > 0 {
		note := fmt.Sprintf("what %d of %d other documents name is there", sound, sound+documents)
		switch {
		case documents == 0 && sound == 1:
			note = "what the other document names is there"
		case documents == 0:
			note = fmt.Sprintf("what all %d other documents name is there", sound)
		}
		// No document stands for all of them.
		signs = append(signs, Sign{Subject: "documents", Mark: mark, Strength: Present, Finding: docs.Documents.ID, Note: note + s.keptUp()})
	}
	return signs
})

// fewWords is below how many words a document says nothing.
const fewWords = 4

// about makes signs speak of one subject with one mark; they keep their gaps.
func about(subject string, m Mark, signs []Sign) []Sign {
	for i := range signs {
		signs[i].Subject, signs[i].Mark = subject, min(m, Weak)
	}
	return signs
}

var checkEmptyDocument = &Check{
	ID: "docs/empty-document", Criterion: maintained, Level: Note,
	Title: "A README says nothing",
	Why:   "Its reader learns that here, too, nothing is written down.",
	Fix:   "Say in a sentence what the folder holds, or remove the file.",
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func answers(d docs.Document, name docs.TopicName) bool {
	return slices.ContainsFunc(d.Topics, func(t docs.Topic) bool { return t.Name == name })
}
