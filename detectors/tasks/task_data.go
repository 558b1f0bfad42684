package tasks

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// npm reads the scripts of a package; what runs before and after a script is
// what it needs. The script that npm init writes tests nothing.
// Source: https://docs.npmjs.com/cli/using-npm/scripts#pre--post-scripts
func npm(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	doc, err := syntax.JSON.Of(f)
	scripts := doc.Get("scripts")
	var found []wiring.Task
	for key, value := range scripts.Pairs() {
		if len(found) == maxTasks || strings.Contains(value.Text(), "no test specified") || value.Text() == "" {
			continue
		}
		t := wiring.Task{Runner: "npm", Name: key.Text(), At: key.Span(), Commands: scalar(f, value).commands()}
		for _, other := range []string{"pre" + t.Name, "post" + t.Name} {
			if scripts.Get(other).Exists() {
				t.Needs = append(t.Needs, other)
			}
		}
		found = append(found, t)
	}
	return found, err
}

var composerEvent = regex.New(`^(?:pre|post)-.*-(?:cmd|install|update|uninstall|dump|project|exec|run)$`)

// composer reads the scripts of a package, its events left out.
// Source: https://getcomposer.org/doc/articles/scripts.md
func composer(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	doc, err := syntax.JSON.Of(f)
	var found []wiring.Task
	for key, value := range doc.Get("scripts").Pairs() {
		if composerEvent.MatchString(key.Text()) {
			continue
		}
		t := wiring.Task{Runner: "composer", Name: key.Text(), At: key.Span()}
		for _, item := range value.List() {
			other, isOther := strings.CutPrefix(item.Text(), "@")
			switch program, rest, _ := strings.Cut(other, " "); {
			case isOther && (program == "php" || program == "composer"):
				t.Commands = append(t.Commands, line{text: program + " " + rest, at: fixedAt(item.Span())}.commands()...)
			case isOther:
				t.Needs = append(t.Needs, program)
			default:
				t.Commands = append(t.Commands, scalar(f, item).commands()...)
			}
		}
		found = append(found, t)
	}
	return found, err
}

// deno reads tasks, which are a command or a table with one.
// Source: https://docs.deno.com/runtime/reference/cli/task/
func deno(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	doc, err := syntax.JSON.Of(f)
	return named("deno", f, doc.Get("tasks"), ""), err
}

// named are tasks by their keys, whose values are a command, a list of them,
// or a table that says more in the words of its runner.
func named(runner string, f *detect.File, n syntax.Node, prefix string) []wiring.Task {
	var found []wiring.Task
	for key, value := range n.Pairs() {
		if len(found) == maxTasks || strings.HasPrefix(key.Text(), "_.") {
			continue
		}
		t := wiring.Task{Runner: runner, Name: prefix + key.Text(), At: key.Span()}
		if value.IsMap() {
			t.Doc = firstOf(value, "description", "desc", "help").Text()
			t.Needs = needsOf(value)
			t.Commands = scalars(f, firstOf(value, "run", "cmd", "shell", "command", "composite", "sequence"))
		} else {
			t.Commands = scalars(f, value)
		}
		found = append(found, t)
	}
	return found
}

// firstOf is the value of the first of the keys that is there.
func firstOf(n syntax.Node, keys ...string) syntax.Node {
	for _, key := range keys {
		if value := n.Get(key); value.Exists() {
			return value
		}
	}
	return syntax.Node{}
}

// needsOf are the tasks that a table names as what runs before or after.
func needsOf(n syntax.Node) []string {
	var names []string
	for _, key := range []string{"depends", "depends_post", "dependencies", "deps"} {
		for _, item := range n.Get(key).List() {
			if item.IsMap() {
				item = item.Get("task")
			}
			if words := strings.Fields(item.Text()); len(words) > 0 {
				names = append(names, words[0])
			}
		}
	}
	return names
}

// mise reads the table of tasks.
// Source: https://mise.jdx.dev/tasks/toml-tasks.html
func mise(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	doc, err := syntax.TOML.Of(f)
	found := named("mise", f, doc.Get("tasks"), "")
	for i := range found {
		if dir := path.Dir(f.Path); dir == "mise" || strings.HasPrefix(dir, ".mise") || strings.HasPrefix(dir, ".config") {
			found[i].Dir = "."
		}
	}
	return found, err
}

var miseDescription = regex.New(`(?m)^(?:#|//)\s*(?:MISE|\[MISE\])\s+description=["'](.*?)["']`)

