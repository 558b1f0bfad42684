package wiring

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// defaultBranches are the usual names of a default branch, where the
// repository does not tell which it is.
var defaultBranches = []string{"main", "master", "trunk", "develop"}

// Where work is merged into a branch of development first, that is the default
// one, and a push to the main branch releases it. Branches of environments live
// beside any default branch.
var (
	developmentBranches = []string{"develop", "dev", "development", "next", "integration"}
	mainBranches        = []string{"main", "master"}
	environmentBranches = []string{"develop", "dev", "development", "test", "qa", "uat", "staging", "stage", "preprod", "production", "prod", "release", "live"}
)

// mainLine are the names of the branches that what is merged ends up on.
func (b *builder) mainLine() []string {
	switch {
	case b.branch == "":
		return defaultBranches
	case slices.Contains(developmentBranches, b.branch):
		return append([]string{b.branch}, mainBranches...)
	}
	return []string{b.branch}
}

// onMainLine says whether a push to the main line passes patterns.
func (b *builder) onMainLine(patterns []string) bool {
	return slices.ContainsFunc(b.mainLine(), func(name string) bool { return admits(patterns, name) })
}

// occurs says whether a trigger can start anything: a push that only names
// branches which are no main line and no environment's cannot, nor can changes
// of files of which none is here.
func (b *builder) occurs(t Trigger) bool {
	if !b.touched(t.Paths) {
		return false
	}
	switch t.Kind {
	case Push:
		return b.onMainLine(t.Branches) || slices.ContainsFunc(t.Branches, func(p string) bool {
			return isPattern(p) || slices.Contains(environmentBranches, strings.ToLower(p))
		})
	case Called, After:
		return false
	}
	return true
}

// touched says whether a change of what is here can pass patterns of paths.
// Patterns are followed as far as their folders, which is all that can be told
// without trying each on every file.
func (b *builder) touched(patterns []string) bool {
	if len(patterns) == 0 || strings.HasPrefix(patterns[0], "!") {
		return true
	}
	return slices.ContainsFunc(patterns, func(p string) bool { return !strings.HasPrefix(p, "!") && b.mayHold(p) })
}

// beyond are characters of patterns that are no globs, or lead out of the tree.
const beyond = `$^\()|+@`

func (b *builder) mayHold(pattern string) bool {
	if strings.HasPrefix(pattern, "/") && strings.HasSuffix(pattern, "/") || strings.ContainsAny(pattern, beyond) || strings.Contains(pattern, "..") {
		return true
	}
	literal, _ := doublestar.SplitPattern(strings.Trim(pattern, "/"))
	if !isPattern(pattern) {
		literal = strings.Trim(pattern, "/")
	}
	return literal == "." || b.tree.Has(literal) || b.tree.Folder(literal)
}

// isPattern says whether a pattern stands for more names than one.
func isPattern(p string) bool {
	return strings.HasPrefix(p, "/") || strings.HasPrefix(p, "!") || strings.ContainsAny(p, "*?[{")
}

// admits says whether a name passes patterns; the last one that fits decides.
func admits(patterns []string, name string) bool {
	admitted := len(patterns) == 0 || strings.HasPrefix(patterns[0], "!")
	for _, p := range patterns {
		p, negative := strings.CutPrefix(p, "!")
		if fits(p, name) {
			admitted = !negative
		}
	}
	return admitted
}

// fits compares a name with one pattern. A regular expression that Go does not
// know is taken to fit.
func fits(pattern, name string) bool {
	if len(pattern) > 1 && pattern[0] == '/' {
		end := max(strings.LastIndexByte(pattern, '/'), 1)
		re, err := regexp.Compile(pattern[1:end])
		return err != nil || re.MatchString(name)
	}
	ok, err := doublestar.Match(strings.TrimPrefix(pattern, "refs/heads/"), name)
	return ok && err == nil
}

