package wiring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// removals is a history in which some paths were removed.
type removals struct {
	history.None
	paths map[string]detect.Removal
}

func (h removals) Removal(p string) (detect.Removal, bool, error) {
	r, held := h.paths[p]
	return r, held, nil
}

func TestDeadScripts(t *testing.T) {
	repo := &detect.Repo{
		Tree:    detect.NewTree([]detect.Entry{{Path: "Makefile"}, {Path: "hack/build.sh"}}, nil),
		History: removals{paths: map[string]detect.Removal{"tools/pack.js": {To: "hack/pack.js"}}},
	}
	for command, want := range map[string]string{
		"hack/build.sh":         "",
		"./hack/relaese.sh v1":  "hack/relaese.sh",
		"bash hack/gone.sh":     "hack/gone.sh",
		"node dist/index.js":    "", // built
		"node tools/pack.js":    "tools/pack.js",
		"./vendored/x/setup.sh": "", // a folder that may be fetched
		"./hack/$(NAME).sh":     "",
		"go test ./...":         "",
	} {
		task := wiring.Task{Runner: "make", Name: "x", Dir: ".", Commands: []wiring.Command{{Words: strings.Fields(command)}}}
		got := ""
		for _, m := range wiring.DeadScripts(repo, []wiring.Task{task}) {
			got += m.Name
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", command, got, want)
		}
	}
	made := []wiring.Command{{Words: strings.Fields("curl -o hack/made.sh https://example.org/made.sh")}, {Words: strings.Fields("sh hack/made.sh")}}
	if dead := wiring.DeadScripts(repo, []wiring.Task{{Dir: ".", Commands: made}}); len(dead) > 0 {
		t.Errorf("what the task itself makes is said to be missing: %s", fmt.Sprint(dead))
	}
	fetch := wiring.Task{Dir: ".", Name: "fetch", Commands: made[:1]}
	if dead := wiring.DeadScripts(repo, []wiring.Task{fetch, {Dir: ".", Needs: []string{"fetch"}, Commands: made[1:]}}); len(dead) > 0 {
		t.Errorf("what a task beside it downloads is said to be missing: %s", fmt.Sprint(dead))
	}
	other := wiring.Task{Dir: "other", Name: "fetch", Commands: made[:1]}
	if dead := wiring.DeadScripts(repo, []wiring.Task{other, {Dir: ".", Commands: made[1:]}}); len(dead) != 1 {
		t.Errorf("what a task of another folder downloads is taken for it")
	}
}

func TestMissingTasksAndScripts(t *testing.T) {
	w := world{
		pipelines: ci([]wiring.Trigger{onMerge}, job("ci", run(t, ciFile, "make biuld\n./scripts/gone.sh\n./scripts/here.sh\nmake ${{ matrix.x }}\nnpm run there\nnpm run gone\nmake -C $DIR x"))),
		tasks: []wiring.Task{
			{Runner: "make", Name: "build", Dir: ".", Commands: run(t, "Makefile", "go build ./...")},
			{Runner: "npm", Name: "there", Dir: ".", Commands: run(t, "package.json", "jest")},
		},
		scripts: []wiring.Script{{Path: "scripts/here.sh", Language: "sh"}},
		files:   []string{"Makefile", "package.json"},
	}
	var got []string
	for _, m := range w.graph(t).Missing() {
		got = append(got, fmt.Sprintf("%s %s at %d near %s", m.Runner, m.Name, m.At.Start.Line, m.Nearest))
	}
	want := []string{"make biuld at 1 near build", "script scripts/gone.sh at 2 near scripts/here.sh", "npm gone at 6 near "}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhatMayComeFromElsewhereIsNotMissing(t *testing.T) {
	w := world{pipelines: ci([]wiring.Trigger{onMerge},
		job("a", run(t, ciFile, "git clone https://example.com/x .\nmake gone\n./scripts/gone.sh")),
		job("b", run(t, ciFile, "curl -o scripts/got.sh https://example.com\n./scripts/got.sh")),
	), files: []string{"scripts/x.sh", "Makefile"}, tasks: []wiring.Task{{Runner: "make", Name: "x", Dir: "."}}}
	if m := w.graph(t).Missing(); len(m) > 0 {
		t.Errorf("%v", m)
	}
	w.pipelines = ci([]wiring.Trigger{onMerge}, job("c", run(t, ciFile, "make gone")))
	w.tasks[0].Open = true
	if m := w.graph(t).Missing(); len(m) > 0 {
		t.Errorf("%v", m)
	}
}
