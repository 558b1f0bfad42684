package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/waymark-dev/waymark/internal/config"
)

// service is a small repository with two gaps, one of them in each file.
const service = `-- main.tf --
terraform {
  backend "local" {}
}
resource "aws_vpc" "a" {}
-- README.md --
# Shop

See [the guide](guide.md).
-- main.go --
package main

func main() {}
`

// configured is that repository with a configuration.
func configured(t *testing.T, files string) string {
	t.Helper()
	return checkout(t, txtar.Parse([]byte(service+files)).Files)
}

// said is what the JSON report says of the first repository.
type said struct {
	Verdict struct {
		Stage      int
		Headline   string
		Answers    int
		RaisedBy   []string
		ByEvidence int
	}
	Criteria []struct{ ID, Outcome, Strength, Source, Because string }
	Gaps     []struct {
		Check, Path, Message string
		Line                 int
		Suppressed           bool
	}
	Configured struct {
		Answers      []struct{ ID, Use, Because string }
		Suppressions []struct {
			Rule, Use string
			Gaps      int
		}
	}
}

func told(t *testing.T, args ...string) said {
	t.Helper()
	code, stdout, stderr := waymark(t, append([]string{"scan", "--format", "json"}, args...)...)
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var r struct{ Repositories []said }
	must(t, json.Unmarshal([]byte(stdout), &r))
	return r.Repositories[0]
}

func (s said) outcome(id string) (outcome, source string) {
	for _, c := range s.Criteria {
		if c.ID == id {
			return c.Outcome, c.Source
		}
	}
	return "", ""
}

func TestAnswersFillWhatCannotBeSeen(t *testing.T) {
	root := configured(t, `-- .waymark.yaml --
answers:
  - {criterion: developer-portal, answer: yes, by: Ada, when: 2026-04-01, link: 'https://example.org/portal'}
  - {criterion: policy-as-code, answer: no, by: Ada, when: 2026-04-01}
  - {criterion: task-automation, answer: yes, by: Ada, when: 2026-04-01}
  - {criterion: maintained-documentation, answer: yes, by: Ada, when: 2026-04-01}
  - {criterion: flow-insights, answer: yes, by: Ada, when: 2025-01-01, until: 2026-01-01}
  - {criterion: satisfaction, answer: yes, by: Ada, when: 2026-04-01}
`)
	r := told(t, root)
	for id, want := range map[string][2]string{
		"developer-portal":         {"met", "answer"},
		"policy-as-code":           {"unmet", "answer"},
		"task-automation":          {"met", "answer"}, // absent, and so told by the answer
		"maintained-documentation": {"partial", "evidence"},
		"flow-insights":            {"not visible", "evidence"},
	} {
		if outcome, source := r.outcome(id); outcome != want[0] || source != want[1] {
			t.Errorf("%s is %s by %s, want %s by %s", id, outcome, source, want[0], want[1])
		}
	}
	uses := map[string]string{}
	for _, a := range r.Configured.Answers {
		uses[a.ID] = a.Use
	}
	want := map[string]string{
		"developer-portal": "counts", "policy-as-code": "counts", "task-automation": "counts",
		"maintained-documentation": "contradicted", "flow-insights": "expired", "satisfaction": "shown",
	}
	if diff := cmp.Diff(want, uses); diff != "" {
		t.Error(diff)
	}
	if r.Verdict.Answers != 3 || r.Verdict.ByEvidence != 1 || !strings.Contains(r.Verdict.Headline, "It rests on 3 answers. Evidence alone gives the same stage.") {
		t.Errorf("verdict %+v", r.Verdict)
	}
	if _, stdout, _ := waymark(t, "scan", root); !strings.Contains(stdout, "contradicted") || !strings.Contains(stdout, "expired") {
		t.Error("the report for people does not name the answer that is contradicted and the one that expired")
	}
	if later := told(t, "--as-of", "2025-06-01", root); later.Verdict.Answers != 4 {
		t.Errorf("as of a day on which all answers count, the verdict rests on %d", later.Verdict.Answers)
	}
}

func TestSettingsThatRaiseTheVerdictAreNamed(t *testing.T) {
	root := configured(t, `-- .waymark.yaml --
criteria:
  continuous-integration: off
  infrastructure-as-code: {weight: core}
  task-automation: off
thresholds: {held: 1/10}
`)
	r := told(t, root)
	for _, name := range []string{"continuous-integration is switched off", "task-automation is switched off", "the threshold held 1/10"} {
		if !slices.Contains(r.Verdict.RaisedBy, name) || !strings.Contains(r.Verdict.Headline, name) {
			t.Errorf("%q is not named in %+v", name, r.Verdict)
		}
	}
	if slices.Contains(r.Verdict.RaisedBy, "the weight of infrastructure-as-code") {
		t.Error("a weight that changes nothing is named")
	}
	if r.Verdict.Stage < 2 || r.Verdict.ByEvidence != 1 {
		t.Errorf("stage %d, by evidence %d", r.Verdict.Stage, r.Verdict.ByEvidence)
	}
	if plain := told(t, "--ignore-repository-config", root); plain.Verdict.Stage != 1 || len(plain.Verdict.RaisedBy) > 0 {
		t.Errorf("without the configuration: %+v", plain.Verdict)
	}
}

