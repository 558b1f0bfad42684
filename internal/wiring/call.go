package wiring

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
)

// A TaskCall is a call of tasks of a task runner.
type TaskCall struct {
	// Program is what is called; Runner is the task runner under whose name its
	// tasks are found: "npm" for yarn and pnpm, too.
	Program, Runner string
	// File is the file that an option names, Dir the folder.
	File, Dir string
	// Names are the tasks; none for the default one. Of just they are what the
	// words may name: a recipe, or one of a module.
	Names []string
	// Everywhere says that it runs the tasks of that name in many folders.
	Everywhere bool
	// Packages are those whose tasks are meant, by their names or folders.
	Packages []string
	// Sure says that it can be nothing else: "npm run x", and not "yarn x".
	Sure bool
	// Bare says that the task stands where a program of that name could stand, or
	// a sub-command: "yarn x", and not "yarn run x".
	Bare bool
}

// runners read calls of their programs; the arguments are those behind it.
var runners = map[string]func(args []string) (TaskCall, bool){
	"make": makeCall, "gmake": makeCall,
	"npm": nodeCall("npm"), "yarn": nodeCall("yarn"), "pnpm": nodeCall("pnpm"), "bun": nodeCall("bun"),
	"npm-run-all": listed, "npm-run-all2": listed, "run-s": listed, "run-p": listed,
	"nx": nxCall, "turbo": turboCall, "lerna": subTask("npm", "run"), "rush": plainCall("npm"), "rushx": plainCall("npm"),
	"task": plainCall("task"), "go-task": plainCall("task"), "just": plainCall("just"), "mage": plainCall("mage"), "rake": plainCall("rake"),
	"invoke": plainCall("invoke"), "inv": plainCall("invoke"), "poe": plainCall("poe"), "composer": composerCall, "deno": subTask("deno", "task"),
	"mise": subTask("mise", "run", "r", "tasks run"), "pdm": subTask("pdm", "run"), "hatch": subTask("hatch", "run"), "rye": subTask("rye", "run"), "pixi": subTask("pixi", "run"),
	"devbox": subTask("devbox", "run"), "cargo": subTask("cargo-make", "make"), "pipenv": subTask("pipenv", "run"), "melos": subTask("melos", "run"), "doit": plainCall("doit"), "nox": sessionCall("nox", "-s", "--session", "--sessions"), "tox": sessionCall("tox", "-e"),
}

// ReadTaskCall reads a command, a program with its arguments, as a call of tasks;
// false for programs that are no task runner, and for what runs no task.
func ReadTaskCall(words []string) (TaskCall, bool) {
	if len(words) == 0 {
		return TaskCall{}, false
	}
	program := programName(words[0])
	read := runners[program]
	if read == nil {
		return TaskCall{}, false
	}
	c, ok := read(words[1:])
	c.Program = program
	return c, ok
}

// options splits arguments: the words that are no options, and the values of
// options by name. Valued are those in front of a value, between spaces.
func options(args []string, valued string) ([]string, map[string]string) {
	var rest []string
	values := map[string]string{}
	takes := strings.Fields(valued)
	for i := 0; i < len(args); i++ {
		name, value, ok := strings.Cut(args[i], "=")
		switch {
		case args[i] == "--":
			return rest, values
		case !isOption(args[i]):
			rest = append(rest, args[i])
		case ok:
			values[name] = value
		case slices.Contains(takes, args[i]) && i+1 < len(args):
			i++
			values[name] = args[i]
		default:
			values[name] = ""
		}
	}
	return rest, values
}

func first(values map[string]string, names ...string) string {
	for _, n := range names {
		if v := values[n]; v != "" {
			return v
		}
	}
	return ""
}

