package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
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
		Fix:   "Say what this is, and how to set it up, test it and deploy it, each by its command.",
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
			return []Sign{sign.against(checkEmptyDocument, f.At.Path+" says nothing").at(firstLine(f))}
		}
		missing := missingTopics(s, d)
		if len(missing) > 1 || !answers(d, docs.What) {
			return []Sign{sign.weak(checkThinReadme, f.At.Path+" does not say "+strings.Join(missing, ", ")).at(firstLine(f))}
		}
		return []Sign{sign.says(f.At.Path + " answers the first questions")}
	})

func firstLine(f detect.Finding) detect.Span {
	at := f.At
	if at.Start.Line == 0 {
		at.Start, at.End = detect.Point{Line: 1, Column: 1}, detect.Point{Line: 1, Column: 1}
	}
	return at
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
		missing = append(missing, "how to set it up or use it")
	}
	if !answers(d, docs.Test) && (s.Is(Service) || s.Is(Library)) {
		missing = append(missing, "how to test it")
	}
	if !answers(d, docs.Deploy) && slices.ContainsFunc(deploying, s.Is) {
		missing = append(missing, "how it is deployed")
	}
	return missing
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
	return []Sign{signOf(f, Good, Present).of("references of " + f.At.Path).says("what " + f.At.Path + " names is there")}
})

