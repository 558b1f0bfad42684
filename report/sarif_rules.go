package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/waymark-dev/waymark/rules"
)

// sarifVersion is a version that starts with a number, as readers compare it.
func sarifVersion(version string) string {
	version = strings.TrimPrefix(version, "v")
	if version == "" || version[0] < '0' || version[0] > '9' {
		return "0-" + version
	}
	return version
}

// newRun is a run with every rule that it could show, and nothing found yet.
func newRun(version string, checks []*rules.Check) *sarif.Run {
	driver := sarif.NewVersionedDriver("waymark", sarifVersion(version))
	driver.FullName = text("Waymark platform maturity")
	driver.InformationURI = text(projectURI)
	for _, c := range checks {
		driver.Rules = append(driver.Rules, ruleOf(c))
	}
	driver.Notifications = []*sarif.ReportingDescriptor{blindDescriptor("blind-spot", "A place that could not be read"), blindDescriptor("results-cut", "Results that were left out"), blindDescriptor("idle-setting", "An answer or a suppression that does not count")}
	driver.SupportedTaxonomies = []*sarif.ToolComponentReference{taxonomyReference()}
	run := sarif.NewRun(sarif.Tool{Driver: driver})
	run.ColumnKind = "unicodeCodePoints"
	run.Taxonomies = []*sarif.ToolComponent{taxonomyOf()}
	run.OriginalUriBaseIDs = map[string]*sarif.ArtifactLocation{"%SRCROOT%": {Description: sarif.NewTextMessage("The root of the repository.")}}
	return run
}

func blindDescriptor(id, title string) *sarif.ReportingDescriptor {
	message := sarif.NewMultiformatMessageString(title)
	return &sarif.ReportingDescriptor{ID: id, Name: text(pascal(id)), ShortDescription: message, FullDescription: message, Help: message}
}

// ruleOf is a check as a rule. Its texts are constant: the first file that an
// alert was seen in must not decide what the next one says.
func ruleOf(c *rules.Check) *sarif.ReportingDescriptor {
	criterion := rules.CriterionByID(c.Criterion)
	why, fix := cmp.Or(c.Page("Why it matters"), c.Why), cmp.Or(c.Page("How to mend"), c.Fix)
	help := fmt.Sprintf("%s\n\nFix: %s\n\nCriterion: %s (stage %d). %s", why, fix, criterion.ID, criterion.Stage, criterion.Ask)
	markdown := fmt.Sprintf("%s\n\n**Fix.** %s\n\n**Criterion.** `%s`, stage %d, %s: %s", why, fix, criterion.ID, criterion.Stage, rules.StageNames[criterion.Stage], criterion.Ask)
	rule := sarif.NewRule(c.ID).WithName(pascal(c.ID))
	rule.ShortDescription = sarif.NewMultiformatMessageString(c.Title)
	rule.FullDescription = sarif.NewMultiformatMessageString(c.Title + ". " + c.Why)
	rule.Help = sarif.NewMultiformatMessageString(help).WithMarkdown(markdown)
	if slices.Contains(rules.Checks(), c) {
		rule.WithHelpURI(projectURI + "/blob/main/docs/reference/checks/" + c.ID + ".md")
	}
	rule.DefaultConfiguration = sarif.NewReportingConfiguration().WithLevel(string(c.Level))
	rule.WithProperties(sarif.Properties{
		"tags": []string{"maturity", fmt.Sprintf("stage-%d", criterion.Stage), criterion.ID}, "precision": "high", "problem.severity": severityOf(c.Level),
	})
	return rule
}

func severityOf(l rules.Level) string {
	if l == rules.Note {
		return "recommendation"
	}
	return string(l)
}

// pascal is an id as a name in PascalCase.
func pascal(id string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(id, func(r rune) bool { return r == '/' || r == '-' }) {
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return b.String()
}

// taxonomyGUID names the taxonomy of the model, for ever.
const taxonomyGUID = "6f3a3f0e-5d6b-4a9e-9a55-0c1d2b7e4f10"

func taxonomyReference() *sarif.ToolComponentReference {
	index := uint(0)
	return &sarif.ToolComponentReference{Name: text(taxonomy), Index: &index, Guid: text(taxonomyGUID)}
}

// taxonomyOf is the model: its stages and their characteristics as taxa.
func taxonomyOf() *sarif.ToolComponent {
	t := &sarif.ToolComponent{Name: taxonomy, GUID: text(taxonomyGUID), Rules: []*sarif.ReportingDescriptor{}}
	t.ShortDescription = sarif.NewMultiformatMessageString("The five stages of platform maturity and their characteristics.")
	whole := true
	t.InformationURI, t.Organization, t.IsComprehensive = text(projectURI), text("Waymark"), &whole
	for _, s := range rules.Stages {
		for _, c := range s.Characteristics {
			t.Taxa = append(t.Taxa, taxon(s, c))
		}
	}
	return t
}

func taxon(s rules.Stage, c rules.Characteristic) *sarif.ReportingDescriptor {
	d := &sarif.ReportingDescriptor{ID: c.ID, ShortDescription: sarif.NewMultiformatMessageString(c.Text)}
	return d.WithProperties(sarif.Properties{"stage": s.Number, "stageName": s.Name})
}