func makeCall(args []string) (TaskCall, bool) {
	rest, values := options(args, "-C --directory -f --file --makefile -I -o -W -l")
	c := TaskCall{Runner: "make", Dir: first(values, "-C", "--directory"), File: first(values, "-f", "--file", "--makefile"), Sure: true}
	for i, w := range rest {
		if strings.Contains(w, "=") || i == 0 && isNumber(w) {
			continue
		}
		c.Names = append(c.Names, w)
	}
	return c, true
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// own are scripts that npm runs under their own name; builtin are what the
// others do themselves.
var (
	own     = strings.Fields("test t tst start stop restart")
	builtin = strings.Fields(`install i ci add remove rm up upgrade update audit publish pack link unlink init create dlx exec x why outdated list ls info view config cache login logout whoami
		version dedupe set plugin plugins workspaces import node owner policies tag team rebuild prune fund help global patch store approve-builds setup deploy-self`)
)

func nodeCall(runner string) func([]string) (TaskCall, bool) {
	return func(args []string) (TaskCall, bool) {
		rest, values := options(args, "--prefix --cwd -C --dir -w --workspace --filter -F --loglevel")
		c := TaskCall{Runner: "npm", Dir: first(values, "--prefix", "--cwd", "-C", "--dir"), Sure: true}
		c.Everywhere = anyOf(values, "-w", "--workspace", "--workspaces", "-ws", "--filter", "-F", "-r", "--recursive")
		if w := first(values, "-w", "--workspace", "--filter", "-F"); w != "" {
			c.Packages = []string{w}
		}
		if len(rest) > 2 && rest[0] == "workspace" { // of yarn
			c.Everywhere, c.Packages, rest = true, rest[1:2], rest[2:]
		}
		if len(rest) > 3 && rest[0] == "workspaces" && (rest[1] == "foreach" || rest[1] == "run") {
			c.Everywhere, rest = true, rest[2:]
		}
		switch {
		case len(rest) == 0:
			return c, false
		case (rest[0] == "run" || rest[0] == "run-script") && len(rest) > 1:
			c.Names, c.Sure = rest[1:2], runner == "npm" // the others run programs, too
		case slices.Contains(own, rest[0]):
			c.Names, c.Sure, c.Bare = rest[:1], runner == "npm", runner != "npm"
			if rest[0] == "t" || rest[0] == "tst" {
				c.Names = []string{"test"}
			}
		case runner != "npm" && !slices.Contains(builtin, rest[0]):
			c.Names, c.Sure, c.Bare = rest[:1], false, true
		default:
			return c, false
		}
		return c, true
	}
}

func anyOf(values map[string]string, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { _, ok := values[n]; return ok })
}

// listed reads runners whose every argument is a script of package.json.
func listed(args []string) (TaskCall, bool) {
	rest, _ := options(args, "--max-parallel")
	return TaskCall{Runner: "npm", Names: rest}, len(rest) > 0
}

// nxCall reads "nx test app", "nx run app:test" and "nx affected -t lint test".
func nxCall(args []string) (TaskCall, bool) {
	c := TaskCall{Runner: "npm", Everywhere: true}
	rest, values := options(args, "-t --target --targets --base --head --projects -p --parallel --exclude")
	targets := first(values, "-t", "--target", "--targets")
	switch {
	case targets != "":
		c.Names = append(strings.Split(targets, ","), slices.DeleteFunc(rest, func(w string) bool { return w == "affected" || w == "run-many" })...)
	case len(rest) > 1 && rest[0] == "run":
		if parts := strings.Split(rest[1], ":"); len(parts) > 1 {
			c.Names = parts[1:2]
		}
	case len(rest) > 0 && strings.HasPrefix(rest[0], "affected:"):
		c.Names = []string{strings.TrimPrefix(rest[0], "affected:")}
	case len(rest) > 0:
		c.Names = rest[:1]
	}
	return c, len(c.Names) > 0
}

func turboCall(args []string) (TaskCall, bool) {
	rest, _ := options(args, "--filter -F --concurrency --cache-dir")
	if len(rest) > 0 && rest[0] == "run" {
		rest = rest[1:]
	}
	return TaskCall{Runner: "npm", Names: rest, Everywhere: true}, len(rest) > 0
}

