package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/detectors"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/repo"
	"github.com/waymark-dev/waymark/internal/scan"
	"github.com/waymark-dev/waymark/report"
	"github.com/waymark-dev/waymark/rules"
)

// settings are the flags of scan.
type settings struct {
	format string
	// formatGiven says that the person asked for the format: then the report is
	// also printed beside those that go to files.
	formatGiven bool
	output      string
	outputs     []string
	rev         string
	noHistory   bool
	jobs        int
	quiet       bool
	verbose     bool
	color       string
	// sarifProfile is "github" or "full".
	sarifProfile  string
	sarifAbsences bool
	failOn        []string
	config        string
	ignore        bool
	asOf          string

	baseline      string
	since         string
	writeBaseline bool
}

// day is the day on which answers and suppressions must still count: the one
// that was given, else that of the commit, else today.
func (s settings) day(committed time.Time) time.Time {
	if day, err := time.Parse(time.DateOnly, s.asOf); err == nil {
		return day
	}
	if !committed.IsZero() {
		return committed
	}
	return time.Now().UTC()
}

// ages is the end of the day from which ages are counted; zero where none was
// asked for.
func (s settings) ages() time.Time {
	day, err := time.Parse(time.DateOnly, s.asOf)
	if err != nil {
		return time.Time{}
	}
	return day.AddDate(0, 0, 1).Add(-time.Second)
}

func scanCommand(stdout, stderr io.Writer) *cobra.Command {
	var s settings
	c := &cobra.Command{
		Use:   "scan [PATH…]",
		Short: "Judge repositories and say what to do next",
		Long: "Scan judges the repository around each PATH (by default the current folder): a work tree with what is not\n" +
			"committed in it and not ignored, a bare clone, or any commit of either (--rev). A PATH inside a component of a\n" +
			"monorepo judges that component.\n\n" +
			"The report goes to standard output, everything else to standard error. Exit code 0: done, whatever was found.\n" +
			"1: a --fail-on condition holds. 2: wrong usage or configuration. 3: a scan could not be completed, which wins\n" +
			"over 1; with several paths the others are reported all the same. A repository that is not judged (nothing in\n" +
			"it that the model speaks about) has no stage, so 'stage<N' does not hold for it; a line says so.",
		Example: "  waymark scan .\n  waymark scan --format json -- ../service > service.json\n  waymark scan -o sarif=waymark.sarif -o table=report.txt\n  waymark scan --rev HEAD~1 --fail-on 'stage<2'",
		RunE: func(c *cobra.Command, paths []string) error {
			s.formatGiven = c.Flags().Changed("format")
			if s.rev == "" && c.Flags().Changed("rev") {
				return exit{exitUsage, errors.New("--rev is empty: give a branch, a tag or a commit, or leave it out to judge the work tree")}
			}
			return runScan(c.Context(), s, paths, stdout, stderr)
		},
	}
	scanFlags(c, &s)
	return c
}

// scanFlags are the flags of scan, with their completions.
func scanFlags(c *cobra.Command, s *settings) {
	f := c.Flags()
	f.StringVarP(&s.format, "format", "f", "table", "the `FORMAT` of the report: "+strings.Join(formatNames(), ", "))
	f.StringVar(&s.output, "output", "", "write the report to this `FILE` instead of standard output")
	f.StringArrayVarP(&s.outputs, "out", "o", nil, "write a report to a file, as `FORMAT=FILE`; may be given several times; for SARIF of several repositories, a folder")
	f.StringVar(&s.rev, "rev", "", "judge this `REVISION`, a commit, branch or tag, read from the objects, instead of the work tree")
	f.BoolVarP(&s.verbose, "verbose", "v", false, "show all criteria with their evidence, and all gaps")
	f.StringVar(&s.color, "color", "auto", "use colours, `WHEN` being auto (on a terminal, unless NO_COLOR is set), always or never")
	f.StringVar(&s.sarifProfile, "sarif-profile", "github", "what SARIF holds, by `PROFILE`: github (gaps only) or full (with kinds pass, open and notApplicable, which GitHub shows as open alerts)")
	f.BoolVar(&s.sarifAbsences, "sarif-absences", false, "let SARIF tell of what is missing, too, at the place that a change would touch")
	f.StringArrayVar(&s.failOn, "fail-on", nil, "exit with 1 where this `CONDITION` holds: 'stage<N', regression, gap, warning, error; may be given several times")
	f.StringVar(&s.baseline, "baseline", "", "compare with this `FILE`: gaps that it knows are not shown, and regression asks for what it lost")
	f.BoolVar(&s.writeBaseline, "write-baseline", false, "write the file of --baseline, with all gaps of today")
	f.StringVar(&s.since, "since", "", "compare with this `REVISION`, a commit, branch or tag, as with a baseline: what was there is not shown")
	common(c, s)
	complete(c, "format", formatNames()...)
	complete(c, "color", "auto", "always", "never")
	complete(c, "sarif-profile", "github", "full")
	complete(c, "fail-on", "stage<2", "stage<3", "stage<4", "regression", "gap", "warning", "error")
	completeBy(c, "out", outputs)
	completeBy(c, "rev", revisions)
	completeBy(c, "since", revisions)
	completeFiles(c, "baseline", "json")
	c.ValidArgsFunction = folders
}

