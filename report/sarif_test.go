package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

func TestSARIFHoldsToTheStandard(t *testing.T) {
	for _, s := range []SARIF{{}, {Absences: true}, {Full: true}, {Full: true, Absences: true}} {
		var b bytes.Buffer
		if err := s.Write(&b, example(t)); err != nil {
			t.Fatal(err)
		}
		validate(t, "testdata/sarif-schema-2.1.0.json", b.Bytes())
	}
}

// TestNamesAreNotIdentifiers: a name that only repeats the identifier is against
// the standard (3.49.7), which validators warn of whatever the case.
func TestNamesAreNotIdentifiers(t *testing.T) {
	var b bytes.Buffer
	if err := (SARIF{}).Write(&b, example(t)); err != nil {
		t.Fatal(err)
	}
	driver := readSARIF(t, b.Bytes()).Runs[0].Tool.Driver
	if len(driver.Rules) == 0 || len(driver.Notifications) == 0 {
		t.Fatal("there are no rules or no notifications")
	}
	for _, r := range driver.Rules {
		if strings.EqualFold(r.ID, r.Name) {
			t.Errorf("the rule %s has its identifier as name", r.ID)
		}
	}
	for _, n := range driver.Notifications {
		if strings.EqualFold(n.ID, n.Name) {
			t.Errorf("the notification %s has its identifier as name", n.ID)
		}
	}
}

// A sarifLog is what GitHub reads of a SARIF file.
type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Notifications []struct{ ID, Name string }
				Rules         []struct {
					ID, Name         string
					Relationships    []struct{ Target struct{ ID string } }
					ShortDescription struct{ Text string }
					FullDescription  struct{ Text string }
					Help             struct{ Text, Markdown string }
					Properties       struct{ Tags []string }
				}
			}
		}
		Invocations []struct {
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
		Results []struct {
			RuleID    string
			Level     string
			Kind      string
			Message   struct{ Text string }
			Locations []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine int }
				}
			}
			PartialFingerprints map[string]string
			Suppressions        []struct{ Kind, Justification string }
			BaselineState       string
		}
	}
}

func TestSARIFIsWhatGitHubTakes(t *testing.T) {
	var b bytes.Buffer
	if err := (SARIF{}).Write(&b, example(t)); err != nil {
		t.Fatal(err)
	}
	run := readSARIF(t, b.Bytes()).Runs[0]
	if len(run.Tool.Driver.Rules) != len(rules.Checks()) {
		t.Errorf("%d rules, want all %d in every run", len(run.Tool.Driver.Rules), len(rules.Checks()))
	}
	for _, r := range run.Tool.Driver.Rules {
		if r.ShortDescription.Text == "" || r.FullDescription.Text == "" || r.Help.Text == "" || r.Help.Markdown == "" || len(r.Properties.Tags) > 10 {
			t.Errorf("rule %s lacks a text, or has too many tags", r.ID)
		}
	}
	seen := map[string]bool{}
	uris := map[string]bool{}
	for _, r := range run.Results {
		at := r.Locations[0].PhysicalLocation
		key := fmt.Sprint(r.RuleID, at.ArtifactLocation.URI, at.Region.StartLine)
		if seen[key] {
			t.Errorf("two results of %s on one line", r.RuleID)
		}
		seen[key], uris[at.ArtifactLocation.URI] = true, true
		if at.Region.StartLine < 1 || strings.ContainsAny(at.ArtifactLocation.URI, " \n:?#") || r.PartialFingerprints["primaryLocationLineHash"] == "" || r.PartialFingerprints["waymark/v1"] == "" {
			t.Errorf("result %+v has no line, no proper address or no fingerprint", r)
		}
		if r.Level != "note" && r.Level != "warning" && r.Level != "error" {
			t.Errorf("level %q", r.Level)
		}
	}
	if !uris["README.md"] || uris["link.md"] {
		t.Errorf("a result on a symbolic link must point at the file itself: %v", uris)
	}
}

func readSARIF(t *testing.T, data []byte) sarifLog {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	return log
}

// written is what a SARIF writer says of the example after a change to it.
func written(t *testing.T, s SARIF, change func(*Repository)) sarifLog {
	t.Helper()
	r := example(t)
	change(&r.Repositories[0])
	var b bytes.Buffer
	if err := s.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return readSARIF(t, b.Bytes())
}

