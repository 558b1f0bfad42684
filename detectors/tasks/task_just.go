package tasks

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var (
	justRecipe = regex.New(`^@?([A-Za-z_][\w-]*)((?:\s+(?:[^:"']|"[^"]*"|'[^']*'|:=)*)?):([^=].*|)$`)
	justDoc    = regex.New(`^\[doc\(["'](.*)["']\)\]`)
	justAlias  = regex.New(`^alias\s+([\w-]+)\s*:=\s*([\w:-]+)`)
	justPart   = regex.New(`^(?:mod|import)\??\s`)
	justDep    = regex.New(`\(?\s*([A-Za-z_][\w:-]*)[^()&]*\)?`)
)

// justfile reads the recipes of a justfile.
// Source: https://just.systems/man/en/
func justfile(_ *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	j := juster{f: f, lines: strings.Split(string(f.Data), "\n")}
	for i := 0; i < len(j.lines) && len(j.tasks) < maxTasks; {
		i = j.line(i)
	}
	for i := range j.tasks {
		j.tasks[i].Open = j.parts
	}
	return j.tasks, nil
}

// A juster reads a justfile.
type juster struct {
	f     *detect.File
	lines []string
	tasks []wiring.Task
	// doc and script are what stands above the next recipe.
	doc    string
	script bool
	// scripts says that every recipe is one script, parts that other files add
	// recipes of theirs.
	scripts, parts bool
}

// line reads what begins at line i and returns the index of what follows.
func (j *juster) line(i int) int {
	text := strings.TrimRight(j.lines[i], "\r")
	switch m := justRecipe.FindStringSubmatch(text); {
	case strings.HasPrefix(text, "#"):
		j.doc = strings.TrimSpace(strings.TrimLeft(text, "#!"))
	case strings.HasPrefix(text, "["):
		if d := justDoc.FindStringSubmatch(text); d != nil {
			j.doc = d[1]
		}
		j.script = j.script || strings.HasPrefix(text, "[script")
	case justAlias.MatchString(text):
		a := justAlias.FindStringSubmatch(text)
		j.tasks = append(j.tasks, wiring.Task{Runner: "just", Name: a[1], At: j.f.Line(i + 1), Needs: []string{a[2]}})
	case justPart.MatchString(text):
		j.parts = true
	case strings.HasPrefix(text, "set default-script"):
		j.scripts = true
	case m != nil && !strings.HasPrefix(text, "set ") && !strings.HasPrefix(text, "alias ") && !strings.HasPrefix(text, "export "):
		return j.recipe(i, m)
	default:
		j.doc, j.script = "", false
	}
	return i + 1
}

func (j *juster) recipe(i int, m []string) int {
	deps, _, _ := strings.Cut(m[3], "#")
	t := wiring.Task{Runner: "just", Name: m[1], At: j.f.Line(i + 1), Doc: j.doc}
	for _, d := range justDep.FindAllStringSubmatch(deps, -1) {
		t.Needs = append(t.Needs, d[1])
	}
	end := j.end(i + 1)
	t.Commands = j.body(i+1, end)
	j.tasks = append(j.tasks, t)
	j.doc, j.script = "", false
	return end
}

// end is the index of the first line behind the body that begins at i.
func (j *juster) end(i int) int {
	for ; i < len(j.lines); i++ {
		if l := j.lines[i]; strings.TrimSpace(l) != "" && l[0] != ' ' && l[0] != '\t' {
			break
		}
	}
	return i
}

// body are the commands of lines from first up to end: one script where a
// shebang or an attribute says so, else each line for itself.
func (j *juster) body(first, end int) []wiring.Command {
	if first < end && (j.script || j.scripts || strings.HasPrefix(strings.TrimSpace(j.lines[first]), "#!")) {
		text := strings.TrimLeft(strings.Join(j.lines[first:end], "\n"), " \t")
		return line{text: text, at: j.at(first)}.commands()
	}
	var found []wiring.Command
	for i := first; i < end; {
		text, next := joined(j.lines[:end], i)
		l := line{text: strings.TrimLeft(text, " \t"), at: j.at(i)}
		for l.text != "" && (l.text[0] == '@' || l.text[0] == '-') {
			if l.text[0] == '-' {
				l.swallowed = "just's - prefix"
			}
			l.text = l.text[1:]
		}
		found = append(found, l.commands()...)
		i = next
	}
	return found
}

func (j *juster) at(first int) func(int, int) detect.Span {
	return func(from, to int) detect.Span { return j.f.Lines(first+1+from, first+1+to) }
}
