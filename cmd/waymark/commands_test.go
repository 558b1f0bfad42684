package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// documented is the page of all commands and flags.
var documented = filepath.Join("..", "..", "docs", "commands.md")

// TestCommandsAreDocumented holds the page of commands to the program; UPDATE
// writes it.
func TestCommandsAreDocumented(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Commands\n\nAll commands with their flags. `waymark completion SHELL` prints a script that completes them.\n")
	for _, c := range command(nil, nil, nil).Commands() {
		describe(&b, c)
	}
	if os.Getenv("UPDATE") != "" {
		must(t, os.WriteFile(documented, []byte(b.String()), 0o644))
	}
	page, err := os.ReadFile(documented)
	must(t, err)
	if diff := cmp.Diff(b.String(), string(page)); diff != "" {
		t.Errorf("docs/commands.md is not up to date, UPDATE=1 go test ./cmd/waymark writes it (-want +got):\n%s", diff)
	}
}

func describe(b *strings.Builder, c *cobra.Command) {
	if c.Name() == "help" || c.Name() == "completion" {
		return
	}
	about := c.Long
	if about == "" {
		about = c.Short + "."
	}
	fmt.Fprintf(b, "\n## waymark %s\n\n%s\n", c.Use, about)
	if c.Example != "" {
		fmt.Fprintf(b, "\n```sh\n%s\n```\n", strings.ReplaceAll(strings.TrimPrefix(c.Example, "  "), "\n  ", "\n"))
	}
	first := true
	c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		if first {
			b.WriteString("\n| flag | |\n| --- | --- |\n")
			first = false
		}
		name := "`--" + f.Name + "`"
		if f.Shorthand != "" {
			name = "`-" + f.Shorthand + "`, " + name
		}
		fmt.Fprintf(b, "| %s | %s |\n", name, strings.ReplaceAll(f.Usage, "|", `\|`))
	})
}

// TestEveryFlagCompletes: the shell is told each flag of each command, and the
// values of those that have a fixed set.
func TestEveryFlagCompletes(t *testing.T) {
	for _, c := range command(nil, nil, nil).Commands() {
		if c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		_, all, _ := waymark(t, "__complete", c.Name(), "--")
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(all, "--"+f.Name) {
				t.Errorf("%s does not complete --%s", c.Name(), f.Name)
			}
		})
	}
	for _, x := range []struct {
		args []string
		want string
	}{
		{[]string{"scan", "--format", ""}, "sarif"},
		{[]string{"scan", "--color", ""}, "never"},
		{[]string{"scan", "--sarif-profile", ""}, "full"},
		{[]string{"scan", "--fail-on", ""}, "regression"},
		{[]string{"scan", "--out", ""}, "sarif="},
		{[]string{"rules", "--format", ""}, "json"},
		{[]string{"diff", "--format", ""}, "markdown"},
		{[]string{"explain", ""}, "docs/dead-link"},
	} {
		if _, got, _ := waymark(t, append([]string{"__complete"}, x.args...)...); !strings.Contains(got, x.want) {
			t.Errorf("%v completes to %q, want %q among it", x.args, got, x.want)
		}
	}
}
