package ci

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// triggers are what starts the pipeline. What the job in Jenkins adds cannot be
// seen: a multibranch project is assumed, which builds pushes and merge
// requests, unless a file with a name of its own says what else starts it and
// never asks which branch it is on.
func (j *jenkinsFile) triggers() []start {
	var own []start
	j.eachCall(j.calls, func(c groovy.Call) {
		t := wiring.Trigger{At: j.file.Line(c.Line)}
		switch c.Name {
		case "cron":
			t.Kind = wiring.Schedule
		case "upstream":
			t.Kind, t.Names = wiring.After, strings.Split(c.Text("")+c.Text("upstreamProjects"), ",")
		case "githubPush", "pollSCM", "bitbucketPush", "gitlab":
			t.Kind = wiring.Push
		case "pipelineTriggers":
			if !namesPushTrigger(c.Args) {
				return
			}
			t.Kind = wiring.Push
		case "parameters":
			t.Kind, t.Names = wiring.Manual, parameterNames(c)
		default:
			return
		}
		own = append(own, start{Trigger: t})
	})
	if path.Base(j.file.Path) != "Jenkinsfile" && !j.asksForBranch() && (has(own, wiring.Schedule) || has(own, wiring.Push) || has(own, wiring.After)) {
		return own
	}
	return append(j.multibranch(has(own, wiring.Push)), own...)
}

// branchVariables are set in multibranch projects alone.
// Source: https://www.jenkins.io/doc/book/pipeline/multibranch/#additional-environment-variables
var branchVariables = []string{"BRANCH_NAME", "BRANCH_IS_PRIMARY", "CHANGE_ID", "CHANGE_TARGET"}

// asksForBranch says whether the pipeline decides by the branch or the merge
// request that it runs on.
func (j *jenkinsFile) asksForBranch() bool {
	return j.callsAny("changeRequest", "buildingTag") || slices.ContainsFunc(branchVariables, j.file.Contains)
}

// namesPushTrigger says whether a list holds [$class: 'GitHubPushTrigger'] or
// its like.
func namesPushTrigger(args []groovy.Argument) bool {
	for _, a := range args {
		if a.Name == "$class" && strings.HasSuffix(a.Text, "PushTrigger") || namesPushTrigger(a.Items) {
			return true
		}
	}
	return false
}

func has(starts []start, kind wiring.TriggerKind) bool {
	for _, s := range starts {
		if s.Kind == kind {
			return true
		}
	}
	return false
}

func (j *jenkinsFile) multibranch(pushes bool) []start {
	at := j.file.Line(j.entry())
	var all []start
	if !pushes {
		all = append(all, start{Trigger: wiring.Trigger{Kind: wiring.Push, At: at}})
	}
	all = append(all, start{Trigger: wiring.Trigger{Kind: wiring.MergeRequest, At: at}})
	if strings.Contains(string(j.file.Data), "TAG_NAME") || j.callsAny("buildingTag", "tag") {
		all = append(all, start{Trigger: wiring.Trigger{Kind: wiring.Tag, At: at}})
	}
	return all
}

func parameterNames(c groovy.Call) []string {
	var names []string
	for _, p := range c.Body {
		names = append(names, p.Text("name"))
	}
	for _, a := range c.Args {
		for _, item := range a.Items {
			for _, p := range item.Calls {
				names = append(names, p.Text("name"))
			}
		}
	}
	return names
}

// eachCall visits all calls, also those in arguments.
func (j *jenkinsFile) eachCall(calls []groovy.Call, visit func(groovy.Call)) {
	for _, c := range calls {
		visit(c)
		j.eachArgument(c.Args, visit)
		j.eachCall(c.Body, visit)
		if c.Receiver != nil {
			j.eachCall([]groovy.Call{*c.Receiver}, visit)
		}
	}
}

func (j *jenkinsFile) eachArgument(args []groovy.Argument, visit func(groovy.Call)) {
	for _, a := range args {
		j.eachCall(a.Calls, visit)
		j.eachCall(a.Body, visit)
		j.eachArgument(a.Items, visit)
	}
}

func (j *jenkinsFile) callsAny(names ...string) bool {
	found := false
	j.eachCall(j.calls, func(c groovy.Call) {
		for _, n := range names {
			found = found || c.Name == n
		}
	})
	return found
}
