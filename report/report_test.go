package report

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/rules"
)

const hostile = "a b/ümlaut%#?\n\x1b]0;x\x07:<b>[x](http://y)/main.tf"

// example is a report about a small repository with an awkward path in it.
func example(t *testing.T) Report {
	t.Helper()
	contents := map[string][]byte{hostile: []byte("module \"m\" {\n  source = \"git::https://example.org/m\"\n}\n"), "README.md": []byte("# Shop\n\n[x](nowhere)\n")}
	tree := detect.NewTree([]detect.Entry{{Path: hostile}, {Path: "README.md"}, {Path: "link.md", Mode: detect.Symlink, Target: "README.md"}}, nil)
	span := func(path string, line int) detect.Span { return detect.NewFile(path, contents[path]).Line(line) }
	link := span("README.md", 3)
	link.Path = "link.md"
	findings := map[*detect.Detector][]detect.Finding{
		docs.DeadLinks:        {{Detector: docs.DeadLinks, Subject: "nowhere", At: link, Value: docs.Reference{Target: "nowhere"}}},
		docs.Documents:        {{Detector: docs.Documents, Subject: "README.md", At: detect.Span{Path: "README.md"}, Value: docs.Document{Kind: docs.Readme, Title: "Shop", Dir: ".", Words: 40}}},
		terraform.ModuleCalls: {{Detector: terraform.ModuleCalls, Subject: "m", At: span(hostile, 2), Value: terraform.ModuleCall{Name: "m", Source: "git::https://example.org/m", Kind: terraform.Git, Pin: terraform.Unpinned}}},
		terraform.Modules:     {{Detector: terraform.Modules, Subject: "m", At: span(hostile, 1), Value: terraform.Module{Dir: "a", Root: true, Resources: 1, Calls: 1}}},
	}
	blind := []detect.BlindSpot{{Path: "broken\x1b[2J.yaml", Err: errors.New("is not valid YAML: line 3")}}
	repo := &detect.Repo{Name: "shop", Branch: "main", Tree: tree, History: history.None{}}
	return Report{Version: "1.2.3", Repositories: []Repository{{
		Name: "shop", Assessment: rules.Assess(detect.NewObserved(repo, findings, blind), rules.Settings{}), Scanned: "work tree", Files: 3,
		Read: func(path string) ([]byte, error) { return contents[path], nil },
	}}}
}

func validate(t *testing.T, schemaFile string, data []byte) {
	t.Helper()
	raw, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(document); err != nil {
		t.Errorf("%s: %v", schemaFile, err)
	}
}

func TestJSONHoldsToItsSchema(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, example(t)); err != nil {
		t.Fatal(err)
	}
	validate(t, "schema.json", b.Bytes())
	if err := JSON(&b, Report{}); err != nil {
		t.Fatal(err)
	}
}

// TestLineHashes holds the hashes to what GitHub's upload action gives for the
// same texts.
func TestLineHashes(t *testing.T) {
	for text, want := range map[string][]string{
		"":                   {"", "c129715d7a2bc9a3:1"},
		" a\nb\n  \t\tc\n d": {"", "271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"},
		" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End": {"", "8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1", "c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1"},
	} {
		got := lineHashes([]byte(text))
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if a, b := lineHashes([]byte("a\r\nb\r\n")), lineHashes([]byte("a\nb\n")); strings.Join(a, " ") != strings.Join(b, " ") {
		t.Errorf("line breaks decide: %v and %v", a, b)
	}
	if h := lineHashes([]byte("x\nx\n")); len(h) < 3 || h[1] == h[2] {
		t.Errorf("equal lines are not counted: %v", h)
	}
}

func TestTerminalFitsItsWidthAndInjectsNothing(t *testing.T) {
	for _, width := range []int{60, 80, 200} {
		var b bytes.Buffer
		if err := (Terminal{Width: width, Verbose: true}).Write(&b, example(t)); err != nil {
			t.Fatal(err)
		}
		for _, l := range strings.Split(b.String(), "\n") {
			if strings.ContainsAny(l, "\x1b\x07\r") {
				t.Errorf("width %d: a control character of a file name reaches the terminal: %q", width, l)
			}
		}
	}
	var b bytes.Buffer
	if err := (Terminal{Color: true}).Write(&b, example(t)); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "\x1b]0;") || strings.Contains(b.String(), "\x1b[2J") {
		t.Error("a file name drives the terminal")
	}
	if !strings.Contains(b.String(), "\x1b[") {
		t.Error("no colours where they were asked for")
	}
}

func TestFingerprintsHoldWhileLinesMove(t *testing.T) {
	g := example(t).Repositories[0].Gaps[0]
	before := Fingerprint(g)
	g.At.Start.Line += 7
	if Fingerprint(g) != before {
		t.Error("a moved line changes the fingerprint")
	}
	g.Subject = "other"
	if Fingerprint(g) == before {
		t.Error("another subject has the same fingerprint")
	}
}

func TestDatesAreThoseOfTheCommit(t *testing.T) {
	r := example(t)
	r.Repositories[0].Date = time.Date(2026, 5, 1, 14, 0, 0, 0, time.FixedZone("", 7200))
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"date": "2026-05-01T12:00:00Z"`) {
		t.Error("the date of the commit is not in UTC")
	}
}
