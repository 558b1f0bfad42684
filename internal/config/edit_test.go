package config

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAnswersAreAddedAndAllElseStays(t *testing.T) {
	day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	added := []Answer{{ID: "developer-portal", Yes: true, By: "Ada", When: day, Link: "https://example.org", Until: day.AddDate(1, 0, 0)}}
	item := "  - criterion: developer-portal\n    answer: yes\n    by: \"Ada\"\n    when: 2026-05-01\n    link: \"https://example.org\"\n    until: 2027-05-01\n"
	flush := strings.ReplaceAll(strings.TrimPrefix(item, "  "), "\n  ", "\n")
	for before, want := range map[string]string{
		"":                                     "answers:\n" + item,
		"# Ours.\nroles: [docs] # as agreed\n": "# Ours.\nroles: [docs] # as agreed\n\nanswers:\n" + item,
		"answers:\n\nroles: [docs]\n":          "answers:\n" + item + "\nroles: [docs]\n",
		"answers: []\nroles: [docs]\n":         "answers:\n" + item + "roles: [docs]\n",
		"answers:\n# Kept.\n- criterion: cost-controls\n  answer: no\n  by: Bob\n  when: 2026-01-01\nroles: [docs]\n":                                                                                "answers:\n# Kept.\n- criterion: cost-controls\n  answer: no\n  by: Bob\n  when: 2026-01-01\n" + flush + "roles: [docs]\n",
		"answers:\n  - criterion: developer-portal\n    answer: no\n    by: Bob\n    when: 2026-01-01\n  - criterion: cost-controls\n    answer: no\n    by: Bob # he knows\n    when: 2026-01-01\n": "answers:\n  - criterion: cost-controls\n    answer: no\n    by: Bob # he knows\n    when: 2026-01-01\n" + item,
	} {
		got, err := WithAnswers("f", []byte(before), added)
		if err != nil {
			t.Errorf("%q: %v", before, err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%q: %s", before, diff)
		}
	}
}
