package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/report"
)

func rulesCommand(stdout io.Writer) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "rules", Short: "List all criteria and checks", Args: takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			switch name {
			case "table":
				return report.RulesTable(stdout)
			case "json":
				return report.RulesJSON(stdout)
			}
			return exit{exitUsage, notOneOf("format", name, "table", "json")}
		},
	}
	c.Flags().StringVarP(&name, "format", "f", "table", "the `FORMAT` of the list: table, json")
	complete(c, "format", "table", "json")
	return c
}
