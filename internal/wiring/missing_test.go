package wiring_test

import (
	"fmt"
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
}
