package wiring

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A taskIndex finds tasks by their runner, folder and name.
type taskIndex struct {
	inFolder map[folderOf][]*Task
	byName   map[nameOf][]*Task
}

type folderOf struct{ runner, dir string }

type nameOf struct{ runner, name string }

func indexTasks(tasks []Task) taskIndex {
	x := taskIndex{map[folderOf][]*Task{}, map[nameOf][]*Task{}}
	for i := range tasks {
		t := &tasks[i]
		runner := sameRunner(t.Runner)
		name := nameOf{runner, t.Name}
		x.byName[name] = append(x.byName[name], t)
		for _, dir := range t.homes() {
			folder := folderOf{runner, dir}
			x.inFolder[folder] = append(x.inFolder[folder], t)
		}
	}
	return x
}

// homes are the folders that a task is called from: the one it runs in, and the
// one of the file that defines it.
func (t *Task) homes() []string {
	dir := path.Clean(t.Dir)
	if own := path.Dir(t.At.Path); t.At.Path != "" && own != dir {
		return []string{dir, own}
	}
	return []string{dir}
}

// sameRunner is the runner under which the scripts of package.json are found,
// whichever program runs them.
func sameRunner(runner string) string {
	switch runner {
	case "yarn", "pnpm", "bun":
		return "npm"
	}
	return runner
}

// in are the tasks of a runner that a folder, or a file in it, defines.
func (x taskIndex) in(runner, dir, file string) []*Task {
	all := x.inFolder[folderOf{runner, dir}]
	if file == "" {
		return all
	}
	var found []*Task
	for _, t := range all {
		if path.Base(t.At.Path) == path.Base(file) {
			found = append(found, t)
		}
	}
	return found
}

// named are the tasks of a folder with a name, which may be a pattern.
func (x taskIndex) named(runner, dir, name string) []*Task {
	if strings.ContainsRune(name, '*') {
		return named(x.inFolder[folderOf{runner, dir}], name)
	}
	var found []*Task
	for _, t := range x.byName[nameOf{runner, name}] {
		if slices.Contains(t.homes(), dir) {
			found = append(found, t)
		}
	}
	return found
}

// homeOf are the folder where the runner finds the tasks of a call, and these:
// most look in the folders above, too.
func (b *builder) homeOf(c TaskCall, dir string) (string, []*Task) {
	if c.File != "" {
		dir = path.Join(dir, path.Dir(c.File))
	}
	for at := dir; ; at = path.Dir(at) {
		if found := b.tasks.in(c.Runner, at, c.File); len(found) > 0 {
			return at, found
		}
		if c.Runner == "make" || at == "." || at == "/" {
			return dir, nil
		}
	}
}

// callsTask follows a command that calls tasks; false where it calls none that
// is known.
func (b *builder) callsTask(s scope, words []string, at detect.Span) bool {
	c, ok := ReadTaskCall(words)
	if !ok {
		return false
	}
	if runsNothing(c.Runner, words[1:]) {
		return true
	}
	dir := join(s.dir, s.fill(c.Dir))
	if c.Everywhere || dir == "?" {
		return b.anywhere(s, c, words, at, dir != "?")
	}
	home, there := b.homeOf(c, dir)
	if len(c.Names) == 0 && len(there) > 0 {
		c.Names = []string{usual(there)}
	}
	found := 0
	for _, name := range c.Names {
		for _, t := range b.tasks.named(c.Runner, home, name) {
			if c.File == "" || path.Base(t.At.Path) == path.Base(c.File) {
				b.task(s, t, words, at)
				found++
			}
		}
	}
	if found == 0 {
		return b.unknownTask(s, c, words, at, dir, there)
	}
	return true
}

// usual is the task that runs when none is named.
func usual(tasks []*Task) string {
	for _, t := range tasks {
		if t.Name == "default" {
			return t.Name
		}
	}
	return tasks[0].Name
}

// named are the tasks whose name fits a pattern ("build:*").
func named(tasks []*Task, name string) []*Task {
	var found []*Task
	for _, t := range tasks {
		if fits(strings.ReplaceAll(name, ":", "/"), strings.ReplaceAll(t.Name, ":", "/")) {
			found = append(found, t)
		}
	}
	return found
}

// anywhere follows the tasks of a name wherever they are: of many packages, or
// where the folder cannot be told.
func (b *builder) anywhere(s scope, c TaskCall, words []string, at detect.Span, certain bool) bool {
	var found []*Task
	for _, name := range c.Names {
		found = append(found, b.tasks.byName[nameOf{c.Runner, name}]...)
	}
	found = ofPackages(found, c.Packages)
	if len(found) == 0 || !certain && !sameDeeds(found) {
		return b.byTaskName(s, c, words, at)
	}
	for _, t := range found[:min(len(found), 30)] {
		b.task(s, t, words, at)
	}
	return true
}

