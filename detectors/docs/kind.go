package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// kindByName are kinds by the whole base name without extension, in lower case
// with hyphens.
var kindByName = map[string]Kind{
	"readme":       Readme,
	"contributing": Contributing, "contribute": Contributing, "contributors-guide": Contributing, "hacking": Contributing,
	"development": Contributing, "developing": Contributing, "developers": Contributing, "developer-guide": Contributing, "how-to-contribute": Contributing,
	"changelog": Changelog, "changes": Changelog, "history": Changelog, "news": Changelog, "releases": Changelog, "release-notes": Changelog, "changes-log": Changelog,
	"roadmap": Roadmap, "vision": Roadmap,
	"onboarding": Onboarding, "getting-started": Onboarding, "get-started": Onboarding, "quickstart": Onboarding, "quick-start": Onboarding, "setup": Onboarding,
	"install": Onboarding, "installation": Onboarding, "installing": Onboarding, "local-development": Onboarding, "dev-setup": Onboarding, "development-setup": Onboarding, "new-starters": Onboarding,
	"architecture": Architecture, "design": Architecture, "system-design": Architecture, "overview": Architecture, "infrastructure": Architecture,
	"security": Security, "support": Support, "help": Support,
	"troubleshooting": Runbook, "runbook": Runbook, "playbook": Runbook, "operations": Runbook, "disaster-recovery": Runbook, "incident-response": Runbook, "on-call": Runbook, "oncall": Runbook,
}

// kindByFolder are kinds by the name of a folder around the document.
var kindByFolder = map[string]Kind{
	"adr": Decision, "adrs": Decision, "decisions": Decision, "decision-records": Decision, "decision-record": Decision, "architecture-decisions": Decision, "architecture-decision-records": Decision, "architecture-decision-record": Decision, "architecture_decision_records": Decision, "architecture_decision_record": Decision,
	"rfc": Decision, "rfcs": Decision, "proposals": Decision, "enhancements": Decision, "keps": Decision,
	"runbook": Runbook, "runbooks": Runbook, "playbook": Runbook, "playbooks": Runbook, "sop": Runbook, "sops": Runbook, "operations": Runbook, "troubleshooting": Runbook, "how-to": Runbook, "howto": Runbook, "howtos": Runbook,
	"release-notes": Changelog, "releases": Changelog, "changelogs": Changelog, "changelog": Changelog, ".changeset": Changelog,
	"_posts": Post, "posts": Post, "blog": Post, "news": Post, "postmortems": Post, "post-mortems": Post, "postmortem": Post, "incidents": Post, "meetings": Post, "presentations": Post, "presentation": Post, "slides": Post, "talks": Post, "plans": Post, "audits": Post, "minutes": Post,
	"onboarding": Onboarding, "getting-started": Onboarding, "architecture": Architecture,
}

var (
	datedName = regex.New(`^(19|20)\d\d-?[01]\d-?[0-3]\d(-|_|$)`)
	// A guide from one version to another is finished with its release.
	upgradeName = regex.New(`^(upgrade|upgrading|migration|migrating|migrate)(-guide)?(-(to|from))?-v?\d`)
	// So is a plan of a piece of work, or what was found or shown once.
	momentName   = regex.New(`(?:^|-)migration-guide(?:-|$)|(?:^report|.-(?:report|results?))$|(?:^|-)(?:(?:migration|implementation|project|rollout|improvement|refactor\w*|clean-?up|action|release|sprint|task)-plan|audit|(?:gap-)?analysis|assessment|slides?|presentation\w*|minutes|retro(?:spective)?|checkpoint)(?:-|$)`)
	decisionName = regex.New(`^(adr|rfc)(-|\d|$)`)
	runbookName  = regex.New(`(^|-)(runbook|playbook|troubleshoot(ing)?|incident)(-|$)`)
	// A document of that name may also be about the thing.
	operationName = regex.New(`(^|-)(upgrade|rollback|restore|recovery|rotat(e|ing|ion)|failover)(-|$)`)
)

// kindOf tells what a document is for, by its name, then its folders, then how
// it is built.
func kindOf(p string, page *syntax.Page) Kind {
	name := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(stemOf(p)))
	folders := foldersOf(p)
	switch {
	case kindByName[name] == Readme:
		return Readme
	case datedName.MatchString(name), slices.ContainsFunc(folders, func(f string) bool { return kindByFolder[f] == Post }):
		return Post
	case upgradeName.MatchString(name):
		return Changelog
	case momentName.MatchString(name):
		return Post
	case decisionName.MatchString(name), decisionShape(page):
		return Decision
	}
	for _, f := range slices.Backward(folders) {
		if k := kindByFolder[f]; k != "" {
			return k
		}
	}
	if k := kindByName[name]; k != "" {
		return k
	}
	if runbookName.MatchString(name) || operationName.MatchString(name) && tellsHow(page) {
		return Runbook
	}
	return Other
}

// tellsHow says whether a document has commands to be typed.
func tellsHow(page *syntax.Page) bool {
	return slices.ContainsFunc(page.Fences, func(f syntax.Fence) bool { return f.Language == "" || slices.Contains(shellLanguages, f.Language) })
}

func foldersOf(p string) []string {
	return strings.Split(strings.ToLower(path.Dir(p)), "/")
}

// decisionShape says whether a document has the sections of a decision record
// as Michael Nygard and the MADR project give them.
func decisionShape(page *syntax.Page) bool {
	found := 0
	for _, h := range page.Headings {
		switch strings.ToLower(strings.TrimRight(h.Text, ":")) {
		case "context", "context and problem statement", "decision", "decision outcome", "consequences":
			found++
		}
	}
	return found >= 3
}