// miseFile is the task that a file in a folder of mise's tasks is: "_default"
// has the name of its folder.
func miseFile(f *detect.File, name string) ([]wiring.Task, error) {
	name = strings.TrimSuffix(strings.TrimSuffix(name, path.Ext(name)), "/_default")
	t := wiring.Task{Runner: "mise", Dir: ".", At: f.Whole(), Name: strings.ReplaceAll(name, "/", ":")}
	if m := miseDescription.FindSubmatch(f.Data); m != nil {
		t.Doc = string(m[1])
	}
	t.Commands = line{text: string(f.Data), at: func(first, last int) detect.Span { return f.Lines(first+1, last+1) }}.commands()
	if len(t.Commands) == 0 && !strings.HasPrefix(string(f.Data), "#!") {
		return nil, nil
	}
	return []wiring.Task{t}, nil
}

// pyproject reads the tasks of Python's runners.
// Sources: https://poethepoet.natn.io/tasks/index.html, https://pdm-project.org/en/latest/usage/scripts/,
// https://hatch.pypa.io/latest/config/environment/overview/#scripts and https://github.com/taskipy/taskipy
func pyproject(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	doc, err := syntax.TOML.Of(f)
	tool := doc.Get("tool")
	found := named("poe", f, tool.Get("poe", "tasks"), "")
	found = append(found, named("pdm", f, tool.Get("pdm", "scripts"), "")...)
	found = append(found, named("taskipy", f, tool.Get("taskipy", "tasks"), "")...)
	found = append(found, named("pixi", f, tool.Get("pixi", "tasks"), "")...)
	for env, settings := range tool.Get("hatch", "envs").Pairs() {
		prefix := env.Text() + ":"
		if prefix == "default:" {
			prefix = ""
		}
		found = append(found, named("hatch", f, settings.Get("scripts"), prefix)...)
	}
	return found, err
}

func pipfile(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	doc, err := syntax.TOML.Of(f)
	return named("pipenv", f, doc.Get("scripts"), ""), err
}

// taskfile reads the tasks of Task.
// Source: https://taskfile.dev/reference/schema/#task
func taskfile(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	var found []wiring.Task
	for key, value := range docs[0].Get("tasks").Pairs() {
		if len(found) == maxTasks {
			break
		}
		t := wiring.Task{Runner: "task", Name: key.Text(), At: key.Span(), Doc: firstOf(value, "desc", "summary").Text(), Needs: needsOf(value)}
		t.Open = docs[0].Get("includes").Exists()
		steps := value
		if value.IsMap() {
			steps = firstOf(value, "cmds", "cmd")
		}
		if dir := value.Get("dir").Text(); dir != "" && !strings.Contains(dir, "{{") {
			t.Dir = path.Join(path.Dir(f.Path), dir)
		}
		addSteps(&t, f, steps, value.Get("ignore_error").True())
		found = append(found, t)
	}
	return found, nil
}

// addSteps adds the steps of Task: commands, and calls of other tasks.
func addSteps(t *wiring.Task, f *detect.File, steps syntax.Node, ignored bool) {
	for _, step := range steps.List() {
		l := scalar(f, step)
		if step.IsMap() {
			if other := step.Get("task").Text(); other != "" {
				t.Needs = append(t.Needs, other)
			}
			l = scalar(f, step.Get("cmd"))
		}
		if ignored || step.Get("ignore_error").True() {
			l.swallowed = "ignore_error"
		}
		t.Commands = append(t.Commands, l.commands()...)
	}
}

// atmos reads the commands that a configuration adds to Atmos.
// Source: https://atmos.tools/cli/configuration/commands
func atmos(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	return atmosCommands(f, docs[0].Get("commands"), "", 0), nil
}

// maxAtmosDepth bounds commands within commands.
const maxAtmosDepth = 4

func atmosCommands(f *detect.File, list syntax.Node, above string, depth int) []wiring.Task {
	var found []wiring.Task
	for _, c := range list.List() {
		name := strings.TrimSpace(above + " " + c.Get("name").Text())
		if commands := scalars(f, c.Get("steps")); len(commands) > 0 {
			found = append(found, wiring.Task{Runner: "atmos", Name: name, At: c.Span(), Doc: c.Get("description").Text(), Commands: commands})
		}
		if depth < maxAtmosDepth {
			found = append(found, atmosCommands(f, c.Get("commands"), name, depth+1)...)
		}
	}
	return found
}

// upbound gives what the up program does to a project.
// Source: https://docs.upbound.io/reference/cli-reference/
func upbound(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 || docs[0].Get("kind").Text() != "Project" || !strings.HasPrefix(docs[0].Get("apiVersion").Text(), "meta.dev.upbound.io/") {
		return nil, err
	}
	return builtIn("up", f.Line(1), "project build", "project run", "test run", "composition render"), nil
}
