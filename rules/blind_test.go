package rules_test

import (
	"fmt"
	"testing"

	"github.com/waymark-dev/waymark/rules"
)

// TestWhatAnUnreadableFileHides: one manifest among a few hides what a criterion
// looks for, one among very many does not; a pipeline always does.
func TestWhatAnUnreadableFileHides(t *testing.T) {
	for about, c := range map[string]struct {
		manifests int
		broken    string
		criterion string
		want      rules.Outcome
	}{
		"one of few manifests":        {5, "k8s/broken.yaml", "usage-responsive", rules.NotVisible},
		"one of many manifests":       {80, "k8s/broken.yaml", "usage-responsive", rules.Unmet},
		"a pipeline among manifests":  {80, ".github/workflows/ci.yaml", "continuous-integration", rules.NotVisible},
		"no broken file in the place": {5, "notes.txt", "usage-responsive", rules.Unmet},
	} {
		t.Run(about, func(t *testing.T) {
			files := map[string][]byte{c.broken: []byte("apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: [b\n")}
			for i := range c.manifests {
				files[fmt.Sprintf("k8s/web%d.yaml", i)] = []byte("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec: {ports: [{port: 80}]}\n")
			}
			for _, r := range assess(t, files, rules.Service, rules.Infrastructure).Results {
				if r.Criterion.ID == c.criterion && r.Outcome != c.want {
					t.Errorf("%s is %s, want %s: %s", c.criterion, r.Outcome, c.want, r.Because)
				}
			}
		})
	}
}
