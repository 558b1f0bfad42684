package tasks

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var blockComment = regex.New(`(?s)(?:^|[\s;,(){}])/\*.*?\*/`)

// withoutBlocks blanks block comments, keeping lines. What begins one stands
// behind a space or a delimiter, so that a pattern of files ("**/*.java") does not.
func withoutBlocks(data []byte) []byte {
	return blockComment.ReplaceAllFunc(data, func(c []byte) []byte { return bytes.Repeat([]byte{'\n'}, bytes.Count(c, []byte{'\n'})) })
}

// lineTasks are the tasks that a pattern finds on lines that are no comments:
// its first group that matched is the name.
func lineTasks(runner string, f *detect.File, comment string, pattern *regex.Pattern) []wiring.Task {
	var found []wiring.Task
	text := f.Data
	if comment == "//" {
		text = withoutBlocks(text)
	}
	n := 0
	for text := range strings.Lines(string(text)) {
		n++
		text, _, _ = strings.Cut(text, comment)
		if m := pattern.FindStringSubmatch(strings.TrimRight(text, "\r\n")); m != nil && len(found) < maxTasks {
			found = append(found, wiring.Task{Runner: runner, Name: strings.Join(m[1:], ""), At: f.Line(n)})
		}
	}
	return found
}

var (
	toxSection   = regex.New(`^\[testenv(?::([\w.-]+))?\]`)
	noxSession   = regex.New(`^@(?:nox\.)?session\b`)
	invokeTask   = regex.New(`^@(?:invoke\.)?task\b`)
	pythonDef    = regex.New(`^(?:async\s+)?def\s+(\w+)\s*\(`)
	givenName    = regex.New(`\bname\s*=\s*["']([^"']+)["']`)
	mageTarget   = regex.New(`^func ([A-Z]\w*)\(`)
	earthTarget  = regex.New(`^([a-z][\w.-]*):\s*$`)
	gradleTask   = regex.New(`\btasks\.(?:register|create)\s*(?:<[^>]*>)?\s*\(\s*["']([\w-]+)["']|^\s*task\s*\(?\s*["']?([\w-]+)["']?\s*[({,)]|^\s*(?:val\s+)?([\w]+)\s+by\s+tasks\.(?:registering|creating)\b|^\s*task\s+([\w-]+)\s*$`)
	gradlePlugin = regex.New("(?:\\bid\\b\\s*\\(?\\s*|\\bkotlin\\s*\\(\\s*|\\bplugin\\s*[:=]\\s*)[\"']([\\w.-]+)[\"']|\\balias\\s*\\(\\s*\\w+\\.plugins\\.([\\w.]+)|^\\s*`?(java|java-library|application|groovy|scala|war|maven-publish)`?\\s*$")
)

// tox reads the names of environments.
// Source: https://tox.wiki/en/latest/config.html
func tox(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	found := lineTasks("tox", f, "#", toxSection)
	for i := range found {
		if found[i].Name == "" {
			found[i].Name = "testenv"
		}
	}
	return found, nil
}

// nox reads the names of sessions.
// Source: https://nox.thea.codes/en/stable/config.html
func nox(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	return decorated("nox", f, noxSession), nil
}

// invoke reads the tasks of Invoke, whose file has a name that others use too.
// Source: https://docs.pyinvoke.org/en/stable/getting-started.html
func invoke(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	text := string(f.Data)
	if !strings.Contains(text, "from invoke import") && !strings.Contains(text, "import invoke") {
		return nil, nil
	}
	return decorated("invoke", f, invokeTask), nil
}

// decorated are the functions below a decorator.
func decorated(runner string, f *detect.File, decorator *regex.Pattern) []wiring.Task {
	var found []wiring.Task
	n, marked, name := 0, false, ""
	for text := range strings.Lines(string(f.Data)) {
		n++
		switch m := pythonDef.FindStringSubmatch(text); {
		case decorator.MatchString(text):
			marked, name = true, ""
			if given := givenName.FindStringSubmatch(text); given != nil {
				name = given[1]
			}
		case m != nil && marked:
			if name == "" {
				name = m[1]
			}
			found = append(found, wiring.Task{Runner: runner, Name: name, At: f.Line(n)})
			marked = false
		}
	}
	return found
}

// mage reads the exported functions of a magefile.
// Source: https://magefile.org/targets/
func mage(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	found := lineTasks("mage", f, "//", mageTarget)
	for i := range found {
		found[i].Name = strings.ToLower(found[i].Name[:1]) + found[i].Name[1:]
	}
	return found, nil
}

// earthfile reads the targets of an Earthfile.
// Source: https://docs.earthly.dev/docs/earthfile
func earthfile(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	return lineTasks("earthly", f, "#", earthTarget), nil
}

var (
	rakeTask      = regex.New(`^(\s*)(?:task|(?:\w+::)*(?:RakeTask|TestTask)\.new)\s*\(?\s*(?::["']?([\w-]+)["']?|["']([^"']+)["']|(\w+):)`)
	rakeNamespace = regex.New(`^(\s*)namespace\s*\(?\s*(?::|["'])([\w-]+)["']?\)?\s+do\b`)
	rakeDoc       = regex.New(`^\s*desc\s*\(?\s*["'](.*?)["']`)
)

