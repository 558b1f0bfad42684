package main

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/report"
)

// diffFormats are the formats of a difference.
var diffFormats = []string{"table", "markdown", "json"}

func diffCommand(stdout, stderr io.Writer) *cobra.Command {
	var s settings
	var path string
	c := &cobra.Command{
		Use:   "diff BASE [HEAD]",
		Short: "Say what a change does: criteria gained and lost, new and fixed gaps",
		Long: "Diff judges two commits of a repository and says what changed between them. Without HEAD it is the work tree.\n" +
			"A gap is the same where its line or its file moved. --fail-on regression holds where the stage fell or a\n" +
			"criterion was lost; gap, warning and error ask for new gaps only.",
		Example: "  waymark diff main\n  waymark diff origin/main HEAD --format markdown --output comment.md --fail-on regression",
		Args:    takes(1, 2, "the commit, branch or tag to compare with"),
		RunE: func(c *cobra.Command, args []string) error {
			return runDiff(c.Context(), s, path, args, stdout, stderr)
		},
	}
	f := c.Flags()
	f.StringVarP(&s.format, "format", "f", "table", "the `FORMAT`: "+strings.Join(diffFormats, ", "))
	f.StringVar(&s.output, "output", "", "write to this `FILE` instead of standard output")
	f.StringVar(&path, "repository", ".", "the repository around this `FOLDER`")
	f.StringArrayVar(&s.failOn, "fail-on", nil, "exit with 1 where this `CONDITION` holds: regression, 'stage<N', gap, warning, error; may be given several times")
	common(c, &s)
	complete(c, "format", diffFormats...)
	complete(c, "fail-on", "regression", "gap", "warning", "error", "stage<2", "stage<3", "stage<4")
	completeBy(c, "repository", folders)
	c.ValidArgsFunction = func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 1 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return revisionsOf(path)
	}
	return c
}

func runDiff(ctx context.Context, s settings, path string, args []string, stdout, stderr io.Writer) error {
	conditions, err := parseConditions(s.failOn)
	if err == nil {
		err = s.check()
	}
	if err == nil && !slices.Contains(diffFormats, s.format) {
		err = notOneOf("format", s.format, diffFormats...)
	}
	if err != nil {
		return exit{exitUsage, err}
	}
	states := make([]report.Repository, 2)
	for i, rev := range append(args, "")[:2] {
		s.rev = rev
		repository, closer, err := scanOne(ctx, s, path, stderr)
		defer closer()
		if err != nil {
			return exit{codeOf([]error{err}), err}
		}
		states[i] = repository
	}
	d := report.NewDifference(states[0], states[1])
	d.Mark(states[1].Gaps)
	if err := writeDiff(s, d, stdout); err != nil {
		return exit{exitIncomplete, err}
	}
	r := report.Report{Repositories: states[1:]}
	return holds(conditions, r, map[string]report.Comparison{states[1].Name: d.Comparison})
}

func writeDiff(s settings, d report.Difference, stdout io.Writer) error {
	var b bytes.Buffer
	var err error
	switch s.format {
	case "markdown":
		err = report.DiffMarkdown(&b, d)
	case "json":
		err = report.DiffJSON(&b, versionText(), d)
	default:
		var to io.Writer = &b
		if s.output == "" {
			to = stdout
		}
		err = terminal(s, to).Diff(&b, d)
	}
	if err != nil {
		return err
	}
	if s.output == "" {
		_, err = stdout.Write(b.Bytes())
		return err
	}
	if err := writeWhole(s.output, b.Bytes()); err != nil {
		return unwritten(s.output, err)
	}
	return nil
}
