package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	projectURI  = "https://github.com/waymark-dev/waymark"
	taxonomy    = "platform-maturity-model"
	// maxResults is how many results of one run GitHub shows.
	maxResults = 5000
	// fingerprintKey is the key of the fingerprint that holds while lines move.
	fingerprintKey = "waymark/v1"
)

// SARIF writes the located gaps of one repository as SARIF 2.1.0, as GitHub's
// code scanning takes it: every rule in every run, constant texts, one result
// for a rule and a line, nothing without a line. Absences and the stage go to
// the properties of the run.
func SARIF(w io.Writer, r Report) error {
	if len(r.Repositories) != 1 {
		return errors.New("SARIF is for one repository: scan each one with its own output file")
	}
	log, err := sarif.New(sarif.Version210)
	if err != nil {
		return fmt.Errorf("write SARIF: %w", err)
	}
	log.Schema = sarifSchema
	run := newRun(r.Version)
	sarifRepository(run, r.Repositories[0])
	log.AddRun(run)
	return writeSARIF(w, log)
}

func newRun(version string) *sarif.Run {
	driver := sarif.NewVersionedDriver("waymark", version)
	driver.FullName = text("Waymark platform maturity")
	driver.InformationURI = text(projectURI)
	for _, c := range rules.Checks() {
		driver.Rules = append(driver.Rules, ruleOf(c))
	}
	driver.Notifications = []*sarif.ReportingDescriptor{blindDescriptor("blind-spot", "A place that could not be read"), blindDescriptor("results-cut", "Results that were left out")}
	driver.SupportedTaxonomies = []*sarif.ToolComponentReference{taxonomyReference()}
	run := sarif.NewRun(sarif.Tool{Driver: driver})
	run.ColumnKind = "unicodeCodePoints"
	run.Taxonomies = []*sarif.ToolComponent{taxonomyOf()}
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
	help := fmt.Sprintf("%s\n\nFix: %s\n\nCriterion: %s (stage %d). %s", c.Why, c.Fix, criterion.ID, criterion.Stage, criterion.Ask)
	markdown := fmt.Sprintf("%s\n\n**Fix.** %s\n\n**Criterion.** `%s`, stage %d, %s: %s", c.Why, c.Fix, criterion.ID, criterion.Stage, rules.StageNames[criterion.Stage], criterion.Ask)
	rule := sarif.NewRule(c.ID).WithName(pascal(c.ID))
	rule.ShortDescription = sarif.NewMultiformatMessageString(c.Title)
	rule.FullDescription = sarif.NewMultiformatMessageString(c.Title + ". " + c.Why)
	rule.Help = sarif.NewMultiformatMessageString(help).WithMarkdown(markdown)
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
	for _, s := range rules.Stages {
		for _, c := range s.Characteristics {
			t.Taxa = append(t.Taxa, &sarif.ReportingDescriptor{ID: c.ID, ShortDescription: sarif.NewMultiformatMessageString(c.Text)})
		}
	}
	return t
}

func sarifRepository(run *sarif.Run, r Repository) {
	invocation := run.AddInvocation(true)
	for _, b := range r.Scene.BlindSpots {
		invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, notificationOf(r, b))
	}
	if r.Commit != "" && r.Origin != "" {
		run.AddVersionControlProvenance(&sarif.VersionControlDetails{RepositoryURI: text(r.Origin), RevisionID: text(r.Commit), Branch: text(r.Scene.Repo.Branch)})
	}
	results := resultsOf(r)
	if cut := len(results) - maxResults; cut > 0 {
		results = results[:maxResults]
		message := fmt.Sprintf("%d results of the least importance were left out: GitHub shows %d of a run", cut, maxResults)
		invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, notice("results-cut", message))
	}
	for _, result := range results {
		run.AddResult(result)
	}
	run.Properties = sarif.Properties{"stage": r.Verdict.Stage, "stageName": r.Verdict.Name, "headline": r.Verdict.Headline(), "absences": absences(r)}
}

// absences are the gaps without a line, by criterion.
func absences(r Repository) map[string]string {
	list := map[string]string{}
	for _, g := range r.Gaps {
		if !g.Located() {
			list[g.Check.Criterion] = Plain(g.Message)
		}
	}
	return list
}

func notice(id, message string) *sarif.Notification {
	n := sarif.NewNotification().WithDescriptor(&sarif.ReportingDescriptorReference{Id: text(id)})
	n.Message = sarif.NewTextMessage(message)
	n.Level = string(rules.Note)
	return n
}

func notificationOf(r Repository, b detect.BlindSpot) *sarif.Notification {
	n := notice("blind-spot", Plain(cmp.Or(b.Path, "the repository")+": "+b.Err.Error()))
	if e, ok := r.Scene.Repo.Tree.File(b.Path); ok && e.Mode != detect.Symlink {
		n.Locations = []*sarif.Location{sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(artifact(b.Path)))}
	}
	return n
}

