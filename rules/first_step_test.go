package rules_test

import (
	"strings"
	"testing"
)

// TestFirstStepsNameWhatIsHere holds first steps to the tools of a repository.
func TestFirstStepsNameWhatIsHere(t *testing.T) {
	terraform := map[string][]byte{"main.tf": []byte("terraform {\n  backend \"s3\" {}\n}\nresource \"aws_sqs_queue\" \"q\" {}\n")}
	terragrunt := map[string][]byte{"prod/terragrunt.hcl": []byte("terraform {\n  source = \"git::https://github.com/acme/modules//queue?ref=v1.0.0\"\n}\n")}
	ecs := map[string][]byte{"main.tf": []byte("terraform {\n  backend \"s3\" {}\n}\nresource \"aws_ecs_service\" \"web\" {\n  name = \"web\"\n}\n")}
	for _, c := range []struct {
		files         map[string][]byte
		criterion     string
		want, without string
	}{
		{terraform, "automatic-rollback", "apply the commit before again", "helm"},
		{ecs, "automatic-rollback", "circuit breaker", "helm"},
		{terraform, "continuous-deployment", "Begin with a job that deploys", "the deploy job"},
		{terragrunt, "automated-deployment", "", "terraform apply"},
		{terragrunt, "continuous-integration", "terragrunt plan in prod", "terraform plan"},
	} {
		for _, g := range assess(t, c.files).Gaps {
			if g.Check.Criterion == c.criterion && (!strings.Contains(g.Fix, c.want) || strings.Contains(g.Fix, c.without)) {
				t.Errorf("%s begins with %q", c.criterion, g.Fix)
			}
		}
	}
}
