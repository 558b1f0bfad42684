// Command accuracy compares what waymark says of labelled repositories with
// their labels, and prints agreement for each criterion and each fact, with
// every disagreement.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	labels := flag.String("labels", "", "folder of label files, one JSON a repository")
	clones := flag.String("clones", "", "folder of clones, each named OWNER+NAME")
	only := flag.String("only", "", "compare only the repositories whose name contains this")
	about := flag.String("about", "", "print the disagreements about this criterion or fact only")
	flag.Parse()
	if err := run(*labels, *clones, *only, *about); err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
}

func run(labels, clones, only, about string) error {
	files, err := filepath.Glob(filepath.Join(labels, "*.json"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no label files in %q: give -labels the folder that holds them", labels)
	}
	binary, err := build()
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(filepath.Dir(binary)) }()
	t := newTally(about)
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".json")
		if !strings.Contains(name, only) {
			continue
		}
		if err := compareOne(t, binary, f, filepath.Join(clones, name)); err != nil {
			fmt.Fprintf(os.Stderr, "accuracy: %s: %v\n", name, err)
		}
	}
	t.print(os.Stdout)
	return nil
}

// build compiles the program that is measured.
func build() (string, error) {
	dir, err := os.MkdirTemp("", "waymark-accuracy")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "waymark")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/waymark").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build waymark: %w\n%s", err, out)
	}
	return binary, nil
}

func compareOne(t *tally, binary, labelFile, clone string) error {
	var l label
	if err := readJSON(labelFile, &l); err != nil {
		return err
	}
	args := []string{"scan", "--format", "json", clone}
	if out, err := exec.Command("git", "-C", clone, "rev-parse", "HEAD").Output(); err == nil && strings.TrimSpace(string(out)) != l.Head {
		args = append(args, "--rev", l.Head)
	}
	cmd := exec.Command(binary, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	var r struct{ Repositories []scanned }
	if err := json.Unmarshal(out, &r); err != nil || len(r.Repositories) != 1 {
		return fmt.Errorf("the report does not parse: %w", err)
	}
	t.compare(l, r.Repositories[0])
	return nil
}

func readJSON(file string, v any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// A label is what was labelled by hand.
type label struct {
	Repo, Head  string
	Roles       []string
	Criteria    map[string]labelled
	StageProven int   `json:"stage_proven"`
	StageTight  []any `json:"stage_tight"`
	Facts       map[string]any
	Docs        struct {
		DeadLinks []locus `json:"dead_links"`
		Stale     []locus
		Fresh     []locus
	}
	ClearGaps    []locus `json:"clear_gaps"`
	FalseFriends []locus `json:"false_friends"`
}

type labelled struct {
	Outcome  string
	Strength string
	Sure     bool
}

type locus struct {
	Path  string
	Line  int
	Check string
	Why   string
}

// UnmarshalJSON takes a path alone for a locus, as some lists have it.
func (l *locus) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &l.Path) == nil {
		return nil
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	l.Path, _ = m["path"].(string)
	if n, ok := m["line"].(float64); ok {
		l.Line = int(n)
	}
	l.Check, _ = m["check"].(string)
	for _, k := range []string{"why", "note", "message", "target"} {
		if s, ok := m[k].(string); ok && l.Why == "" {
			l.Why = s
		}
	}
	return nil
}

// A scanned is what the program said.
type scanned struct {
	Roles    []struct{ Role string }
	Verdict  struct{ Stage int }
	Criteria []struct {
		ID, Outcome, Because string
		Strength             string
	}
	Gaps  []gap
	Facts map[string]any
}

type gap struct {
	Check, Criterion, Path, Message string
	Line                            int
}

func (s scanned) roles() []string {
	var roles []string
	for _, r := range s.Roles {
		roles = append(roles, r.Role)
	}
	slices.Sort(roles)
	return roles
}
