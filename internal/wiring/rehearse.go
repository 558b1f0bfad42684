package wiring

import (
	"slices"
	"strings"
)

// rehearsals are options with which a program says what it would do, and
// changes nothing.
var rehearsals = strings.Fields("--dry-run --dryrun --dry --diff-run --noop --validate-only --no-execute-changeset --no-execute")

// listings are options with which a test runner lists or compiles the tests,
// and runs none.
var listings = strings.Fields("--collect-only --co --listTests --list-tests --list --no-run --dry-run --dryrun --show-only --setup-plan")

// changes are the activities that change something.
var changes = []Activity{Apply, Teardown, Publish, Rollback, Migrate, Bump}

// rehearsed leaves of what a command does what it does indeed: one that only
// rehearses a deployment validates it, and one that only lists tests runs none.
func rehearsed(found []Meaning, words []string) []Meaning {
	var left []Meaning
	for _, m := range found {
		switch {
		case slices.Contains(changes, m.Activity) && hasAny(words, rehearsals):
			if m.Activity != Apply {
				continue
			}
			m.Activity = Validate
		case m.Activity == Apply && aimsAtNothing(m.Tool, words):
			continue
		case m.Activity == Test && hasAny(words, listings):
			continue
		case m.Activity == Test && m.Tool == "go" && selectsNoTest(words):
			m.Activity = Build
		}
		left = append(left, m)
	}
	return left
}

// rehearsalInputs are the inputs of shared blocks that ask for the same.
var rehearsalInputs = strings.Fields("dry-run dry_run dryrun dryRun dry no-execute-changeset validate-only no_push")

// rehearsesInputs says whether an input tells a shared block to change nothing.
// An expression may be false at some time.
func rehearsesInputs(u Use) bool {
	return slices.ContainsFunc(rehearsalInputs, func(input string) bool {
		value := strings.ToLower(strings.TrimSpace(u.With[input]))
		return value == "true" || value == "1" || value == "yes"
	})
}

func hasAny(words, options []string) bool {
	return slices.ContainsFunc(options, func(o string) bool { return hasOption(words, o) })
}

// noTest are the words that stand, anchored or not and in any case, for no test
// in "go test -run": the command compiles them, or runs benchmarks alone.
// Source: https://pkg.go.dev/cmd/go#hdr-Testing_flags
var noTest = []string{"", "none", "xxx"}

func selectsNoTest(words []string) bool {
	if hasAny(words, []string{"-c", "-list"}) {
		return true
	}
	value, ok := option(words, "-run")
	return ok && slices.Contains(noTest, strings.ToLower(strings.Trim(value, "^$# ")))
}

// aimsAtNothing says whether Terraform is told to change a target alone that is
// no address of a resource: these have a type and a name.
func aimsAtNothing(tool string, words []string) bool {
	if tool != "terraform" && tool != "opentofu" {
		return false
	}
	for _, name := range []string{"-target", "--target"} {
		if value, ok := option(words, name); ok && value != "" && !strings.ContainsAny(value, ".$") {
			return true
		}
	}
	return false
}

// runsNothing says whether a task runner is told to say what it would run.
// Sources: the manuals of GNU make, just, Task, rake, mise, Gradle and invoke.
func runsNothing(runner string, args []string) bool {
	short := map[string]string{"make": "-n -q -t --just-print --recon --question --touch", "just": "-n --list -l --show -s --summary --evaluate", "task": "-n --list -l --list-all -a --summary", "rake": "-n -T --tasks -P", "mise": "-n", "invoke": "-R -l --list"}[runner]
	if short == "" {
		return false
	}
	for _, a := range args {
		name, _, _ := strings.Cut(a, "=")
		if a == "--" {
			return false
		}
		if isOption(a) && (name == "--dry-run" || name == "--dry" || slices.Contains(strings.Fields(short), name)) {
			return true
		}
	}
	return false
}
