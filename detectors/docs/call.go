package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// taskCall reads a command as the call of a task, or of a script by its path.
// Its Dir is the folder that options name.
func taskCall(t typed) (Command, bool) {
	c := Command{Text: t.text()}
	for _, read := range []func([]string) (Command, bool){makeCall, nodeCall, plainCall, justCall, gradleCall, scriptCall} {
		if call, ok := read(t.words); ok {
			call.Text = c.Text
			return call, true
		}
	}
	return c, false
}

// makeCall reads a call of make: the first word that is no option, no value of
// one and no variable.
func makeCall(words []string) (Command, bool) {
	if words[0] != "make" && words[0] != "gmake" {
		return Command{}, false
	}
	c := Command{Runner: "make"}
	rest := words[1:]
	for i := 0; i < len(rest); i++ {
		switch w := rest[i]; {
		case (w == "-C" || w == "--directory") && i+1 < len(rest):
			i++
			c.Dir = rest[i]
		case w == "-f" || w == "--file" || w == "-j" && i+1 < len(rest) && isNumber(rest[i+1]) || w == "-I" || w == "-o":
			i++
		case strings.HasPrefix(w, "-") || strings.Contains(w, "="):
		case !plainWord(w):
			return c, false
		default:
			c.Name = w
			return c, true
		}
	}
	return c, false
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// nodeTasks are scripts that npm runs under their own name, and names that
// yarn, pnpm and bun are called with where a program of that name is unlikely.
var nodeTasks = []string{"test", "start", "stop", "restart"}

var usualScripts = []string{"build", "dev", "start", "serve", "test", "lint", "format", "typecheck", "e2e", "storybook", "deploy", "watch", "check", "ci", "setup", "preview", "clean", "release"}

func nodeCall(words []string) (Command, bool) {
	runner := words[0]
	if !slices.Contains([]string{"npm", "yarn", "pnpm", "bun"}, runner) {
		return Command{}, false
	}
	c := Command{Runner: runner}
	rest := words[1:]
	for len(rest) > 1 && strings.HasPrefix(rest[0], "-") {
		if rest[0] == "-w" || strings.HasPrefix(rest[0], "--workspace") || rest[0] == "--filter" || rest[0] == "-F" {
			return c, false // the task of another package
		}
		if slices.Contains([]string{"--prefix", "--cwd", "-C", "--dir"}, rest[0]) {
			c.Dir, rest = rest[1], rest[1:]
		}
		rest = rest[1:]
	}
	if len(rest) == 0 || slices.ContainsFunc(rest, otherPackage) {
		return c, false
	}
	switch {
	case (rest[0] == "run" || rest[0] == "run-script") && len(rest) > 1:
		c.Name = firstPlain(rest[1:])
	case rest[0] == "t" && runner == "npm":
		c.Name = "test"
	case runner == "npm" && slices.Contains(nodeTasks, rest[0]), runner != "npm" && (slices.Contains(usualScripts, rest[0]) || strings.Contains(rest[0], ":")):
		c.Name = rest[0]
	}
	return c, c.Name != "" && plainWord(c.Name)
}

func otherPackage(w string) bool {
	return w == "-w" || strings.HasPrefix(w, "--workspace") || strings.HasPrefix(w, "--filter") || w == "-F" || w == "workspace"
}

func firstPlain(words []string) string {
	for _, w := range words {
		if !strings.HasPrefix(w, "-") {
			return w
		}
	}
	return ""
}

// plainRunners are runners that take the names of tasks as their arguments,
// and the options that take a value.
var plainRunners = map[string]string{"task": "task", "go-task": "task", "mage": "mage", "rake": "rake", "invoke": "invoke", "inv": "invoke", "poe": "poe"}

func plainCall(words []string) (Command, bool) {
	for len(words) > 2 && (words[0] == "bundle" && words[1] == "exec" || words[1] == "run" && slices.Contains([]string{"poetry", "uv", "pipenv"}, words[0])) {
		words = words[2:]
	}
	c := Command{Runner: plainRunners[words[0]]}
	if c.Runner == "" && len(words) > 2 && words[1] == "run" && (words[0] == "mise" || words[0] == "pdm" || words[0] == "hatch") {
		c.Runner, words = words[0], words[1:]
	}
	if c.Runner == "" {
		return c, false
	}
	for i := 1; i < len(words); i++ {
		switch w := words[i]; {
		case (w == "-d" || w == "--dir") && i+1 < len(words):
			i++
			c.Dir = words[i]
		case strings.HasPrefix(w, "-") || strings.Contains(w, "="):
		default:
			c.Name, _, _ = strings.Cut(w, "[") // rake's arguments
			return c, plainWord(c.Name)
		}
	}
	return c, false
}

// justCall reads a call of just; "just module recipe" and "just module::recipe"
// call a recipe of a module, which lies in a folder of its own.
func justCall(words []string) (Command, bool) {
	if words[0] != "just" {
		return Command{}, false
	}
	c := Command{Runner: "just"}
	for i := 1; i < len(words); i++ {
		switch w := words[i]; {
		case (w == "-d" || w == "--working-directory" || w == "-f" || w == "--justfile") && i+1 < len(words):
			i++
			if c.Dir = words[i]; strings.HasPrefix(w, "-f") || w == "--justfile" {
				c.Dir = path.Dir(words[i])
			}
		case strings.HasPrefix(w, "-") || strings.Contains(w, "="):
		default:
			c.Name = w
			return c, plainWord(strings.ReplaceAll(w, "::", ":"))
		}
	}
	return c, false
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