// common are the flags of all commands that scan.
func common(c *cobra.Command, s *settings) {
	f := c.Flags()
	f.BoolVar(&s.noHistory, "no-history", false, "do not read the history; what it would tell is not visible")
	f.IntVar(&s.jobs, "jobs", runtime.NumCPU(), "the `NUMBER` of files to read at the same time")
	f.BoolVarP(&s.quiet, "quiet", "q", false, "show no progress and no notes")
	f.StringVar(&s.config, "config", "", "configuration `FILE` to use instead of the repository's own")
	f.BoolVar(&s.ignore, "ignore-repository-config", false, "do not use the repository's own configuration")
	f.StringVar(&s.asOf, "as-of", "", "`DAY` like 2026-05-31 from which ages are counted and on which answers and suppressions must still count, instead of that of the commit")
	completeFiles(c, "config", "yaml", "yml")
	complete(c, "jobs")
	complete(c, "as-of")
}

// check says what is wrong with the flags of all commands that scan.
func (s settings) check() error {
	if _, err := time.Parse(time.DateOnly, s.asOf); err != nil && s.asOf != "" {
		return fmt.Errorf("--as-of %s: write it as a day like 2026-05-31", s.asOf)
	}
	if s.jobs < 1 {
		return fmt.Errorf("--jobs %d: at least one job is needed", s.jobs)
	}
	if s.config != "" && s.ignore {
		return errors.New("--config is used in place of the repository's own configuration: leave --ignore-repository-config out")
	}
	return nil
}

func runScan(ctx context.Context, s settings, paths []string, stdout, stderr io.Writer) error {
	whole := len(paths) == 0
	if whole {
		paths = []string{"."}
	}
	plan, err := s.plan(len(paths))
	if err != nil {
		return exit{exitUsage, err}
	}
	r := report.Report{Version: versionText()}
	var failures []error
	for _, one := range scanAll(ctx, s, paths, whole, stderr) {
		defer one.closer()
		if one.err != nil {
			failures = append(failures, one.err)
			continue
		}
		r.Repositories = append(r.Repositories, one.repository)
		switch {
		case one.beforeErr != nil:
			failures = append(failures, one.beforeErr)
		case one.before != nil:
			plan.known = append(plan.known, *one.before)
		}
	}
	return plan.finish(s, r, failures, stdout, stderr)
}

// finish writes what the plan asks for, and says as an error what came of it:
// what could not be written or scanned, else the condition that holds.
func (p plan) finish(s settings, r report.Report, failures []error, stdout, stderr io.Writer) error {
	compared := compareWith(p.known, r)
	if err := writeAll(r, s, p.targets, stdout); err != nil {
		return exit{exitIncomplete, err}
	}
	if s.writeBaseline && len(failures) == 0 {
		if err := writeBaseline(s, r); err != nil {
			return exit{exitIncomplete, err}
		}
	}
	if len(failures) > 0 {
		return exit{codeOf(failures), errors.Join(failures...)}
	}
	if names := unjudged(p.conditions, r); len(names) > 0 && !s.quiet {
		fmt.Fprintf(stderr, "waymark: not judged, so that no stage can be too low: %s\n", strings.Join(names, ", "))
	}
	return holds(p.conditions, r, compared)
}

