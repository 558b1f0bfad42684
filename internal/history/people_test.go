package history

import (
	"testing"

	"github.com/waymark-dev/waymark/internal/objects"
)

func TestBots(t *testing.T) {
	for _, bot := range []objects.Person{
		{Name: "renovate[bot]", Email: "29139614+renovate[bot]@users.noreply.github.com"},
		{Name: "Mend Renovate", Email: "bot@renovateapp.com"},
		{Name: "dependabot-preview[bot]", Email: "support@dependabot.com"},
		{Name: "GitHub", Email: "noreply@github.com"},
		{Name: "GitHub Actions", Email: "x@example.org"},
		{Name: "acme-deploy-bot", Email: "ops@example.org"},
		{Name: "Snyk bot", Email: "x@example.org"},
		{Name: "Acme CI", Email: "x@example.org"},
		{Name: "Acme Build Service (acme)", Email: ""},
		{Name: "svc-release", Email: "x@example.org"},
		{Name: "hashibot", Email: "x@example.org"},
		{Name: "Hosted Weblate", Email: "hosted@weblate.org"},
		{Name: "Flux", Email: "x@example.org"},
		{Name: "argocd-image-updater", Email: "noreply@argoproj.io"},
		{Name: "Somebody", Email: "198982749+Copilot@users.noreply.github.com"},
		{Name: "x", Email: "release-bot@example.org"},
	} {
		if !isBot(bot) {
			t.Errorf("%v is a bot", bot)
		}
	}
	for _, person := range []objects.Person{
		{Name: "Ann Other", Email: "github@example.org"},
		{Name: "Devin Other", Email: "devin@example.org"},
		{Name: "Travis", Email: "travis@example.org"},
		{Name: "Geoff Talbot", Email: "talbot@example.org"},
		{Name: "Talbot", Email: "build@example.org"},
		{Name: "", Email: ""},
		{Name: "Jules", Email: "jules@users.noreply.github.com"},
		{Name: "Marcin", Email: "m.ci@example.org"},
	} {
		if isBot(person) {
			t.Errorf("%v is a person", person)
		}
	}
}

func TestAssisted(t *testing.T) {
	for body, want := range map[string]bool{
		"Co-Authored-By: Claude <noreply@anthropic.com>":                                      true,
		"Co-authored-by: Claude Sonnet 4 <x@example.org>":                                     true,
		"co-authored-by: copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>": true,
		"Co-authored-by: aider (gpt-4o) <noreply@aider.chat>":                                 true,
		"Assisted-by: GitHub Copilot":                                                         true,
		"text\n\nGenerated-by: Cursor\n":                                                      true,
		"Co-authored-by: Claude Dupont <claude@example.org>":                                  false,
		"Co-authored-by: Devin <devin@example.org>":                                           false,
		"Reviewed-by: Claude <noreply@anthropic.com>":                                         false,
		"We talked about Copilot.":                                                            false,
		"Co-authored-by:":                                                                     false,
		"":                                                                                    false,
	} {
		if got := assisted(body); got != want {
			t.Errorf("assisted(%q) = %v", body, got)
		}
	}
}

func TestAuthorKeys(t *testing.T) {
	p := newPeople(parseMailmap("Proper Name <proper@example.org> nick <NICK@example.org>\nOnly Name <only@example.org>\n<new@example.org> <old@example.org>\nbroken <\n# Comment <a@b>\n"))
	key := func(name, email string) string {
		k, _ := p.identify(objects.Person{Name: name, Email: email})
		return k
	}
	for name, pair := range map[string][2]string{
		"name and address":           {key("nick", "nick@example.org"), key("Proper Name", "x@example.org")},
		"name for an address":        {key("o", "ONLY@example.org"), key("only name", "y@example.org")},
		"address for an address":     {key("n", "old@example.org"), key("m", "new@example.org")},
		"a full name, two addresses": {key("Ann  Other", "a@example.org"), key("ann other", "b@example.com")},
		"one address, two nicks":     {key("ann", "a@example.org"), key("annie", "A@example.org")},
		"both forms of GitHub's":     {key("ann", "123+ann@users.noreply.github.com"), key("a", "ann@users.noreply.github.com")},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: two keys", name)
		}
	}
	if key("other nick", "nick@example.org") == key("Proper Name", "") || key("ann", "a@example.org") == key("ann", "b@example.org") {
		t.Error("different people have one key")
	}
}
