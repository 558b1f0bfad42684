package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/nearest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/report"
	"github.com/waymark-dev/waymark/rules"
)

// A failCondition is one condition of --fail-on.
type failCondition struct {
	text string
	// holds says whether it holds for a repository, which may be compared with
	// an earlier state of it; then its gaps are marked.
	holds func(report.Repository, *report.Comparison) bool
}

func parseConditions(texts []string) ([]failCondition, error) {
	var list []failCondition
	for _, text := range texts {
		c, err := parseCondition(strings.ToLower(strings.ReplaceAll(text, " ", "")))
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// loudness are the levels of gaps that a condition speaks of.
var loudness = map[string][]rules.Level{
	"gap": {rules.Note, rules.Warning, rules.Error}, "warning": {rules.Warning, rules.Error}, "error": {rules.Error},
}

// conditionNames are the conditions without a number.
var conditionNames = []string{"regression", "gap", "warning", "error"}

func parseCondition(text string) (failCondition, error) {
	if strings.HasPrefix(text, "stage") {
		return parseStage(text)
	}
	if text == "regression" {
		return failCondition{text, func(_ report.Repository, c *report.Comparison) bool { return c != nil && c.Regression() != "" }}, nil
	}
	loud, ok := loudness[text]
	if !ok {
		hint := ""
		if near := nearest.Words(text, conditionNames); len(near) > 0 {
			hint = ": did you mean " + near[0] + "?"
		}
		return failCondition{}, fmt.Errorf("--fail-on %s: it is one of stage<N, %s%s", text, strings.Join(conditionNames, ", "), hint)
	}
	return failCondition{text, func(r report.Repository, _ *report.Comparison) bool {
		return slices.ContainsFunc(r.Gaps, func(g rules.Gap) bool {
			return g.Located() && g.Counts() && slices.Contains(loud, g.Check.Level)
		})
	}}, nil
}

var stageCondition = regex.New(`^stage([<>=!]*)(-?\d*)$`)

// parseStage reads "stage<N". It tells the right form of "stage<=2".
func parseStage(text string) (failCondition, error) {
	found := stageCondition.FindStringSubmatch(text)
	if found == nil {
		return failCondition{}, fmt.Errorf("--fail-on %s: write it as 'stage<N', with N from 2 to %d", text, len(rules.Stages))
	}
	stage, err := strconv.Atoi(found[2])
	if found[1] == "<=" && err == nil && stage >= 1 && stage < len(rules.Stages) {
		return failCondition{}, fmt.Errorf("--fail-on '%s': only 'stage<N' is known: did you mean 'stage<%d'?", text, stage+1)
	}
	if found[1] != "<" || err != nil {
		return failCondition{}, fmt.Errorf("--fail-on '%s': only 'stage<N' is known, in quotes and with N from 2 to %d", text, len(rules.Stages))
	}
	if stage < 2 || stage > len(rules.Stages) {
		return failCondition{}, fmt.Errorf("--fail-on '%s': N is a number from 2 to %d: no repository stands below stage 1", text, len(rules.Stages))
	}
	return failCondition{text, func(r report.Repository, _ *report.Comparison) bool {
		return r.Verdict.Stage > 0 && r.Verdict.Stage < stage
	}}, nil
}

// holds is the error of the first condition that holds for a repository.
func holds(conditions []failCondition, r report.Report, compared map[string]report.Comparison) error {
	for _, c := range conditions {
		for _, repository := range r.Repositories {
			var with *report.Comparison
			why := ""
			if found, ok := compared[repository.Name]; ok {
				with = &found
			}
			if !c.holds(repository, with) {
				continue
			}
			if c.text == "regression" {
				why = ": " + with.Regression()
			}
			return exit{exitHolds, fmt.Errorf("%s: --fail-on '%s' holds%s", repository.Name, c.text, why)}
		}
	}
	return nil
}

// asksForRegression says whether a condition compares with an earlier state.
func asksForRegression(conditions []failCondition) bool {
	return slices.ContainsFunc(conditions, func(c failCondition) bool { return c.text == "regression" })
}

// unjudged names the repositories that are not judged, and so pass every
// condition about the stage.
func unjudged(conditions []failCondition, r report.Report) []string {
	if !slices.ContainsFunc(conditions, func(c failCondition) bool { return strings.HasPrefix(c.text, "stage") }) {
		return nil
	}
	var names []string
	for _, repository := range r.Repositories {
		if repository.Verdict.Stage == 0 {
			names = append(names, repository.Name)
		}
	}
	return names
}