// plainCall reads runners whose arguments are tasks; what is behind the first
// one of just may be the arguments of a recipe.
func plainCall(runner string) func([]string) (TaskCall, bool) {
	return func(args []string) (TaskCall, bool) {
		rest, values := options(args, "-d --dir --working-directory -f --justfile --taskfile -t --rakefile -c --collection -n --num -j -p")
		c := TaskCall{Runner: runner, Sure: true, Dir: first(values, "-d", "--dir", "--working-directory"), File: first(values, "-f", "--justfile", "--taskfile", "--rakefile")}
		for _, w := range rest {
			if !strings.Contains(w, "=") {
				name, _, _ := strings.Cut(w, "[") // arguments of rake
				c.Names = append(c.Names, name)
			}
		}
		if runner == "just" && len(c.Names) > 1 {
			c.Names = justNames(c.Names)
		}
		return c, true
	}
}

// justNames are what the words of a call of just may name: a recipe, or one of
// a module.
func justNames(words []string) []string {
	return []string{words[0], words[0] + "::" + words[1]}
}

// subTask reads runners with a sub-command in front of the task.
func subTask(runner string, subs ...string) func([]string) (TaskCall, bool) {
	return func(args []string) (TaskCall, bool) {
		for _, sub := range subs {
			rest, _, ok := match(strings.Fields(sub), args)
			if !ok {
				continue
			}
			rest, values := options(rest, "-C --cd -e --env --scope")
			if len(rest) == 0 {
				return TaskCall{}, false
			}
			name := rest[0]
			if runner == "hatch" {
				name = strings.TrimPrefix(name, "default:")
			}
			return TaskCall{Runner: runner, Names: []string{name}, Dir: first(values, "-C", "--cd"), Everywhere: runner == "npm"}, true
		}
		return TaskCall{}, false
	}
}

func composerCall(args []string) (TaskCall, bool) {
	rest, values := options(args, "-d --working-dir")
	if len(rest) > 1 && (rest[0] == "run-script" || rest[0] == "run") {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return TaskCall{}, false
	}
	return TaskCall{Runner: "composer", Names: rest[:1], Dir: first(values, "-d", "--working-dir")}, true
}

// sessionCall reads runners whose tasks an option names.
func sessionCall(runner string, flags ...string) func([]string) (TaskCall, bool) {
	return func(args []string) (TaskCall, bool) {
		_, values := options(args, strings.Join(flags, " "))
		names := strings.Split(first(values, flags...), ",")
		return TaskCall{Runner: runner, Names: names}, names[0] != ""
	}
}

// scriptWord is the script that a command runs, as written; empty where it runs
// none by a path.
func scriptWord(words []string) string {
	name := programName(words[0])
	switch {
	case name == "source" || words[0] == ".":
		return firstPlain(words[1:])
	case syntax.IsShell(name) || slices.Contains(interpreters, name):
		return scriptOf(words[1:])
	case strings.Contains(words[0], "/") || slices.Contains(scriptEndings, path.Ext(words[0])):
		return words[0]
	}
	return ""
}

var (
	interpreters  = strings.Fields("python ruby perl node php pwsh powershell ts-node tsx bun deno Rscript groovy osascript")
	scriptEndings = strings.Fields(".sh .bash .py .rb .pl .js .mjs .cjs .ts .php .ps1 .zsh")
)

// scriptOf is the file that an interpreter is given.
func scriptOf(args []string) string {
	for i, a := range args {
		switch {
		case a == "-c" || a == "-m" || a == "-e" && i+1 < len(args) && strings.Contains(args[i+1], " ") || strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "--") && strings.HasSuffix(a, "c"):
			return ""
		case isOption(a) || strings.EqualFold(a, "run"):
		default:
			return a
		}
	}
	return ""
}

func firstPlain(words []string) string {
	for _, w := range words {
		if !isOption(w) {
			return w
		}
	}
	return ""
}
