package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// step reads a call as a step of the current stage.
func (w *jenkinsWalk) step(c groovy.Call, s scope) {
	for c.Receiver != nil && strings.HasPrefix(c.Name, "sh.") { // what is done with the output of a step
		c = *c.Receiver
	}
	c.Name = strings.TrimPrefix(c.Name, "steps.") // the object that scripts hand to classes
	if c.Name == "input" {
		w.add(c, s, wiring.Step{Manual: true})
		w.jobs[w.stage].Manual = true
		return
	}
	if silentSteps[c.Name] || strings.HasPrefix(c.Name, "@") || strings.HasPrefix(c.Name, "new ") || quiet(c) {
		return
	}
	step := wiring.Step{Name: c.Text("label")}
	switch c.Name {
	case "sh", "bat", "powershell", "pwsh":
		step.Commands = w.shell(c, s)
	case "build":
		step.Uses = &wiring.Use{Kind: wiring.Workflow, Ref: c.Text("job") + c.Text(""), Path: c.Text("job") + c.Text(""), At: w.file.Line(c.Line)}
	case "load":
		step.Uses = &wiring.Use{Kind: wiring.Include, Ref: c.Text(""), Path: c.Text(""), Local: true, At: w.file.Line(c.Line)}
	default:
		if w.stage < 0 && c.HasBody {
			w.whole(c)
			return
		}
		step.Uses, step.Commands = w.block(c), w.tool(c)
	}
	w.add(c, s, step)
}

// whole is the job of a call that is the whole pipeline, as shared libraries
// offer them; the calls in its block are its settings.
func (w *jenkinsWalk) whole(c groovy.Call) {
	job := w.job(c.Name, c.Name, c.Line, scope{})
	job.Uses = w.block(c)
	if job.Uses.With == nil {
		job.Uses.With = map[string]string{}
	}
	for _, setting := range c.Body {
		if setting.Name != "" {
			job.Uses.With[setting.Name] = setting.Text("")
		}
	}
	w.begin(job)
}

// quiet says whether a call is one of an object or of Groovy itself, and no
// step.
func quiet(c groovy.Call) bool {
	receiver, method, dotted := cutLast(c.Name)
	if !dotted {
		return false
	}
	return slices.Contains([]string{"env", "params", "currentBuild", "this", "System", "JSON", "Math"}, receiver) || silentSteps[method] ||
		slices.Contains([]string{"each", "collect", "find", "findAll", "any", "every", "join", "replace", "replaceAll", "call", "get", "put", "add",
			"addAll", "toLowerCase", "toUpperCase", "substring", "startsWith", "endsWith", "matches", "tokenize", "length", "keySet", "values", "id", "first", "last", "equals"}, method)
}

func cutLast(name string) (before, after string, found bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

// add puts a step into the current stage, or into a job of its own where
// there is none.
func (w *jenkinsWalk) add(c groovy.Call, s scope, step wiring.Step) {
	if w.stage < 0 {
		w.begin(w.job("pipeline", "pipeline", c.Line, scope{image: s.image}))
	}
	step.At, step.If, step.Dir = w.file.Line(c.Line), oneLine(s.text), s.dir
	if how := lost(c); how != "" {
		step.Ignored = how
	} else {
		step.Ignored = s.ignored
	}
	step.Only, step.Never = w.narrowed(s.cond, s.text, w.occasions)
	w.jobs[w.stage].Steps = append(w.jobs[w.stage].Steps, step)
	w.steps++
}

// lost says how a step itself hides that it failed.
func lost(c groovy.Call) string {
	if c.Text("returnStatus") == "true" {
		return "returnStatus"
	}
	return ""
}

// interpolated matches what Groovy or the shell puts into a text.
var interpolated = regex.New(`\$\{[^}]*\}`)

// shell are the commands of sh, bat and their kin. The shell of Jenkins runs
// "sh -xe".
// Source: https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/
func (w *jenkinsWalk) shell(c groovy.Call, s scope) []wiring.Command {
	text, ok := c.Arg("script")
	if !ok {
		text, ok = c.Arg("")
	}
	if !ok || !text.Literal {
		return nil
	}
	var script script
	script.addText(w.file, text.Text, func(line int) int { return text.Lines[min(line, len(text.Lines)-1)] })
	script.substitute(func(line string) string { return expand(line, s.values) })
	return script.commands(shell{stops: true, plain: !strings.HasPrefix(c.Name, "sh"), macros: interpolated})
}

// buildTools are programs that libraries wrap in a method of the same name,
// which takes their arguments as one text.
var buildTools = []string{"gradle", "gradlew", "mvn", "maven", "npm", "yarn", "make", "dotnet", "terraform", "kubectl", "helm"}

// tool is the command that a call like builder.gradle('test') stands for.
func (w *jenkinsWalk) tool(c groovy.Call) []wiring.Command {
	_, method, _ := cutLast(c.Name)
	if !slices.Contains(buildTools, method) || len(c.Args) != 1 || !c.Args[0].Literal {
		return nil
	}
	words := append([]string{method}, strings.Fields(c.Args[0].Text)...)
	return []wiring.Command{{Words: words, Dir: ".", At: w.file.Line(c.Line)}}
}
