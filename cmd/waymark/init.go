package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/internal/config"
	"github.com/waymark-dev/waymark/internal/repo"
	"github.com/waymark-dev/waymark/report"
	"github.com/waymark-dev/waymark/rules"
)

func initCommand(stdout, stderr io.Writer) *cobra.Command {
	var s settings
	var show bool
	c := &cobra.Command{
		Use: "init [PATH]", Short: "Write a commented configuration for a repository",
		Long: "Init scans the repository and writes .waymark.yaml with every key, commented out and filled in with what was\n" +
			"seen. It never replaces a configuration that is there.",
		Args: takes(0, 1, ""), ValidArgsFunction: folders,
		RunE: func(c *cobra.Command, args []string) error {
			return runInit(c.Context(), s, append(args, ".")[0], show, stdout, stderr)
		},
	}
	c.Flags().BoolVar(&show, "print", false, "print the configuration instead of writing it")
	common(c, &s)
	return c
}

func runInit(ctx context.Context, s settings, path string, show bool, stdout, stderr io.Writer) error {
	if err := s.check(); err != nil {
		return exit{exitUsage, err}
	}
	file, old, err := configurationFile(ctx, path)
	if err != nil {
		return err
	}
	if old != nil && !show {
		return exit{exitUsage, fmt.Errorf("%s is there already: edit it, or see a new one with 'waymark init --print'", file)}
	}
	r, closer, err := scanOne(ctx, s, path, stderr)
	defer closer()
	if err != nil {
		return exit{codeOf([]error{err}), err}
	}
	text := template(r)
	if show {
		_, err := io.WriteString(stdout, text)
		return err
	}
	if err := writeWhole(file, []byte(text)); err != nil {
		return exit{exitIncomplete, unwritten(file, err)}
	}
	_, err = fmt.Fprintf(stderr, "waymark: wrote %s; take the # from the lines that you want\n", file)
	return err
}

// configurationFile is the configuration file of the work tree around a path,
// with its contents; nil where it is not there yet.
func configurationFile(ctx context.Context, path string) (file string, data []byte, err error) {
	r, err := repo.Open(ctx, path, repo.Options{NoHistory: true})
	if err != nil {
		return "", nil, exit{exitIncomplete, fmt.Errorf("%s: %w", path, plain(err))}
	}
	defer func() { _ = r.Close() }()
	if !r.FromDisk {
		return "", nil, exit{exitUsage, fmt.Errorf("%s is a bare clone, which has no place for a file: give a work tree", path)}
	}
	for _, name := range config.Names {
		file := filepath.Join(r.Root, filepath.FromSlash(name))
		if data, err := os.ReadFile(file); err == nil {
			return file, append([]byte{}, data...), nil
		} else if !errors.Is(err, os.ErrNotExist) {
			return "", nil, exit{exitUsage, fmt.Errorf("read the configuration %s: %w", file, plain(err))}
		}
	}
	return filepath.Join(r.Root, config.Names[0]), nil, nil
}

const editorSchema = "https://raw.githubusercontent.com/waymark-dev/waymark/main/internal/config/schema.json"

// template is a configuration in which everything is commented out. Lines that
// are to be used start with # and no blank.
func template(r report.Repository) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Configuration of Waymark for %s. Every key may be left out.\n# yaml-language-server: $schema=%s\n", report.Plain(r.Name), editorSchema)
	b.WriteString("\n# A shared configuration that this one builds on.\n#extends: platform/waymark.yaml\n")
	b.WriteString("\n# What the repository is for: service, infrastructure, gitops, platform, library, docs. Seen here:\n")
	roles := []string{}
	for _, e := range r.Scene.Roles {
		fmt.Fprintf(&b, "# %s: %s\n", e.Role, report.Plain(e.Because))
		roles = append(roles, string(e.Role))
	}
	fmt.Fprintf(&b, "#roles: [%s]\n", strings.Join(roles, ", "))
	b.WriteString("\n# Folders that are judged by themselves although nothing shows that they are released so.\n#components: [services/api]\n")
	b.WriteString("\n# What is not read.\n#exclude: [legacy/**]\n")
	b.WriteString("\n# Criteria that are not asked here, or weigh 1, 2 or core. What raises the verdict is named in its headline.\n#criteria:\n" +
		"#  cost-controls: off\n#  policy-as-code: {weight: core}\n")
	fmt.Fprintf(&b, "\n# The shares that decide.\n#thresholds:\n#  held: %s\n#  applies: %s\n#  tolerated: %s\n", rules.Standard.Held, rules.Standard.Applies, rules.Standard.Tolerated)
	b.WriteString(answersTemplate(r))
	b.WriteString(suppressionTemplate(r))
	b.WriteString("\n# Checks of your own: exists or absent (a pattern of paths), seen or unseen (a detector, with a strength).\n#checks:\n" +
		"#  - id: acme/security-policy\n#    criterion: single-source-of-truth\n#    title: There is no security policy\n#    fix: Add SECURITY.md\n#    exists: SECURITY.md\n")
	return b.String()
}

// when is the day that examples in the template name: that of the commit, by
// which what expires is judged.
func when(r report.Repository) time.Time {
	if r.Date.IsZero() {
		return time.Now().UTC()
	}
	return r.Date
}

// answersTemplate asks what cannot be seen here.
func answersTemplate(r report.Repository) string {
	var b strings.Builder
	day := when(r)
	b.WriteString("\n# What people know and files do not show. 'waymark assess' asks for these; an answer never outweighs evidence.\n#answers:\n")
	first := "developer-portal"
	for i := len(r.Results) - 1; i >= 0; i-- {
		if r.Results[i].Outcome == rules.NotVisible {
			first = r.Results[i].Criterion.ID
		}
	}
	fmt.Fprintf(&b, "#  - criterion: %s\n#    answer: yes\n#    by: Ada Lovelace\n#    when: %s\n#    link: https://example.org/where-to-see-it\n#    until: %s\n",
		first, day.Format(time.DateOnly), day.AddDate(1, 0, 0).Format(time.DateOnly))
	for _, result := range r.Results {
		if result.Outcome == rules.NotVisible {
			fmt.Fprintf(&b, "# Not visible here: %s: %s\n", result.Criterion.ID, result.Criterion.Ask)
		}
	}
	return b.String()
}

// suppressionTemplate shows how the first gap would be suppressed.
func suppressionTemplate(r report.Repository) string {
	rule, path := "docs/dead-link", "docs/legacy/**"
	for _, g := range r.Gaps {
		if g.Located() {
			rule, path = g.Check.ID, report.Plain(g.At.Path)
			break
		}
	}
	return fmt.Sprintf("\n# Gaps that are not to be shown; or write waymark:ignore RULE reason in a comment beside the line.\n#suppressions:\n"+
		"#  - rule: %s\n#    path: %q\n#    reason: Why it is right to leave it\n#    until: %s\n", rule, path, when(r).AddDate(1, 0, 0).Format(time.DateOnly))
}
