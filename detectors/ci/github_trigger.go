package ci

import (
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// githubStarts reads the value of "on": a name, a list of names, or a mapping
// with what each event is narrowed to.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
func githubStarts(on syntax.Node) []start {
	var all []start
	for _, name := range on.Texts() {
		all = append(all, githubEvent(name, on.Span(), syntax.Node{})...)
	}
	for name, options := range on.Pairs() {
		all = append(all, githubEvent(name.Text(), name.Span(), options)...)
	}
	return all
}

func githubEvent(event string, at detect.Span, options syntax.Node) []start {
	t := wiring.Trigger{At: at, Kind: wiring.Event}
	switch event {
	case "push":
		return githubPush(t, options)
	case "pull_request", "pull_request_target":
		t = githubPullRequest(event, t, options)
	case "merge_group":
		t.Kind, t.Branches = wiring.MergeRequest, patterns(options, "branches")
	case "release":
		t.Kind = wiring.Release
	case "schedule":
		t.Kind = wiring.Schedule
	case "workflow_dispatch":
		t.Kind, t.Names = wiring.Manual, keys(options.Get("inputs"))
	case "workflow_call":
		t.Kind, t.Names = wiring.Called, keys(options.Get("inputs"))
	case "workflow_run":
		t.Kind, t.Names, t.Branches = wiring.After, options.Get("workflows").Texts(), patterns(options, "branches")
	default:
		t.Names = []string{event}
	}
	return []start{{Trigger: t, event: event}}
}

// githubPush gives a trigger for branches and one for tags: a filter of one of
// them alone leaves the other out.
func githubPush(t wiring.Trigger, options syntax.Node) []start {
	branches, tags := patterns(options, "branches"), patterns(options, "tags")
	var all []start
	if branches != nil && !nothing(branches) || branches == nil && tags == nil {
		t.Kind, t.Branches, t.Paths, t.PathLines = wiring.Push, branches, patterns(options, "paths"), linesOf(options.Get("paths"))
		all = append(all, start{Trigger: t, event: "push"})
	}
	if tags != nil && !nothing(tags) || tags == nil && branches == nil && !options.Get("paths").Exists() && !options.Get("paths-ignore").Exists() {
		t.Kind, t.Branches, t.Paths, t.PathLines = wiring.Tag, tags, nil, nil
		all = append(all, start{Trigger: t, event: "push"})
	}
	return all
}

// nothing says whether patterns let nothing through.
func nothing(patterns []string) bool {
	return len(patterns) == 1 && (patterns[0] == "!*" || patterns[0] == "!**")
}

// changing are the types of pull request events that follow a change of it.
var changing = []string{"opened", "synchronize", "reopened", "ready_for_review", "enqueued"}

// githubPullRequest is a merge request where its types follow its changes, and
// another event where they do not (closed, labeled).
func githubPullRequest(event string, t wiring.Trigger, options syntax.Node) wiring.Trigger {
	t.Branches, t.Paths, t.PathLines = patterns(options, "branches"), patterns(options, "paths"), linesOf(options.Get("paths"))
	types := options.Get("types").Texts()
	if len(types) == 0 || slices.ContainsFunc(types, func(s string) bool { return slices.Contains(changing, s) }) {
		t.Kind = wiring.MergeRequest
		return t
	}
	for _, s := range types {
		t.Names = append(t.Names, event+" "+s)
	}
	return t
}

// patterns are those of a filter, and of its "-ignore" form with the sign of
// those that do not match.
func patterns(options syntax.Node, key string) []string {
	if !options.Get(key).Exists() && !options.Get(key+"-ignore").Exists() {
		return nil
	}
	found := append([]string{}, options.Get(key).Texts()...)
	return append(found, barred(options.Get(key+"-ignore").Texts())...)
}

// linesOf are the lines that the texts of a list stand on.
func linesOf(n syntax.Node) map[string]int {
	found := map[string]int{}
	for _, item := range n.Items() {
		found[item.Text()] = item.Line()
	}
	return found
}

// callable adds, for a workflow that others call, the events that may have
// started its callers, so that conditions on them can be told.
func callable(starts []start) []start {
	if !slices.ContainsFunc(starts, func(s start) bool { return s.Kind == wiring.Called }) {
		return starts
	}
	all := slices.Clone(starts)
	for i := range all {
		all[i].given = true
	}
	for _, s := range callers {
		if !slices.ContainsFunc(starts, func(own start) bool { return own.Kind == s.Kind }) {
			s.At, s.given = starts[0].At, true
			all = append(all, s)
		}
	}
	return all
}

var callers = []start{
	{Trigger: wiring.Trigger{Kind: wiring.Push}, event: "push"},
	{Trigger: wiring.Trigger{Kind: wiring.Tag}, event: "push"},
	{Trigger: wiring.Trigger{Kind: wiring.MergeRequest}, event: "pull_request"},
	{Trigger: wiring.Trigger{Kind: wiring.Release}, event: "release"},
	{Trigger: wiring.Trigger{Kind: wiring.Schedule}, event: "schedule"},
	{Trigger: wiring.Trigger{Kind: wiring.Manual}, event: "workflow_dispatch"},
	{Trigger: wiring.Trigger{Kind: wiring.After}, event: "workflow_run"},
	{Trigger: wiring.Trigger{Kind: wiring.Event}, event: ""},
}
