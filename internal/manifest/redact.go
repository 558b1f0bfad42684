package manifest

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A mask hides what its pattern matches, where a text holds one of its words.
type mask struct {
	words   []string
	pattern *regex.Pattern
	with    string
}

// masks hide what can be a secret in the texts of a repository that reports
// show: names of images, addresses, references, paths, titles of jobs.
var masks = []mask{
	{[]string{"@"}, inURL, "$1…@$3"},
	{[]string{"@"}, regex.New(`(://)([^/\s:@"']{12,})@([A-Za-z0-9.-]+)`), "$1…@$3"},
	{[]string{"@"}, regex.New(`(^|[^\w/.+-])([\w.+-]+:)[^\s:@/"'{}$]{3,}@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[:/]|$))`), "$1$2…@$3"},
	{[]string{"twistlock"}, registryToken, "$1…"},
	{[]string{"="}, regex.New(`(?i)([?&](?:[a-z_-]*(?:token|secret|password|passwd|api_?key|signature)|sig|key|auth)=)[^&\s"')>]+`), "$1…"},
	{
		[]string{"AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "sk_live_", "rk_live_", "hvs.", "npm_", "AIza", "dop_v1_"},
		regex.New(`\b(?:(?:AKIA|ASIA)[0-9A-Z]{12,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{16,}|xox[abpros]-[A-Za-z0-9-]{10,}|[sr]k_live_[A-Za-z0-9]{10,}|hvs\.[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{20,}|AIza[A-Za-z0-9_-]{30,}|dop_v1_[a-f0-9]{32,})`),
		"…",
	},
}

// Redacted is a text that may be shown and kept: without the secrets that its
// addresses carry, and without the tokens that tell by their form who issued
// them.
func Redacted(text string) string {
	for _, m := range masks {
		if slices.ContainsFunc(m.words, func(w string) bool { return strings.Contains(text, w) }) {
			text = m.pattern.ReplaceAllString(text, m.with)
		}
	}
	return text
}
