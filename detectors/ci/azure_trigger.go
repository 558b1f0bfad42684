package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// starts are the triggers of a pipeline. Where it names none, every push starts
// it, and on other hosts than Azure DevOps itself every pull request: there, a
// policy of the branch does, which cannot be seen.
// Source: https://learn.microsoft.com/azure/devops/pipelines/build/triggers
func (a *azureFile) starts() []start {
	var all []start
	if key, trigger := a.root.Pair("trigger"); !azureOff(trigger) {
		all = append(all, azurePush(a.at(key), trigger)...)
	}
	if key, pr := a.root.Pair("pr"); a.validates(pr) {
		t := wiring.Trigger{Kind: wiring.MergeRequest, At: a.at(key), Branches: azureFilter(pr, "branches"), Paths: azureFilter(pr, "paths")}
		all = append(all, start{Trigger: t})
	}
	for _, s := range a.root.Get("schedules").List() {
		t := wiring.Trigger{Kind: wiring.Schedule, At: s.Span(), Branches: azureFilter(s, "branches")}
		all = append(all, start{Trigger: t})
	}
	for _, p := range a.root.Get("resources", "pipelines").List() {
		if p.Get("trigger").Exists() && !azureOff(p.Get("trigger")) {
			t := wiring.Trigger{Kind: wiring.After, At: p.Span(), Names: []string{p.Get("source").Text()}}
			all = append(all, start{Trigger: t})
		}
	}
	manual := wiring.Trigger{Kind: wiring.Manual, At: first(a.root), Names: azureParameters(a.root.Get("parameters"))}
	return append(all, start{Trigger: manual})
}

func (a *azureFile) at(key syntax.Node) detect.Span {
	if key.Exists() {
		return key.Span()
	}
	return first(a.root)
}

func azureOff(n syntax.Node) bool { return n.Text() == "none" }

// validates says whether pull requests start the pipeline.
func (a *azureFile) validates(pr syntax.Node) bool {
	if pr.Exists() {
		return !azureOff(pr)
	}
	if a.repo.Host != "" {
		return !strings.HasSuffix(a.repo.Host, "dev.azure.com") && !strings.HasSuffix(a.repo.Host, "visualstudio.com")
	}
	return !azureOff(a.root.Get("trigger"))
}

// azurePush gives a trigger for branches, and one for tags where it names any.
func azurePush(at detect.Span, n syntax.Node) []start {
	t := wiring.Trigger{Kind: wiring.Push, At: at, Branches: azureFilter(n, "branches"), Paths: azureFilter(n, "paths")}
	tags := azureFilter(n, "tags")
	var all []start
	if tags == nil || t.Branches != nil {
		all = append(all, start{Trigger: t})
	}
	if tags != nil {
		all = append(all, start{Trigger: wiring.Trigger{Kind: wiring.Tag, At: at, Branches: tags}})
	}
	return all
}

// azureFilter are the patterns of a filter: a list, or "include" and "exclude".
// A bare list is one of branches.
func azureFilter(n syntax.Node, key string) []string {
	if n.IsList() {
		if key == "branches" {
			return n.Texts()
		}
		return nil
	}
	filter := n.Get(key)
	if filter.IsList() {
		return filter.Texts()
	}
	return append(filter.Get("include").Texts(), barred(filter.Get("exclude").Texts())...)
}

// azureParameters are the names of parameters, in both forms of writing them.
func azureParameters(n syntax.Node) []string {
	if n.IsMap() {
		return keys(n)
	}
	var names []string
	for _, p := range n.Items() {
		names = append(names, p.Get("name").Text())
	}
	return names
}

// world is what variables hold on an occasion: predefined ones, and those that
// the pipeline itself sets to a text or to an expression.
// Source: https://learn.microsoft.com/azure/devops/pipelines/build/variables
func (a *azureFile) world(o occasion, depth int) condition.World {
	return func(name string) condition.Value {
		variable := strings.TrimPrefix(name, "variables.")
		switch name := strings.ToLower(variable); {
		case name == "succeeded()" || name == "always()" || name == "succeededorfailed()":
			return condition.Of(condition.True)
		case strings.HasPrefix(name, "system.pullrequest.") && o.Kind != wiring.MergeRequest:
			return condition.Null
		case name == "build.reason":
			return azureReason(o)
		case name == "build.sourcebranch":
			return azureRef(a.repo, o)
		case name == "build.sourcebranchname":
			return azureRefName(o)
		case variable != "" && depth < 4:
			return a.variable(variable, o, depth)
		}
		return condition.Value{}
	}
}

// variable is the value that the pipeline sets a variable to.
func (a *azureFile) variable(name string, o occasion, depth int) condition.Value {
	set := a.root.Get("variables", name)
	for _, v := range a.root.Get("variables").Items() {
		if strings.EqualFold(v.Get("name").Text(), name) {
			set = v.Get("value")
		}
	}
	text := set.Text()
	if inner, ok := strings.CutPrefix(text, "$["); ok {
		return condition.Of(readable(strings.TrimSuffix(strings.TrimSpace(inner), "]")).In(a.world(o, depth+1)))
	}
	if !set.Exists() || strings.Contains(text, "$") {
		return condition.Value{}
	}
	return condition.Text(text)
}

var azureReasons = map[wiring.TriggerKind]string{wiring.MergeRequest: "PullRequest", wiring.Schedule: "Schedule", wiring.Manual: "Manual", wiring.After: "ResourceTrigger"}

func azureReason(o occasion) condition.Value {
	if reason, ok := azureReasons[o.Kind]; ok {
		return condition.Text(reason)
	}
	return condition.Other("I") // IndividualCI; with batches BatchedCI
}

func azureRef(r *detect.Repo, o occasion) condition.Value {
	switch o.Kind {
	case wiring.Push:
		return o.ref.With("refs/heads/")
	case wiring.Tag:
		return o.ref.With("refs/tags/")
	case wiring.MergeRequest:
		return condition.Other("refs/pull/")
	case wiring.Schedule:
		return knownText(r.Branch).With("refs/heads/")
	}
	return condition.Value{}
}

// azureRefName is the last part of the name of a branch.
func azureRefName(o occasion) condition.Value {
	if o.Kind == wiring.MergeRequest {
		return condition.Text("merge")
	}
	if i := strings.LastIndexByte(o.name, '/'); i >= 0 {
		return condition.Text(o.name[i+1:])
	}
	return o.ref
}
