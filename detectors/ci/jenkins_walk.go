package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A scope is what holds for the steps of a block.
type scope struct {
	// text and cond are the condition under which the block runs.
	text string
	cond condition.Expression
	// ignored says how failures in it are lost.
	ignored string
	dir     string
	image   string
	// values are what a method of the script was called with.
	values map[string]string
	depth  int
}

func (s scope) when(text string, cond condition.Expression) scope {
	if s.text != "" && text != "" {
		text = s.text + " && " + text
	}
	if text != "" {
		s.text = text
	}
	s.cond = s.cond.And(cond)
	return s
}

// A jenkinsWalk gathers stages as jobs on its way through a script.
type jenkinsWalk struct {
	*jenkinsFile
	jobs []wiring.Job
	// needs are the jobs that the next stage comes after.
	needs []string
	// stage is the number of the job that steps belong to; -1 outside of any.
	stage int
	// prefix stands before the IDs of stages within a stage.
	prefix string
	// steps counts what was gathered, which is bounded.
	steps int
}

// Bounds of what is gathered from one script.
const (
	maxSteps   = 5000
	maxInlined = 6
)

func (w *jenkinsWalk) walk(calls []groovy.Call, s scope) {
	var previous string
	for i, c := range calls {
		if w.steps > maxSteps {
			return
		}
		switch c.Name {
		case "if", "else":
			previous = w.branch(c, previous, s)
		case "try":
			inner := s
			if i+1 < len(calls) && calls[i+1].Name == "catch" && !rethrows(calls[i+1].Body) {
				inner.ignored = "try … catch"
			}
			w.walk(c.Body, inner)
		case "catch":
			w.walk(c.Body, s.when("failure", parse("failure()")))
		default:
			w.call(c, s)
		}
	}
}

// branch walks into "if" and "else", and gives the condition of the "if".
func (w *jenkinsWalk) branch(c groovy.Call, before string, s scope) string {
	if c.Name == "if" {
		text := c.Text("")
		w.walk(c.Body, s.when(text, readable(text)))
		return text
	}
	w.walk(c.Body, s.when("!("+before+")", readable(before).Not()))
	return before
}

// readable reads a condition; one that cannot be read may hold or not.
func readable(text string) condition.Expression {
	e, err := condition.Parse(text)
	if err != nil {
		return condition.Open
	}
	return e
}

// rethrows says whether what catches an error lets the build fail all the same.
func rethrows(calls []groovy.Call) bool {
	return slices.ContainsFunc(calls, func(c groovy.Call) bool {
		return c.Name == "throw" || c.Name == "error" || c.Name == "step" || rethrows(c.Body)
	}) || len(calls) == 0
}

func (w *jenkinsWalk) call(c groovy.Call, s scope) {
	method, own := w.methods[c.Name]
	switch {
	case c.Defines != "":
	case c.Name == "stage":
		w.scripted(c, s)
	case c.Name == "parallel":
		w.parallel(c, s)
	case c.Name == "" && strings.Contains(c.Assigned, "["): // branches["x"] = { … }, run by parallel
	case own && s.depth < maxInlined:
		s.values = argumentsOf(method, c, s)
		s.depth++
		w.walk(method.Body, s)
		w.walk(c.Body, s)
	case c.HasBody && (wrapperSteps[c.Name] || strings.Contains(c.Name, ".") || c.Name == "" || ignoring(c) != ""):
		w.walk(c.Body, within(c, s))
	case c.Name == "dir":
		s.dir = c.Text("")
		w.walk(c.Body, s)
	default:
		w.step(c, s)
		w.walk(c.Body, s)
	}
	if silentSteps[c.Name] {
		return // what it is given are its settings
	}
	for _, a := range c.Args {
		w.walk(a.Calls, s)
	}
}

// within is the scope of the block behind a call.
func within(c groovy.Call, s scope) scope {
	if how := ignoring(c); how != "" {
		s.ignored = how
	}
	if c.Receiver != nil && c.Receiver.Name == "docker.image" {
		s.image = c.Receiver.Text("")
	}
	return s
}

// ignoring says how a call lets the build go on where its block fails.
// Source: https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/
func ignoring(c groovy.Call) string {
	switch c.Name {
	case "warnError":
		return c.Name
	case "catchError":
		if result := c.Text("buildResult"); result == "SUCCESS" || result == "UNSTABLE" || result == "null" {
			return "catchError(buildResult: " + result + ")"
		}
		return ""
	}
	return ""
}

// argumentsOf are the texts that a method of the script is called with.
func argumentsOf(method, c groovy.Call, s scope) map[string]string {
	values := map[string]string{}
	for i, name := range method.Params {
		if i < len(c.Args) && (c.Args[i].Literal || c.Args[i].Name == "") {
			values[name] = expand(c.Args[i].Text, s.values)
		}
	}
	return values
}

// expand puts known values in place of $name and ${name}.
func expand(text string, values map[string]string) string {
	for name, value := range values {
		text = strings.ReplaceAll(text, "${"+name+"}", value)
	}
	return text
}
