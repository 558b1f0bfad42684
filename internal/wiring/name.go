package wiring

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// nameWords are the words of names that tell what bears the name.
var nameWords = map[Activity]string{
	Test:     "test tests testing spec specs unittest unittests e2e unit integrationtest qa smoke acceptance functional cypress playwright pytest jest phpunit rspec",
	Validate: "validate validation validator verify render kubeconform",
	Lint:     "lint linter linters linting eslint stylelint rubocop typecheck checkstyle mypy flake8",
	Format:   "fmt format formatting formatter prettier",
	Build:    "build builder builds compile package bundle assemble",
	Scan:     "scan scanner scanning security audit sast sca dast codeql trivy checkov tfsec snyk semgrep vulnerability vulnerabilities gitleaks sonar sonarqube",
	Plan:     "plan diff",
	Apply:    "deploy deploys deployer deployment apply rollout provision cd",
	Publish:  "publish publisher release releases releaser push",
	Rollback: "rollback undeploy",
	Migrate:  "migrate migration migrations",
	LoadTest: "loadtest gatling k6",
	Drift:    "drift",
	Teardown: "destroy teardown cleanup",
}

// tellers are words that make of a name one that tells about the thing, and
// does not do it.
var tellers = strings.Fields(`show monitor notice view describe link report reporter reports result results summary comment status badge notify notification notifications label labeler
	setup install installer configure config login get find wait upload download artifact artifacts fetch check-run annotate cancel lock notes note draft drafter
	disable disabled skip no without not ignore changelog title semantic stale assign approve metadata version versioning paths filter changed matrix cache credentials auth authenticate token env secrets clean list dry dryrun start init prepare watch coverage log logs size info considerations`)

var nameParts = regex.New(`[A-Z]?[a-z0-9]+|[A-Z]+`)

// wordsOf are the words of a name in lower case: "integrationTest" and
// "integration-test" have the same.
func wordsOf(name string) []string {
	words := nameParts.FindAllString(name, -1)
	for i, w := range words {
		words[i] = strings.ToLower(w)
	}
	return words
}

// byName tells what something does by its name alone. What follows a deed up
// to an "and" is its object: "deploy-test" deploys to a test environment.
func byName(name, tool string) []Meaning {
	words := wordsOf(name)
	if tellsOnly(words) {
		return nil
	}
	var found []Meaning
	object := false
	for _, w := range words {
		activity := activityOf(w)
		switch {
		case w == "and" || w == "then":
			object = false
		case activity == "" || object:
		case !slices.ContainsFunc(found, func(m Meaning) bool { return m.Activity == activity }):
			found = append(found, Meaning{Activity: activity, Tool: tool})
			object = slices.Contains([]Activity{Apply, Publish, Rollback, Teardown, Bump}, activity)
		}
	}
	return found
}

// tellsOnly says whether the words of a name are those of something that only
// tells about a thing, or makes it ready.
func tellsOnly(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(tellers, w) })
}

func activityOf(word string) Activity {
	for _, activity := range weight {
		if slices.Contains(strings.Fields(nameWords[activity]), word) {
			return activity
		}
	}
	return ""
}