// An answer about a criterion that is switched off counts for nothing, and so
// does not keep its being off from being named.
func TestAnAnswerDoesNotHideThatACriterionIsOff(t *testing.T) {
	r := told(t, configured(t, `-- .waymark.yaml --
criteria:
  continuous-integration: off
answers:
  - {criterion: continuous-integration, answer: yes, by: Ada, when: 2026-04-01}
`))
	if !slices.Contains(r.Verdict.RaisedBy, "continuous-integration is switched off") {
		t.Errorf("it is not named in %+v", r.Verdict)
	}
}

func TestSuppressionsHideGapsAndAreReported(t *testing.T) {
	root := configured(t, `-- deploy/main.tf --
terraform { # waymark:ignore terraform/local-state A sandbox
  backend "local" {}
}
resource "aws_vpc" "a" {}
-- examples/README.md --
# An example

<!-- waymark:ignore docs/dead-link Written by whoever copies it -->
See [what you add](yours.md).

<!-- waymark:ignore docs/dead-link Nothing is here -->
-- stage/main.tf --
# waymark:ignore terraform/local-state
terraform {
  backend "local" {}
}
resource "aws_vpc" "a" {}
-- .waymark.yaml --
suppressions:
  - {rule: docs/dead-*, path: README.md, reason: It moves next week}
  - {rule: docs/dead-link, path: docs/**, reason: There was such a folder}
  - {rule: terraform/*, path: main.tf, reason: Until the migration, until: 2026-01-01}
`)
	r := told(t, root)
	hidden := map[string]bool{}
	for _, g := range r.Gaps {
		if g.Suppressed {
			hidden[g.Check+" "+g.Path] = true
		}
	}
	if want := map[string]bool{"docs/dead-link README.md": true, "docs/dead-link examples/README.md": true, localState + " deploy/main.tf": true}; !cmp.Equal(want, hidden) {
		t.Errorf("suppressed %v, want %v", hidden, want)
	}
	var uses []string
	for _, s := range r.Configured.Suppressions {
		uses = append(uses, s.Rule+" "+s.Use)
	}
	want := []string{"docs/dead-* counts", "docs/dead-link unused", "terraform/* expired", localState + " counts", "docs/dead-link counts", localState + " without a reason"}
	if diff := cmp.Diff(want, uses); diff != "" {
		t.Error(diff)
	}
	_, stdout, _ := waymark(t, "scan", root)
	for _, text := range []string{"unused, remove it", "expired on 2026-01-01", "gives no reason"} {
		if !strings.Contains(stdout, text) {
			t.Errorf("the report for people does not say %q", text)
		}
	}
	_, sarif, _ := waymark(t, "scan", "-f", "sarif", root)
	if strings.Contains(sarif, "guide.md is not there") {
		t.Error("a suppressed gap goes to code scanning")
	}
	if !strings.Contains(sarif, "unused, remove it") {
		t.Error("code scanning is not told of the suppression that is unused")
	}
	if before, after := told(t, "--ignore-repository-config", root), r; before.Verdict.Stage != after.Verdict.Stage {
		t.Error("a suppression changed the stage")
	}
}

const localState = "terraform/local-state"

