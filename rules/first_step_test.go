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
	flux := map[string][]byte{"clusters/prod/apps.yaml": []byte("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  path: ./production\n  sourceRef:\n    kind: OCIRepository\n    name: apps\n")}
	stack := map[string][]byte{"network.yaml": []byte("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n"), "tools/requirements.txt": []byte("boto3==1.34.0\n")}
	speller := map[string][]byte{
		"app.yaml":                    []byte("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web:1.2.3\n"),
		".github/workflows/spell.yml": []byte("on: pull_request\njobs:\n  spell:\n    runs-on: ubuntu-latest\n    steps:\n      - run: codespell\n        continue-on-error: true\n"),
	}
	helmfile := map[string][]byte{"clusters/blue.yaml": []byte("releases:\n  - {name: a, chart: acme/a, version: 1.0.0}\n  - {name: b, chart: acme/b, version: 1.0.0}\n  - {name: c, chart: acme/c, version: 1.0.0}\n")}
	module := map[string][]byte{"main.tf": []byte("variable \"name\" {}\nresource \"aws_sqs_queue\" \"q\" {\n  name = var.name\n}\noutput \"arn\" {\n  value = aws_sqs_queue.q.arn\n}\n")}
	lambda := map[string][]byte{"app.py": []byte("import flask\nflask.Flask(__name__).run()\n"), "requirements.txt": []byte("flask==3.0.0\n"), "Procfile": []byte("web: python app.py\n"),
		"update.sh": []byte("#!/bin/sh\naws lambda update-function-code --function-name f --zip-file fileb://f.zip\n"), ".husky/pre-commit": []byte("npx lint-staged\n")}
	for _, c := range []struct {
		files         map[string][]byte
		criterion     string
		want, without string
	}{
		{terraform, "automatic-rollback", "apply the commit before again", "helm"},
		{ecs, "automatic-rollback", "circuit breaker", "helm"},
		{terraform, "continuous-deployment", "Begin with a job that runs terraform apply", "the deploy job"},
		{terragrunt, "automated-deployment", "", "terraform apply"},
		{terragrunt, "continuous-integration", "terragrunt plan in prod", "terraform plan"},
		{terragrunt, "reproducible-infrastructure", "terragrunt init", "terraform init"},
		{flux, "automated-deployment", "Commit the source that Kustomization/apps follows", "job of a pipeline"},
		{helmfile, "automated-deployment", "helmfile -f clusters/blue.yaml apply", "helm upgrade"},
		{helmfile, "continuous-integration", "helmfile -f clusters/blue.yaml lint", "kubeconform"},
		{lambda, "standard-tooling", "the hooks of husky", "pinned hooks"},
		{stack, "continuous-integration", "cfn-lint", "pytest"},
		{terraform, "maintained-documentation", "Write a README", "dead references"},
	} {
		told := false
		for _, g := range assess(t, c.files).Gaps {
			told = told || g.Check.Criterion == c.criterion
			if g.Check.Criterion == c.criterion && (!strings.Contains(g.Fix, c.want) || strings.Contains(g.Fix, c.without)) {
				t.Errorf("%s begins with %q", c.criterion, g.Fix)
			}
		}
		if !told {
			t.Errorf("%s has no gap that tells where to begin", c.criterion)
		}
	}
	for _, s := range assess(t, speller).NextSteps {
		if s.Criterion.ID == "continuous-integration" && !strings.Contains(s.Text, "kubeconform") {
			t.Errorf("a repository without tests begins with %q", s.Text)
		}
	}
	fleet := map[string][]byte{}
	for _, dir := range []string{"a", "b", "c"} {
		fleet[dir+"/main.tf"] = terraform["main.tf"]
	}
	unapplied := 0
	for _, g := range assess(t, fleet).Gaps {
		if g.Check.ID == "wiring/unapplied-infrastructure" {
			unapplied++
			if !strings.Contains(g.Message, "3 roots") {
				t.Errorf("the gap of all roots says %q", g.Message)
			}
		}
	}
	if unapplied != 1 {
		t.Errorf("%d gaps for one cause, that there is no pipeline", unapplied)
	}
	for _, s := range assess(t, module).NextSteps {
		if strings.Contains(s.Text, "for what runs from here") || strings.Contains(s.Text, "Plan the infrastructure code") {
			t.Errorf("a module that others take begins with %q", s.Text)
		}
	}
}
