package history

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/objects"
	"github.com/waymark-dev/waymark/internal/regex"
)

// isBot says whether an author is an automaton, by name or address.
func isBot(p objects.Person) bool {
	name := strings.ToLower(strings.Join(strings.Fields(p.Name), " "))
	email := strings.ToLower(p.Email)
	login, host, _ := strings.Cut(email, "@")
	if _, after, found := strings.Cut(login, "+"); found {
		login = after
	}
	return botNames[name] || botAddresses[email] || botShape.MatchString(name) || toolShape.MatchString(name) || oneWordBot(name) ||
		botShape.MatchString(login) || host == "users.noreply.github.com" && botNames[login]
}

// botShape is how automata are named: "[bot]" is GitHub's mark of an app;
// others call themselves "deploy-bot" or "svc-release".
var botShape = regex.New(`\[bot\]$|(^|[-_. ])(ro)?bot$|^bot[-_.]|^(ci|automation|svc|buildkite|circleci)[-_]`)

// toolShape is how people name what commits in their pipelines: "Acme CI".
var toolShape = regex.New(`[-_. ](ci|actions?|automation|pipelines?|runner|service-?account)$|\bbuild service\b`)

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
	"scala steward", "scala-steward", "depfu", "imgbot", "allcontributors", "all contributors", "restyled.io", "restyled commits",
	"pre-commit-ci", "pre-commit.ci", "mergify", "kodiakhq", "prow", "google-oss-prow", "openshift-merge-robot", "k8s-ci-robot",
	"weblate", "hosted weblate", "transifex", "crowdin", "translatewiki.net", "lingohub", "localazy", "mozilla pontoon",
	"semantic-release", "semantic release", "semantic-release-bot", "release please", "release-please", "goreleaser", "auto release", "changesets",
	"flux", "fluxcd", "flux cd", "weaveworks flux", "weave flux", "fluxcdbot", "flux-image-automation", "image-automation-controller", "image-reflector",
	"argocd", "argo cd", "argo-cd", "argocd-image-updater", "argocd image updater", "argoproj",
	"updatecli", "updateclibot", "jenkins", "jenkins ci", "jenkins-x", "jenkins-x-bot", "jenkins x", "concourse ci", "teamcity", "bamboo",
	"travis ci", "travis-ci", "circleci", "circle ci", "circle-ci", "drone ci", "buildkite", "appveyor", "codefresh", "spinnaker", "tekton",
	"azure pipelines", "azure devops", "azuredevops", "azure-pipelines", "vsts", "microsoft.visualstudio.services.tfs", "project collection build service",
	"atlantis", "terraform cloud", "terraform-docs", "terraform docs", "spacelift", "env0",
	"copybara", "copybara-service", "copybara service", "sourcegraph", "batch changes", "sourcery ai", "deepsource autofix", "codacy", "lgtm", "fossabot",
	"netlify", "netlify cms", "decap cms", "vercel", "forestry.io", "gitbook", "gitbook bot", "readthedocs", "backstage", "roadie",
	"copilot", "copilot-swe-agent", "devin ai", "devin-ai-integration", "google-labs-jules",
	"nix-update", "ryantm's bot", "r-ryantm", "cruft", "copier", "copier update", "templatesync", "template sync", "actions-template-sync",
	"ci", "cd", "ci/cd", "cicd", "build", "builder", "build server", "buildserver", "continuous integration", "continuous deployment", "deploy", "deployer", "deployment", "automation",
	"auto", "bot", "robot", "autobump", "auto-commit", "git-auto-commit-action", "service account", "serviceaccount",
)

// botAddresses are those that automata use under changing names.
var botAddresses = set(
	"bot@renovateapp.com", "unknown@localhost", "support@dependabot.com", "noreply@github.com", "action@github.com", "actions@github.com", "github-actions@github.com",
	"support@greenkeeper.io", "bot@pyup.io", "support@pyup.io", "hosted@weblate.org", "noreply@weblate.org", "support@transifex.com", "support+bot@crowdin.com",
	"support@fluxcd.io", "support@weave.works", "noreply@argoproj.io", "noreply@anthropic.com",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
