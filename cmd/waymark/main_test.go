package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// waymark runs the program and gives its exit code and what it printed.
func waymark(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// checkout lays the files of an archive out as a git repository with one
// commit, whose id and date never change.
func checkout(t *testing.T, files []txtar.File) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "example")
	for _, f := range files {
		if f.Name == "want" {
			continue
		}
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, f.Data, 0o644))
	}
	repository, err := git.PlainInit(root, false)
	must(t, err)
	tree, err := repository.Worktree()
	must(t, err)
	must(t, tree.AddWithOptions(&git.AddOptions{All: true}))
	when := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	who := &object.Signature{Name: "Ada", Email: "ada@example.org", When: when}
	_, err = tree.Commit("Everything", &git.CommitOptions{Author: who, Committer: who})
	must(t, err)
	return root
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestScenarios runs the program on whole repositories and compares the report
// with the one that each archive holds. UPDATE=1 rewrites them.
func TestScenarios(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/*.txtar")
	must(t, err)
	if len(archives) == 0 {
		t.Fatal("no scenarios in testdata")
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			must(t, err)
			code, got, stderr := waymark(t, "scan", "--verbose", checkout(t, archive.Files))
			if code != exitDone {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			compareGolden(t, file, archive, got)
		})
	}
}

func compareGolden(t *testing.T, file string, archive *txtar.Archive, got string) {
	t.Helper()
	last := len(archive.Files) - 1
	if last < 0 || archive.Files[last].Name != "want" {
		archive.Files = append(archive.Files, txtar.File{Name: "want"})
		last++
	}
	if os.Getenv("UPDATE") != "" {
		archive.Files[last].Data = []byte(got)
		must(t, os.WriteFile(file, txtar.Format(archive), 0o644))
		return
	}
	if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
		t.Errorf("the report changed (-want +got); UPDATE=1 go test ./cmd/waymark rewrites it:\n%s", diff)
	}
}

func TestWrongUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"scan", "--format", "xml", "."}, exitUsage, "it is one of table, json, sarif"},
		{[]string{"scan", "--color", "pink", "."}, exitUsage, "auto, always, never"},
		{[]string{"scan", "--sarif-profile", "all", "."}, exitUsage, "github, full"},
		{[]string{"scan", "--fail-on", "stage<9", "."}, exitUsage, "from 2 to 5"},
		{[]string{"scan", "--fail-on", "stage<1", "."}, exitUsage, "no repository stands below stage 1"},
		{[]string{"scan", "--fail-on", "stage<=2", "."}, exitUsage, "did you mean 'stage<3'?"},
		{[]string{"scan", "--fail-on", "stage>2", "."}, exitUsage, "only 'stage<N' is known"},
		{[]string{"scan", "--fail-on", "stage two", "."}, exitUsage, "write it as 'stage<N'"},
		{[]string{"scan", "--fail-on", "warnings", "."}, exitUsage, "did you mean warning?"},
		{[]string{"scan", "--rev", "", "."}, exitUsage, "--rev is empty"},
		{[]string{"scan", "-o", "json=a.json", "-o", "sarif=./a.json", "."}, exitUsage, "the json report goes to this file already"},
		{[]string{"scan", "-f", "jsno", "."}, exitUsage, "did you mean json?"},
		{[]string{"scan", "--config", "nowhere.yaml", "."}, exitUsage, "nowhere.yaml: there is no such file"},
		{[]string{"scan", "--jobs", "many"}, exitUsage, "--jobs many: it takes a whole number"},
		{[]string{"scan", "--jbos", "3"}, exitUsage, "did you mean --jobs?"},
		{[]string{"scan", "--format"}, exitUsage, "--format needs a value"},
		{[]string{"scan", "--fail-on", "rain", "."}, exitUsage, "stage<N, regression, gap, warning, error"},
		{[]string{"scan", "-o", "sarif", "."}, exitUsage, "FORMAT=FILE"},
		{[]string{"scan", "--format", "sarif", ".", "."}, exitUsage, "-o sarif=FOLDER"},
		{[]string{"scan", "--sarif-absences", "."}, exitUsage, "ask for one with --format sarif"},
		{[]string{"scan", "--sarif-profile", "full", "-o", "json=a.json", "."}, exitUsage, "ask for one with --format sarif"},
		{[]string{"scan", "--jobs", "0", "."}, exitUsage, "at least one job"},
		{[]string{"scan", "--no-such-flag"}, exitUsage, "--no-such-flag"},
		{[]string{"scna", "."}, exitUsage, "did you mean scan?"},
		{[]string{"completion", "zssh"}, exitUsage, "did you mean zsh?"},
		{[]string{"version", "now"}, exitUsage, `version does not take "now"`},
		{[]string{"scan", "--since", "HEAD", "--baseline", "a.json"}, exitUsage, "give one of them"},
		{[]string{"scan", "--config", "a.yaml", "--ignore-repository-config"}, exitUsage, "leave --ignore-repository-config out"},
		{[]string{"scan", "-z"}, exitUsage, "there is no flag -z"},
		{[]string{"explain"}, exitUsage, "explain needs the id"},
		{[]string{"explain", "continuous-integartion"}, exitUsage, "did you mean continuous-integration?"},
		{[]string{"explain", "terraform/moving"}, exitUsage, "did you mean terraform/moving-module?"},
		{[]string{"rules", "--format", "xml"}, exitUsage, "table, json"},
		{[]string{"scan", filepath.Join(t.TempDir(), "nowhere")}, exitIncomplete, "nowhere: there is no such file or folder"},
		{[]string{"scan", "-o", "json=" + filepath.Join(t.TempDir(), "no", "a.json"), t.TempDir()}, exitUsage, "make it first"},
		{[]string{"scan", "-o", "json=" + t.TempDir(), t.TempDir()}, exitUsage, "it is a folder: name a file"},
	} {
		code, stdout, stderr := waymark(t, c.args...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit code %d and %q, want %d and a message with %q", c.args, code, stderr, c.code, c.says)
		}
		if stdout != "" && c.code == exitUsage {
			t.Errorf("%v: printed %q on standard output", c.args, stdout)
		}
	}
}

func TestConfigurationErrorsNameTheLine(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: ".waymark.yaml", Data: []byte("roles: [service]\nexcludes: [docs]\n")}, {Name: "main.go", Data: []byte("package main\n")}})
	code, _, stderr := waymark(t, "scan", root)
	if code != exitUsage || !strings.Contains(stderr, ".waymark.yaml:2:1") || !strings.Contains(stderr, "exclude") {
		t.Errorf("exit code %d and %q, want %d with the line and the nearest key", code, stderr, exitUsage)
	}
	if code, _, stderr := waymark(t, "scan", "--ignore-repository-config", root); code != exitDone {
		t.Errorf("without the configuration: exit code %d, %s", code, stderr)
	}
}

func TestSeveralPathsGiveAVerdictEach(t *testing.T) {
	files := []txtar.File{{Name: "main.tf", Data: []byte("terraform {\n  backend \"local\" {}\n}\nresource \"aws_vpc\" \"a\" {}\n")}}
	a, b := checkout(t, files), checkout(t, files)
	code, stdout, stderr := waymark(t, "scan", "--format", "json", a, filepath.Join(t.TempDir(), "nowhere"), b)
	if code != exitIncomplete || !strings.Contains(stderr, "nowhere") {
		t.Errorf("exit code %d and %q, want %d naming the path that failed", code, stderr, exitIncomplete)
	}
	var r struct {
		Repositories []struct{ Verdict struct{ Stage int } }
	}
	must(t, json.Unmarshal([]byte(stdout), &r))
	if len(r.Repositories) != 2 || r.Repositories[1].Verdict.Stage != 1 {
		t.Errorf("verdicts %+v, want one for each path that could be scanned", r.Repositories)
	}
}

func TestFailOn(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "main.tf", Data: []byte("terraform {\n  backend \"local\" {}\n}\nresource \"aws_vpc\" \"a\" {}\n")}})
	for condition, want := range map[string]int{"stage<2": exitHolds, "stage < 2": exitHolds, "Stage<2": exitHolds, "warning": exitHolds, "gap": exitHolds, "error": exitDone} {
		code, stdout, stderr := waymark(t, "scan", "--fail-on", condition, root)
		if code != want {
			t.Errorf("--fail-on %q: exit code %d, want %d (%s)", condition, code, want, stderr)
		}
		if holds := strings.Contains(stderr, "stands at stage 1") || strings.Contains(stderr, "main.tf:"); holds != (want == exitHolds) {
			t.Errorf("--fail-on %q: it says %q, want why it holds", condition, stderr)
		}
		if !strings.Contains(stdout, "Stage 1, Ad hoc") {
			t.Errorf("--fail-on %q: the report is not on standard output", condition)
		}
	}
}

func TestOutputFilesAreWrittenWholeBesideEachOther(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# Thing\n")}, {Name: "main.go", Data: []byte("package main\n\nfunc main() {}\n")}})
	dir := t.TempDir()
	sarif, table := filepath.Join(dir, "a.sarif"), filepath.Join(dir, "a.txt")
	must(t, os.WriteFile(sarif, bytes.Repeat([]byte("x"), 1<<20), 0o644))
	code, stdout, stderr := waymark(t, "scan", "-o", "sarif="+sarif, "-o", "table="+table, root)
	if code != exitDone || stdout != "" {
		t.Fatalf("exit code %d, standard output %q, %s", code, stdout, stderr)
	}
	data, err := os.ReadFile(sarif)
	must(t, err)
	if !json.Valid(data) {
		t.Error("a longer file that stood there shines through")
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) != 2 {
		t.Errorf("%d files are left in the folder, want the two reports", len(entries))
	}
}

func TestTheFolderDoesNotDecide(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "infra/main.tf", Data: []byte("resource \"aws_vpc\" \"a\" {}\n")}, {Name: "README.md", Data: []byte("# A\n")}})
	_, fromRoot, _ := waymark(t, "scan", "--format", "json", root)
	_, fromFolder, _ := waymark(t, "scan", "--format", "json", filepath.Join(root, "infra"))
	if fromRoot != fromFolder {
		t.Errorf("the report differs between the root and a folder:\n%s", cmp.Diff(fromRoot, fromFolder))
	}
	_, again, _ := waymark(t, "scan", "--format", "json", "--jobs", "1", root)
	if again != fromRoot {
		t.Error("the report differs with one job")
	}
}

func TestNothingIsWrittenIntoTheRepository(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# A\n")}})
	before := listing(t, root)
	waymark(t, "scan", root)
	if diff := cmp.Diff(before, listing(t, root)); diff != "" {
		t.Errorf("the scan changed the repository:\n%s", diff)
	}
}

func listing(t *testing.T, root string) []string {
	t.Helper()
	var names []string
	must(t, filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		names = append(names, p+" "+info.ModTime().String())
		return err
	}))
	return names
}

func TestExplainAndRulesKnowEverything(t *testing.T) {
	for _, id := range explainable() {
		if code, stdout, stderr := waymark(t, "explain", id); code != exitDone || len(stdout) < 40 {
			t.Errorf("explain %s: exit code %d, %q %s", id, code, stdout, stderr)
		}
	}
	code, stdout, _ := waymark(t, "rules", "--format", "json")
	if code != exitDone || !json.Valid([]byte(stdout)) {
		t.Error("rules --format json is not valid JSON")
	}
}

func TestNothingIsExplainedTwice(t *testing.T) {
	for _, id := range explainable() {
		if _, stdout, _ := waymark(t, "explain", id); strings.Count(stdout, "Why: ")+strings.Count(stdout, "## Why it matters") > 1 {
			t.Errorf("explain %s says twice why it matters", id)
		}
	}
}

func TestVersion(t *testing.T) {
	_, flag, _ := waymark(t, "--version")
	if _, command, _ := waymark(t, "version"); flag != command || !strings.HasPrefix(flag, "waymark ") {
		t.Errorf("--version prints %q, version %q", flag, command)
	}
}

// A repository without a stage cannot stand below one: the pipeline passes, and
// a line says why.
func TestFailOnAStageOfWhatIsNotJudged(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "LICENSE", Data: []byte("Apache-2.0\n")}})
	code, stdout, stderr := waymark(t, "scan", "--fail-on", "stage<5", root)
	if code != exitDone || !strings.Contains(stdout, "Not judged") || !strings.Contains(stderr, "not judged, so that no stage can be too low: example") {
		t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
	}
	if _, _, stderr := waymark(t, "scan", "--quiet", "--fail-on", "stage<5", root); stderr != "" {
		t.Errorf("with --quiet it notes %q", stderr)
	}
}

// A path that could not be scanned weighs more than a condition that holds.
func TestIncompleteWinsOverHolds(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "main.tf", Data: []byte("resource \"aws_vpc\" \"a\" {}\n")}})
	code, _, _ := waymark(t, "scan", "--fail-on", "gap", root, filepath.Join(t.TempDir(), "nowhere"))
	if code != exitIncomplete {
		t.Errorf("exit code %d, want %d", code, exitIncomplete)
	}
}

// goneReader is a standard output whose reader has gone away.
type goneReader struct{}

func (goneReader) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestAClosedPipeTakesNothingFromTheFiles(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# Thing\n")}})
	file := filepath.Join(t.TempDir(), "a.json")
	var errs bytes.Buffer
	run(t.Context(), []string{"scan", "--format", "sarif", "-o", "json=" + file, root}, goneReader{}, &errs)
	if data, err := os.ReadFile(file); err != nil || !json.Valid(data) {
		t.Errorf("the file was not written: %v", err)
	}
}

// TestAComponentIsJudgedAlikeFromItsFolder compares the component that a scan
// of the root shows, one of its folder, and one that the configuration names.
func TestAComponentIsJudgedAlikeFromItsFolder(t *testing.T) {
	archive, err := txtar.ParseFile("../../testdata/monorepo.txtar")
	must(t, err)
	root := checkout(t, archive.Files)
	whole := scanned(t, root)
	if len(whole.Components) != 2 {
		t.Fatalf("%d components, want orders and web", len(whole.Components))
	}
	for _, c := range whole.Components {
		inside := scanned(t, filepath.Join(root, c.Path))
		if diff := cmp.Diff(c.Criteria, inside.Criteria); diff != "" {
			t.Errorf("%s differs between the root's report and its own:\n%s", c.Path, diff)
		}
	}
	must(t, os.WriteFile(filepath.Join(root, ".waymark.yaml"), []byte("components:\n  - orders\n  - web\n"), 0o644))
	if diff := cmp.Diff(whole.Criteria, scanned(t, root).Criteria); diff != "" {
		t.Errorf("components that are configured are judged otherwise:\n%s", diff)
	}
}

// judged is what these tests read of a JSON report.
type judged struct {
	Path       string
	Components []judged
	Criteria   []struct{ ID, Outcome, Strength, Because string }
}

func scanned(t *testing.T, path string) judged {
	t.Helper()
	code, stdout, stderr := waymark(t, "scan", "--format", "json", path)
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var report struct{ Repositories []judged }
	must(t, json.Unmarshal([]byte(stdout), &report))
	return report.Repositories[0]
}

// Several repositories give a SARIF file each, in a folder: one name twice
// gives two files.
func TestSARIFOfSeveralRepositories(t *testing.T) {
	a := checkout(t, txtar.Parse([]byte("-- main.tf --\nresource \"null_resource\" \"a\" {}\n")).Files)
	b := checkout(t, txtar.Parse([]byte("-- main.tf --\nresource \"null_resource\" \"b\" {}\n")).Files)
	folder := filepath.Join(t.TempDir(), "reports")
	code, _, stderr := waymark(t, "scan", "-o", "sarif="+folder, a, b)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, name := range []string{"example.sarif", "example-2.sarif"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		must(t, err)
		var log struct{ Runs []json.RawMessage }
		must(t, json.Unmarshal(data, &log))
		if len(log.Runs) != 1 {
			t.Errorf("%s has %d runs, want 1", name, len(log.Runs))
		}
	}
}
