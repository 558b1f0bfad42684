package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
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
		value, usage := pflag.UnquoteUsage(f)
		name := "`" + strings.TrimSpace("--"+f.Name+" "+value) + "`"
		if f.Shorthand != "" {
			name = "`-" + f.Shorthand + "`, " + name
		}
		fmt.Fprintf(b, "| %s | %s |\n", name, strings.ReplaceAll(usage, "|", `\|`))
	})
}

// A use is how a flag is used: what it completes to, and what it says of a value
// that is wrong.
type use struct {
	completes, wrong, says string
}

// uses are the flags that take values, those that differ between commands with
// their command.
var uses = map[string]use{
	"as-of":         {":4", "2026-13-01", "write it as a day like 2026-05-31"},
	"baseline":      {"json", "nowhere.json", "there is no such file: write it with --write-baseline"},
	"by":            {":4", "", ""}, // any name
	"color":         {"never", "nevr", "did you mean never?"},
	"config":        {"yaml", "nowhere.yaml", "there is no such file"},
	"diff format":   {"markdown", "markdwon", "did you mean markdown?"},
	"fail-on":       {"regression", "regresion", "did you mean regression?"},
	"jobs":          {":4", "many", "it takes a whole number"},
	"out":           {"sarif=", "srif=a", "did you mean sarif?"},
	"output":        {":0", "no/such/folder/a", "make it first"},
	"repository":    {":16", "nowhere", "there is no such file or folder"},
	"rev":           {"release-1", "relaese-1", "did you mean release-1?"},
	"rules format":  {"json", "jsno", "did you mean json?"},
	"sarif-profile": {"full", "ful", "did you mean full?"},
	"scan format":   {"sarif", "srif", "did you mean sarif?"},
	"since":         {"release-1", "relaese-1", "did you mean release-1?"},
}

// arguments are what a command needs beside its flags.
var arguments = map[string][]string{"diff": {"HEAD"}, "explain": {"3", "."}}

// TestEveryFlagCompletesIsTestedAndFoundWhenMisspelt takes the flags from the
// program, so that none can be forgotten.
func TestEveryFlagCompletesIsTestedAndFoundWhenMisspelt(t *testing.T) {
	tests := sourcesOfTests(t)
	t.Chdir(configured(t, ""))
	tag(t, "release-1")
	for _, c := range command(nil, nil, nil).Commands() {
		if c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		_, all, _ := waymark(t, "__complete", c.Name(), "--")
		_, help, _ := waymark(t, c.Name(), "--help")
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			name := c.Name() + " --" + f.Name
			if !strings.Contains(all, "--"+f.Name) || !strings.Contains(help, "--"+f.Name) {
				t.Errorf("%s does not complete, or its help does not tell of it", name)
			}
			wrong := "--" + f.Name + f.Name[len(f.Name)-1:]
			if code, _, stderr := waymark(t, c.Name(), wrong); code != exitUsage || !strings.Contains(stderr, "did you mean --"+f.Name+"?") {
				t.Errorf("%s: of %s it says %q", name, wrong, stderr)
			}
			if f.Name == "help" {
				return
			}
			if !strings.Contains(tests, `"--`+f.Name+`"`) && (f.Shorthand == "" || !strings.Contains(tests, `"-`+f.Shorthand+`"`)) {
				t.Errorf("%s: no test uses it", name)
			}
			if f.Value.Type() == "bool" {
				expect(t, exitUsage, "it takes true or false", c.Name(), "--"+f.Name+"=maybe")
				return
			}
			u, ok := uses[c.Name()+" "+f.Name]
			if !ok {
				u, ok = uses[f.Name]
			}
			if !ok {
				t.Fatalf("%s: say in uses how it is used", name)
			}
			if _, got, _ := waymark(t, "__complete", c.Name(), "--"+f.Name, ""); !strings.Contains(got, u.completes) {
				t.Errorf("%s completes to %q, want %q", name, got, u.completes)
			}
			if u.says != "" {
				expect(t, 0, u.says, append([]string{c.Name(), "--" + f.Name, u.wrong}, arguments[c.Name()]...)...)
			}
		})
	}
}

// tag gives the commit of the current folder's repository a name.
func tag(t *testing.T, name string) {
	t.Helper()
	repository, err := git.PlainOpen(".")
	must(t, err)
	head, err := repository.Head()
	must(t, err)
	_, err = repository.CreateTag(name, head.Hash(), nil)
	must(t, err)
}

// expect runs the program and asks for what it says; an exit code of zero stands
// for any that is none.
func expect(t *testing.T, code int, says string, args ...string) {
	t.Helper()
	got, _, stderr := waymark(t, args...)
	if got == exitDone || code != 0 && got != code || !strings.Contains(stderr, says) {
		t.Errorf("%v: exit code %d and %q, want a message with %q", args, got, stderr, says)
	}
}

// sourcesOfTests are the tests of this package but this one.
func sourcesOfTests(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	must(t, err)
	var b strings.Builder
	for _, file := range files {
		if file == "commands_test.go" {
			continue
		}
		data, err := os.ReadFile(file)
		must(t, err)
		b.Write(data)
	}
	return b.String()
}

func TestArgumentsComplete(t *testing.T) {
	t.Chdir(configured(t, ""))
	for _, x := range []struct{ args, want string }{
		{"explain", "docs/dead-link"}, {"explain 3", ":16"}, {"scan", ":16"}, {"init", ":16"}, {"assess", ":16"}, {"diff", "HEAD"}, {"diff HEAD", "HEAD"}, {"diff HEAD HEAD", ":4"},
	} {
		if _, got, _ := waymark(t, append(append([]string{"__complete"}, strings.Fields(x.args)...), "")...); !strings.Contains(got, x.want) {
			t.Errorf("%s completes to %q, want %q among it", x.args, got, x.want)
		}
	}
	if _, got, _ := waymark(t, "__complete", "scan", "-o", "sarif="); !strings.Contains(got, ":0") {
		t.Errorf("behind the format no file is completed: %q", got)
	}
}

// TestEveryInputOfTheActionIsUsed: what action.yml takes reaches a step.
func TestEveryInputOfTheActionIsUsed(t *testing.T) {
	data, err := os.ReadFile("../../action.yml")
	must(t, err)
	var action struct {
		Inputs map[string]struct{ Description string }
	}
	must(t, yaml.Unmarshal(data, &action))
	for name, input := range action.Inputs {
		if input.Description == "" || !regexp.MustCompile(`inputs\.`+name+`\b`).Match(data[bytes.Index(data, []byte("runs:")):]) {
			t.Errorf("the input %s is not described or not used", name)
		}
	}
	if len(action.Inputs) < 7 {
		t.Errorf("%d inputs", len(action.Inputs))
	}
}