// earlier is the state of a repository at the commit that --since names.
func earlier(ctx context.Context, s settings, path string, whole bool, stderr io.Writer) (report.Snapshot, error) {
	s.rev = s.since
	r, closer, err := scanOne(ctx, s, path, stderr)
	defer closer()
	if err != nil {
		return report.Snapshot{}, fmt.Errorf("--since %s: %w", s.since, err)
	}
	if !whole {
		r = r.Around(r.Folder)
	}
	return report.SnapshotOf(r), nil
}

// A plan is what the flags of a scan ask for beside the scan.
type plan struct {
	conditions []failCondition
	targets    []target
	known      []report.Snapshot
}

// plan says what is wrong with the flags before so many repositories are
// scanned.
func (s settings) plan(repositories int) (p plan, err error) {
	if err := s.check(); err != nil {
		return p, err
	}
	if s.since != "" && s.baseline != "" {
		return p, errors.New("--since and --baseline both say what to compare with: give one of them")
	}
	if p.conditions, err = parseConditions(s.failOn); err != nil {
		return p, err
	}
	if asksForRegression(p.conditions) && s.baseline == "" && s.since == "" {
		return p, errors.New("--fail-on regression needs --baseline FILE or --since REV, or use 'waymark diff'")
	}
	if p.targets, err = targetsOf(s, repositories); err != nil {
		return p, err
	}
	p.known, err = readBaseline(s)
	return p, err
}

// codeOf is the exit code of failures: that of a wrong configuration where
// there is one.
func codeOf(failures []error) int {
	for _, err := range failures {
		var wrong exit
		if errors.As(err, &wrong) {
			return wrong.code
		}
	}
	return exitIncomplete
}

// scanOne scans and judges the repository around a path.
// The report may read files of it again until it is closed.
func scanOne(ctx context.Context, s settings, path string, stderr io.Writer) (r report.Repository, closer func(), err error) {
	closer = func() {}
	bar := newProgress(stderr, s.quiet, folderName(path))
	defer bar.end()
	opened, err := repo.Open(ctx, path, repo.Options{Rev: s.rev, NoHistory: s.noHistory, Progress: bar.commits})
	if err != nil {
		return r, closer, fmt.Errorf("scan %s: %w", path, plain(err))
	}
	closer = func() { _ = opened.Close() }
	c, err := configuration(s, opened)
	if err != nil {
		return r, closer, exit{exitUsage, err}
	}
	opened.Exclude(c.Exclude)
	opened.AsOf = s.ages()
	comments := &ignores{read: opened.Read}
	observed, err := scan.Run(ctx, opened.Repo, comments.Read, detectors.All, scan.Options{Jobs: s.jobs, Progress: bar.files})
	if err != nil {
		return r, closer, fmt.Errorf("scan %s: %w", path, err)
	}
	observed.BlindSpots = joinBlind(opened.Blind, observed.BlindSpots)
	set := settingsOf(c)
	set.AsOf = s.day(opened.Committed)
	set.Suppressions = append(set.Suppressions, comments.found()...)
	a := rules.Assess(observed, set)
	a.Commit, a.Date = opened.Commit, opened.Committed // known without the history, too
	if err := ctx.Err(); err != nil {
		return r, closer, fmt.Errorf("scan %s: %w", path, err)
	}
	scanned := "work tree"
	if !opened.FromDisk {
		scanned = "commit"
	}
	return report.Repository{
		Name: nameOf(opened), Path: filepath.ToSlash(path), Folder: opened.Component, Assessment: a, Scanned: scanned, Files: len(opened.Tree.Entries()), Read: opened.Read, Origin: addressOf(opened),
	}, closer, nil
}

// addressOf is the address of the repository for people.
func addressOf(r *repo.Repository) string {
	if r.Host == "" || r.Origin == "" {
		return ""
	}
	return "https://" + r.Host + "/" + r.Origin
}

func nameOf(r *repo.Repository) string {
	if r.Origin != "" {
		return r.Origin
	}
	return r.Name
}

func joinBlind(a, b []detect.BlindSpot) []detect.BlindSpot {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y detect.BlindSpot) int { return strings.Compare(x.Path, y.Path) })
	return all
}
