//go:build man

package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manualCommand writes the manual pages; only builds for a release have it.
func manualCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "man FOLDER", Short: "Write the manual pages", Hidden: true, Args: takes(1, 1, "the folder to write to"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			root.DisableAutoGenTag = true
			for _, c := range root.Commands() {
				c.Long = strings.ReplaceAll(c.Long, "<", `\<`) // else it begins an element of Markdown
			}
			return doc.GenManTree(root, &doc.GenManHeader{Title: "WAYMARK", Section: "1", Source: "Waymark"}, args[0])
		},
	}
}
