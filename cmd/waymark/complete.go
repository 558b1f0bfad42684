package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/internal/repo"
)

// complete gives the values of a flag that has a fixed set.
func complete(c *cobra.Command, flag string, values ...string) {
	completeBy(c, flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	})
}

// completeBy says how the values of a flag are found.
func completeBy(c *cobra.Command, flag string, values cobra.CompletionFunc) {
	if err := c.RegisterFlagCompletionFunc(flag, values); err != nil {
		c.PrintErrln(err)
	}
}

// completeFiles gives the files with one of some endings.
func completeFiles(c *cobra.Command, flag string, endings ...string) {
	completeBy(c, flag, cobra.FixedCompletions(endings, cobra.ShellCompDirectiveFilterFileExt))
}

// folders completes arguments that are folders.
func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// revisions gives the branches and tags of the repository around the current
// folder.
func revisions(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return revisionsOf(".")
}

func revisionsOf(path string) ([]string, cobra.ShellCompDirective) {
	names, err := repo.Revisions(path)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// outputs gives the formats with the sign behind which a file is named.
func outputs(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	if strings.Contains(word, "=") {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var values []string
	for _, name := range formatNames() {
		values = append(values, name+"=")
	}
	return values, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
