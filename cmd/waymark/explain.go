package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/detectors"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/nearest"
	"github.com/waymark-dev/waymark/internal/pages"
	"github.com/waymark-dev/waymark/report"
	"github.com/waymark-dev/waymark/rules"
)

func explainCommand(stdout, stderr io.Writer) *cobra.Command {
	var s settings
	c := &cobra.Command{
		Use: "explain ID [PATH]", Short: "Explain a stage, a criterion, a check, a detector or delivery; with a path, how it stands there",
		Long: "Explain a stage, a criterion, a check, a detector or delivery: what it means, how it is judged, and, of checks and\n" +
			"detectors, examples. With a PATH, how the repository there stands to it: its evidence, its gaps, the arithmetic.\n" +
			"'waymark rules' lists the ids.",
		Example: "  waymark explain 3\n  waymark explain continuous-integration\n  waymark explain terraform/moving-module .\n  waymark explain delivery .",
		Args:    takes(1, 2, "the id of what to explain"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
			return explainable(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 2 {
				return explainHere(c.Context(), s, args[0], args[1], stdout, stderr)
			}
			text, ok := explain(args[0])
			if !ok {
				return unknownID(args[0])
			}
			_, err := fmt.Fprintln(stdout, strings.TrimRight(text, "\n"))
			return err
		},
	}
	c.Flags().StringVar(&s.rev, "rev", "", "judge this `REVISION`, a commit, branch or tag, instead of the work tree")
	common(c, &s)
	completeBy(c, "rev", revisions)
	return c
}

func unknownID(id string) error {
	return exit{exitUsage, fmt.Errorf("there is no %q%s; 'waymark rules' lists all of them", id, meant(id))}
}

// explainHere explains an id, which may be one of the repository's own checks,
// and how the repository stands to it.
func explainHere(ctx context.Context, s settings, id, path string, stdout, stderr io.Writer) error {
	if err := s.check(); err != nil {
		return exit{exitUsage, err}
	}
	text, ok := explain(id)
	if family, _, _ := strings.Cut(id, "/"); !ok && family == id {
		return unknownID(id)
	}
	r, closer, err := scanOne(ctx, s, path, stderr)
	defer closer()
	if err != nil {
		return exit{codeOf([]error{err}), err}
	}
	for _, c := range r.Checks() {
		if c.ID == id && !ok {
			text, ok = c.String(), true
		}
	}
	if !ok {
		return unknownID(id)
	}
	text = strings.TrimRight(text, "\n") + "\n"
	brief := pages.WithoutExamples(text)
	if brief != text {
		brief += fmt.Sprintf("\nExamples: 'waymark explain %s'\n", id)
	}
	if _, err := io.WriteString(stdout, brief); err != nil {
		return err
	}
	return report.Here(stdout, r, stageID(id))
}

// stageID is the number of the stage that an id names, else the id.
func stageID(id string) string {
	for _, s := range rules.Stages {
		if strings.EqualFold(id, s.Name) {
			return fmt.Sprint(s.Number)
		}
	}
	return id
}

// explain is the text about an id, and whether there is such a one.
func explain(id string) (string, bool) {
	for _, s := range rules.Stages {
		if id == fmt.Sprint(s.Number) || strings.EqualFold(id, s.Name) {
			return s.String(), true
		}
	}
	if id == report.Delivery {
		return rules.DeliveryText, true
	}
	if c := rules.CriterionByID(id); c != nil {
		return c.Explain(), true
	}
	c, d := checkByID(id), detectorByID(id)
	switch {
	case c != nil && d != nil:
		return c.Head() + "\n\n" + pages.Untitled(d.Doc), true
	case c != nil:
		return c.String(), true
	case d != nil:
		return pages.Text(d.Doc), true
	}
	return "", false
}

// checkByID is the check of that id; nil where there is none.
func checkByID(id string) *rules.Check {
	for _, c := range rules.Checks() {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// detectorByID is the detector of that id; nil where there is none.
func detectorByID(id string) *detect.Detector {
	i := slices.IndexFunc(detectors.All, func(d *detect.Detector) bool { return d.ID == id })
	if i < 0 {
		return nil
	}
	return detectors.All[i]
}

// explainable are all ids that can be explained, sorted.
func explainable() []string {
	ids := []string{report.Delivery}
	for _, s := range rules.Stages {
		ids = append(ids, fmt.Sprint(s.Number))
	}
	for _, c := range rules.Criteria {
		ids = append(ids, c.ID)
	}
	for _, c := range rules.Checks() {
		ids = append(ids, c.ID)
	}
	for _, d := range detectors.All {
		ids = append(ids, d.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// meant is a hint at the ids that were probably meant.
func meant(id string) string {
	near := nearest.Words(id, explainable())
	if len(near) == 0 {
		return ""
	}
	return ", did you mean " + strings.Join(near, " or ") + "?"
}
