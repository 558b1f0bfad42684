package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// parse reads a condition; one that cannot be read leaves all open.
func parse(text string) condition.Expression {
	e, err := condition.Parse(text)
	if err != nil {
		return condition.Expression{}
	}
	return e
}

// nowhere is the world of which nothing is known.
func nowhere(string) condition.Value { return condition.Value{} }

// never says why something with a condition can never run.
func never(e condition.Expression, text string, n narrowing) string {
	if n.never || e.In(nowhere) == condition.False {
		return "its condition never holds: " + strings.Join(strings.Fields(text), " ")
	}
	return ""
}

// when tells on which of the occasions a job or step with a condition runs.
func (g githubFile) when(text string, all []occasion) (narrowing, string) {
	e := parse(text)
	n := narrow(all, func(o occasion) condition.Truth { return e.In(githubWorld(g.repo, o)) })
	return n, never(e, text, n)
}

// left are the occasions on which something with a condition may run.
func (g githubFile) left(text string, all []occasion) []occasion {
	e := parse(text)
	var left []occasion
	for _, o := range all {
		if e.In(githubWorld(g.repo, o)) != condition.False {
			left = append(left, o)
		}
	}
	return left
}

// regardless says whether a job with the condition runs although one that it
// needs has failed. A condition that asks for no status asks for success.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
func regardless(text string) bool {
	e := parse(text)
	if !e.Calls("always") && !e.Calls("failure") && !e.Calls("cancelled") {
		return false
	}
	return e.In(func(name string) condition.Value {
		switch name := strings.ToLower(name); {
		case name == "always()" || name == "failure()":
			return condition.Of(condition.True)
		case name == "success()" || name == "cancelled()":
			return condition.Of(condition.False)
		case strings.HasPrefix(name, "needs.") && strings.HasSuffix(name, ".result"):
			return condition.Text("failure")
		}
		return condition.Value{}
	}) != condition.False
}

// aftermath says when a step with the condition runs although one before it has
// failed.
func aftermath(text string) wiring.Aftermath {
	e := parse(text)
	switch {
	case e.Calls("always") || e.Calls("failure") && e.Calls("success") || e.Calls("cancelled") && !e.Calls("failure"):
		return wiring.Always
	case e.Calls("failure"):
		return wiring.OnFailure
	}
	return ""
}

// githubWorld is what the contexts hold on an occasion.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
func githubWorld(r *detect.Repo, o occasion) condition.World {
	return func(name string) condition.Value {
		name = strings.ToLower(name)
		switch name {
		case "success()", "always()":
			return condition.Of(condition.True)
		}
		if o.Kind == wiring.Called {
			return condition.Value{}
		}
		if foreign(payload(name), o) {
			return condition.Null
		}
		return githubContext(r, o, name)
	}
}

// foreign says whether a payload is one that the occasion's event does not
// carry.
func foreign(payload string, o occasion) bool {
	event, known := payloads[payload]
	if !known || o.event == "" || o.given && payload == "inputs" {
		return false
	}
	return !strings.HasPrefix(o.event, event)
}

// payload is the part of a name that tells which event it belongs to.
func payload(name string) string {
	parts := strings.SplitN(name, ".", 4)
	if parts[0] == "inputs" {
		return "inputs"
	}
	if len(parts) < 3 {
		return name
	}
	return parts[2]
}

// payloads are what only one kind of event carries, by how its name starts.
var payloads = map[string]string{
	"pull_request": "pull_request", "release": "release", "workflow_run": "workflow_run", "inputs": "workflow_dispatch",
}

func githubContext(r *detect.Repo, o occasion, name string) condition.Value {
	switch name {
	case "github.event_name":
		if o.event != "" {
			return condition.Text(o.event)
		}
	case "github.ref":
		return githubRef(r, o)
	case "github.ref_name":
		return o.ref
	case "github.ref_type":
		return map[wiring.TriggerKind]condition.Value{wiring.Push: condition.Text("branch"), wiring.Tag: condition.Text("tag")}[o.Kind]
	case "github.head_ref", "github.base_ref":
		if o.Kind == wiring.Push || o.Kind == wiring.Tag || o.Kind == wiring.Schedule {
			return condition.Null
		}
	case "github.repository":
		return knownText(r.Origin)
	case "github.repository_owner":
		owner, _ := ownerAndRepo(r.Origin)
		return knownText(owner)
	case "github.event.repository.default_branch":
		return knownText(r.Branch)
	}
	return condition.Value{}
}

func knownText(s string) condition.Value {
	if s == "" {
		return condition.Value{}
	}
	return condition.Text(s)
}

func githubRef(r *detect.Repo, o occasion) condition.Value {
	switch o.Kind {
	case wiring.Push:
		return o.ref.With("refs/heads/")
	case wiring.Tag:
		return o.ref.With("refs/tags/")
	case wiring.Release:
		return condition.Other("refs/tags/")
	case wiring.Schedule, wiring.After:
		return knownText(r.Branch).With("refs/heads/")
	}
	switch o.event {
	case "pull_request":
		return condition.Other("refs/pull/")
	case "merge_group":
		return condition.Other("refs/heads/gh-readonly-queue/")
	}
	return condition.Value{}
}
