package wiring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/wiring"
)

// meant are the meanings of a command, as "activity tool (soft) paths".
func meant(found []wiring.Meaning) string {
	var all []string
	for _, m := range found {
		s := fmt.Sprintf("%s %s", m.Activity, m.Tool)
		if m.Soft != "" {
			s += " (" + m.Soft + ")"
		}
		if m.Delegated {
			s += " delegated"
		}
		if m.Undecided {
			s += " undecided"
		}
		all = append(all, strings.Join(append([]string{s}, m.Paths...), " "))
	}
	return strings.Join(all, ", ")
}

func TestCommands(t *testing.T) {
	for command, want := range map[string]string{
		"terraform apply -auto-approve":                                   "apply terraform .",
		"terraform -chdir=envs/prod apply":                                "apply terraform envs/prod",
		"terraform apply -destroy":                                        "teardown terraform .",
		"terraform plan -out=p":                                           "plan terraform .",
		"terraform version":                                               "",
		"tofu validate":                                                   "validate opentofu .",
		"terragrunt run-all apply --terragrunt-non-interactive":           "apply terragrunt .",
		"terragrunt run --all plan":                                       "plan terragrunt .",
		"kubectl -n web apply -f k8s/":                                    "apply kubectl k8s/",
		"kubectl apply --dry-run=server -f k8s":                           "validate kubectl k8s",
		"kubectl apply --dry-run=none -f k8s":                             "apply kubectl k8s",
		"kubectl create secret generic x":                                 "",
		"kubectl get pods":                                                "",
		"kubectl rollout undo deployment/web":                             "rollback kubectl",
		"kubectl rollout status deployment/web":                           "",
		"helm upgrade --install web ./chart -f values/prod.yaml --atomic": "apply helm ./chart values/prod.yaml web",
		"helm template ./chart":                                           "validate helm ./chart",
		"helm diff upgrade web ./chart":                                   "plan helm ./chart upgrade web",
		"ansible-playbook -i hosts site.yml":                              "apply ansible hosts site.yml",
		"ansible-playbook --syntax-check site.yml":                        "validate ansible site.yml",
		"ansible-playbook --check site.yml":                               "plan ansible site.yml",
		"aws cloudformation deploy --stack-name x --template-file t.yaml": "apply cloudformation t.yaml",
		"aws --region eu-west-1 ecs update-service --cluster c":           "apply ecs",
		"aws s3 sync dist s3://bucket":                                    "apply s3",
		"aws s3 sync s3://bucket dist":                                    "",
		"aws s3 cp s3://bucket/x .":                                       "",
		"aws s3 cp x s3://bucket/":                                        "publish s3",
		"aws sts get-caller-identity":                                     "",
		"gcloud --project p run deploy web --image i":                     "apply gcloud",
		"gcloud beta run deploy web":                                      "apply gcloud",
		"az deployment group create -f main.bicep":                        "apply azure-cli main.bicep",
		"az deployment group what-if -f main.bicep":                       "plan azure-cli main.bicep",
		"fly deploy": "apply flyctl",
		"fly -t ci set-pipeline -p web -c ci.yml":          "apply concourse",
		"docker build -t web .":                            "build docker",
		"docker buildx build --push .":                     "publish docker",
		"docker push web":                                  "publish docker",
		"docker-compose up -d":                             "setup docker",
		"docker compose up --exit-code-from test":          "test docker",
		"docker-compose run --rm api-test":                 "test docker-compose",
		"docker compose run --rm web pytest":               "test pytest",
		"docker run --rm -v /x:/y -w /y node:22 npm test":  "test npm",
		"docker run hashicorp/terraform:1.9 plan":          "plan terraform .",
		"docker run --rm -it alpine sh -c 'go test ./...'": "test go",
		"npm ci":                                    "setup npm",
		"npm test":                                  "test npm",
		"npm publish":                               "publish npm",
		"npm publish --dry-run":                     "",
		"npm audit":                                 "scan npm",
		"npx jest --ci":                             "test jest",
		"yarn dlx eslint .":                         "lint eslint",
		"pnpm exec playwright test":                 "test playwright",
		"pnpm exec playwright install":              "setup playwright",
		"poetry run pytest tests":                   "test pytest tests",
		"uv run --frozen ruff check .":              "lint ruff",
		"uv run ruff format --check":                "format ruff",
		"python -m pytest -q":                       "test pytest",
		"python3.12 -m unittest discover":           "test unittest",
		"python manage.py migrate":                  "migrate django",
		"bundle exec rspec":                         "test rspec",
		"bundle exec rake db:migrate":               "migrate rake",
		"php vendor/bin/phpunit":                    "test phpunit",
		"php artisan migrate --force":               "migrate laravel",
		"./gradlew clean build":                     "build gradle ., test gradle .",
		"./gradlew build -x test":                   "build gradle .",
		"./gradlew :app:integrationTest":            "test gradle .",
		"./gradlew publish":                         "publish gradle .",
		"mvn -B -DskipTests package":                "build maven .",
		"mvn -B verify":                             "build maven ., test maven .",
		"mvn deploy":                                "build maven ., publish maven ., test maven .",
		"mvn test -Dmaven.test.failure.ignore=true": "test maven (-Dmaven.test.failure.ignore) .",
		"cargo clippy -- -D warnings":               "lint cargo",
		"cargo publish --dry-run":                   "",
		"go test -race ./...":                       "test go",
		"go vet ./...":                              "lint go",
		"dotnet test --no-build":                    "test dotnet",
		"dotnet nuget push x.nupkg":                 "publish dotnet",
		"trivy image --exit-code 0 web":             "scan trivy (it never fails without --exit-code) 0 image web",
		"zizmor --format=sarif .":                   "scan zizmor undecided",
		"zizmor --format sarif .":                   "scan zizmor undecided",
		"zizmor --format plain .":                   "scan zizmor",
		"semgrep ci":                                "scan semgrep",
		"semgrep --config auto":                     "scan semgrep (it never fails without --error)",
		"goveralls -coverprofile=cover.out":         "notify goveralls",
		"goveralls":                                 "test goveralls",
		"gradle build -x check":                     "build gradle .",
		"tox":                                       "test tox",
		"tox -e py312,lint":                         "test tox, lint tox",
		"tox -e docs":                               "",
		"nox -s tests-3.12":                         "test nox",
		"docker run --rm -v /x:/lint -w /lint ghcr.io/antonbabenko/pre-commit-terraform:v1.99 run -a": "lint pre-commit",
		"docker run -e K=v ghcr.io/antonbabenko/pre-commit-terraform:v1.99 install":                   "setup pre-commit",
		"trivy image web":                                          "scan trivy (it never fails without --exit-code) image web",
		"trivy image --exit-code 1 web":                            "scan trivy 1 image web",
		"checkov -d . --soft-fail":                                 "scan checkov (--soft-fail) .",
		"flake8 --exit-zero":                                       "lint flake8 (--exit-zero)",
		"semantic-release":                                         "publish semantic-release",
		"npx semantic-release --dry-run":                           "",
		"goreleaser release --clean":                               "publish goreleaser",
		"goreleaser release --snapshot":                            "build goreleaser",
		"gh release create v1":                                     "publish github-cli",
		"git push origin v1 --tags":                                "publish git-tag",
		"git push heroku main":                                     "apply git-push",
		"git push":                                                 "",
		"rsync -az dist/ deploy@host:/srv":                         "apply rsync",
		"rsync -a a/ b/":                                           "",
		"ssh deploy@host 'cd /srv && docker compose up -d'":        "apply ssh",
		"ssh -i key -p 22 host uptime":                             "",
		"ssh host ./deploy.sh":                                     "apply ssh",
		"curl -X POST https://api.github.com/repos/o/r/dispatches": "bump repository-dispatch",
		"curl https://example.com/deploy":                          "",
		"timeout 10m pytest":                                       "test pytest",
		"aws-vault exec prod -- terraform apply":                   "apply terraform .",
		"nix develop -c cargo test":                                "test cargo",
		"bash -c 'make x; go test ./...'":                          "test go",
		"FOO=1 pytest":                                             "test pytest",
		"$KUBECTL apply -f x":                                      "apply kubectl x",
		"ssh dokku@host git:from-image web img":                    "apply dokku",
		"echo terraform apply":                                     "",
		"deploy":                                                   "",
	} {
		words := split(command)
		if got := meant(wiring.Meanings(words)); got != want {
			t.Errorf("%s means %q, want %q", command, got, want)
		}
	}
}

