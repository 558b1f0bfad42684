package tasks

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed task.md
var taskDoc string

// Tasks sees the tasks of task runners and the scripts of packages. Its values
// are a wiring.Task each.
var Tasks = &detect.Detector{ID: "tasks/task", Doc: taskDoc, Match: taskFiles(), File: tasks}

// A reader finds the tasks that one file defines. A task without a folder is
// run in the one of its file.
type reader func(*detect.Tree, *detect.File) ([]wiring.Task, error)

// readers are those of files with one name.
var readers = map[string]reader{
	"Makefile": makefile, "makefile": makefile, "GNUmakefile": makefile,
	"package.json": npm, "composer.json": composer, "deno.json": deno, "deno.jsonc": deno,
	"Taskfile.yml": taskfile, "Taskfile.yaml": taskfile, "taskfile.yml": taskfile, "taskfile.yaml": taskfile, "Taskfile.dist.yml": taskfile, "Taskfile.dist.yaml": taskfile,
	"justfile": justfile, "Justfile": justfile, ".justfile": justfile,
	"mise.toml": mise, ".mise.toml": mise, "pyproject.toml": pyproject, "Pipfile": pipfile,
	"tox.ini": tox, "noxfile.py": nox, "tasks.py": invoke, "Rakefile": rake, "rakefile": rake, "magefile.go": mage, "Earthfile": earthfile,
	"build.gradle": gradle, "build.gradle.kts": gradle, "settings.gradle": gradleSettings, "settings.gradle.kts": gradleSettings, "pom.xml": maven,
	"atmos.yaml": atmos, "upbound.yaml": upbound,
}

// byExtension are the readers of files that may have any name.
var byExtension = map[string]reader{".mk": makefile, ".just": justfile, ".rake": rake}

// miseFolders are where mise finds settings and tasks beside mise.toml.
// Source: https://mise.jdx.dev/tasks/file-tasks.html
var miseFolders = []string{"mise-tasks", ".mise-tasks", "mise/tasks", ".mise/tasks", ".config/mise/tasks"}

func taskFiles() []string {
	var patterns []string
	for name := range readers {
		patterns = append(patterns, "**/"+name)
	}
	for extension := range byExtension {
		patterns = append(patterns, "**/*"+extension)
	}
	for _, folder := range miseFolders {
		patterns = append(patterns, folder+"/**/*")
	}
	patterns = append(patterns, "mise/config.toml", ".mise/config.toml", ".config/mise.toml", ".config/mise/config.toml")
	slices.Sort(patterns)
	return patterns
}

func tasks(p *detect.Pass, f *detect.File) error {
	found, err := readTasks(p.Repo.Tree, f)
	seen := map[string]bool{}
	for _, t := range found {
		if t.Dir == "" {
			t.Dir = path.Dir(f.Path)
		}
		if seen[t.Name] || t.Name == "" {
			continue
		}
		seen[t.Name] = true
		p.Report(t.Runner+" "+t.Name, t.At, t.Doc, t)
	}
	return err
}

func readTasks(tree *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	for _, folder := range miseFolders {
		if name, ok := strings.CutPrefix(f.Path, folder+"/"); ok {
			return miseFile(f, name)
		}
	}
	if path.Base(f.Path) == "config.toml" {
		return mise(tree, f)
	}
	if read := readers[path.Base(f.Path)]; read != nil {
		return read(tree, f)
	}
	if read := byExtension[path.Ext(f.Path)]; read != nil {
		return read(tree, f)
	}
	return nil, nil
}

// A line is a shell text and where it is written.
type line struct {
	text string
	// at is the place of a line of the text, counted from zero.
	at        func(first, last int) detect.Span
	swallowed string
}

// commands are the simple commands of a shell text; those of a text that is no
// shell's are not known.
func (l line) commands() []wiring.Command {
	parsed, err := syntax.Shell(l.text, true, false)
	if err != nil {
		return nil
	}
	found := make([]wiring.Command, 0, len(parsed))
	for _, c := range parsed {
		if c.Swallowed == "" {
			c.Swallowed = l.swallowed
		}
		found = append(found, wiring.CommandAt(c, l.at(c.Line, c.Last)))
	}
	return found
}

// fixedAt places every line of a text at one span.
func fixedAt(at detect.Span) func(int, int) detect.Span {
	return func(int, int) detect.Span { return at }
}

// scalar is the shell text that a node holds.
func scalar(f *detect.File, n syntax.Node) line {
	at := func(first, last int) detect.Span { return f.Lines(n.TextLine(first), n.TextLine(last)) }
	if !n.Block() {
		at = fixedAt(n.Span())
	}
	return line{text: n.Text(), at: at}
}

// scalars are the commands of a text or of a list of texts.
func scalars(f *detect.File, n syntax.Node) []wiring.Command {
	var found []wiring.Command
	for _, item := range n.List() {
		if item.IsScalar() {
			found = append(found, scalar(f, item).commands()...)
		}
	}
	return found
}
