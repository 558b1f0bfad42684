package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/report"
	"github.com/waymark-dev/waymark/rules"
)

// A failCondition is one condition of --fail-on.
type failCondition struct {
	text string
	// why says why it holds for a repository, which may be compared with an
	// earlier state of it; then its gaps are marked. It is empty where it does
	// not hold.
	why func(report.Repository, *report.Comparison) string
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

// conditionNames are the conditions as people are told them.
var conditionNames = []string{"stage<N", "regression", "gap", "warning", "error"}

func parseCondition(text string) (failCondition, error) {
	if strings.HasPrefix(text, "stage") {
		return parseStage(text)
	}
	if text == "regression" {
		return failCondition{text, func(_ report.Repository, c *report.Comparison) string {
			if c == nil {
				return ""
			}
			return c.Regression()
		}}, nil
	}
	loud, ok := loudness[text]
	if !ok {
		return failCondition{}, notOneOf("--fail-on", text, conditionNames...)
	}
	return failCondition{text, func(r report.Repository, _ *report.Comparison) string { return firstOf(r.Gaps, loud) }}, nil
}

// firstOf names the first gap of some levels, and counts the others;
// it is empty where there is none.
func firstOf(gaps []rules.Gap, levels []rules.Level) string {
	first, more := "", 0
	for _, g := range gaps {
		switch {
		case !g.Told() || !g.Counts() || !slices.Contains(levels, g.Check.Level):
		case first == "":
			first = report.PlaceOf(g) + " " + g.Check.ID
		default:
			more++
		}
	}
	if more > 0 {
		first += fmt.Sprintf(" and %d more", more)
	}
	return first
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
	return failCondition{text, func(r report.Repository, _ *report.Comparison) string {
		if r.Verdict.Stage == 0 || r.Verdict.Stage >= stage {
			return ""
		}
		return fmt.Sprintf("it stands at stage %d", r.Verdict.Stage)
	}}, nil
}

// holds is the error of the first condition that holds for a repository.
func holds(conditions []failCondition, r report.Report, compared map[string]report.Comparison) error {
	for _, c := range conditions {
		for _, repository := range r.Repositories {
			var with *report.Comparison
			if found, ok := compared[repository.Name]; ok {
				with = &found
			}
			if why := c.why(repository, with); why != "" {
				return exit{exitHolds, fmt.Errorf("%s: --fail-on '%s' holds: %s", report.Plain(repository.Name), c.text, why)}
			}
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
