package docs

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed feedback.md
var feedbackDoc string

// Feedbacks sees ways for users to be heard: issue forms and templates,
// discussions, surveys. Its values are a Feedback each; the subject is the
// path, or the address.
var Feedbacks = &detect.Detector{
	ID: "docs/feedback-route", Doc: feedbackDoc, File: feedbacks,
	Match: slices.Concat(documentFiles, []string{".github/ISSUE_TEMPLATE/*.{yml,yaml}", ".github/DISCUSSION_TEMPLATE/*.{yml,yaml}"}),
}

func feedbacks(p *detect.Pass, f *detect.File) error {
	if ext := path.Ext(f.Path); ext == ".yml" || ext == ".yaml" {
		return forms(p, f)
	}
	lower := strings.ToLower(f.Path)
	if strings.HasPrefix(lower, ".github/issue_template") || strings.HasPrefix(lower, ".gitlab/issue_templates/") || lower == "issue_template.md" || lower == "docs/issue_template.md" {
		p.Report(f.Path, f.Whole(), "issue template", Feedback{Kind: "issue-template"})
		return nil
	}
	page, err := syntax.Document(f)
	if err != nil {
		return nil // Documents tells
	}
	seen := map[string]bool{}
	for _, l := range page.Links {
		if kind := routeKind(p.Repo.Origin, l.Target); kind != "" && !seen[l.Target] {
			seen[l.Target] = true
			p.Report(short(l.Target), l.At, kind, Feedback{Kind: kind})
		}
	}
	return nil
}

// forms reports forms for issues and discussions. The chooser's settings lead
// elsewhere.
// Source: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
func forms(p *detect.Pass, f *detect.File) error {
	docs, err := syntax.YAML.Of(f)
	for _, doc := range docs {
		if doc.Get("body").IsList() {
			kind := "issue-form"
			if strings.HasPrefix(f.Path, ".github/DISCUSSION_TEMPLATE/") {
				kind = "discussions"
			}
			p.Report(f.Path, f.Whole(), kind, Feedback{Kind: kind})
		}
		for _, link := range doc.Get("contact_links").Items() {
			if kind := routeKind(p.Repo.Origin, link.Get("url").Text()); kind != "" {
				p.Report(short(link.Get("url").Text()), link.Get("url").Span(), kind, Feedback{Kind: kind})
			}
		}
	}
	return err
}

var surveyHosts = regex.New(`^https://(?:forms\.gle|docs\.google\.com/forms|forms\.office\.com|[\w.]*typeform\.com|[\w.]*surveymonkey\.\w+|[\w.]*qualtrics\.com|tally\.so)/`)

// routeKind is the kind of a route by its address; empty for other addresses.
func routeKind(origin, target string) string {
	switch {
	case surveyHosts.MatchString(target):
		return "survey"
	case origin != "" && strings.HasPrefix(strings.ToLower(target), "https://github.com/"+strings.ToLower(origin)+"/discussions"):
		return "discussions"
	case target == "../../discussions":
		return "discussions"
	}
	return ""
}
