package wiring

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
)

// A usage is what is known of a shared block: of an action, an orb, a task of
// Azure Pipelines, a pipe.
type usage struct {
	does Activity
	tool string
	// program is run with the words of the inputs that from names, between
	// spaces; with the words of otherwise where those are empty.
	program, from, otherwise string
	// script is the input that holds shell commands.
	script string
	// soft is the input by which a failure is none, strict the one without which
	// it is none.
	soft, strict string
	// lenient says why its failure is none, whatever the inputs.
	lenient string
	// publishes is the input that makes of a build a publication.
	publishes string
}

// usages are all blocks that are known one by one, by their reference in lower
// case, without its version.
var usages = mergeUsages(actionUsages, taskUsages, orbUsages)

func mergeUsages(tables ...map[string]usage) map[string]usage {
	all := map[string]usage{}
	for activity, text := range simpleUsages {
		for _, entry := range strings.Fields(text) {
			name, tool, _ := strings.Cut(entry, "=")
			all[name] = usage{does: activity, tool: tool}
		}
	}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

// UseMeanings tells all that a shared block does for its caller: by what is
// known of it, else by its name and inputs.
func UseMeanings(u Use) []Meaning {
	name := referenceName(u)
	known, ok := lookUp(name)
	if list := useCommands(u); list != nil {
		return known.ofCommands(u, list)
	}
	if ok {
		return known.meanings(u, name)
	}
	return delegated(u, name)
}

// useCommands are the commands that a block runs for its caller here: those
// that are known of it, else those that the inputs of an unknown one hold.
func useCommands(u Use) [][]string {
	known, ok := lookUp(referenceName(u))
	switch {
	case known.program != "":
		return one(known.words(u))
	case known.script != "":
		return shellText(u.With[known.script])
	case ok:
		return nil
	}
	return inputCommands(u)
}

// referenceName is a reference in lower case without its version.
func referenceName(u Use) string {
	ref := strings.ToLower(u.Ref)
	if u.Owner != "" && u.Kind == Action {
		ref = strings.ToLower(path.Join(u.Owner, u.Repo, u.Path))
	}
	ref, _, _ = strings.Cut(ref, "@")
	ref, _, _ = strings.Cut(ref, "#")
	ref = strings.TrimPrefix(strings.TrimPrefix(ref, "docker://"), "pipe: ")
	if i := strings.LastIndexByte(ref, ':'); i > strings.LastIndexByte(ref, '/') && (u.Kind == Image || u.Kind == Plugin) {
		ref = ref[:i]
	}
	return ref
}

// lookUp finds what is known of a block, or of the repository that it lies in.
func lookUp(name string) (usage, bool) {
	for {
		if known, ok := usages[name]; ok {
			return known, true
		}
		i := strings.LastIndexByte(name, '/')
		if i < 0 || !strings.Contains(name[:i], "/") {
			return usage{}, false
		}
		name = name[:i]
	}
}

// ofCommands are the meanings of the commands that a block runs.
func (k usage) ofCommands(u Use, list [][]string) []Meaning {
	var found []Meaning
	for _, words := range list {
		for _, m := range Meanings(words) {
			how, _ := k.softness(u)
			m.Soft = cmp.Or(m.Soft, how)
			found = append(found, m)
		}
	}
	return found
}

func (k usage) meanings(u Use, name string) []Meaning {
	if k.does == "" {
		return nil
	}
	how, _ := k.softness(u)
	m := Meaning{Activity: k.does, Tool: cmp.Or(k.tool, path.Base(name)), Paths: actedInputs(u), Soft: how}
	if k.publishes != "" && switchedOn(u.With[k.publishes]) {
		m.Activity = Publish
	}
	return []Meaning{m}
}

// softness says how a failure is none, and by which input.
func (k usage) softness(u Use) (how, input string) {
	switch {
	case k.lenient != "":
		return k.lenient, ""
	case k.soft != "" && switchedOn(u.With[k.soft]):
		return k.soft + " is on", k.soft
	case k.strict != "" && u.With[k.strict] != "" && !switchedOn(u.With[k.strict]):
		return k.strict + " is " + u.With[k.strict], k.strict
	case k.strict != "" && !switchedOn(u.With[k.strict]):
		return "it never fails without " + k.strict, k.strict
	}
	return "", ""
}

// switchedOn says whether an input is given and not off. An expression is taken
// to be on at some time.
func switchedOn(value string) bool {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "", "false", "no", "off", "0", "none", "null":
		return false
	}
	return true
}

// words are the program that a block runs, with what its inputs hold.
func (k usage) words(u Use) []string {
	var words []string
	for _, input := range strings.Fields(k.from) {
		words = append(words, strings.Fields(u.With[input])...)
	}
	if len(words) == 0 {
		words = strings.Fields(k.otherwise)
	}
	return append(strings.Fields(k.program), words...)
}

// actedInputs are the paths that inputs name.
func actedInputs(u Use) []string {
	var found []string
	for _, input := range []string{"path", "working-directory", "working_directory", "workingdirectory", "workingDirectory", "directory", "dir", "context", "chart", "manifests", "template", "templatelocation", "scan-ref", "folder", "publish_dir", "work-dir", "chart_path", "manifest", "resource", "root"} {
		if v := strings.TrimSpace(u.With[input]); v != "" && !strings.Contains(v, "\n") && !strings.Contains(v, "://") {
			found = append(found, v)
		}
	}
	return found
}

