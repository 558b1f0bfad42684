package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// TestEveryCheckIsListed holds allChecks to the checks that are declared: a
// SARIF file with a result of another is refused as a whole.
func TestEveryCheckIsListed(t *testing.T) {
	declared, listed := map[string]bool{}, map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
				readChecks(g, declared, listed)
			}
		}
	}
	if len(declared) == 0 || len(listed) == 0 {
		t.Fatal("no checks are found in the source")
	}
	for name := range declared {
		if !listed[name] {
			t.Errorf("%s is not in allChecks", name)
		}
	}
}

func readChecks(g *ast.GenDecl, declared, listed map[string]bool) {
	for _, spec := range g.Specs {
		for i, name := range spec.(*ast.ValueSpec).Names {
			if strings.HasPrefix(name.Name, "check") {
				declared[name.Name] = true
			}
			if name.Name == "allChecks" {
				ast.Inspect(spec.(*ast.ValueSpec).Values[i], func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						listed[id.Name] = true
					}
					return true
				})
			}
		}
	}
}

func TestWhatIsLackingPointsAtNoLine(t *testing.T) {
	r := Result{Criterion: &Criterion{ID: "c", First: func(*Scene) (string, detect.Span) {
		return "begin here", detect.Span{Path: "a.yaml", Start: detect.Point{Line: 3, Column: 1}}
	}}, Outcome: Unmet}
	r.gather(nil)
	if len(r.Gaps) != 1 || r.Gaps[0].Located() {
		t.Errorf("the gaps are %+v, want one without a line", r.Gaps)
	}
}

// TestEveryCriterionSaysWhatIsMissing: "nothing" alone tells nobody what was
// looked for.
func TestEveryCriterionSaysWhatIsMissing(t *testing.T) {
	for _, c := range Criteria {
		if c.None == "" {
			t.Errorf("%s does not say what is missing", c.ID)
		}
	}
}

// TestPipelinesToExtend: tests belong into no workflow that a schedule starts.
func TestPipelinesToExtend(t *testing.T) {
	stale := wiring.Pipeline{Vendor: "github-actions", Path: ".github/workflows/stale.yml", Triggers: []wiring.Trigger{{Kind: wiring.Schedule}}}
	s := &Scene{pipelines: []wiring.Pipeline{stale}, Graph: &wiring.Graph{}}
	if p, ok := s.livePipeline(); ok {
		t.Errorf("%s is to be extended by tests", p.Path)
	}
	stale.Triggers[0].Kind = wiring.Push
	if _, ok := s.livePipeline(); !ok {
		t.Error("a workflow that a push starts is not found")
	}
}

// TestTheReasonIsWhatCanBeMended: of what speaks against a criterion, the gap
// comes before what follows from it.
func TestTheReasonIsWhatCanBeMended(t *testing.T) {
	r := Result{Signs: []Sign{
		{Subject: "unapplied", Mark: Bad, Note: "one of many"},
		{Subject: "unapplied", Mark: Bad, Note: "no pipeline applies any", Check: checkUnapplied},
	}}
	if got := r.example(Bad).Note; got != "no pipeline applies any" {
		t.Errorf("the reason is %q", got)
	}
}

// TestImagesWithoutATagAreCalledSo: the name of an image alone does not tell
// what is wrong with it.
func TestImagesWithoutATagAreCalledSo(t *testing.T) {
	for ref, want := range map[string]string{"postgres": ", without a tag", "quay.io/a/b": ", without a tag", "postgres:latest": "", "localhost:5000/a:b": "", "a@sha256:1": "", "${IMAGE}": ""} {
		if got := untagged(ref); got != want {
			t.Errorf("%s: %q, want %q", ref, got, want)
		}
	}
}
