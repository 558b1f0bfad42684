package ci

import (
	"cmp"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// circleText is the condition of a workflow on one line, for people.
func circleText(w syntax.Node) string {
	for _, key := range []string{"when", "unless"} {
		if n := w.Get(key); n.IsScalar() {
			return key + " " + n.Text()
		} else if n.IsMap() {
			return key + " " + strings.Join(keys(n), ", ")
		}
	}
	return ""
}

// circleLogic reads a logic statement: a value, or "and", "or", "not",
// "equal", "matches".
// Source: https://circleci.com/docs/reference/configuration-reference/#logic-statements
func circleLogic(n syntax.Node) condition.Expression { return logic(n, 0) }

func logic(n syntax.Node, depth int) condition.Expression {
	switch {
	case !n.Exists():
		return condition.Expression{}
	case depth > 20:
		return condition.Open
	case n.IsScalar():
		return readable(circleValue(n.Text()))
	}
	var all condition.Expression
	for op, value := range n.Pairs() {
		all = all.And(logicOf(op.Text(), value, depth))
	}
	return all
}

func logicOf(op string, value syntax.Node, depth int) condition.Expression {
	switch op {
	case "not":
		return logic(value, depth+1).Not()
	case "and", "or":
		var all condition.Expression
		for _, item := range value.Items() {
			if part := logic(item, depth+1); op == "or" {
				all = all.Or(part)
			} else {
				all = all.And(part)
			}
		}
		return all
	case "equal":
		return equals(value.Items())
	case "matches":
		return readable(circleValue(value.Get("value").Text()) + " =~ /" + strings.ReplaceAll(value.Get("pattern").Text(), "/", `\/`) + "/")
	}
	return condition.Open
}

// equals is the condition that all items have the same value.
func equals(items []syntax.Node) condition.Expression {
	var all condition.Expression
	for i := 1; i < len(items); i++ {
		all = all.And(readable(operand(items[i-1]) + " == " + operand(items[i])))
	}
	return all
}

func operand(n syntax.Node) string {
	if text := n.Text(); strings.Contains(text, "<<") {
		return circleValue(text)
	}
	return "'" + strings.ReplaceAll(n.Text(), "'", "''") + "'"
}

var circleExpression = regex.New(`<<\s*([^<>]*?)\s*>>`)

// circleValue takes the marks off "<< … >>".
func circleValue(text string) string { return circleExpression.ReplaceAllString(text, "($1)") }

// world is what the pipeline values hold on an occasion. Parameters have their
// defaults, except where somebody starts the pipeline with others.
// Source: https://circleci.com/docs/guides/orchestrate/pipeline-variables/
func (c *circleFile) world(o occasion) condition.World {
	return func(name string) condition.Value {
		if parameter, ok := strings.CutPrefix(name, "pipeline.parameters."); ok {
			if fallback := c.root.Get("parameters", parameter, "default"); fallback.Exists() && o.Kind != wiring.Manual {
				return condition.Text(fallback.Text())
			}
			return condition.Value{}
		}
		switch name {
		case "pipeline.git.branch":
			return ofKind(o, wiring.Push, knownText(c.branchOn(o)))
		case "pipeline.git.tag":
			return ofKind(o, wiring.Tag, condition.Null)
		case "pipeline.trigger_source":
			return condition.Text(cmp.Or(triggerSources[o.Kind], "webhook"))
		}
		return condition.Value{}
	}
}

var triggerSources = map[wiring.TriggerKind]string{wiring.Schedule: "scheduled_pipeline", wiring.Manual: "api"}

func (c *circleFile) branchOn(o occasion) string {
	if o.Kind == wiring.Schedule {
		return c.repo.Branch
	}
	return ""
}

// ofKind is the name of the ref where the occasion is of a kind.
func ofKind(o occasion, kind wiring.TriggerKind, otherwise condition.Value) condition.Value {
	if o.Kind == kind {
		return o.ref
	}
	return otherwise
}
