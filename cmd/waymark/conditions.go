package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/report"
	"github.com/waymark-dev/waymark/rules"
)

// A failCondition is one condition of --fail-on.
type failCondition struct {
	text  string
	holds func(report.Repository) bool
}

func parseConditions(texts []string) ([]failCondition, error) {
	var list []failCondition
	for _, text := range texts {
		c, err := parseCondition(strings.ReplaceAll(text, " ", ""))
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

func parseCondition(text string) (failCondition, error) {
	if n, ok := strings.CutPrefix(text, "stage<"); ok {
		stage, err := strconv.Atoi(n)
		if err != nil || stage < 1 || stage > len(rules.Stages) {
			return failCondition{}, fmt.Errorf("--fail-on %s: the stage is a number from 1 to %d", text, len(rules.Stages))
		}
		return failCondition{text, func(r report.Repository) bool { return r.Verdict.Stage > 0 && r.Verdict.Stage < stage }}, nil
	}
	levels := map[string][]rules.Level{
		"gap": {rules.Note, rules.Warning, rules.Error}, "warning": {rules.Warning, rules.Error}, "error": {rules.Error},
	}
	loud, ok := levels[text]
	if !ok {
		return failCondition{}, fmt.Errorf("--fail-on %s: it is one of stage<N, gap, warning, error", text)
	}
	return failCondition{text, func(r report.Repository) bool {
		for _, g := range r.Gaps {
			for _, l := range loud {
				if g.Located() && g.Check.Level == l {
					return true
				}
			}
		}
		return false
	}}, nil
}

// holds is the error of the first condition that holds for a repository.
func holds(conditions []failCondition, r report.Report) error {
	for _, c := range conditions {
		for _, repository := range r.Repositories {
			if c.holds(repository) {
				return exit{exitHolds, fmt.Errorf("%s: --fail-on %s holds", repository.Name, c.text)}
			}
		}
	}
	return nil
}