// soundDocuments: all other documents together.
var soundDocuments = All("other documents whose references hold and which kept up; at most one in ten may not", documentDetectors, func(s *Scene) []Sign {
	root, _, _ := s.rootReadme()
	wrong := s.wrongInDocuments()
	delete(wrong, root.At.Path)
	sound := []detect.Finding{}
	var bad []Sign
	for _, f := range s.written(docs.Documents) {
		d, _ := f.Value.(docs.Document)
		switch {
		case f.At.Path == root.At.Path:
		case d.Kind == docs.Readme && d.Words < fewWords:
			bad = append(bad, signOf(f, Bad, None).against(checkEmptyDocument, f.At.Path+" says nothing").at(firstLine(f)))
		case perishable(d) && len(wrong[f.At.Path]) == 0:
			sound = append(sound, f)
		}
	}
	documents := len(bad) + len(wrong)
	for _, p := range sortedKeys(wrong) {
		bad = append(bad, wrong[p]...)
	}
	mark := Good
	if documents*soundOf > documents+len(sound) {
		mark = Weak
	}
	signs := about("documents", mark, bad)
	if len(sound) > 0 {
		note := fmt.Sprintf("what %d of %d other documents name is there", len(sound), len(sound)+documents)
		signs = append(signs, signOf(sound[0], mark, Present).of("documents").says(note))
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

// perishable says whether a document is expected to keep up.
func perishable(d docs.Document) bool {
	switch d.Kind {
	case docs.Decision, docs.Changelog, docs.Post:
		return false
	}
	return !slices.Contains([]string{"archived", "deprecated", "superseded"}, d.Notice) && !d.Generated && d.Words >= fewWords
}

// wrongInDocuments are the signs against each document, by its path.
func (s *Scene) wrongInDocuments() map[string][]Sign {
	wrong := map[string][]Sign{}
	add := func(f detect.Finding, c *Check, note, fix string) {
		sign := signOf(f, Bad, None).of("document "+f.At.Path).against(c, note)
		sign.Fix = fix
		wrong[f.At.Path] = append(wrong[f.At.Path], sign)
	}
	for _, dead := range []struct {
		detector *detect.Detector
		check    *Check
	}{
		{docs.DeadLinks, checkDeadLink}, {docs.DeadAnchors, checkDeadAnchor}, {docs.DeadPaths, checkDeadPath}, {docs.DeadCommands, checkDeadCommand},
	} {
		for _, f := range s.written(dead.detector) {
			r, _ := f.Value.(docs.Reference)
			add(f, dead.check, referenceNote(r), referenceFix(r))
		}
	}
	for _, f := range s.live(docs.Commands) {
		if c, ok := f.Value.(docs.Command); ok && c.Told && s.unknownTask(c) {
			add(f, checkDeadCommand, fmt.Sprintf("`%s` is not a task of %s here", untilTask(c), c.Runner), s.nearestTask(c))
		}
	}
	for _, f := range s.written(docs.DriftedVersions) {
		if d, ok := f.Value.(docs.Drift); ok {
			add(f, checkDriftedVersion, fmt.Sprintf("states %q; %s:%d asks for %s", d.Stated, d.PinnedAt.Path, d.PinnedAt.Start.Line, d.Pinned), "")
		}
	}
	for _, f := range s.written(docs.DriftedBlocks) {
		if d, ok := f.Value.(docs.BlockDrift); ok {
			add(f, checkDriftedBlock, fmt.Sprintf("the generated %s has drifted: %s", d.Kind, d), "")
		}
	}
	for _, f := range s.live(docs.Stale) {
		st, _ := f.Value.(docs.Staleness)
		add(f, checkStale, fmt.Sprintf("last changed %s; %d later commits, until %s, changed what it describes (%s)",
			st.Changed.When.Format("2006-01-02"), st.Missed, st.Last.Format("2006-01-02"), someOf(st.Paths)), "")
	}
	return wrong
}

// untilTask is a command up to the name of its task: what follows are its
// arguments.
func untilTask(c docs.Command) string {
	if before, _, found := strings.Cut(c.Text, " "+c.Name); found {
		return before + " " + c.Name
	}
	return c.Text
}

func someOf(list []string) string {
	if len(list) > 3 {
		return strings.Join(list[:3], ", ") + fmt.Sprintf(" and %d more", len(list)-3)
	}
	return strings.Join(list, ", ")
}

func referenceNote(r docs.Reference) string {
	note := fmt.Sprintf("%s is not there", r.Target)
	switch {
	case r.Address:
		return r.Target + " has no https://, so that it is read as a path of this repository, where it is not"
	case r.Removed != nil && r.Removed.To != "":
		return fmt.Sprintf("%s; commit %.8s (%s) moved it to %s", note, r.Removed.Commit.ID, r.Removed.Commit.When.Format("2006-01-02"), r.Removed.To)
	case r.Removed != nil:
		return fmt.Sprintf("%s; commit %.8s (%s) removed it", note, r.Removed.Commit.ID, r.Removed.Commit.When.Format("2006-01-02"))
	}
	return note
}

func referenceFix(r docs.Reference) string {
	switch {
	case r.Removed != nil && r.Removed.To != "":
		return "Write " + r.Removed.To + "."
	case r.Address:
		return "Write " + r.Nearest + "."
	case r.Nearest != "":
		return "Did you mean " + r.Nearest + "?"
	}
	return ""
}

// unknownTask says whether a documented command names a task that its runner
// does not know, where the runner's tasks can be seen.
func (s *Scene) unknownTask(c docs.Command) bool {
	if slices.Contains([]string{"gradle", "gradlew", "maven", "mvn", "mvnw", "sbt"}, c.Runner) {
		return false // their plug-ins bring tasks that no file of the repository names
	}
	known := s.tasksOf(c)
	return len(known) > 0 && !slices.ContainsFunc(known, func(t wiring.Task) bool { return t.Name == c.Name || t.Open })
}

// tasksOf are the tasks that a documented command could mean: of the runner,
// in the folder of the document or above it; none where that is unclear.
func (s *Scene) tasksOf(c docs.Command) []wiring.Task {
	var found []wiring.Task
	for _, t := range s.tasks {
		if t.Runner == c.Runner || isNodeRunner(t.Runner) && isNodeRunner(c.Runner) {
			if t.Name == c.Name {
				return []wiring.Task{t}
			}
			if t.Dir == c.Dir || t.Dir == "." || t.Dir == "" {
				found = append(found, t)
			}
		}
	}
	return found
}

func isNodeRunner(r string) bool { return slices.Contains([]string{"npm", "yarn", "pnpm", "bun"}, r) }

func (s *Scene) nearestTask(c docs.Command) string {
	var names []string
	for _, t := range s.tasksOf(c) {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return fmt.Sprintf("The tasks of %s are: %s.", c.Runner, someOf(slices.Compact(names)))
}

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
var guidingReadme = All("(weak) a README that guides, where it is the only guide", []*detect.Detector{docs.Documents}, func(s *Scene) []Sign {
	f, d, ok := s.rootReadme()
	if !ok || len(d.Topics) < 3 || len(documentsOf("", docs.Contributing, docs.Onboarding, docs.Runbook, docs.Decision)(s)) > 0 {
		return nil
	}
	return []Sign{signOf(f, Weak, Present).of("guide").weak(checkNoGuide, f.At.Path+" is the only guide").at(firstLine(f))}
})

var askSomebody = Each("\"ask in the channel\", \"contact so-and-so\", \"raise a ticket\" for access, deployment or configuration", docs.Instructions,
	func(s *Scene, f detect.Finding, i docs.Instruction) (Sign, bool) {
		where, ok := sentTo[i.To]
		if !ok {
			return Sign{}, false
		}
		sign := signOf(f, Bad, None).of("asking in "+f.At.Path).against(checkAskSomebody, fmt.Sprintf("for %s, the document sends the reader to %s", i.For, where))
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
		if l.Commands < 4 || len(s.live(tasks.Tasks)) > 0 {
			return Sign{}, false
		}
		return signOf(f, Bad, None).of("sequences").against(checkTypedSequence, fmt.Sprintf("%d commands to be typed, from `%s`", l.Commands, l.First)), true
	})

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
