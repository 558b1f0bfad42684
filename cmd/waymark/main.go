// Command waymark tells at which stage of platform maturity a git repository
// stands, with the evidence, and what to do next.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit codes.
const (
	exitDone       = 0
	exitHolds      = 1
	exitUsage      = 2
	exitIncomplete = 3
)

func main() {
	collectSteadily()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// An exit is an error that carries its exit code.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string { return e.err.Error() }
func (e exit) Unwrap() error { return e.err }

// run runs the program and gives its exit code: the report goes to stdout,
// everything else to stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return runWith(ctx, args, os.Stdin, stdout, stderr)
}

// runWith is run with an input for the commands that ask.
func runWith(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := command(stdin, stdout, stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var e exit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &e):
		if e.err != nil {
			fmt.Fprintln(stderr, "waymark:", e.err)
		}
		return e.code
	}
	fmt.Fprintln(stderr, "waymark:", err)
	fmt.Fprintln(stderr, "Run 'waymark --help' for the commands and flags.")
	return exitUsage
}

func command(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "waymark",
		Short: "Tells at which stage of platform maturity a repository stands",
		Long: "Waymark reads git repositories (Terraform, CloudFormation, Kubernetes, CI configuration, documents and\n" +
			"their freshness) and tells at which of five stages of platform maturity they stand, with the file and line\n" +
			"of each piece of evidence. It runs offline and executes nothing of what it reads.",
		SilenceUsage: true, SilenceErrors: true, Args: noSuchCommand, Version: versionText(),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetVersionTemplate("waymark {{.Version}}\n")
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(scanCommand(stdout, stderr), diffCommand(stdout, stderr), explainCommand(stdout, stderr), initCommand(stdout, stderr),
		assessCommand(stdin, stdout, stderr), rulesCommand(stdout), versionCommand(stdout))
	if manual := manualCommand(root); manual != nil {
		root.AddCommand(manual)
	}
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Args = noSuchCommand
			c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
	return root
}

// version is set by the release; else the build tells it.
var version = ""

// versionText is the version of the program.
func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

func versionCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(stdout, "waymark", versionText())
			return err
		},
	}
}
