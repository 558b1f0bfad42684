package secrets

import (
	"slices"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// servesJobs says whether a document is a pipeline that starts containers beside
// its jobs, such as a database for the tests: a password in it opens what is gone
// when the job ends.
// Sources: https://circleci.com/docs/guides/execution-managed/databases/,
// https://docs.gitlab.com/ci/services/,
// https://learn.microsoft.com/en-us/azure/devops/pipelines/process/service-containers,
// https://docs.github.com/en/actions/tutorials/use-containerized-services,
// https://docs.drone.io/pipeline/docker/syntax/services/,
// https://support.atlassian.com/bitbucket-cloud/docs/databases-and-service-containers/
func servesJobs(doc syntax.Node) bool {
	if !slices.ContainsFunc(jobsKeys, func(key string) bool { return doc.Get(key).Exists() }) && !hasScript(doc) {
		return false
	}
	found := false
	manifest.Pairs(doc, func(_, key, value syntax.Node) bool {
		switch key.Text() {
		case "services", "containers":
			found = found || value.IsList() || value.IsMap()
		case "docker":
			found = found || len(value.Items()) > 1
		}
		return !found
	})
	return found
}

// jobsKeys are keys that a pipeline has at its top.
var jobsKeys = []string{"jobs", "stages", "steps", "pipelines", "pipeline", "language"}

// hasScript says whether a top-level mapping is a job of GitLab.
func hasScript(doc syntax.Node) bool {
	for _, job := range doc.Pairs() {
		if job.Get("script").Exists() {
			return true
		}
	}
	return false
}
