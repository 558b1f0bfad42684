package wiring

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/nearest"
)

// certain says whether what is not there can be called missing: nothing was
// fetched from elsewhere, and the folder is known and in the repository.
func (b *builder) certain(s scope, dir string) bool {
	return s.why == "" && !s.foreign && !s.boxed && !s.checks && !s.instance.elsewhere && dir != "?" && b.tree.Folder(dir)
}

func (b *builder) missTask(s scope, c TaskCall, words []string, at detect.Span, dir string, there []*Task) {
	if !b.certain(s, dir) || taskFiles[c.Runner] == nil || c.File != "" || slices.ContainsFunc(there, func(t *Task) bool { return t.Open }) || len(there) == 0 && !b.lacksFile(c.Runner, dir) {
		return
	}
	var names []string
	for _, t := range there {
		names = append(names, t.Name)
	}
	for _, name := range c.Names {
		if !plain(name) || c.Runner == "npm" && slices.Contains(own, name) && name != "test" || c.Runner == "make" && strings.ContainsAny(name, "/.") {
			continue
		}
		b.miss(MissingCall{Command: oneLine(words), At: at, Runner: c.Runner, Name: name, Nearest: closest(name, names)})
		if c.Runner == "just" {
			return
		}
	}
}

// taskFiles are the files that runners read whose tasks are all written there.
var taskFiles = map[string][]string{
	"make": {"Makefile", "makefile", "GNUmakefile"}, "npm": {"package.json"}, "just": {"justfile", "Justfile", ".justfile"},
	"task": {"Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml", "Taskfile.dist.yml", "Taskfile.dist.yaml"},
}

// lacksFile says whether the runner finds no file of tasks at all.
func (b *builder) lacksFile(runner, dir string) bool {
	return !slices.ContainsFunc(taskFiles[runner], func(f string) bool { return b.tree.Has(path.Join(dir, f)) })
}

func (b *builder) missScript(s scope, words []string, word string, at detect.Span) {
	p := join(s.dir, word)
	if !strings.Contains(word, "/") && word == words[0] {
		return // found on the path of the machine
	}
	if _, ok := known(word); ok || !plain(word) || p == "?" || !b.certain(s, path.Dir(p)) || s.instance.fetched || !slices.Contains(scriptEndings, path.Ext(p)) || b.tree.Has(p) {
		return
	}
	var near []string
	for _, e := range b.tree.Under(path.Dir(p)) {
		near = append(near, e.Path)
	}
	b.miss(MissingCall{Command: oneLine(words), At: at, Runner: "script", Name: p, Nearest: closest(p, near)})
}

// missBlock notes a call of an action or workflow that is not here.
func (b *builder) missBlock(s scope, u Use, p string) {
	if !plain(p) || s.instance.elsewhere || s.why != "" || s.foreign || u.Owner != "" || b.tree.Has(p) || u.Kind != Action && u.Kind != Workflow || !b.tree.Folder(path.Dir(p)) {
		return
	}
	var near []string
	for at := range b.blocks {
		near = append(near, at)
	}
	slices.Sort(near)
	b.miss(MissingCall{Command: u.Ref, At: u.At, Runner: string(u.Kind), Name: p, Nearest: closest(p, near)})
}

// maxMissing bounds the calls that are reported.
const maxMissing = 200

func (b *builder) miss(m MissingCall) {
	same := func(o MissingCall) bool { return o.At == m.At && o.Name == m.Name }
	if !slices.ContainsFunc(b.graph.missing, same) && len(b.graph.missing) < maxMissing {
		b.graph.missing = append(b.graph.missing, m)
	}
}

// plain says whether a name is written out.
func plain(name string) bool { return name != "" && !strings.ContainsAny(name, "$`{}<>()*?[]%~\"'\\ ") }

// closest is the name that is most like another; empty where none is alike.
func closest(name string, names []string) string {
	return nearest.Closest(name, names, max(len(name)/3, 2)+1)
}

// DeadScripts are the scripts that tasks call and that are not here, whether or
// not a pipeline runs the task: those that history held, and those of a folder
// that is here. What another command of the task names may be made by it, as may
// what a task beside it downloads or copies.
func DeadScripts(r *detect.Repo, tasks []Task) []MissingCall {
	var dead []MissingCall
	for _, t := range tasks {
		for i, c := range t.Commands {
			p, ok := scriptCalled(t, c)
			if !ok || r.Tree.Has(p) || namedElsewhere(t.Commands, i, path.Base(p)) || fetchedBy(tasks, t.Dir, path.Base(p)) {
				continue
			}
			removed, held, err := r.History.Removal(p)
			held = held && err == nil
			expected := r.Tree.Folder(path.Dir(p)) && slices.Contains(sourceEndings, path.Ext(p))
			if !held && !expected {
				continue
			}
			dead = append(dead, MissingCall{Command: oneLine(c.Words), At: c.At, Runner: t.Runner, Name: p, Nearest: removed.To, Removed: removed})
		}
	}
	return dead
}

// sourceEndings are those of scripts that are written and not built.
var sourceEndings = []string{".sh", ".bash", ".py", ".rb", ".pl", ".ps1"}

// scriptCalled is the path of the script that a command of a task runs; false
// where it runs none by a path that is written out.
func scriptCalled(t Task, c Command) (string, bool) {
	if len(c.Words) == 0 || c.Never != "" || c.Function != "" {
		return "", false
	}
	word := scriptWord(c.Words)
	if !plain(word) || !strings.Contains(word, "/") || path.IsAbs(word) || !slices.Contains(scriptEndings, path.Ext(word)) {
		return "", false
	}
	p := join(join(t.Dir, c.Dir), word)
	return p, p != "?" && !strings.HasPrefix(p, "../")
}

// namedElsewhere says whether a command beside one names the same file.
func namedElsewhere(commands []Command, but int, base string) bool {
	for i, c := range commands {
		for j, w := range c.Words {
			if (i != but || j > 1) && strings.Contains(w, base) && scriptWord(c.Words) != w {
				return true
			}
		}
	}
	return false
}

// fetchers are programs that bring or put a file where an argument says.
var fetchers = strings.Fields("curl wget cp mv ln install tee touch tar unzip gunzip gh aws gsutil")

// fetchedBy says whether a task of a folder brings a file of that name.
func fetchedBy(tasks []Task, dir, base string) bool {
	return slices.ContainsFunc(tasks, func(t Task) bool {
		return path.Clean(t.Dir) == path.Clean(dir) && slices.ContainsFunc(t.Commands, func(c Command) bool {
			return len(c.Words) > 0 && slices.Contains(fetchers, programName(c.Words[0])) && slices.ContainsFunc(c.Words[1:], func(w string) bool { return path.Base(w) == base })
		})
	})
}
