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

// carried are those that also tell an environment as a word of a longer name.
var carried = []string{"dev", "development", "stage", "staging", "stg", "prod", "production", "prd", "preprod", "nonprod", "uat", "qa", "sandbox"}

// In is the environment that a name is or ends in: "prod", "bors-prod"; false
// where it tells none.
func In(name string) (string, bool) {
	lower := strings.ToLower(name)
	if slices.Contains(names, lower) {
		return lower, true
	}
	words := split(lower)
	if last := len(words) - 1; last > 0 && slices.Contains(carried, words[last]) {
		return words[last], true
	}
	return "", false
}

func split(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
}

// Of names the environment of a file of values, told by its name without
// extension and its folder: a name that is an environment's, else the nearest
// folder that bears one, else a part of the name, else the name itself, unless
// it is one of the neutral ones. What is left is named after the folder, and
// at the root "default".
func Of(dir, base string, neutral ...string) string {
	lower := strings.ToLower(base)
	if slices.Contains(names, lower) {
		return lower
	}
	for folder := dir; folder != "." && folder != "" && folder != "/"; folder = path.Dir(folder) {
		if name, ok := In(path.Base(folder)); ok {
			return name
		}
	}
	for _, word := range split(lower) {
		if slices.Contains(carried, word) {
			return word
		}
	}
	switch {
	case base != "" && !slices.Contains(neutral, lower):
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