// rakeNeed is what a task of rake needs, where it is written on its own line:
// "task default: %i[spec lint]", "task all: [:spec, :lint]", "task :all => :spec".
var rakeNeed = regex.New(`(?:\w:|=>)\s*(?:%[iw]\[([\w: -]+)\]|\[([^\]]+)\]|:(\w+)\b|["']([\w:-]+)["'])`)

func rakeNeeds(line string) []string {
	m := rakeNeed.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	return strings.FieldsFunc(m[1]+m[2]+m[3]+m[4], func(r rune) bool { return strings.ContainsRune(" ,\"':", r) })
}

// rakeRequire is a library that a Rakefile loads; tasklessLibraries are those
// that bring no tasks by being loaded.
var (
	rakeRequire       = regex.New(`^\s*(?:require|require_relative|load|import)\s*\(?\s*["']([^"']+)["']`)
	tasklessLibraries = strings.Fields("rake rake/clean rake/testtask rspec/core/rake_task rubocop/rake_task yaml json fileutils erb open3 pathname date time tempfile tmpdir uri net/http optparse ostruct set logger English shellwords bundler bundler/setup rubygems html-proofer")
)

// bringsTasks says whether a line of a Rakefile loads something that may define
// tasks: "bundler/gem_tasks" defines build, install and release.
func bringsTasks(line string) bool {
	m := rakeRequire.FindStringSubmatch(line)
	return m != nil && !slices.Contains(tasklessLibraries, m[1])
}

// rake reads tasks in their namespaces.
// Source: https://ruby.github.io/rake/doc/rakefile_rdoc.html
func rake(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	var found []wiring.Task
	type namespace struct{ indent, name string }
	var within []namespace
	n, doc, open := 0, "", false
	for text := range strings.Lines(string(f.Data)) {
		n++
		open = open || bringsTasks(text)
		text = strings.TrimRight(text, " \t\r\n")
		if len(within) > 0 && text == within[len(within)-1].indent+"end" {
			within = within[:len(within)-1]
		}
		if m := rakeNamespace.FindStringSubmatch(text); m != nil && len(within) < 20 {
			within = append(within, namespace{m[1], m[2]})
		}
		if m := rakeDoc.FindStringSubmatch(text); m != nil {
			doc = m[1]
		}
		if m := rakeTask.FindStringSubmatch(text); m != nil && len(found) < maxTasks {
			name := m[2] + m[3] + m[4]
			for i := len(within) - 1; i >= 0; i-- {
				name = within[i].name + ":" + name
			}
			found = append(found, wiring.Task{Runner: "rake", Name: name, At: f.Line(n), Doc: doc, Needs: rakeNeeds(text)})
			doc = ""
		}
	}
	for i := range found {
		found[i].Open = open
	}
	return found, nil
}

// gradle reads the tasks that a build registers and, where a wrapper makes
// them one command, those that its plug-ins bring.
// Sources: https://docs.gradle.org/current/userguide/more_about_tasks.html and
// https://docs.gradle.org/current/userguide/java_plugin.html#sec:java_tasks
func gradle(tree *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	found := lineTasks("gradle", f, "//", gradleTask)
	plugins := lineTasks("gradle", f, "//", gradlePlugin)
	if len(plugins) > 0 && wrapped(tree, path.Dir(f.Path), "gradlew") {
		found = append(found, builtIn("gradle", plugins[0].At, "build", "test", "check", "assemble")...)
		for _, p := range plugins {
			if p.Name == "org.springframework.boot" {
				found = append(found, builtIn("gradle", p.At, "bootRun", "bootJar")...)
			}
			if p.Name == "application" {
				found = append(found, builtIn("gradle", p.At, "run")...)
			}
		}
	}
	return found, nil
}

// gradleSettings gives the tasks of the builds below a root that has no build
// of its own.
func gradleSettings(tree *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	dir := path.Dir(f.Path)
	for _, name := range []string{"build.gradle", "build.gradle.kts"} {
		if tree.Has(path.Join(dir, name)) {
			return nil, nil
		}
	}
	if !tree.Has(path.Join(dir, "gradlew")) {
		return nil, nil
	}
	return builtIn("gradle", f.Whole(), "build", "test", "check", "assemble"), nil
}

// maven gives the phases that a wrapper makes one command.
// Source: https://maven.apache.org/guides/introduction/introduction-to-the-lifecycle.html
func maven(tree *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	if !tree.Has(path.Join(path.Dir(f.Path), "mvnw")) || !strings.Contains(string(f.Data), "<project") {
		return nil, nil
	}
	return builtIn("maven", f.Whole(), "test", "package", "verify", "install"), nil
}

func builtIn(runner string, at detect.Span, names ...string) []wiring.Task {
	var found []wiring.Task
	for _, name := range names {
		found = append(found, wiring.Task{Runner: runner, Name: name, At: at, Doc: "built in"})
	}
	return found
}

// wrapped says whether a wrapper lies in the folder or above it.
func wrapped(tree *detect.Tree, dir, name string) bool {
	for {
		if _, ok := tree.File(path.Join(dir, name)); ok {
			return true
		}
		if dir == "." {
			return false
		}
		dir = path.Dir(dir)
	}
}
