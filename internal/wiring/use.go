package wiring

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
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
	// order is the input that names what is done, where it is one of orders.
	order string
	// remote is the input that holds commands for another machine.
	remote string
	// off is the input that, switched off, leaves nothing to do.
	off string
	// soft is the input by which a failure is none, strict the one without which
	// it is none. What stands behind an equals sign is the value of one that is
	// not given.
	soft, strict string
	// lenient says why its failure is none, whatever the inputs.
	lenient string
	// reports says that it never fails by what it finds; where an input is named,
	// unless that is switched off.
	reports string
	// publishes is the input that makes of a build a publication.
	publishes string
}

// usages are all blocks that are known one by one, by their reference in lower
// case, without its version.
var usages = sync.OnceValue(func() map[string]usage {
	return mergeUsages(actionUsages(), taskUsages(), orbUsages())
})

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
// One beside it that only makes its tool ready is none of note.
func lookUp(name string) (usage, bool) {
	for {
		if known, ok := usages()[name]; ok {
			return known, true
		}
		i := strings.LastIndexByte(name, '/')
		if i < 0 || !strings.Contains(name[:i], "/") {
			return usage{}, false
		}
		if tellsOnly(wordsOf(name[i:])) {
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
	does := k.doing(u)
	if does == "" {
		return nil
	}
	how, _ := k.softness(u)
	return []Meaning{{Activity: does, Tool: cmp.Or(k.tool, path.Base(name)), Paths: actedInputs(u), Soft: how, Undecided: k.onlyReports(u)}}
}

// onlyReports says whether a scanner never fails by what it finds.
func (k usage) onlyReports(u Use) bool {
	return k.reports != "" && (u.With[k.reports] == "" || switchedOn(u.With[k.reports]))
}

// doing is what a block does with the inputs that it is given.
func (k usage) doing(u Use) Activity {
	order := strings.ToLower(strings.TrimSpace(u.With[k.order]))
	ordered := cmp.Or(orders[order], ownOrders[order])
	switch {
	case k.off != "" && u.With[k.off] != "" && !switchedOn(u.With[k.off]):
		return ""
	case k.remote != "" && u.With[k.remote] != "" && !changesMachine(shellText(u.With[k.remote])):
		return ""
	case k.order != "" && ordered != "":
		return ordered
	case k.publishes != "" && switchedOn(u.With[k.publishes]):
		return Publish
	case k.does == Scan && slices.Contains(inventories, strings.ToLower(u.With["format"])):
		return ""
	case k.does == Apply && rehearsesInputs(u):
		return Validate
	case slices.Contains(changes, k.does) && rehearsesInputs(u):
		return ""
	}
	return k.does
}

// inventories are the formats in which a scanner only lists what there is.
var inventories = []string{"cyclonedx", "spdx", "spdx-json", "github"}

// softness says how a failure is none, and by which input.
func (k usage) softness(u Use) (how, input string) {
	soft, usually, _ := strings.Cut(k.soft, "=")
	strict, fails, _ := strings.Cut(k.strict, "=")
	switch {
	case k.lenient != "":
		return k.lenient, ""
	case soft != "" && switchedOn(cmp.Or(u.With[soft], usually)):
		return soft + " is on", soft
	case strict == "" || switchedOn(cmp.Or(u.With[strict], fails)):
		return "", ""
	case u.With[strict] != "":
		return strict + " is " + u.With[strict], strict
	}
	return "it never fails without " + strict, strict
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

// words are the program that a block runs, with what its inputs hold; none
// where it runs nothing without them.
func (k usage) words(u Use) []string {
	var words []string
	for _, input := range strings.Fields(k.from) {
		words = append(words, strings.Fields(u.With[input])...)
	}
	if len(words) == 0 {
		words = strings.Fields(k.otherwise)
	}
	if len(words) == 0 {
		return nil
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
	if runsHooks(wordsOf(nameOfBlock(u, name))) {
		return []Meaning{{Activity: Lint, Tool: "pre-commit", Delegated: true}}
	}
	if u.Kind == Workflow && u.Path == "" && u.Repo != "" {
		return []Meaning{{Activity: Bump, Tool: "downstream-pipeline", Delegated: true}}
	}
	found := byName(nameOfBlock(u, name), "")
	if len(found) == 0 && handsOn(u, wordsOf(nameOfBlock(u, name))) {
		found = append(found, Meaning{Activity: Publish})
	}
	if u.Kind != Action && u.Kind != Image && u.Kind != Orb {
		found = distinct(append(found, byInputs(u)...))
		if words := wordsOf(nameOfBlock(u, name)); len(found) == 0 && !tellsOnly(words) && (slices.Contains(words, "ci") || slices.Contains(words, "cicd")) {
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

// handsOn says whether a block whose name says that it uploads something puts it
// where a deployment takes it up: into a bucket or a repository of packages. The
// files of a run and the results of tests are for reading.
func handsOn(u Use, words []string) bool {
	i := slices.Index(words, "upload")
	if i < 0 || tellsOnly(slices.Delete(slices.Clone(words), i, i+1)) || slices.ContainsFunc(words, func(w string) bool { return activityOf(w) == Test || activityOf(w) == Scan }) {
		return false
	}
	return slices.ContainsFunc(slices.Collect(maps.Keys(u.With)), func(input string) bool {
		return slices.ContainsFunc(wordsOf(input), func(w string) bool { return w == "bucket" || w == "registry" || w == "ecr" })
	})
}

// orders are what an input that names an action may ask for.
var orders = map[string]Activity{"plan": Plan, "apply": Apply, "deploy": Apply, "destroy": Teardown, "validate": Validate, "test": Test, "preview": Plan, "up": Apply}

// ownOrders are what the inputs of known blocks ask for beside these.
var ownOrders = map[string]Activity{"create": Apply, "promote": Apply, "reject": Rollback, "delete": Teardown, "close": Teardown, "whatif": Plan, "validation": Validate}

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

// runsHooks says whether a name tells that the hooks of pre-commit are run, and
// not set up or brought up to date.
func runsHooks(words []string) bool {
	i := slices.Index(words, "commit")
	if i < 1 || words[i-1] != "pre" {
		return false
	}
	rest := slices.Delete(slices.Clone(words), i-1, i+1)
	return !tellsOnly(rest) && !slices.ContainsFunc(rest, func(w string) bool { return w == "update" || w == "autoupdate" || w == "upgrade" })
}

// checksCode says whether a name tells of a check of infrastructure code.
func checksCode(words []string) bool {
	return (slices.Contains(words, "check") || slices.Contains(words, "checks")) && slices.ContainsFunc(words, func(w string) bool { return slices.Contains(codeTools, w) })
}

var codeTools = []string{"terraform", "tofu", "helm", "kubernetes", "k8s", "ansible", "cloudformation", "pulumi", "terragrunt", "kustomize"}

// nameOfBlock is the part of a reference that names the block itself: the last
// one that is no name that any block may have.
func nameOfBlock(u Use, name string) string {
	switch {
	case u.Kind == Library && u.Path != "":
		return strings.TrimSuffix(path.Base(u.Path), ".groovy")
	case (u.Kind == Workflow || u.Kind == Include || u.Kind == Template || u.Kind == Action) && u.Path != "":
		name = u.Path
	}
	base := bareName(u, name)
	for slices.Contains(anyBlock, strings.ToLower(base)) && strings.Contains(strings.Trim(name, "/"), "/") {
		name = path.Dir(strings.Trim(name, "/"))
		base = bareName(u, name)
	}
	return base
}

// anyBlock are names that say nothing of a block: its folder does.
var anyBlock = strings.Fields("template templates main index action pipeline run workflow default job jobs step steps stage stages config task")

// bareName is the last part of a path; of files without its endings.
func bareName(u Use, name string) string {
	base := path.Base(name)
	if u.Kind == Workflow || u.Kind == Include || u.Kind == Template {
		for path.Ext(base) != "" && len(path.Ext(base)) < len(base) {
			base = strings.TrimSuffix(base, path.Ext(base))
		}
	}
	return base
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
		if _, ok := infrastructurePrograms()[w]; ok && len(w) > 2 {
			p, _ := known(w)
			return p.tool
		}
	}
	return strings.Join(wordsOf(name), "-")
}
