// Package wiring is the model of what runs what: trigger, pipeline, job, step,
// command, task or script, path. Detectors report its parts as the values of
// their findings; rules build the graph from them and compute strengths.
package wiring

import (
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A Pipeline is one definition of work in the file of a CI vendor: a workflow,
// a pipeline, a Jenkinsfile.
type Pipeline struct {
	// Vendor is the kebab name of the product: "github-actions", "gitlab-ci",
	// "jenkins", "circleci", "azure-pipelines".
	Vendor string
	Path   string
	// Name is what the vendor shows; else the base name of the path.
	Name string
	// Dead says why the vendor never runs it ("below a sub-folder's
	// .github/workflows, which GitHub does not read"); empty where it may run.
	Dead     string
	Triggers []Trigger
	Jobs     []Job
	// Env are the variables that it sets for all of its jobs.
	Env map[string]string
	// Includes are other definitions that this one is made of.
	Includes []Use
}

// A TriggerKind is what starts a pipeline or a job.
type TriggerKind string

// The kinds of triggers.
const (
	Push         TriggerKind = "push"
	MergeRequest TriggerKind = "merge request"
	Tag          TriggerKind = "tag"
	Release      TriggerKind = "release"
	Schedule     TriggerKind = "schedule"
	Manual       TriggerKind = "manual"
	// Called is a call by another pipeline.
	Called TriggerKind = "called"
	// After is the end of another pipeline, which Names names.
	After TriggerKind = "after"
	// Event is anything else: an issue, a comment, an external event.
	Event TriggerKind = "event"
)

// A Trigger starts a pipeline or narrows when a job of it runs.
type Trigger struct {
	Kind TriggerKind
	// Branches are the patterns of branches (for tags: of tags) that start it,
	// with a leading "!" for those that do not; empty for all. One between
	// slashes is a regular expression, the others are names or globs.
	Branches []string
	// Paths are the patterns of changed files that start it; empty for all.
	// PathLines are the lines of At's file that some of them stand on.
	Paths     []string
	PathLines map[string]int
	// Names are the pipelines of an After trigger, the inputs of Called and
	// Manual ones, the event of an Event.
	Names []string
	At    detect.Span
}

// A Job is a set of steps that run in order on one machine; for vendors with
// stages, Needs holds the jobs of the stage before.
type Job struct {
	// ID is the key that other jobs name.
	ID   string
	Name string
	At   detect.Span
	// Needs are the IDs of jobs that must succeed first.
	Needs []string
	// Stage is the name of the stage, for vendors with stages.
	Stage string
	// If is the condition as written.
	If string
	// Never says why the job can never run ("if: false", "when: never").
	Never string
	// Only narrows the pipeline's triggers; empty where the job runs with all of
	// them.
	Only []Trigger
	// Regardless says that the job runs even where those it needs have failed
	// ("if: always()").
	Regardless bool
	// Manual says that a person must start or approve the job.
	Manual bool
	// Ignored says how the job's failure is ignored ("allow_failure"); empty
	// where it fails the pipeline. IgnoredAt is where that is written, if known.
	Ignored   string
	IgnoredAt detect.Span
	// Heedless says that the job runs whatever becomes of those it needs, asks
	// for none of their results, and does nothing that could fail.
	Heedless    bool
	Environment string
	// Image is the container that the steps run in, or the runner's label.
	Image string
	// ImageAt is where the container is named, if known.
	ImageAt detect.Span
	// Beside are the containers that run beside it (services).
	Beside []Container
	// Uses is the reusable pipeline that is the whole job.
	Uses  *Use
	Steps []Step
	// Dir is the working directory of its steps; empty for the root.
	Dir string
	// Env are the variables that it sets for its steps.
	Env map[string]string
}

// A Container is an image that a job starts, and where it is named.
type Container struct {
	Image string
	At    detect.Span
}

// A Step is one action or script of a job.
type Step struct {
	Name string
	At   detect.Span
	If   string
	// Never says why the step can never run.
	Never string
	// Only narrows the triggers of the job; empty where the step runs with all
	// of them.
	Only []Trigger
	// Ignored says how the step's failure is ignored ("continue-on-error"), and
	// IgnoredAt where that is written, if known.
	Ignored   string
	IgnoredAt detect.Span
	// Aftermath says when it runs although what comes before it has failed:
	// OnFailure or Always; empty where it does not.
	Aftermath Aftermath
	// Manual says that the step waits for a person (Jenkins' input).
	Manual bool
	// Environment is the environment that this step delivers to, where the
	// vendor has them by step.
	Environment string
	// Uses is the action, orb command, plug-in or library call that it runs.
	Uses     *Use
	Commands []Command
	// Dir is the working directory; empty for the job's.
	Dir string
	// Env are the variables that it sets for its commands.
	Env map[string]string
}

// An Aftermath is when a step runs although what comes before it has failed.
type Aftermath string

// The aftermaths: of failures alone, and of whatever happened.
const (
	OnFailure Aftermath = "failure"
	Always    Aftermath = "always"
)

// A Command is one simple command at its place.
type Command struct {
	// Words are the program and its arguments, quotes removed, wrappers left out.
	Words []string
	At    detect.Span
	// Dir is the folder it runs in, relative to the step's; "?" where it cannot
	// be told.
	Dir string
	// Swallowed says how its failure is lost; empty where it stops the script.
	Swallowed string
	// Never says why it is never reached; empty where it may be.
	Never string
	// Function is the function that it stands in, where nothing in its text
	// calls that: it runs in a script that sources the text and calls it.
	Function string
}

// CommandAt is a command of a shell text, placed in the file that holds the text.
func CommandAt(c syntax.Command, at detect.Span) Command {
	return Command{Words: c.Words, At: at, Dir: c.Dir, Swallowed: c.Swallowed, Never: c.Never, Function: c.Function}
}

// A UseKind is what is used.
type UseKind string

// The kinds of shared blocks that pipelines use.
const (
	Action   UseKind = "action"
	Workflow UseKind = "workflow"
	Include  UseKind = "include"
	Orb      UseKind = "orb"
	Library  UseKind = "library"
	Template UseKind = "template"
	Plugin   UseKind = "plugin"
	Image    UseKind = "image"
)

// A Use is a call of a shared block, here or in another repository.
type Use struct {
	Kind UseKind
	// Ref is the whole reference as written: "actions/checkout@v4".
	Ref string
	// Owner and Repo are the other repository; empty where the block lies here
	// or the vendor does not tell.
	Owner, Repo string
	// Path is the block's path: in the other repository, or in this one where
	// Local. For a library call it is the name called ("withPipeline").
	Path  string
	Local bool
	// Version is the ref, tag, commit or version named; empty where none is.
	// VersionAt is where it stands, where that is not At.
	Version   string
	VersionAt detect.Span
	// Pinned says that Version is a commit, a digest or a full version, and not
	// a branch or nothing.
	Pinned bool
	// With are the inputs, scalars only; Lines are the lines of At's file that
	// their texts start on, where that is known.
	With  map[string]string
	Lines map[string]int
	At    detect.Span
}

// NamedAt is where the version stands, or would stand.
func (u Use) NamedAt() detect.Span {
	if u.VersionAt.Path != "" {
		return u.VersionAt
	}
	return u.At
}

// A Task is a named task of a task runner, a package script or a recipe.
type Task struct {
	// Runner is the program that runs it: "make", "npm", "task", "just", "gradle".
	Runner string
	Name   string
	// Dir is the folder of the file that defines it.
	Dir string
	At  detect.Span
	// Needs are the names of the tasks that run first.
	Needs    []string
	Commands []Command
	// Doc is its description, where the runner has one.
	Doc string
	// Open says that the file that defines it may define others that cannot be
	// seen: it includes what is not here, or has patterns for names.
	Open bool
}

// A Script is an executable text of the repository: a shell script, a
// Dockerfile's RUN lines.
type Script struct {
	Path string
	// Language is the interpreter: "sh", "python", "dockerfile" …
	Language string
	// Commands are known only for shell and Dockerfiles.
	Commands []Command
}

// A Block is something offered for others to use: a reusable workflow, an
// action, a shared library, a template.
type Block struct {
	Kind UseKind
	Name string
	// Path is the file or folder that a caller names.
	Path   string
	Inputs []string
	// Jobs are what it does for its callers, as far as it says; the steps of an
	// action are one job.
	Jobs []Job
}
