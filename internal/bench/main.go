// Command bench measures scans of real clones against floors and against the
// peers found on the PATH, in one run, and prints ratios.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

func main() {
	floor := flag.String("floor", "", "be the floor: list, read and parse once every configuration and document file below this folder")
	history := flag.String("pass", "", "be the pass: read the history of HEAD of this clone and nothing else")
	paths := flag.Int("parity", 0, "compare the last change of so many paths, drawn from the clones, with what git says")
	seed := flag.Int64("seed", 1, "of the draw")
	rounds := flag.Int("rounds", 5, "runs of each measurement; the median is shown")
	jobs := flag.Int("jobs", 0, "cores to use; 0 means all")
	only := flag.Bool("history", false, "measure the pass over history alone, beside git log --name-only")
	flag.Parse()
	var err error
	switch {
	case *floor != "":
		err = parseAll(*floor, *jobs)
	case *history != "":
		err = pass(*history)
	case *paths > 0:
		err = parity(flag.Args(), *paths, *seed)
	default:
		err = run(flag.Args(), *rounds, *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(clones []string, rounds int, onlyHistory bool) error {
	if len(clones) == 0 {
		return fmt.Errorf("name the clones to measure: go run ./internal/bench CLONE…")
	}
	dir, err := os.MkdirTemp("", "waymark-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	waymark, self := filepath.Join(dir, "waymark"), filepath.Join(dir, "bench")
	for binary, pkg := range map[string]string{waymark: "./cmd/waymark", self: "./internal/bench"} {
		if out, err := exec.Command("go", "build", "-o", binary, pkg).CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w\n%s", pkg, err, out)
		}
	}
	t := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	if onlyHistory {
		fmt.Fprintln(t, "CLONE\tCOMMITS\tLOG s/cpu/MB\tPASS s/cpu/MB\tRATIO\tRATIO cpu")
		for _, clone := range clones {
			fmt.Fprintln(t, historyRow(self, clone, rounds))
		}
		return t.Flush()
	}
	fmt.Fprintln(t, "CLONE\tFILES\tPARSE s/MB\tSCAN s/MB\tRATIO\tCOMMITS\tLOG s/MB\tHISTORY s/MB\tRATIO\tWHOLE s/MB\tPEERS")
	for _, clone := range clones {
		fmt.Fprintln(t, row(waymark, self, clone, rounds))
	}
	return t.Flush()
}

// row measures one clone. The history is the whole scan less the scan without
// it, which counts what only the history lets detectors do.
func row(waymark, self, clone string, rounds int) string {
	m := medians(rounds,
		[]string{self, "-floor", clone},
		[]string{waymark, "scan", "--no-history", clone},
		[]string{"git", "-C", clone, "log", "--format=%ct", "--name-only"},
		[]string{waymark, "scan", clone},
	)
	history := sample{seconds: m[3].seconds - m[1].seconds, megabytes: m[3].megabytes}
	cells := []string{
		filepath.Base(clone), countLines(clone, "ls-files"), m[0].String(), m[1].String(), ratio(m[1], m[0]),
		strings.TrimSpace(gitOutput(clone, "rev-list", "--count", "HEAD")), m[2].String(), history.String(), ratio(history, m[2]), m[3].String(), peers(clone),
	}
	return strings.Join(cells, "\t")
}

// historyRow measures the pass over history beside git, by wall and by processor
// time: the first depends on what else the machine does.
func historyRow(self, clone string, rounds int) string {
	m := medians(rounds, []string{"git", "-C", clone, "log", "--format=%ct", "--name-only", "HEAD"}, []string{self, "-pass", clone})
	cells := []string{filepath.Base(clone), strings.TrimSpace(gitOutput(clone, "rev-list", "--count", "HEAD"))}
	for _, s := range m {
		cells = append(cells, fmt.Sprintf("%.2f / %.2f / %.0f", s.seconds, s.cpu, s.megabytes))
	}
	return strings.Join(append(cells, ratio(m[1], m[0]), fmt.Sprintf("%.2f", m[1].cpu/max(m[0].cpu, 0.01))), "\t")
}

func ratio(a, b sample) string {
	if b.seconds == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", a.seconds/b.seconds)
}

func gitOutput(clone string, args ...string) string {
	out, err := exec.Command("git", append([]string{"-C", clone}, args...)...).Output()
	if err != nil {
		return "–"
	}
	return string(out)
}

func countLines(clone string, args ...string) string {
	return fmt.Sprint(strings.Count(gitOutput(clone, args...), "\n"))
}
