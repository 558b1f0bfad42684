package ci

import (
	"cmp"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// gitlabStarts are the ways in which GitLab starts a pipeline, by the value of
// CI_PIPELINE_SOURCE.
// Source: https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
var gitlabStarts = []start{
	{Trigger: wiring.Trigger{Kind: wiring.Push}, event: "push"},
	{Trigger: wiring.Trigger{Kind: wiring.Tag}, event: "push"},
	{Trigger: wiring.Trigger{Kind: wiring.MergeRequest}, event: "merge_request_event"},
	{Trigger: wiring.Trigger{Kind: wiring.MergeRequest}, event: "external_pull_request_event"},
	{Trigger: wiring.Trigger{Kind: wiring.Schedule}, event: "schedule"},
	{Trigger: wiring.Trigger{Kind: wiring.Manual}, event: "web"},
}

// childStarts are the same for a pipeline that another one starts.
var childStarts = []start{
	{Trigger: wiring.Trigger{Kind: wiring.Called}},
	{Trigger: wiring.Trigger{Kind: wiring.Push}, event: "parent_pipeline"},
	{Trigger: wiring.Trigger{Kind: wiring.Tag}, event: "parent_pipeline"},
	{Trigger: wiring.Trigger{Kind: wiring.MergeRequest}, event: "parent_pipeline"},
	{Trigger: wiring.Trigger{Kind: wiring.Schedule}, event: "parent_pipeline"},
	{Trigger: wiring.Trigger{Kind: wiring.Manual}, event: "parent_pipeline"},
}

// defaultBranch is that of the repository, else the usual one.
func defaultBranch(r *detect.Repo) string { return cmp.Or(r.Branch, "main") }

// gitlabWorld is what the predefined variables hold on an occasion.
// Source: https://docs.gitlab.com/ci/variables/predefined_variables/
func gitlabWorld(r *detect.Repo, o occasion) condition.World {
	return func(name string) condition.Value {
		name = strings.TrimPrefix(name, "$")
		switch {
		case name == "CI_DEFAULT_BRANCH":
			return condition.Text(defaultBranch(r))
		case o.Kind == wiring.Called:
			return condition.Value{}
		case name == "CI_PIPELINE_SOURCE":
			return condition.Text(o.event)
		case strings.HasPrefix(name, "CI_MERGE_REQUEST_"):
			return ofRequest(name, o, "external_pull_request_event")
		case strings.HasPrefix(name, "CI_EXTERNAL_PULL_REQUEST_"):
			return ofRequest(name, o, "merge_request_event")
		}
		return gitlabRef(r, name, o)
	}
}

// ofRequest is a variable of merge requests: missing on other occasions.
func ofRequest(name string, o occasion, foreign string) condition.Value {
	switch {
	case o.Kind != wiring.MergeRequest || o.event == foreign:
		return condition.Null
	case strings.HasSuffix(name, "_IID") || strings.HasSuffix(name, "_ID"):
		return condition.Other("")
	}
	return condition.Value{}
}

func gitlabRef(r *detect.Repo, name string, o occasion) condition.Value {
	ref := o.ref
	if o.Kind == wiring.Schedule {
		ref = condition.Text(defaultBranch(r))
	}
	switch name {
	case "CI_COMMIT_REF_NAME", "CI_COMMIT_REF_SLUG":
		return ref
	case "CI_COMMIT_BRANCH":
		if o.Kind == wiring.Tag || o.Kind == wiring.MergeRequest {
			return condition.Null
		}
		return ref
	case "CI_COMMIT_TAG":
		if o.Kind != wiring.Tag {
			return condition.Null
		}
		return ref
	}
	return condition.Value{}
}