// split splits at spaces outside single quotes.
func split(command string) []string {
	var words []string
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

func TestClassifyTellsTheMostWeighty(t *testing.T) {
	m, ok := wiring.Classify([]string{"mvn", "deploy"})
	if !ok || m.Activity != wiring.Publish {
		t.Errorf("mvn deploy is %v", m)
	}
	if _, ok := wiring.Classify([]string{"ls"}); ok {
		t.Error("ls does something")
	}
	if _, ok := wiring.Classify(nil); ok {
		t.Error("nothing does something")
	}
}

func TestUses(t *testing.T) {
	action := func(ref string, with ...string) wiring.Use {
		u := wiring.Use{Kind: wiring.Action, Ref: ref, With: map[string]string{}}
		name, version, _ := strings.Cut(ref, "@")
		parts := strings.SplitN(name, "/", 3)
		u.Owner, u.Repo, u.Version = parts[0], parts[1], version
		if len(parts) > 2 {
			u.Path = parts[2]
		}
		for i := 0; i+1 < len(with); i += 2 {
			u.With[with[i]] = with[i+1]
		}
		return u
	}
	for _, c := range []struct {
		use  wiring.Use
		want string
	}{
		{action("actions/checkout@v4"), ""},
		{action("docker/build-push-action@v6", "push", "true"), "publish docker"},
		{action("docker/build-push-action@v6", "push", "false"), "build docker"},
		{action("docker/build-push-action@v6", "push", "${{ github.ref == 'refs/heads/main' }}"), "publish docker"},
		{action("aquasecurity/trivy-action@0.24.0", "scan-type", "fs"), "scan trivy (it never fails without exit-code)"},
		{action("aquasecurity/trivy-action@0.24.0", "exit-code", "1"), "scan trivy"},
		{action("aquasecurity/trivy-action@0.24.0", "format", "cyclonedx"), ""},
		{action("bridgecrewio/checkov-action@v12", "soft_fail", "true"), "scan checkov (soft_fail is on)"},
		{action("github/codeql-action/analyze@v3"), "scan codeql"},
		{action("github/codeql-action/init@v3"), ""},
		{action("pulumi/actions@v6", "command", "up"), "apply pulumi ."},
		{action("pulumi/actions@v6"), ""}, // it installs the program alone
		{action("goreleaser/goreleaser-action@v6", "install-only", "true"), ""},
		{action("helmfile/helmfile-action@v2"), ""},
		{action("helmfile/helmfile-action@v2", "helmfile-args", "apply"), "apply helmfile ."},
		{action("helmfile/helmfile-action@v2", "helmfile-args", "--environment prod diff"), "plan helmfile ."},
		{action("superfly/flyctl-actions/setup-flyctl@master"), ""},
		{action("superfly/flyctl-actions@1.5", "args", "deploy"), "apply flyctl"},
		{action("snyk/actions/setup@master"), ""},
		{action("snyk/actions/node@master"), "scan snyk"},
		{action("browserstack/github-actions/setup-env@master"), ""},
		{action("gruntwork-io/terragrunt-action@v2", "tg_command", "run-all plan"), "plan terragrunt ."},
		{action("gruntwork-io/terragrunt-action@v2", "tg_command", "run-all apply"), "apply terragrunt ."},
		{action("youyo/aws-cdk-github-actions@v2", "cdk_subcommand", "synth"), "validate cdk ."},
		{action("dawidd6/action-ansible-playbook@v2", "playbook", "site.yml", "options", "--check"), "plan ansible site.yml"},
		{action("steebchen/kubectl@v2", "command", "get pods"), ""},
		{action("azure/static-web-apps-deploy@v1", "action", "upload"), "apply azure-static-web-apps"},
		{action("azure/static-web-apps-deploy@v1", "action", "close"), "teardown azure-static-web-apps"},
		{action("azure/arm-deploy@v2", "deploymentMode", "Validate"), "validate arm"},
		{action("azure/bicep-deploy@v2", "operation", "whatIf"), "plan bicep"},
		{action("mathieudutour/github-tag-action@v6", "dry_run", "true"), ""},
		{action("aws-actions/aws-cloudformation-github-deploy@v1", "no-execute-changeset", "1"), "validate cloudformation"},
		{action("appleboy/ssh-action@v1", "script", "cd /srv/web\ndocker compose pull\ndocker compose up -d"), "apply ssh"},
		{action("appleboy/ssh-action@v1", "script", "sudo ./update.sh"), "apply ssh"},
		{action("appleboy/ssh-action@v1", "script", "df -h\nls /srv"), ""},
		{action("changesets/action@v1"), ""},
		{action("changesets/action@v1", "publish", "npm run release"), "publish changesets"},
		{action("cypress-io/github-action@v6", "runTests", "false"), ""},
		{action("devcontainers/ci@v0.3", "runCmd", "pytest"), "test pytest"},
		{action("devcontainers/ci@v0.3"), "build devcontainer"},
		{action("anchore/scan-action@v6", "fail-build", "false"), "scan grype (fail-build is false)"},
		{action("anchore/scan-action@v6"), "scan grype"},
		{action("anchore/sbom-action@v0"), ""},
		{action("zizmorcore/zizmor-action@v0.1"), "scan zizmor undecided"},
		{action("zizmorcore/zizmor-action@v0.1", "advanced-security", "false"), "scan zizmor"},
		{action("someone/run-pre-commit@v1"), "lint pre-commit delegated"},
		{action("someone/setup-pre-commit@v1"), ""},
		{action("someone/pre-commit-autoupdate@v1"), ""},
		{action("someone/platform-upload-action@v3", "artifact-bucket-name", "b"), "publish platform-upload-action delegated"},
		{action("someone/upload-test-results@v3", "bucket", "b"), ""},
		{action("someone/upload-coverage@v3", "bucket", "b"), ""},
		{action("someone/blocks/terraform-apply/run@v1"), "apply terraform delegated"},
		{action("goreleaser/goreleaser-action@v6", "args", "release --clean"), "publish goreleaser"},
		{action("gradle/actions/setup-gradle@v4", "arguments", "check"), "test gradle ."},
		{action("nais/deploy/actions/deploy@v2"), "apply nais"},
		{action("someone/terraform-apply@v1"), "apply terraform delegated"},
		{action("someone/test-reporter@v1"), ""},
		{action("someone/publish-test-results@v1"), ""},
		{action("someone/run@v1", "command", "npm run x && pytest"), "test pytest"},
		{wiring.Use{Kind: wiring.Workflow, Ref: "o/r/.github/workflows/build-and-test.yml@v1", Owner: "o", Repo: "r", Path: ".github/workflows/build-and-test.yml"}, "build build-and-test delegated, test build-and-test delegated"},
		{wiring.Use{Kind: wiring.Workflow, Ref: "o/r/.github/workflows/terraform-apply.yml@v1", Owner: "o", Repo: "r", Path: ".github/workflows/terraform-apply.yml"}, "apply terraform delegated"},
		{wiring.Use{Kind: wiring.Workflow, Ref: "o/r/.github/workflows/ci.yml@v1", Path: ".github/workflows/ci.yml"}, "test ci delegated"},
		{wiring.Use{Kind: wiring.Workflow, Ref: "o/r/.github/workflows/module.yml@v1", Path: ".github/workflows/module.yml"}, ""},
		{wiring.Use{Kind: wiring.Workflow, Ref: "o/r/.github/workflows/module.yml@v1", Path: ".github/workflows/module.yml", With: map[string]string{"run-tests": "true", "deploy": "false"}}, "test module delegated"},
		{wiring.Use{Kind: wiring.Template, Ref: "tasks/terraform-apply.yml", Path: "tasks/terraform-apply.yml", With: map[string]string{"TERRAFORM_ACTION": "plan"}}, "plan terraform delegated"},
		{wiring.Use{Kind: wiring.Template, Ref: "Jobs/SAST-IaC.gitlab-ci.yml", Path: "Jobs/SAST-IaC.gitlab-ci.yml"}, "scan kics (allow_failure)"},
		{wiring.Use{Kind: wiring.Template, Ref: "templates/terraform-plan/template.yaml@blocks", Path: "templates/terraform-plan/template.yaml"}, "plan terraform delegated"},
		{wiring.Use{Kind: wiring.Workflow, Ref: "o/r/.github/workflows/pre-commit.yml@v1", Owner: "o", Repo: "r", Path: ".github/workflows/pre-commit.yml"}, "lint pre-commit delegated"},
		{wiring.Use{Kind: wiring.Workflow, Ref: "o/r/.github/workflows/ci-lint-pr-title.yml@v1", Owner: "o", Repo: "r", Path: ".github/workflows/ci-lint-pr-title.yml"}, ""},
		{wiring.Use{Kind: wiring.Plugin, Ref: "HelmDeploy@0", With: map[string]string{"connectionType": "Azure Resource Manager"}}, ""},
		{wiring.Use{Kind: wiring.Orb, Ref: "aws-ecs/deploy-service-update"}, "apply ecs"},
		{wiring.Use{Kind: wiring.Orb, Ref: "node/install-packages"}, ""},
		{wiring.Use{Kind: wiring.Library, Ref: "deployToProduction", Path: "deployToProduction"}, "apply deploy-to-production delegated"},
		{wiring.Use{Kind: wiring.Plugin, Ref: "AzureCLI@2", With: map[string]string{"inlineScript": "az webapp deploy --src-path x.zip"}}, "apply azure-cli x.zip"},
		{wiring.Use{Kind: wiring.Plugin, Ref: "TerraformTaskV4@4", With: map[string]string{"command": "apply"}}, "apply terraform ."},
	} {
		if got := meant(wiring.UseMeanings(c.use)); got != c.want {
			t.Errorf("%s with %v means %q, want %q", c.use.Ref, c.use.With, got, c.want)
		}
	}
}
