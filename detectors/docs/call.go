package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// taskCall reads a command as the call of a task, or of a script by its path.
// Its Dir is the folder that options name.
func taskCall(t typed) (Command, bool) {
	for _, read := range []func([]string) (Command, bool){runnerCall, gradleCall, scriptCall} {
		if c, ok := read(t.words); ok {
			c.Text = t.text()
			return c, true
		}
	}
	return Command{}, false
}

// taskCalls are all tasks that a command calls: some runners take several.
func taskCalls(t typed) []Command {
	c, ok := taskCall(t)
	if !ok {
		return nil
	}
	calls := []Command{c}
	if call, _ := wiring.ReadTaskCall(inEnvironment(t.words)); c.Runner == "make" || c.Runner == "task" {
		for _, name := range call.Names[1:] {
			if plainWord(name) {
				c.Name = name
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// taskRunners are the runners whose tasks are all written in files that are
// read, so that one which is not found does not exist.
var taskRunners = strings.Fields("make npm task just mage rake invoke poe mise pdm hatch")

// nodePrograms run the scripts of package.json.
var nodePrograms = strings.Fields("npm yarn pnpm bun")

// usualScripts are names of scripts that yarn, pnpm and bun are called with where
// a program of that name is unlikely.
var usualScripts = strings.Fields("build dev start serve test lint format typecheck e2e storybook deploy watch check ci setup preview clean release")

// runnerCall reads a call of a task runner for one task of the same package.
func runnerCall(words []string) (Command, bool) {
	call, ok := wiring.ReadTaskCall(inEnvironment(words))
	if !ok || call.Everywhere || len(call.Names) == 0 || !slices.Contains(taskRunners, call.Runner) {
		return Command{}, false
	}
	c := Command{Runner: call.Runner, Name: call.Names[0], Dir: call.Dir}
	switch call.Runner {
	case "npm":
		c.Runner = call.Program
		if !slices.Contains(nodePrograms, call.Program) || call.Bare && !slices.Contains(usualScripts, c.Name) && !strings.Contains(c.Name, ":") {
			return Command{}, false
		}
	case "just":
		if c.Dir == "" && call.File != "" {
			c.Dir = path.Dir(call.File)
		}
	}
	return c, plainWord(strings.ReplaceAll(c.Name, "::", ":"))
}

// inEnvironment is the command that a package manager runs in the environment
// that it keeps.
func inEnvironment(words []string) []string {
	for len(words) > 2 && (words[0] == "bundle" && words[1] == "exec" || words[1] == "run" && slices.Contains([]string{"poetry", "uv", "pipenv"}, words[0])) {
		words = words[2:]
	}
	return words
}

// gradleCall reads a call of Gradle, or of its wrapper: most tasks come from
// plug-ins, so that a build file names few of them.
func gradleCall(words []string) (Command, bool) {
	if base := path.Base(words[0]); base != "gradle" && base != "gradlew" {
		return Command{}, false
	}
	c := Command{Runner: path.Base(words[0])}
	for _, w := range words[1:] {
		if !strings.HasPrefix(w, "-") && plainWord(strings.TrimPrefix(w, ":")) {
			c.Name = w[strings.LastIndexByte(w, ':')+1:]
			return c, c.Name != ""
		}
	}
	return c, false
}

func scriptCall(words []string) (Command, bool) {
	w := words[0]
	if len(words) > 1 && slices.Contains(interpreters, w) && slices.Contains(scriptEndings, path.Ext(words[1])) {
		w = words[1]
	} else if !script(w) {
		return Command{}, false
	}
	return Command{Runner: "script", Name: path.Clean(w)}, pathText.MatchString(w)
}

// plainWord says whether a word can be the name of a task, and is not what the
// reader is to fill in.
func plainWord(w string) bool {
	return w != "" && !standIn.MatchString(w) && !strings.ContainsAny(w, "<>{}[]$*/\\`'\"()|;&…") && !strings.Contains(w, "...") && !slices.ContainsFunc(strings.FieldsFunc(w, joins), inCapitals)
}

// standIn is a name that stands for any other.
var standIn = regex.New(`^(?:(?:some|any|your|my|the)[-_]?(?:target|task|recipe|script|command|name)|target|foo|bar|baz|x|y|z|something)$`)

func joins(r rune) bool { return strings.ContainsRune(":-_.", r) }

// inCapitals says whether a part of a name is there to be replaced ("apply-X").
func inCapitals(part string) bool {
	return part == strings.ToUpper(part) && part != strings.ToLower(part)
}
