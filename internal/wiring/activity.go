package wiring

import (
	"cmp"
	"slices"
)

// An Activity is what something that a pipeline runs is for.
type Activity string

// The activities.
const (
	Test Activity = "test"
	// Validate checks configuration or infrastructure code without planning it:
	// terraform validate, helm lint, kubeconform.
	Validate Activity = "validate"
	Lint     Activity = "lint"
	Format   Activity = "format"
	Build    Activity = "build"
	// Scan looks for vulnerabilities, leaked secrets or breaches of policy.
	Scan Activity = "scan"
	// Plan shows what an apply would change.
	Plan Activity = "plan"
	// Apply deploys or provisions.
	Apply    Activity = "apply"
	Teardown Activity = "teardown"
	// Publish puts a package, an image or a release where others take it.
	Publish  Activity = "publish"
	Rollback Activity = "rollback"
	// Drift compares what is there with what is written.
	Drift   Activity = "drift"
	Migrate Activity = "migrate"
	// Setup makes the tools or dependencies ready.
	Setup    Activity = "setup"
	LoadTest Activity = "load test"
	// Bump changes a version or an image in desired state, here or in another
	// repository, or starts work there.
	Bump   Activity = "bump"
	Notify Activity = "notify"
)

// weight orders activities by how much they say about a command that does
// several things.
var weight = []Activity{Apply, Publish, Rollback, Teardown, Bump, Migrate, Plan, Drift, LoadTest, Test, Scan, Validate, Lint, Format, Build, Setup, Notify}

// A Meaning is what a command or a shared block does.
type Meaning struct {
	Activity Activity
	// Tool is the kebab name of what does it: "terraform", "docker", "eslint".
	Tool string
	// Soft says why a failure of it is no failure ("--exit-zero"); empty where
	// it is one.
	Soft string
	// Undecided says that it never fails by what it finds, which a gate elsewhere
	// may do: a quality gate that nothing waits for, a check of the host that
	// reads its results.
	Undecided bool
	// Paths are what it acts on as written, relative to where it runs.
	Paths []string
	// Delegated says that a name or inputs alone tell it: what is done is
	// written outside what is scanned.
	Delegated bool
}

// Classify tells what the command with the given words mainly does; false where
// it does nothing of note, or nothing that is known.
func Classify(words []string) (Meaning, bool) {
	all := Meanings(words)
	if len(all) == 0 {
		return Meaning{}, false
	}
	return slices.MinFunc(all, func(a, b Meaning) int {
		return cmp.Compare(slices.Index(weight, a.Activity), slices.Index(weight, b.Activity))
	}), true
}
