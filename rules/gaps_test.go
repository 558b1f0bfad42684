package rules

import (
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
)

// assessed is a repository whose only code takes a module of somebody.
func assessed(origin string) *Assessment {
	at := detect.Span{Path: "main.tf", Start: detect.Point{Line: 2, Column: 3}}
	findings := map[*detect.Detector][]detect.Finding{
		terraform.ModuleCalls: {{Detector: terraform.ModuleCalls, Subject: "vpc", At: at, Value: terraform.ModuleCall{
			Name: "vpc", Source: "git::https://github.com/shop/vpc", Kind: terraform.Git, Owner: "shop", Repo: "vpc", Pin: terraform.Unpinned,
		}}},
		terraform.Modules: {{Detector: terraform.Modules, Subject: ".", At: detect.Span{Path: "main.tf"}, Value: terraform.Module{Dir: ".", Root: true, Resources: 1, Calls: 1}}},
	}
	repo := &detect.Repo{Name: "infra", Origin: origin, Tree: detect.NewTree([]detect.Entry{{Path: "main.tf"}}, nil), History: history.None{}}
	return Assess(detect.NewObserved(repo, findings, nil), Settings{})
}

func TestOneCauseAtALineIsOneGap(t *testing.T) {
	a := assessed("shop/infra")
	var at []string
	for _, g := range a.Gaps {
		if g.At.Start.Line == 2 {
			at = append(at, g.Check.ID)
		}
	}
	if strings.Join(at, " ") != "terraform/moving-module" {
		t.Errorf("the module that moves is told as %v", at)
	}
}

func TestTwoGapsOfACheckOnALineAreBothTold(t *testing.T) {
	at := detect.Span{Path: "README.md", Start: detect.Point{Line: 4}}
	gap := func(message string) Gap { return Gap{Check: checkDeadLink, At: at, Message: message} }
	gaps := gapsOf([]Result{{Gaps: []Gap{gap("a is not there"), gap("b is not there"), gap("a is not there")}}})
	if len(gaps) != 2 {
		t.Errorf("of two dead links on a line, one of them seen twice, %d are told", len(gaps))
	}
}

func TestAnUnknownOwnerIsRemarkedOnWhereItMatters(t *testing.T) {
	if r := assessed("").Remarks; len(r) != 1 || !strings.Contains(r[0], "origin") {
		t.Errorf("without an origin: %q", r)
	}
	if r := assessed("shop/infra").Remarks; len(r) != 0 {
		t.Errorf("with an origin: %q", r)
	}
}

func TestSentencesBeginWithACapitalAndEndOnce(t *testing.T) {
	for in, want := range map[string]string{
		"a": "A.", "a.": "A.", "a?": "A?", "": "", `a "b."`: `A "b."`, `a "b"`: `A "b".`, "a.md is not there": "a.md is not there.", "lib/a names b": "lib/a names b.",
	} {
		if got := Sentence(in); got != want {
			t.Errorf("Sentence(%q) = %q", in, got)
		}
	}
}

func TestStepsBeginWithTheREADME(t *testing.T) {
	gap := func(file string) Gap {
		return Gap{Check: checkDeadLink, At: detect.AtLine(file, 3), Message: "x is not there", Fix: "Mend " + file + "."}
	}
	step := stepOf(assessed("shop/infra").Scene, Result{Criterion: CriterionByID("maintained-documentation"), Outcome: Partial, Gaps: []Gap{gap("HISTORY.md"), gap("README.md")}})
	if step.At.Path != "README.md" || !strings.HasSuffix(step.Text, "Mend README.md. There is 1 more such place.") {
		t.Errorf("%s: %s", step.At.Path, step.Text)
	}
}

func TestTheSameStepIsToldOnce(t *testing.T) {
	step := func(id, text string) NextStep { return NextStep{Criterion: CriterionByID(id), Text: text} }
	got := sameStepsLast([]NextStep{step("continuous-deployment", "Apply."), step("self-service-provisioning", "Apply."), step("automatic-rollback", "Revert.")})
	if len(got) != 3 || got[1].Text != "Revert." || got[2].Text != "The step for continuous-deployment serves this, too." {
		t.Errorf("%+v", got)
	}
}

func TestWhatCannotBeSeenIsTheFirstStepWhereNothingElseHoldsBack(t *testing.T) {
	v := Verdict{Scale: Standard, Next: &Next{Stage: 2, State: Open, Criteria: []string{"continuous-integration"}}, Shares: []Share{{Stage: 2, Halves: 7, Of: 10}}}
	unseen, lacking := Result{Criterion: CriterionByID("continuous-integration"), Outcome: NotVisible}, Result{Criterion: CriterionByID("task-automation"), Outcome: Unmet}
	if v.byLever(unseen, lacking) >= 0 {
		t.Error("a step that is not needed comes first")
	}
	v.Shares[0].Halves = 6
	if v.byLever(unseen, lacking) <= 0 {
		t.Error("what is needed as well comes last")
	}
}

func TestFixesOfLinksAreWrittenFromTheDocument(t *testing.T) {
	for _, c := range []struct{ document, target, nearest, want string }{
		{"docs/guide.md", "templates/web.yml", "templates/web.yml", "Did you mean ../templates/web.yml?"},
		{"README.md", "guide.md", "docs/guide.md", "Did you mean docs/guide.md?"},
		{"docs/a/b.md", "c.md", "docs/x/c.md", "Did you mean ../x/c.md?"},
		{"docs/a.md", "/c.md", "docs/c.md", "Did you mean /docs/c.md?"},
	} {
		if got := referenceFix(asLinked(docs.Reference{Target: c.target, Nearest: c.nearest}, c.document)); got != c.want {
			t.Errorf("%s in %s: %s", c.target, c.document, got)
		}
	}
}