// ofPackages leaves of tasks those of the packages that are named, where folders of
// that name are among them.
func ofPackages(tasks []*Task, packages []string) []*Task {
	var left []*Task
	for _, t := range tasks {
		if slices.ContainsFunc(packages, func(p string) bool { return path.Base(path.Clean(p)) == path.Base(path.Clean(t.Dir)) }) {
			left = append(left, t)
		}
	}
	if len(left) == 0 {
		return tasks
	}
	return left
}

// sameDeeds says whether tasks that may be meant are few enough to stand for
// each other.
func sameDeeds(tasks []*Task) bool { return len(tasks) <= 5 }

// task follows a task: those that it needs, and its commands. A task of which
// nothing is known is told by its name.
func (b *builder) task(s scope, t *Task, words []string, at detect.Span) {
	before := len(b.graph.acts)
	b.enter(t, func() {
		inner := s.through(at)
		inner.dir, inner.home, inner.sourced = path.Clean(t.Dir), path.Clean(t.Dir), false
		for _, need := range t.Needs {
			for _, n := range b.tasks.named(sameRunner(t.Runner), path.Clean(t.Dir), need) {
				b.task(inner, n, []string{t.Runner, need}, t.At)
			}
		}
		b.commands(inner, t.Commands)
	})
	if len(b.graph.acts) == before && !b.open[t] && !b.idle(t) {
		for _, m := range byName(t.Name, t.Runner) {
			b.act(s.through(at), m, words, t.At)
		}
	}
}

// unknownTask deals with a call of tasks that cannot be found.
func (b *builder) unknownTask(s scope, c TaskCall, words []string, at detect.Span, dir string, there []*Task) bool {
	if !c.Sure {
		return false
	}
	b.missTask(s, c, words, at, dir, there)
	return b.byTaskName(s, c, words, at)
}

// byTaskName tells what tasks do that cannot be seen by their names.
func (b *builder) byTaskName(s scope, c TaskCall, words []string, at detect.Span) bool {
	if !c.Sure && !c.Everywhere {
		return false
	}
	for _, name := range c.Names {
		for _, m := range byName(name, c.Runner) {
			b.act(s, m, words, at)
		}
	}
	return len(c.Names) > 0
}

// callsScript follows a command that runs a script of the repository.
func (b *builder) callsScript(s scope, words []string, at detect.Span) bool {
	word := s.fill(scriptWord(words))
	if word == "" {
		return false
	}
	p, ok := b.scriptAt(s, word)
	if !ok {
		b.missScript(s, words, word, at)
		return false
	}
	script := b.scripts[p]
	switch {
	case script != nil && len(script.Commands) > 0:
		b.enter(script, func() {
			inner := s.through(at)
			inner.home, inner.sourced = path.Dir(p), isSource(words[0])
			if inner.sourced {
				s.instance.learn(script.Commands)
			}
			b.commands(inner, script.Commands)
		})
		return true
	case script != nil && syntax.IsShell(script.Language):
		return true
	}
	if _, ok := known(p); ok {
		return false // the wrapper of a build tool, a script of a framework
	}
	for _, m := range byName(strings.TrimSuffix(path.Base(p), path.Ext(p)), path.Base(p)) {
		b.act(s, m, words, at)
	}
	return true
}

func isSource(word string) bool { return word == "source" || word == "." }

// learn notes the functions of a script that is sourced.
func (in *instance) learn(commands []Command) {
	for _, c := range commands {
		if c.Function == "" || len(in.functions[c.Function]) > maxVisits {
			continue
		}
		if in.functions == nil {
			in.functions = map[string][]Command{}
		}
		called := c
		called.Function, called.Never = "", "" // whoever calls it reaches it
		in.functions[c.Function] = append(in.functions[c.Function], called)
	}
}

// callsFunction follows the call of a function of a script that was sourced.
func (b *builder) callsFunction(s scope, words []string, at detect.Span) bool {
	commands := s.instance.functions[words[0]]
	if commands == nil {
		return false
	}
	b.enter(&commands[0], func() { b.commands(s.through(at), commands) })
	return true
}

// scriptAt is the path of a script, from the folder it is called in, else from
// the home of what calls it and from the root.
func (b *builder) scriptAt(s scope, word string) (string, bool) {
	candidates := []string{join(s.dir, word)}
	if s.dir == "?" || strings.ContainsAny(word, "$") {
		relative := word
		if strings.ContainsAny(word, "$`") {
			_, relative, _ = strings.Cut(word[strings.LastIndexAny(word, "$`})"):], "/")
		}
		candidates = append(candidates, path.Join(cmp.Or(s.home, "."), relative), path.Join(path.Dir(cmp.Or(s.home, ".")), relative), path.Clean(relative))
	}
	for _, p := range candidates {
		if _, ok := b.tree.File(p); ok && p != "?" && p != "." {
			return p, true
		}
	}
	return "", false
}
