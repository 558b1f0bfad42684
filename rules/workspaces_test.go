package rules_test

import (
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/rules"
)

// TestWorkspacesAreThePathToProduction holds what HCP Terraform applies to what
// its workspaces say of it.
func TestWorkspacesAreThePathToProduction(t *testing.T) {
	workspace := func(name, setting string) string {
		return "module \"" + name + "\" {\n  source = \"acme/space/tfe\"\n  version = \"1.0.0\"\n  working_directory = \"" + name + "\"\n" + setting + "  vcs_repo = {\n    identifier = \"acme/shop\"\n  }\n}\n"
	}
	root := []byte("terraform {\n  cloud {\n    organization = \"acme\"\n  }\n}\nresource \"aws_sqs_queue\" \"q\" {}\n")
	auto, waits := "  auto_apply = true\n", "  auto_apply = false\n"
	for _, c := range []struct {
		spaces  string
		outcome rules.Outcome
	}{
		{workspace("network", auto), rules.Met},
		{workspace("network", auto) + workspace("queue", waits), rules.Partial},
		{workspace("network", ""), rules.Partial},
		{workspace("network", waits), rules.Unmet},
		{"", rules.Unmet},
	} {
		a := assess(t, map[string][]byte{"spaces/main.tf": []byte(c.spaces), "network/main.tf": root, "queue/main.tf": root})
		for _, r := range a.Results {
			if r.Criterion.ID == "continuous-deployment" && r.Outcome != c.outcome {
				t.Errorf("%s: %s, since %s", c.spaces, r.Outcome, r.Because)
			}
			if r.Criterion.ID == "automated-deployment" && c.spaces != "" && r.Outcome != rules.Met {
				t.Errorf("delivery by workspaces: %s, since %s", r.Outcome, r.Because)
			}
		}
		for _, s := range a.NextSteps {
			if s.Criterion.ID == "continuous-deployment" && c.spaces != "" && !strings.Contains(s.At.Path, "spaces/") {
				t.Errorf("the step begins at %s: %s", s.At.Path, s.Text)
			}
		}
	}
}