// narrow leaves of triggers what a job or step runs on. In a called pipeline,
// the call itself is no trigger: it runs on those of its callers.
func narrow(triggers, only []Trigger, called bool) []Trigger {
	if only == nil {
		return triggers
	}
	others := slices.DeleteFunc(slices.Clone(only), func(t Trigger) bool { return t.Kind == Called })
	if called && len(others) == 0 {
		return triggers
	}
	left := []Trigger{}
	for _, t := range triggers {
		for _, o := range only {
			if both, ok := intersect(t, o); ok {
				left = append(left, both)
				break
			}
		}
	}
	return left
}

// intersect is the trigger that both are.
func intersect(t, o Trigger) (Trigger, bool) {
	switch {
	case t.Kind != o.Kind:
		return t, false
	case len(o.Branches) == 0 || slices.Equal(t.Branches, o.Branches):
		return t, true
	case len(t.Branches) == 0:
		t.Branches = o.Branches
		return t, true
	}
	t.Branches = slices.DeleteFunc(slices.Clone(t.Branches), func(p string) bool { return !isPattern(p) && !admits(o.Branches, p) })
	if slices.ContainsFunc(t.Branches, isPattern) && !slices.ContainsFunc(o.Branches, isPattern) {
		t.Branches = o.Branches
	}
	return t, len(t.Branches) > 0
}

// resolve puts the triggers of the pipelines that are followed in the place of
// After.
func (b *builder) resolve(triggers []Trigger, depth int) []Trigger {
	var all []Trigger
	for _, t := range triggers {
		if t.Kind != After || depth > maxDepth {
			all = append(all, t)
			continue
		}
		for _, p := range b.followed(t) {
			for _, before := range b.resolve(p.Triggers, depth+1) {
				if passed, ok := passes(t, before); ok {
					all = append(all, passed)
				}
			}
		}
	}
	return all
}

// passes is the trigger of a pipeline as it goes on to one that follows it.
func passes(after, before Trigger) (Trigger, bool) {
	before.At = after.At
	if before.Kind == Called || len(after.Branches) == 0 {
		return before, before.Kind != Called
	}
	switch before.Kind {
	case Push:
		return intersect(before, Trigger{Kind: Push, Branches: after.Branches})
	case MergeRequest, Tag, Release:
		return before, slices.ContainsFunc(after.Branches, isPattern)
	}
	return before, true
}

// followed are the pipelines whose end a trigger waits for.
func (b *builder) followed(t Trigger) []*Pipeline {
	var found []*Pipeline
	for i := range b.pipelines {
		p := &b.pipelines[i]
		if p.Dead == "" && (slices.Contains(t.Names, p.Name) || slices.Contains(t.Names, p.Path)) {
			found = append(found, p)
		}
	}
	return found
}

// timing fills in when an act runs.
func (b *builder) timing(a *Act) {
	occurring := false
	for _, t := range a.Triggers {
		if !b.occurs(t) {
			continue
		}
		occurring = true
		a.Automatic = a.Automatic || t.Kind != Manual
		a.OnMerge = a.OnMerge || t.Kind == MergeRequest
		a.OnChange = a.OnChange || t.Kind == MergeRequest || t.Kind == Push
		a.OnMain = a.OnMain || t.Kind == Push && b.onMainLine(t.Branches)
		a.OnTag = a.OnTag || t.Kind == Tag || t.Kind == Release
		a.OnSchedule = a.OnSchedule || t.Kind == Schedule
	}
	if a.WhyNot == "" && !occurring {
		a.WhyNot = b.whyNever(a.Triggers)
	}
	a.Live = a.WhyNot == ""
}

// whyNever says why triggers of which none occurs start nothing.
func (b *builder) whyNever(triggers []Trigger) string {
	for _, t := range triggers {
		if !b.touched(t.Paths) {
			return "none of the files whose change would start it is here: " + strings.Join(t.Paths, ", ")
		}
		switch t.Kind {
		case Called:
			return "nothing here calls it"
		case After:
			return "what it follows does not exist"
		case Push:
			return "it runs on other branches than the default one alone: " + strings.Join(t.Branches, ", ")
		}
	}
	return "nothing starts it"
}
