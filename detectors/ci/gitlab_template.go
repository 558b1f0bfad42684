package ci

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/wiring"
)

// A templateJob is what a template of GitLab's own says of a job that others
// extend, where these say nothing else.
type templateJob struct {
	stage string
	// byHand says that a person starts it, auto is the variable that spares this.
	byHand bool
	auto   string
	// ignored says that its failure is none.
	ignored bool
}

// templateJobs are those of Terraform/Base.gitlab-ci.yml and of the component
// for OpenTofu.
// Sources: https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/ci/templates/Terraform/Base.gitlab-ci.yml
// and https://gitlab.com/components/opentofu
var templateJobs = map[string]templateJob{
	".terraform:fmt": {stage: "validate", ignored: true}, ".terraform:validate": {stage: "validate"}, ".terraform:build": {stage: "build"},
	".terraform:deploy": {stage: "deploy", byHand: true, auto: "TF_AUTO_DEPLOY"}, ".terraform:destroy": {stage: "cleanup", byHand: true},
	".opentofu:fmt": {stage: "validate", ignored: true}, ".opentofu:validate": {stage: "validate"}, ".opentofu:plan": {stage: "build"},
	".opentofu:apply": {stage: "deploy", byHand: true}, ".opentofu:destroy": {stage: "cleanup", byHand: true},
}

// inherit gives a job what the template says that it extends.
func (g *gitlabPipeline) inherit(job *wiring.Job, l layers) {
	missing := g.missing(job.ID)
	if len(missing) == 0 || !g.includesTemplate() {
		return
	}
	t := templateJobs[missing[0]]
	if t.stage != "" && !l.at("stage").Exists() && slices.Contains(g.stages(), t.stage) {
		job.Stage = t.stage
	}
	if t.ignored && !l.at("allow_failure").Exists() {
		job.Ignored = "allow_failure"
	}
	own := slices.ContainsFunc([]string{"rules", "when", "only", "except"}, func(key string) bool { return l.at(key).Exists() })
	if t.byHand && !own && !g.sets(l, t.auto) {
		job.Manual = true
	}
}

// includesTemplate says whether a template or component for infrastructure code
// of GitLab's own is included.
func (g *gitlabPipeline) includesTemplate() bool {
	return slices.ContainsFunc(g.includes, func(u wiring.Use) bool {
		ref := strings.ToLower(u.Ref)
		return (u.Kind == wiring.Template || u.Owner == "components") && (strings.Contains(ref, "terraform") || strings.Contains(ref, "opentofu"))
	})
}

// sets says whether a variable is set to true, in a job or in the file.
func (g *gitlabPipeline) sets(l layers, name string) bool {
	return name != "" && (l.at("variables", name).Text() == "true" || !l.at("variables", name).Exists() && g.own["variables"].at(name).Text() == "true")
}
