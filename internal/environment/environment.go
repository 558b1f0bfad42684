// Package environment tells the names of environments: of folders, files and
// stacks that stand for development, production and their kin.
package environment

import (
	"path"
	"slices"
	"strings"
)

// names are the usual names of environments.
var names = []string{
	"dev", "development", "test", "testing", "tst", "stage", "staging", "stg", "prod", "production", "prd", "preprod", "preproduction", "nonprod", "non-prod", "pre-prod",
	"uat", "qa", "int", "integration", "sandbox", "sbx", "live", "demo", "perf", "perftest", "aat", "ithc", "acceptance", "acc", "canary", "dr",
}

// carried are those that also tell an environment as the first or last word of
// a longer name.
var carried = []string{"dev", "development", "stage", "staging", "stg", "prod", "production", "prd", "preprod", "nonprod", "uat", "qa", "sandbox", "test"}

// In is the environment that a name is or carries: "prod", "bors-prod",
// "dev_eu"; false where it tells none.
func In(name string) (string, bool) {
	lower := strings.ToLower(name)
	if slices.Contains(names, lower) {
		return lower, true
	}
	words := strings.FieldsFunc(lower, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	if len(words) < 2 {
		return "", false
	}
	for _, word := range []string{words[len(words)-1], words[0]} {
		if slices.Contains(carried, word) {
			return word, true
		}
	}
	return "", false
}

// Of names the environment of a file of values: by its own name without
// extension, unless that is one of the neutral ones, else by its folder. A
// neutral file at the root is for the environment "default".
func Of(dir, base string, neutral ...string) string {
	if name, ok := In(base); ok {
		return name
	}
	if name, ok := In(path.Base(dir)); ok {
		return name
	}
	switch {
	case base != "" && !slices.Contains(neutral, strings.ToLower(base)):
		return base
	case dir == "." || dir == "":
		return "default"
	}
	return path.Base(dir)
}

// Folder is the outermost folder of a path that bears the name of an
// environment, and that name. One named live counts only where no other does,
// for it often holds all environments.
func Folder(dir string) (folder, name string, ok bool) {
	at, holder := 0, ""
	for part := range strings.SplitSeq(dir, "/") {
		at += len(part)
		name, ok := In(part)
		if ok && name != "live" {
			return dir[:at], name, true
		}
		if ok && holder == "" {
			holder = dir[:at]
		}
		at++
	}
	return holder, "live", holder != ""
}
