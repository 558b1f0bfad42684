package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/rules"
)

// shownHere bounds what is listed of one thing in one repository.
const shownHere = 50

// Delivery is the id under which the measures of delivery are explained.
const Delivery = "delivery"

// Here writes what a repository says to a stage, a criterion, a check or a
// detector: its evidence and the arithmetic.
func Here(w io.Writer, r Repository, id string) error {
	var b strings.Builder
	name := Plain(r.Name)
	if r.Commit != "" {
		name += fmt.Sprintf(", %.8s", r.Commit)
	}
	fmt.Fprintf(&b, "\nIn %s\n", name)
	if id == Delivery {
		deliveryHere(&b, r)
	}
	if stage, err := strconv.Atoi(id); err == nil {
		stageHere(&b, r, stage)
	}
	for _, result := range r.Results {
		if result.Criterion.ID == id {
			criterionHere(&b, r, result)
		}
	}
	gapsHere(&b, r, id)
	findingsHere(&b, r, id)
	_, err := io.WriteString(w, b.String())
	return err
}

// stageHere is the sum of a stage, criterion by criterion.
func stageHere(b *strings.Builder, r Repository, stage int) {
	share, ok := shareOf(r.Verdict, stage)
	if !ok {
		fmt.Fprintf(b, "  %s\n", r.Verdict.Headline())
		return
	}
	for _, result := range r.Results {
		if result.Criterion.Stage == stage {
			fmt.Fprintf(b, "  %-34s %s\n", result.Criterion.ID, valueOf(result))
		}
	}
	fmt.Fprintf(b, "  %-34s %s\n\n  %s\n", "together", sumOf(r.Verdict, share), r.Verdict.Headline())
}

// valueOf is what a criterion adds to its stage.
func valueOf(r rules.Result) string {
	if r.Outcome == rules.NotApplicable {
		return "not applicable, left out"
	}
	text := fmt.Sprintf("%s of %s: %s", halves(r.Halves()), halves(r.Criterion.Weight.Halves()), r.Outcome)
	if r.Criterion.Weight == rules.Core {
		text += ", core"
	}
	if r.Source == "answer" {
		text += ", by an answer"
	}
	return text
}

// halves is a number of half weights as a number.
func halves(n int) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/2), ".0") }

// sumOf is the share of a stage, and why it is held or not.
func sumOf(v rules.Verdict, s rules.Share) string {
	text := fmt.Sprintf("%s of %s, %s; held from %s", halves(s.Halves), halves(s.Of), percent(s, v.Threshold()), v.Scale.Held)
	if len(s.Failing) > 0 {
		text += "; core criteria that fail: " + strings.Join(s.Failing, ", ")
	}
	if !s.Applies {
		text += fmt.Sprintf("; only %s of its weight of %s applies, and %s is needed", halves(s.Of), halves(s.Total), v.Scale.Applies)
	}
	return text
}

func criterionHere(b *strings.Builder, r Repository, result rules.Result) {
	outcome := string(result.Outcome)
	if s := result.Strength.String(); s != "" {
		outcome += ", " + s
	}
	if result.Delegated {
		outcome += ", delegated"
	}
	fmt.Fprintf(b, "  Outcome     %s, by %s\n  Because     %s\n", outcome, source(result), Plain(result.Because))
	if total := result.Good + result.Weak + result.Bad; total > 0 && result.Source != "answer" {
		fmt.Fprintf(b, "  Subjects    %d good, %d weak, %d against; met where at most %s of them are weak or against\n", result.Good, result.Weak, result.Bad, r.Verdict.Scale.Tolerated)
	}
	if share, ok := shareOf(r.Verdict, result.Criterion.Stage); ok {
		fmt.Fprintf(b, "  Counts      %s\n  Stage %d     %s\n", valueOf(result), share.Stage, sumOf(r.Verdict, share))
	}
	signs := evidence(result)
	for i, s := range signs {
		if i == 0 {
			b.WriteString("  Evidence    + speaks for it, ~ too weak, - against it\n")
		}
		if i == shownHere {
			fmt.Fprintf(b, "    and %d more\n", len(signs)-i)
			break
		}
		strength := ""
		if s.Strength != rules.None {
			strength = ", " + s.Strength.String()
		}
		fmt.Fprintf(b, "    %s %s%s (%s%s)\n", signMark(s), Plain(where(s.At)), Plain(beside(s)), s.Finding, strength)
	}
}

func source(r rules.Result) string {
	if r.Source == "answer" {
		return "an answer"
	}
	return r.Source
}

// gapsHere are the gaps of a check.
func gapsHere(b *strings.Builder, r Repository, id string) {
	if !isCheck(r, id) {
		return
	}
	n := 0
	for _, g := range r.Gaps {
		if g.Check.ID != id {
			continue
		}
		if n++; n > shownHere {
			continue
		}
		hidden := ""
		if g.Suppressed != nil {
			hidden = " (suppressed)"
		}
		fmt.Fprintf(b, "  %s%s%s\n", Plain(where(g.At)), Plain(g.Message), hidden)
	}
	fmt.Fprintf(b, "  %s\n", rules.Counted(n, "gap"))
}

func isCheck(r Repository, id string) bool {
	for _, c := range r.Checks() {
		if c.ID == id {
			return true
		}
	}
	return strings.HasPrefix(id, "lacking/")
}

// findingsHere are the findings of a detector.
func findingsHere(b *strings.Builder, r Repository, id string) {
	n := 0
	for f := range r.Scene.Findings() {
		if f.Detector.ID != id {
			continue
		}
		if n++; n > shownHere {
			continue
		}
		note := f.Subject
		if f.Note != "" {
			note += ": " + f.Note
		}
		if f.Place != "" {
			note += fmt.Sprintf(" (%s)", f.Place)
		}
		fmt.Fprintf(b, "  %s%s\n", Plain(where(f.At)), Plain(note))
	}
	if n > 0 {
		fmt.Fprintf(b, "  %s\n", rules.Counted(n, "finding"))
	}
}
