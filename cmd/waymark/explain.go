package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/detectors"
	"github.com/waymark-dev/waymark/internal/pages"
	"github.com/waymark-dev/waymark/rules"
)

func explainCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use: "explain ID", Short: "Explain a stage, a criterion, a check or a detector",
		Example: "  waymark explain 3\n  waymark explain continuous-integration\n  waymark explain terraform/moving-module",
		Args:    cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return explainable(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, ok := explain(args[0])
			if !ok {
				return exit{exitUsage, fmt.Errorf("there is no %q%s; 'waymark rules' lists everything", args[0], nearest(args[0]))}
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
	var parts []string
	for _, c := range rules.Checks() {
		if c.ID == id {
			parts = append(parts, c.String())
		}
	}
	for _, d := range detectors.All {
		if d.ID == id {
			parts = append(parts, pages.Text(d.Doc))
		}
	}
	return strings.Join(parts, "\n\n"), len(parts) > 0
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

// nearest is a hint at the id that was probably meant.
func nearest(id string) string {
	best, least := "", len(id)/2+1
	for _, known := range explainable() {
		if d := distance(id, known); d < least {
			best, least = known, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", best)
}

// distance is the number of insertions, deletions and replacements that lead
// from one text to the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		last := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := last
			if a[i-1] != b[j-1] {
				replace++
			}
			last = row[j]
			row[j] = min(row[j]+1, row[j-1]+1, replace)
		}
	}
	return row[len(b)]
}
