// Package docs detects documents, what they say about a repository, and where
// they no longer hold.
package docs

import (
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Kind is what a document is for.
type Kind string

// The kinds of documents.
const (
	Readme       Kind = "readme"
	Contributing Kind = "contributing"
	Runbook      Kind = "runbook"
	Decision     Kind = "decision record"
	Changelog    Kind = "changelog"
	Roadmap      Kind = "roadmap"
	Onboarding   Kind = "onboarding"
	Architecture Kind = "architecture"
	Security     Kind = "security"
	Support      Kind = "support"
	// Post is a document of a moment: a post, a talk, an audit, a plan of a piece
	// of work.
	Post  Kind = "dated post"
	Other Kind = "other"
)

// A Document is one document.
type Document struct {
	Kind  Kind
	Title string
	Dir   string
	// Words counts the words of its prose and headings.
	Words int
	// Topics are what its sections and commands tell about.
	Topics []Topic
	// Anchors are those that links may lead to: of headings, and written out.
	Anchors map[string]bool
	// Links are the targets of its links into the repository, from the root.
	Links []string
	// Notice is "archived", "deprecated", "mirror", "fork", "template" where the
	// document says so of the repository; for others "superseded".
	Notice string
	// Generated says that the document says it is made by a program.
	Generated bool
	// Slugs are the addresses that its front matter, or the labels in it, give it
	// on a site.
	Slugs []string
	// Names are the files and folders of the repository that it names in links
	// and in code, as far as they exist.
	Names []string

	code    []string // names of things in its code
	little  bool     // only says what something is
	foreign bool     // speaks of the files of another repository

	links  []link // into the repository, and to places in it
	paths  []mention
	listed []mention // words with which items of lists begin
	stated []statement
	blocks []block
}

// lasting says whether a document is expected to keep up with what it names:
// not what tells of one moment, nor what has been given up.
func (d Document) lasting() bool {
	switch d.Kind {
	case Decision, Changelog, Post:
		return false
	}
	switch d.Notice {
	case "archived", "deprecated", "superseded":
		return false
	}
	return true
}

// A Topic is a question that a README answers.
type Topic struct {
	Name TopicName
	At   detect.Span
}

// A TopicName is one of the questions.
type TopicName string

// The topics.
const (
	What    TopicName = "what"
	Setup   TopicName = "set-up"
	Run     TopicName = "run"
	Test    TopicName = "test"
	Deploy  TopicName = "deploy"
	Usage   TopicName = "usage"
	Contact TopicName = "contact"
)

// A Reference is something that a document names and that is not there.
type Reference struct {
	// Target is as written; Path is what it means, from the root.
	Target, Path string
	// Removed says how it left the repository, where history tells.
	Removed *detect.Removal
	// Nearest is an existing path or name that was probably meant; or empty.
	Nearest string
	// Runner is the task runner of a dead command.
	Runner string
	// Address says that the target of a dead link is a web address without its
	// "https://", which makes it a path.
	Address bool
}

// A Command is a documented call of a task runner or of a script of the
// repository.
type Command struct {
	// Runner is the program that runs the task: "make", "npm", "task", "just",
	// "gradle" or "gradlew"; "script" for a script of the repository.
	Runner string
	// Name is the task, or the path of the script from the root.
	Name string
	// Dir is the folder that the task runs in: that of the document, where
	// nothing says otherwise.
	Dir string
	// Text is the whole command.
	Text string
	// Told says that the reader is told to type it: it stands in a block, or a
	// sentence or an item leads to it. Others are only spoken of.
	Told bool
}

// An Ignored is what a .gitignore file leaves out below its folder.
type Ignored struct {
	Dir      string
	Patterns []string
}

// A Feedback is a way for users to be heard.
type Feedback struct {
	// Kind is "issue-form", "issue-template", "discussions", "survey" or "chat".
	Kind string
}

// A Staleness is what a document missed.
type Staleness struct {
	// Changed is the document's last substantive change.
	Changed detect.Commit
	// Missed counts the substantive commits after it to Paths, Last is the newest.
	Missed int
	Weeks  int
	Last   time.Time
	Paths  []string
	// Gone are words of the document's code that stood in Paths when it was
	// written, and that stand there no longer.
	Gone []string
}

// An Instruction sends the reader to a person, channel, ticket or console.
type Instruction struct {
	// To is "ticket", "chat", "person" or "console", "machine" where the reader
	// is to log in to one and change it, "hand" where something else is to be
	// done by hand; For is "access", "deployment" or "configuration".
	To, For string
	Text    string
	// Leads says that the sentence only leads to the console: what is changed
	// there is told by the steps that follow.
	Leads bool
}

// A CommandList is a documented sequence of commands to be typed by hand.
type CommandList struct {
	// Commands counts them; Deploys says that they deploy or change
	// infrastructure.
	Commands int
	Deploys  bool
	First    string
	// Deploying is the first of them that deploys, DeployAt where it stands.
	Deploying string
	DeployAt  detect.Span
}
