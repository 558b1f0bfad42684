package kubernetes

import (
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
)

// said is everything that detectors report, as text.
type said struct{ strings.Builder }

func (s *said) Finding(f detect.Finding)                   { fmt.Fprintf(s, "%+v\n", f) }
func (s *said) BlindSpot(b detect.BlindSpot)               { fmt.Fprintf(s, "%+v\n", b) }
func (s *said) Findings(*detect.Detector) []detect.Finding { return nil }

// TestNothingSaysASecret runs the examples and looks for the password that all
// of them use, plain and in base64.
func TestNothingSaysASecret(t *testing.T) {
	secrets := []string{"Tr0ub4dor", "VHIwdWI0ZG9y", "7d9f2c4e8b1a6f3d", "Zk3vQ9xLr7Tn2B"}
	for _, d := range All {
		examples, err := pages.Examples(d.Doc)
		if err != nil {
			t.Fatal(err)
		}
		var out said
		for _, e := range examples {
			for _, f := range e.Files {
				p := detect.NewPass(&detect.Detector{ID: d.ID}, &detect.Repo{Tree: detect.NewTree([]detect.Entry{{Path: f.Path}}, nil)}, &out)
				if d.File != nil {
					if err := d.File(p, detect.NewFile(f.Path, f.Data)); err != nil {
						p.Blind(f.Path, err)
					}
				}
			}
		}
		for _, secret := range secrets {
			if strings.Contains(out.String(), secret) {
				t.Errorf("%s says %q", d.ID, secret)
			}
		}
	}
}
