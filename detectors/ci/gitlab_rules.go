package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A fate is what becomes of a job, or of a pipeline, on one occasion. The zero
// fate is that it does not run.
type fate struct {
	automatic, manual bool
	// paths are the changes that it waits for, where it waits for any.
	paths []string
	// ignored says that its failure is then ignored.
	ignored bool
}

// A gitlabRule is one item of "rules".
type gitlabRule struct {
	text         string
	cond         condition.Expression
	conditional  bool // on changes or files, of which nothing is known
	paths        []string
	when         string
	allowFailure syntax.Node
}

func (c *gitlabConfig) rules(n syntax.Node) []gitlabRule {
	var all []gitlabRule
	for _, item := range c.list(n) {
		changes := item.Get("changes")
		if changes.IsMap() {
			changes = changes.Get("paths")
		}
		r := gitlabRule{text: item.Get("if").Text(), when: item.Get("when").Text(), allowFailure: item.Get("allow_failure"), paths: changes.Texts()}
		r.cond = readable(r.text)
		r.conditional = changes.Exists() || item.Get("exists").Exists()
		all = append(all, r)
	}
	return all
}

func (r gitlabRule) holds(w condition.World) condition.Truth {
	t := condition.True
	if r.text != "" {
		t = r.cond.In(w)
	}
	if r.conditional {
		t = min(t, condition.Unknown)
	}
	return t
}

// decide takes the first rule that holds; rules that may hold are taken too.
// Source: https://docs.gitlab.com/ci/yaml/#rules
func decide(rules []gitlabRule, otherwise string, w condition.World) fate {
	var f fate
	always := false
	for _, r := range rules {
		t := r.holds(w)
		if t == condition.False {
			continue
		}
		when := r.when
		if when == "" {
			when = otherwise
		}
		f.take(when, r, &always)
		if t == condition.True {
			break
		}
	}
	if always {
		f.paths = nil
	}
	return f
}

func (f *fate) take(when string, r gitlabRule, always *bool) {
	switch when {
	case "never":
		return
	case "manual":
		f.manual = true
	default:
		f.automatic = true
		f.ignored = f.ignored || r.allowFailure.True()
	}
	f.paths = append(f.paths, r.paths...)
	*always = *always || len(r.paths) == 0
}

// texts are the conditions of rules, for people.
func texts(rules []gitlabRule) string {
	var all []string
	for _, r := range rules {
		if r.text != "" && r.when != "never" {
			all = append(all, r.text)
		}
	}
	return oneLine(strings.Join(slices.Compact(all), " || "))
}

// A gating is how "only" and "except" gate a job.
// Source: https://docs.gitlab.com/ci/yaml/deprecated_keywords/#only--except
type gating struct {
	only, except syntax.Node
}

// refs are the names of what a gate lists, which may stand below "refs".
func refs(n syntax.Node) []string {
	if n.IsMap() {
		return n.Get("refs").Texts()
	}
	return n.Texts()
}

func (g gating) decide(o occasion, when string, w condition.World) fate {
	names := refs(g.only)
	if len(names) == 0 {
		names = []string{"branches", "tags"}
		if g.only.Get("variables").Exists() || o.Kind == wiring.Schedule || o.Kind == wiring.Manual {
			names = append(names, "schedules", "web")
		}
	}
	t := min(anyRef(names, o), anyVariable(g.only, w))
	if anyRef(refs(g.except), o) == condition.True && !g.except.Get("variables").Exists() && !g.except.Get("changes").Exists() {
		return fate{}
	}
	if t == condition.False {
		return fate{}
	}
	f := fate{automatic: when != "manual", manual: when == "manual", paths: g.only.Get("changes").Texts()}
	if when == "never" {
		return fate{}
	}
	return f
}

// anyVariable is the truth of the conditions on variables, of which one must
// hold.
func anyVariable(n syntax.Node, w condition.World) condition.Truth {
	conditions := n.Get("variables").Texts()
	if len(conditions) == 0 {
		return condition.True
	}
	t := condition.False
	for _, text := range conditions {
		t = max(t, readable(text).In(w))
	}
	return t
}

// refKinds are the names that stand for a kind of event.
var refKinds = map[string][]wiring.TriggerKind{
	"branches": {wiring.Push, wiring.Schedule, wiring.Manual}, "tags": {wiring.Tag}, "merge_requests": {wiring.MergeRequest}, "external_pull_requests": {wiring.MergeRequest},
	"schedules": {wiring.Schedule}, "web": {wiring.Manual}, "pushes": {wiring.Push, wiring.Tag}, "api": nil, "triggers": nil, "pipelines": nil, "external": nil, "chat": nil,
}

func anyRef(names []string, o occasion) condition.Truth {
	t := condition.False
	for _, name := range names {
		if kinds, ok := refKinds[name]; ok {
			if slices.Contains(kinds, o.Kind) || o.Kind == wiring.Called {
				t = condition.True
			}
			continue
		}
		t = max(t, oneRef(name, o))
	}
	return t
}

// oneRef compares the name of a branch or tag, or a regular expression.
func oneRef(name string, o occasion) condition.Truth {
	if o.Kind == wiring.MergeRequest {
		return condition.False
	}
	ref := func(string) condition.Value { return o.ref }
	if strings.HasPrefix(name, "/") {
		return readable("ref =~ " + name).In(ref)
	}
	name, _, _ = strings.Cut(name, "@")
	return readable("ref == '" + name + "'").In(ref)
}