func TestOwnChecksCountAgainstTheirCriterionOnly(t *testing.T) {
	own := func(form string) string {
		return "-- .waymark.yaml --\nchecks:\n  - {id: acme/own, criterion: single-source-of-truth, title: It is not as we agreed, fix: Mend it, level: error, " + form + "}\n"
	}
	for form, want := range map[string]int{
		"exists: SECURITY.md":                         1,
		"exists: '*.md'":                              0,
		"absent: '**/*.tf'":                           1,
		"absent: '**/*.pem'":                          0,
		"seen: terraform/backend":                     0,
		"seen: terraform/backend, strength: blocking": 1,
		"unseen: terraform/backend":                   1,
		"unseen: terraform/backend, strength: used":   0,
		"seen: kubernetes/object":                     1,
		"unseen: kubernetes/object":                   0,
	} {
		root := configured(t, own(form))
		got := 0
		for _, g := range told(t, root).Gaps {
			if g.Check == "acme/own" {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d gaps, want %d", form, got, want)
		}
		if _, sarif, _ := waymark(t, "scan", "-f", "sarif", root); !strings.Contains(sarif, `"acme/own"`) {
			t.Errorf("%s: code scanning is not told of the rule", form)
		}
	}
}

// Somebody wrote the check to be told, and to stop a pipeline, where nothing
// that could show a line is there, too.
func TestOwnChecksAreToldWithoutALine(t *testing.T) {
	root := configured(t, `-- .waymark.yaml --
checks:
  - {id: acme/security, criterion: single-source-of-truth, title: There is no security policy, fix: Add it, exists: SECURITY.md}
  - {id: acme/policy, criterion: policy-as-code, title: No policy is evaluated, fix: Add it, level: error, seen: policy/policy, strength: wired}
`)
	code, text, stderr := waymark(t, "scan", "--fail-on", "error", root)
	if code != exitHolds || !strings.Contains(stderr, "--fail-on 'error' holds: the repository acme/policy") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	for _, want := range []string{"SECURITY.md  acme/security\n", "the repository  acme/policy\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not tell of %q:\n%s", want, text)
		}
	}
	baseline := filepath.Join(t.TempDir(), "baseline.json")
	waymark(t, "scan", "--baseline", baseline, "--write-baseline", root)
	if code, _, stderr := waymark(t, "scan", "--baseline", baseline, "--fail-on", "gap", root); code != exitDone {
		t.Errorf("what the baseline knows is new: exit code %d, %q", code, stderr)
	}
}

func TestAConfigurationOfTheOrganisationIsExtended(t *testing.T) {
	base := "criteria:\n  cost-control: off\n"
	root := configured(t, "-- .waymark.yaml --\nextends: platform/base.yaml\n-- platform/base.yaml --\n"+base)
	if code, _, stderr := waymark(t, "scan", root); code != exitUsage || !strings.Contains(stderr, "platform/base.yaml:2:3") || !strings.Contains(stderr, "cost-controls?") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	outside := filepath.Join(t.TempDir(), "base.yaml")
	must(t, os.WriteFile(outside, []byte("criteria:\n  task-automation: off\n"), 0o644))
	own := filepath.Join(t.TempDir(), "own.yaml")
	must(t, os.WriteFile(own, []byte("extends: "+outside+"\n"), 0o644))
	if outcome, _ := told(t, "--config", own, configured(t, "")).outcome("task-automation"); outcome != "not applicable" {
		t.Errorf("task-automation is %s, want it switched off by the file that --config extends", outcome)
	}
	root = configured(t, "-- .waymark.yaml --\nextends: "+outside+"\n")
	if code, _, stderr := waymark(t, "scan", root); code != exitUsage || !strings.Contains(stderr, "outside of the repository") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}

// TestTheSchemaForEditorsKnowsTheCriteria keeps it in step with the rules.
func TestTheSchemaForEditorsKnowsTheCriteria(t *testing.T) {
	data, err := os.ReadFile("../../internal/config/schema.json")
	must(t, err)
	var s struct {
		Defs map[string]struct{ Enum []string } `json:"$defs"`
	}
	must(t, json.Unmarshal(data, &s))
	ids := known()
	if diff := cmp.Diff(ids.Criteria, s.Defs["criterion"].Enum); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(ids.Questions, s.Defs["question"].Enum); diff != "" {
		t.Error(diff)
	}
}

// TestTheGuideToTheConfigurationHolds reads every example of it.
func TestTheGuideToTheConfigurationHolds(t *testing.T) {
	data, err := os.ReadFile("../../docs/configuration.md")
	must(t, err)
	n := 0
	for _, part := range strings.Split(string(data), "```yaml\n")[1:] {
		text, _, _ := strings.Cut(part, "```")
		n++
		if _, err := config.Parse("docs/configuration.md", []byte(text), known()); err != nil {
			t.Errorf("%v in\n%s", err, text)
		}
	}
	if n < 6 {
		t.Errorf("%d examples", n)
	}
}

// blocks are the YAML examples of a page.
var blocks = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// The examples of the guides are configurations that the program takes; those
// that extend a file would need it.
func TestGuidesShowWhatIsTaken(t *testing.T) {
	for _, name := range []string{"configuration.md", "own-rules.md"} {
		page, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
		must(t, err)
		for _, m := range blocks.FindAllSubmatch(page, -1) {
			if bytes.Contains(m[1], []byte("extends:")) {
				continue
			}
			if _, err := config.Parse(name, m[1], known()); err != nil {
				t.Errorf("%s shows what is no configuration: %v", name, err)
			}
		}
	}
}
