package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/detectors"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/nearest"
	"github.com/waymark-dev/waymark/internal/pages"
	"github.com/waymark-dev/waymark/rules"
)

func explainCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use: "explain ID", Short: "Explain a stage, a criterion, a check or a detector",
		Example: "  waymark explain 3\n  waymark explain continuous-integration\n  waymark explain terraform/moving-module",
		Args:    takes(1, 1, "the id of what to explain"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return explainable(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, ok := explain(args[0])
			if !ok {
				return exit{exitUsage, fmt.Errorf("there is no %q%s; 'waymark rules' lists all of them", args[0], meant(args[0]))}
			}
			_, err := fmt.Fprintln(stdout, strings.TrimRight(text, "\n"))
			return err
		},
	}
}

// explain is the text about an id, and whether there is such a one.
func explain(id string) (string, bool) {
	for _, s := range rules.Stages {
		if id == fmt.Sprint(s.Number) || strings.EqualFold(id, s.Name) {
			return s.String(), true
		}
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
	var ids []string
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
