package ci

import (
	"regexp"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// source is what stands between the braces of a block.
func (j *jenkinsFile) source(c groovy.Call) string {
	text := string(j.file.Data[c.Start:c.Stop])
	_, text, _ = strings.Cut(text, "{")
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "}"))
}

// conditions joins those of a "when" block.
// Source: https://www.jenkins.io/doc/book/pipeline/syntax/#when
func (j *jenkinsFile) conditions(calls []groovy.Call, join func(a, b condition.Expression) condition.Expression) condition.Expression {
	var all condition.Expression
	for _, c := range calls {
		switch c.Name {
		case "beforeAgent", "beforeInput", "beforeOptions":
			continue
		}
		all = join(all, j.condition(c))
	}
	return all
}

func (j *jenkinsFile) condition(c groovy.Call) condition.Expression {
	switch c.Name {
	case "allOf":
		return j.conditions(c.Body, condition.Expression.And)
	case "anyOf":
		return j.conditions(c.Body, condition.Expression.Or)
	case "not":
		return j.conditions(c.Body, condition.Expression.And).Not()
	case "branch":
		return like("env.BRANCH_NAME", c)
	case "tag":
		return like("env.TAG_NAME", c)
	case "buildingTag":
		return readable("env.TAG_NAME")
	case "changeRequest":
		return readable("env.CHANGE_ID")
	case "triggeredBy":
		return readable("cause == '" + c.Text("") + c.Text("cause") + "'")
	case "environment":
		return readable("env." + c.Text("name") + " == '" + c.Text("value") + "'")
	case "expression":
		return readable(strings.TrimPrefix(j.source(c), "return "))
	}
	return condition.Open
}

// like compares a name with a pattern: a glob, unless the call says otherwise.
func like(name string, c groovy.Call) condition.Expression {
	pattern := c.Text("") + c.Text("pattern")
	if c.Text("comparator") != "REGEXP" {
		if !strings.ContainsAny(pattern, "*?") {
			return readable(name + " == '" + pattern + "'")
		}
		pattern = globToRegexp.Replace(regexp.QuoteMeta(pattern))
	}
	return readable(name + " =~ /^" + strings.ReplaceAll(pattern, "/", `\/`) + "$/")
}

var globToRegexp = strings.NewReplacer(`\*\*`, ".*", `\*`, ".*", `\?`, ".")

// changesets are the patterns of files that a stage waits for.
func changesets(stage groovy.Call) []string {
	when, _ := child(stage, "when")
	var paths []string
	for _, c := range when.Body {
		if c.Name == "changeset" {
			paths = append(paths, c.Text("")+c.Text("pattern"))
		}
	}
	return paths
}

// withPaths narrows triggers to changes of paths.
func withPaths(only []wiring.Trigger, j *jenkinsFile, paths []string) []wiring.Trigger {
	if len(paths) == 0 {
		return only
	}
	if only == nil {
		for _, s := range j.starts {
			only = append(only, s.Trigger)
		}
	}
	for i := range only {
		only[i].Paths = paths
	}
	return only
}

// spoken are the conditions of the script.
func (j *jenkinsFile) spoken() []condition.Expression {
	var all []condition.Expression
	j.eachCall(j.calls, func(c groovy.Call) {
		switch c.Name {
		case "if":
			all = append(all, readable(c.Text("")))
		case "branch", "expression":
			all = append(all, j.condition(c))
		}
	})
	return all
}

// jenkinsWorld is what the environment holds on an occasion.
// Source: https://www.jenkins.io/doc/book/pipeline/multibranch/#additional-environment-variables
func jenkinsWorld(o occasion) condition.World {
	return func(name string) condition.Value {
		name = strings.TrimPrefix(name, "env.")
		switch name {
		case "BRANCH_NAME", "TAG_NAME", "CHANGE_ID", "CHANGE_TARGET", "CHANGE_BRANCH", "cause":
			return jenkinsVariable(name, o)
		}
		return condition.Value{}
	}
}

func jenkinsVariable(name string, o occasion) condition.Value {
	isTag, isChange := o.Kind == wiring.Tag, o.Kind == wiring.MergeRequest
	switch {
	case name == "cause":
		return condition.Text(map[wiring.TriggerKind]string{wiring.Schedule: "TimerTrigger", wiring.Manual: "UserIdCause", wiring.After: "UpstreamCause"}[o.Kind])
	case o.Kind != wiring.Push && !isTag && !isChange:
		return condition.Value{}
	case name == "BRANCH_NAME" && isChange:
		return condition.Other("PR-")
	case name == "BRANCH_NAME", name == "TAG_NAME" && isTag:
		return o.ref
	case name == "CHANGE_ID" && isChange:
		return condition.Other("")
	case isChange && strings.HasPrefix(name, "CHANGE_"):
		return condition.Value{}
	}
	return condition.Null
}