func deadLink(line int, target string) rules.Gap {
	return rules.Gap{Check: &rules.Check{ID: "docs/dead-link", Level: rules.Warning, Criterion: "maintained-documentation"},
		Subject: target, At: detect.Span{Path: "README.md", Start: detect.Point{Line: line}}, Message: target + " is not there"}
}

func TestTwoGapsOfARuleOnALineAreOneResultThatTellsBoth(t *testing.T) {
	run := written(t, SARIF{}, func(r *Repository) { r.Gaps = []rules.Gap{deadLink(3, "a.md"), deadLink(3, "b.md")} }).Runs[0]
	if len(run.Results) != 1 {
		t.Fatalf("%d results, want one", len(run.Results))
	}
	if m := run.Results[0].Message.Text; !strings.Contains(m, "a.md is not there") || !strings.Contains(m, "b.md is not there") {
		t.Errorf("the message %q does not tell both", m)
	}
}

func TestTheLeastImportantResultsAreCutAndCounted(t *testing.T) {
	run := written(t, SARIF{}, func(r *Repository) {
		r.Gaps = nil
		for i := range maxResults + 7 {
			r.Gaps = append(r.Gaps, deadLink(i+1, "a.md"))
		}
	}).Runs[0]
	if len(run.Results) != maxResults {
		t.Errorf("%d results, want %d", len(run.Results), maxResults)
	}
	notes := run.Invocations[0].ToolExecutionNotifications
	if last := notes[len(notes)-1].Message.Text; !strings.HasPrefix(last, "7 results") {
		t.Errorf("the last notification is %q", last)
	}
}

func TestTheFullProfileTellsOfEveryCriterion(t *testing.T) {
	run := written(t, SARIF{Full: true, Absences: true}, func(*Repository) {}).Runs[0]
	kinds := map[string]int{}
	ids := map[string]bool{}
	for _, r := range run.Results {
		kinds[r.Kind]++
		if r.Locations[0].PhysicalLocation.Region.StartLine < 1 {
			t.Errorf("%s has no line", r.RuleID)
		}
	}
	if kinds["open"] == 0 || kinds["notApplicable"] == 0 {
		t.Errorf("kinds %v", kinds)
	}
	for _, r := range run.Tool.Driver.Rules {
		if ids[r.ID] || len(r.Relationships) == 0 {
			t.Errorf("rule %s is there twice, or related to nothing", r.ID)
		}
		ids[r.ID] = true
	}
}

func TestWhatIsSuppressedIsTheFullProfilesAlone(t *testing.T) {
	change := func(r *Repository) {
		hidden, also, known := deadLink(1, "a.md"), deadLink(3, "b.md"), deadLink(3, "c.md")
		hidden.Suppressed, also.Suppressed = &rules.Suppression{Reason: "moved soon"}, &rules.Suppression{Reason: "moved soon"}
		known.Against = rules.Unchanged
		r.Gaps = []rules.Gap{hidden, known, also}
	}
	if results := written(t, SARIF{}, change).Runs[0].Results; len(results) != 1 || len(results[0].Suppressions) != 0 || results[0].BaselineState != "unchanged" {
		t.Errorf("by default: %+v", results)
	}
	full := written(t, SARIF{Full: true}, change).Runs[0].Results
	if s := full[0].Suppressions; len(s) != 1 || s[0].Justification != "moved soon" {
		t.Errorf("the suppressed gap: %+v", full[0])
	}
	if len(full[1].Suppressions) != 0 {
		t.Errorf("a gap that is not suppressed hides behind one of its line that is: %+v", full[1])
	}
}

func TestAFileThatSeveralDetectorsCannotReadIsOneNotification(t *testing.T) {
	run := written(t, SARIF{}, func(r *Repository) {
		r.Scene.BlindSpots = append(r.Scene.BlindSpots, r.Scene.BlindSpots[0], r.Scene.BlindSpots[0])
	}).Runs[0]
	if n := len(run.Invocations[0].ToolExecutionNotifications); n != 1 {
		t.Errorf("%d notifications, want one", n)
	}
}

func TestSARIFRefusesSeveralRepositories(t *testing.T) {
	r := example(t)
	r.Repositories = append(r.Repositories, r.Repositories[0])
	if err := (SARIF{}).Write(&bytes.Buffer{}, r); err == nil {
		t.Error("two repositories in one SARIF file")
	}
}