// resultsOf are the located gaps, the most important first, one for each rule
// and line.
func resultsOf(r Repository) []*sarif.Result {
	hashes := map[string][]string{}
	seen := map[string]bool{}
	var results []*sarif.Result
	for _, g := range r.Gaps {
		p := r.resolved(g.At.Path)
		if _, ok := r.Scene.Repo.Tree.File(p); !ok || !g.Located() {
			continue
		}
		key := fmt.Sprintf("%s\x00%s\x00%d", g.Check.ID, p, g.At.Start.Line)
		if seen[key] {
			continue
		}
		seen[key] = true
		if _, ok := hashes[p]; !ok {
			hashes[p] = r.hashes(p)
		}
		results = append(results, resultOf(g, p, hashes[p]))
	}
	return results
}

// resolved is the path of the file itself, where the path is a symbolic link:
// an alert on a link cannot be shown.
func (r Repository) resolved(p string) string {
	if e, ok := r.Scene.Repo.Tree.File(p); ok && e.Mode == detect.Symlink && e.Target != "" {
		return e.Target
	}
	return p
}

// hashes are the line hashes of a file; none where it cannot be read any more.
func (r Repository) hashes(p string) []string {
	data, err := r.Read(p)
	if err != nil {
		return nil
	}
	return lineHashes(data)
}

func resultOf(g rules.Gap, p string, hashes []string) *sarif.Result {
	first := g.At.Start.Line
	region := sarif.NewRegion().WithStartLine(first).WithEndLine(max(first, g.At.End.Line))
	physical := sarif.NewPhysicalLocation().WithArtifactLocation(artifact(p)).WithRegion(region)
	result := sarif.NewRuleResult(g.Check.ID).WithLevel(string(g.Check.Level)).
		WithMessage(sarif.NewTextMessage(escapeLinks(Plain(g.Message) + ". " + Plain(g.Fix)))).
		WithLocations([]*sarif.Location{sarif.NewLocationWithPhysicalLocation(physical)})
	prints := map[string]any{fingerprintKey: Fingerprint(g)}
	if first < len(hashes) && hashes[first] != "" {
		prints["primaryLocationLineHash"] = hashes[first]
	}
	return result.WithPartialFingerPrints(prints)
}

// escapeLinks keeps text from being read as an embedded link.
func escapeLinks(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(s)
}

func artifact(p string) *sarif.ArtifactLocation {
	return sarif.NewArtifactLocation().WithUri(uriOf(p)).WithUriBaseId("%SRCROOT%")
}

// uriOf is a path as a relative URI, each segment percent-encoded.
func uriOf(p string) string {
	segments := strings.Split(p, "/")
	for i, s := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	return strings.Join(segments, "/")
}

// writeSARIF writes the log whole. It adds what the library has no field for
// (the relationships of rules to taxa) and takes out the nulls that it writes
// for fields that are not set.
func writeSARIF(w io.Writer, log *sarif.Report) error {
	var b bytes.Buffer
	if err := log.Write(&b); err != nil {
		return fmt.Errorf("write SARIF: %w", err)
	}
	decoder := json.NewDecoder(&b)
	decoder.UseNumber()
	var doc map[string]any
	if err := decoder.Decode(&doc); err != nil {
		return fmt.Errorf("write SARIF: %w", err)
	}
	dropNulls(doc)
	relate(doc)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}

func dropNulls(v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if x == nil {
				delete(v, k)
				continue
			}
			dropNulls(x)
		}
	case []any:
		for _, x := range v {
			dropNulls(x)
		}
	}
}

// relate adds to each rule its relationships to the characteristics that it
// speaks for, and to the run what its relative paths start from.
func relate(doc map[string]any) {
	for _, run := range asList(doc["runs"]) {
		run, _ := run.(map[string]any)
		run["originalUriBaseIds"] = map[string]any{"%SRCROOT%": map[string]any{"description": map[string]any{"text": "The root of the repository."}}}
		tool, _ := run["tool"].(map[string]any)
		driver, _ := tool["driver"].(map[string]any)
		for _, rule := range asList(driver["rules"]) {
			rule, _ := rule.(map[string]any)
			rule["relationships"] = relationships(fmt.Sprint(rule["id"]))
		}
	}
}

func asList(v any) []any {
	list, _ := v.([]any)
	return list
}

func relationships(id string) []any {
	all := rules.Checks()
	i := slices.IndexFunc(all, func(c *rules.Check) bool { return c.ID == id })
	if i < 0 {
		return []any{}
	}
	list := []any{}
	for _, characteristic := range rules.CriterionByID(all[i].Criterion).Characteristics {
		list = append(list, map[string]any{
			"target": map[string]any{"id": characteristic, "toolComponent": map[string]any{"name": taxonomy, "index": 0, "guid": taxonomyGUID}},
			"kinds":  []any{"relevant"},
		})
	}
	return list
}