// commandInput are the inputs that hold shell commands, in the order in which
// they are looked for.
var commandInput = []string{"commands", "command", "run", "script", "inlineScript", "inlinescript", "cmd"}

// inputCommands are the commands that an input holds.
func inputCommands(u Use) [][]string {
	for _, input := range commandInput {
		if text := u.With[input]; strings.ContainsAny(strings.TrimSpace(text), " \n") {
			return shellText(text)
		}
	}
	return nil
}

// delegated tells by its name and inputs what a block does that lies outside
// of what is scanned.
func delegated(u Use, name string) []Meaning {
	if strings.HasPrefix(name, "actions/") || strings.HasPrefix(name, "github/") && u.Kind == Action {
		return nil
	}
	if path.Base(name) == "pre-commit" {
		return []Meaning{{Activity: Lint, Tool: "pre-commit", Delegated: true}}
	}
	if u.Kind == Workflow && u.Path == "" && u.Repo != "" {
		return []Meaning{{Activity: Bump, Tool: "downstream-pipeline", Delegated: true}}
	}
	found := byName(nameOfBlock(u, name), "")
	if u.Kind != Action && u.Kind != Image && u.Kind != Orb {
		found = distinct(append(found, byInputs(u)...))
		if len(found) == 0 && slices.ContainsFunc(wordsOf(nameOfBlock(u, name)), func(w string) bool { return w == "ci" || w == "cicd" }) {
			found = append(found, Meaning{Activity: Test})
		}
	}
	if len(found) == 0 && u.Kind != Action && checksCode(wordsOf(nameOfBlock(u, name))) {
		found = append(found, Meaning{Activity: Validate})
	}
	if ordered, ok := orderedBy(u); ok {
		found = []Meaning{{Activity: ordered}}
	}
	for i := range found {
		found[i].Tool, found[i].Delegated, found[i].Paths = toolOfBlock(nameOfBlock(u, name)), true, actedInputs(u)
	}
	return found
}

// orders are what an input that names an action may ask for.
var orders = map[string]Activity{"plan": Plan, "apply": Apply, "deploy": Apply, "destroy": Teardown, "validate": Validate, "test": Test, "preview": Plan, "up": Apply}

// orderedBy is what a block is told to do by an input that names its action:
// "TERRAFORM_ACTION: plan".
func orderedBy(u Use) (Activity, bool) {
	for _, input := range slices.Sorted(maps.Keys(u.With)) {
		words := wordsOf(input)
		if slices.Contains(words, "action") || slices.Contains(words, "command") || slices.Contains(words, "operation") {
			if does, ok := orders[strings.ToLower(strings.TrimSpace(u.With[input]))]; ok {
				return does, true
			}
		}
	}
	return "", false
}

// checksCode says whether a name tells of a check of infrastructure code.
func checksCode(words []string) bool {
	return (slices.Contains(words, "check") || slices.Contains(words, "checks")) && slices.ContainsFunc(words, func(w string) bool { return slices.Contains(codeTools, w) })
}

var codeTools = []string{"terraform", "tofu", "helm", "kubernetes", "k8s", "ansible", "cloudformation", "pulumi", "terragrunt", "kustomize"}

// nameOfBlock is the part of a reference that names the block itself.
func nameOfBlock(u Use, name string) string {
	switch {
	case u.Kind == Workflow || u.Kind == Include || u.Kind == Template:
		if u.Path != "" {
			name = u.Path
		}
		base := path.Base(name)
		for path.Ext(base) != "" && len(path.Ext(base)) < len(base) {
			base = strings.TrimSuffix(base, path.Ext(base))
		}
		return base
	case u.Kind == Library && u.Path != "":
		return u.Path
	case u.Kind == Action && u.Path != "":
		return path.Base(u.Path)
	}
	return path.Base(name)
}

// byInputs tells what inputs that are switched on ask for ("run-tests: true").
// In a library's own language a name alone is a switch ("enableTests()").
func byInputs(u Use) []Meaning {
	var found []Meaning
	for _, input := range slices.Sorted(maps.Keys(u.With)) {
		value := strings.TrimSpace(u.With[input])
		if strings.EqualFold(value, "true") || u.Kind == Library && value == "" {
			found = append(found, byName(input, "")...)
		}
	}
	return distinct(found)
}

// distinct leaves one meaning of each activity.
func distinct(all []Meaning) []Meaning {
	var kept []Meaning
	for _, m := range all {
		if !slices.ContainsFunc(kept, func(k Meaning) bool { return k.Activity == m.Activity }) {
			kept = append(kept, m)
		}
	}
	return kept
}

// toolOfBlock is a tool that a name tells of, else the name's last part.
func toolOfBlock(name string) string {
	for _, w := range wordsOf(name) {
		if _, ok := infrastructurePrograms[w]; ok && len(w) > 2 {
			p, _ := known(w)
			return p.tool
		}
	}
	return strings.Join(wordsOf(name), "-")
}
