package wiring

import (
	"slices"
	"strings"
	"sync"

	"github.com/waymark-dev/waymark/internal/detect"
)

// An Act is one thing that a pipeline does: a command or a shared block with
// what it means, how it comes to run, and how far it goes.
type Act struct {
	Meaning
	// Command is the command, or the reference of the block, on one line.
	Command string
	// At is where it is written: in the pipeline, or in the task, script or
	// block that the pipeline runs.
	At detect.Span
	// Pipeline, Job and Step are what starts it: of a chain of pipelines that
	// call each other, the outermost.
	Pipeline *Pipeline
	Job      *Job
	Step     *Step
	// Via are the calls that lead to it, outermost first; empty where the
	// pipeline runs it itself.
	Via []detect.Span
	// Environment is the environment that the innermost job or step names, else
	// the one that their names, the command or its folders tell of.
	Environment string
	// Triggers are those that remain after job and step have narrowed them; in
	// a called pipeline, those of its callers.
	Triggers []Trigger
	// Live says that it may run; WhyNot says why it never does.
	Live   bool
	WhyNot string
	// Automatic says that something other than a person starts it.
	Automatic bool
	// OnMerge says that a merge request starts it, OnChange a merge request or
	// a push, OnMain a push to the default branch (or to the main one, where the
	// default is one of development), OnTag a tag or a release, OnSchedule a
	// schedule.
	OnMerge, OnChange, OnMain, OnTag, OnSchedule bool
	// ManualGate says that a person must let it go on: its job or step, or one
	// that comes before it, waits for one.
	ManualGate bool
	// HeldAt is where it is written that a person must let it go on, or what a
	// person starts it by, where nothing else does; of no path where neither is.
	HeldAt detect.Span
	// Swallowed says how its failure is lost at any level; empty where it is not.
	// SwallowedAt is where that is written: At, where no other place is known.
	Swallowed   string
	SwallowedAt detect.Span
	// Blocking says that its failure fails the pipeline.
	Blocking bool
	// Paths are the files or folders of the repository that it acts on; "" where
	// one cannot be told.
	Paths []string
	// Dir is the folder that it runs in; "" for the root, "?" where that cannot
	// be told.
	Dir string
	// NeedsTests says that a blocking test or validation comes before it: in the
	// same job, in a job that it needs, or in the pipeline that it follows.
	NeedsTests bool

	instance *instance
}

// InBackground says that a command was started and not waited for, as servers
// are.
const InBackground = "run in the background"

// LostInPipe says that a failure is lost because only the last part of a pipe
// counts.
const LostInPipe = "pipe without pipefail"

// Describe says in a few words what is done: "terraform apply".
func (a Act) Describe() string {
	if a.Tool == "" || strings.EqualFold(a.Tool, string(a.Activity)) {
		return string(a.Activity)
	}
	return a.Tool + " " + string(a.Activity)
}

// A MissingCall is a call of a task or script that does not exist.
type MissingCall struct {
	// Command is the call on one line.
	Command string
	At      detect.Span
	// Runner is the task runner; "script" where a script is called by its path.
	Runner string
	// Name is the task, or the path of the script from the root.
	Name string
	// Nearest is the task or path that may be meant; empty where none is near.
	Nearest string
	// Removed is how it left the repository; of no commit where history does not
	// tell.
	Removed detect.Removal
}

// A Graph is what runs what in a repository. It is safe for concurrent use.
type Graph struct {
	acts    []Act
	missing []MissingCall
	used    map[string]bool
	asked   sync.Map // what Of has found, by its activities
}

// Acts are everything that the pipelines do, by pipeline and in the order of
// their jobs and steps.
func (g *Graph) Acts() []Act { return g.acts }

// Of are the acts of the given activities. The slice must not be changed.
func (g *Graph) Of(activities ...Activity) []Act {
	key := keyOf(activities)
	if found, ok := g.asked.Load(key); ok {
		return found.([]Act)
	}
	var found []Act
	for _, a := range g.acts {
		if slices.Contains(activities, a.Activity) {
			found = append(found, a)
		}
	}
	g.asked.Store(key, found)
	return found
}

func keyOf(activities []Activity) string {
	var key strings.Builder
	key.Grow(16 * len(activities))
	for _, a := range activities {
		key.WriteString(string(a))
		key.WriteByte(' ')
	}
	return key.String()
}

// Missing are the calls of tasks and scripts that do not exist.
func (g *Graph) Missing() []MissingCall { return g.missing }

// UsesBlock says whether a pipeline of this repository uses the block at the
// path.
func (g *Graph) UsesBlock(path string) bool { return g.used[path] }
