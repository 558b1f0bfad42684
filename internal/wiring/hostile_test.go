package wiring_test

import (
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// FuzzCommands looks for commands and patterns that cannot be read in peace.
func FuzzCommands(f *testing.F) {
	for _, seed := range []string{
		"make -C $(X) -f", "bash -c 'sh -c \"make\"'", "docker run -v", "npm -w", "ssh -o", "npx", "timeout 5", "/a(b/ main", "!", "just a b", "nx run :", "kubectl exec -- --", "curl -H", "${{ inputs.x }}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		words := strings.Fields(text)
		wiring.Meanings(words)
		wiring.UseMeanings(wiring.Use{Kind: wiring.Action, Ref: text, With: map[string]string{"command": text, "args": text}})
		use := wiring.Use{Kind: wiring.Workflow, Ref: text, Local: true, Path: text, With: map[string]string{"x": text}}
		p := wiring.Pipeline{Path: text, Triggers: []wiring.Trigger{{Kind: wiring.Push, Branches: words}, {Kind: wiring.After, Names: []string{text}, Branches: words}}, Includes: []wiring.Use{use}, Jobs: []wiring.Job{
			{ID: text, Needs: words, Uses: &use, Dir: text},
			{ID: "b", Needs: []string{text}, Steps: []wiring.Step{{Dir: text, Commands: []wiring.Command{{Words: words, Dir: text}}}}},
		}}
		tasks := []wiring.Task{{Runner: "make", Name: text, Dir: text, Needs: words, Commands: []wiring.Command{{Words: words}}}}
		wiring.NewGraph([]wiring.Pipeline{p}, tasks, nil, []wiring.Block{{Kind: wiring.Action, Path: text, Jobs: p.Jobs}}, detect.NewTree(nil, nil), "main")
	})
}

func TestManyCommandsAreBounded(t *testing.T) {
	var commands []wiring.Command
	for range 100_000 {
		commands = append(commands, wiring.Command{Words: []string{"go", "test"}})
	}
	p := wiring.Pipeline{Path: "x", Triggers: []wiring.Trigger{{Kind: wiring.Push}}, Jobs: []wiring.Job{{ID: "a", Steps: []wiring.Step{{Commands: commands}}}}}
	g := wiring.NewGraph([]wiring.Pipeline{p}, nil, nil, nil, detect.NewTree(nil, nil), "")
	if n := len(g.Acts()); n > 60_000 {
		t.Errorf("%d acts", n)
	}
}
