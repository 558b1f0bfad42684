package docs

import (
	"slices"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

// kept keeps the findings of a detector.
type kept struct{ findings []detect.Finding }

func (k *kept) Finding(f detect.Finding)                   { k.findings = append(k.findings, f) }
func (*kept) BlindSpot(detect.BlindSpot)                   {}
func (k *kept) Findings(*detect.Detector) []detect.Finding { return k.findings }

// TestInstallingToolsAnswersNothing: pages of others on how a tool is installed
// do not say how the repository is set up; a page of its own does.
func TestInstallingToolsAnswersNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"# Estate\n\nThis provisions the accounts of the shop.\n\n1. [Terraform](https://docs.acme.dev/tools/install)\n": false,
		"# Estate\n\nThis provisions the accounts of the shop. See [here](docs/install.md).\n":                           true,
	} {
		var k kept
		f := detect.NewFile("README.md", []byte(text))
		p := detect.NewPass(Documents, &detect.Repo{Tree: detect.NewTree([]detect.Entry{{Path: "README.md"}}, nil)}, &k)
		if err := Documents.File(p, f); err != nil || len(k.findings) != 1 {
			t.Fatal(err, k.findings)
		}
		d, _ := k.findings[0].Value.(Document)
		if got := slices.ContainsFunc(d.Topics, func(t Topic) bool { return t.Name == Setup }); got != want {
			t.Errorf("%q answers how it is set up: %t, want %t", text, got, want)
		}
	}
}
