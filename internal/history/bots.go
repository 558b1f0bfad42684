package history

import (
	"regexp"
	"strings"

	"github.com/waymark-dev/waymark/internal/objects"
)

// isBot says whether an author is an automaton, by name or address.
func isBot(p objects.Person) bool {
	name := strings.ToLower(strings.Join(strings.Fields(p.Name), " "))
	email := strings.ToLower(p.Email)
	local, _, _ := strings.Cut(email, "@")
	if _, login, found := strings.Cut(local, "+"); found {
		local = login
	}
	return botNames[name] || botNames[local] || botAddresses[email] ||
		botShape.MatchString(name) || botShape.MatchString(local) || oneWordBot(name)
}

// botShape is how automata are named: "[bot]" is GitHub's mark of an app;
// others call themselves "deploy-bot", "acme ci", "svc-release".
var botShape = regexp.MustCompile(`\[bot\]$|(^|[-_. ])(ro)?bot$|^bot[-_.]|[-_. ](ci|actions?|automation|pipelines?|runner|service-?account)$|^(ci|automation|svc|buildkite|circleci)[-_]|\bbuild service\b`)

// oneWordBot is for names like "hashibot"; some people's end so as well.
func oneWordBot(name string) bool {
	switch name {
	case "talbot", "abbot", "cabot", "gobot":
		return false
	}
	return strings.HasSuffix(name, "bot") && !strings.Contains(name, " ")
}

// botNames are automata whose names do not say so, as name or as the part of
// the address before the @.
var botNames = set(
	"renovate", "renovate bot", "whitesource renovate", "mend renovate", "self-hosted renovate",
	"dependabot", "dependabot preview", "dependabot-preview", "dependabot support",
	"github", "github action", "github actions", "github-action", "github-actions", "actions-user", "github merge queue", "github-merge-queue",
	"gitlab ci", "gitlab-ci", "gitlab runner",
	"snyk", "snyk-bot", "snyk security", "greenkeeper", "greenkeeper.io", "greenkeeperio-bot", "greenkeeper-keeper", "pyup", "pyup.io", "pyup-bot",
	"scala steward", "scala-steward", "violinist", "depfu", "imgbot", "allcontributors", "all contributors", "restyled.io", "restyled commits",
	"pre-commit-ci", "pre-commit.ci", "mergify", "kodiakhq", "bors", "homu", "prow", "google-oss-prow", "openshift-merge-robot", "k8s-ci-robot", "tide",
	"weblate", "hosted weblate", "transifex", "crowdin", "translatewiki.net", "l10n", "lingohub", "localazy", "pontoon", "mozilla pontoon",
	"semantic-release", "semantic release", "semantic-release-bot", "release please", "release-please", "goreleaser", "auto release", "changesets",
	"flux", "fluxcd", "flux cd", "weaveworks flux", "weave flux", "fluxcdbot", "flux-image-automation", "image-automation-controller", "image-reflector",
	"argocd", "argo cd", "argo-cd", "argocd-image-updater", "argocd image updater", "argoproj", "kargo",
	"updatecli", "updateclibot", "jenkins", "jenkins ci", "jenkins-x", "jenkins-x-bot", "jenkins x", "concourse", "concourse ci", "teamcity", "bamboo",
	"travis", "travis ci", "travis-ci", "circleci", "circle ci", "circle-ci", "drone", "drone ci", "buildkite", "appveyor", "semaphore", "codefresh", "harness", "spinnaker", "tekton",
	"azure pipelines", "azure devops", "azuredevops", "azure-pipelines", "vsts", "microsoft.visualstudio.services.tfs", "project collection build service",
	"atlantis", "terraform cloud", "terraform-docs", "terraform docs", "spacelift", "env0",
	"copybara", "copybara-service", "copybara service", "sourcegraph", "batch changes", "sourcery ai", "deepsource autofix", "codacy", "lgtm", "fossabot",
	"netlify", "netlify cms", "decap cms", "vercel", "forestry.io", "tina", "gitbook", "gitbook bot", "readthedocs", "stale", "backstage", "roadie",
	"copilot", "copilot-swe-agent", "devin", "devin ai", "devin-ai-integration", "jules", "google-labs-jules", "sweep", "codegen",
	"nix-update", "ryantm's bot", "r-ryantm", "cruft", "copier", "copier update", "templatesync", "template sync", "actions-template-sync",
	"ci", "cd", "ci/cd", "cicd", "build", "builder", "build server", "buildserver", "continuous integration", "continuous deployment", "deploy", "deployer", "deployment", "automation",
	"automated", "auto", "bot", "robot", "autobump", "auto-commit", "git-auto-commit-action", "service account", "serviceaccount",
)

// botAddresses are those that automata use under changing names.
var botAddresses = set(
	"bot@renovateapp.com", "support@dependabot.com", "noreply@github.com", "action@github.com", "actions@github.com", "github-actions@github.com",
	"support@greenkeeper.io", "bot@pyup.io", "support@pyup.io", "hosted@weblate.org", "noreply@weblate.org", "support@transifex.com", "support+bot@crowdin.com",
	"support@fluxcd.io", "support@weave.works", "fluxcd@users.noreply.github.com", "noreply@argoproj.io", "argocd@example.com",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
