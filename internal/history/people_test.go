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
	met := map[string]objects.Person{}
	var all []objects.Person
	for _, line := range []string{
		"nick <nick@example.org>", "Proper Name <x@example.org>", "o <ONLY@example.org>", "only name <y@example.org>", "n <old@example.org>", "m <new@example.org>",
		"Ann  Other <a@example.org>", "ann other <b@example.org>", "annie <A@example.org>", "AnnOther <c@example.org>", "Ann Other (Acme) <d@example.org>", "x <ann.other2@example.org>",
		"bob <123+bobby@users.noreply.github.com>", "b <bobby@users.noreply.github.com>", "bobby <bobby@example.net>",
		"other nick <nick@example.org>", "kim <k@example.org>", "kim <l@example.org>", "p <user@localhost>", "q <user@localhost>",
		"Team One <team@example.org>", "Team Two <team@example.org>", "Team Three <team@example.org>", "Team Four <team@example.org>",
	} {
		who, _, _ := cutPerson(line)
		met[line] = who
		all = append(all, who)
	}
	p.meet(all)
	key := func(line string) string {
		k, _ := p.identify(met[line])
		return k
	}
	for name, same := range map[string][]string{
		"name and address in the mailmap": {"nick <nick@example.org>", "Proper Name <x@example.org>"},
		"name for an address":             {"o <ONLY@example.org>", "only name <y@example.org>"},
		"address for an address":          {"n <old@example.org>", "m <new@example.org>"},
		"a full name, an address":         {"Ann  Other <a@example.org>", "ann other <b@example.org>", "annie <A@example.org>", "AnnOther <c@example.org>", "Ann Other (Acme) <d@example.org>", "x <ann.other2@example.org>"},
		"a login":                         {"bob <123+bobby@users.noreply.github.com>", "b <bobby@users.noreply.github.com>", "bobby <bobby@example.net>"},
	} {
		for _, other := range same[1:] {
			if key(same[0]) != key(other) {
				t.Errorf("%s: %s and %s are two", name, same[0], other)
			}
		}
	}
	for _, pair := range [][2]string{
		{"other nick <nick@example.org>", "Proper Name <x@example.org>"},
		{"kim <k@example.org>", "kim <l@example.org>"},
		{"p <user@localhost>", "q <user@localhost>"},
		{"Team One <team@example.org>", "Team Two <team@example.org>"},
		{"Ann  Other <a@example.org>", "b <bobby@users.noreply.github.com>"},
	} {
		if key(pair[0]) == key(pair[1]) {
			t.Errorf("%s and %s are one", pair[0], pair[1])
		}
	}
}
