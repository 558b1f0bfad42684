package wiring

import "sync"

// simpleUsages are blocks that do one thing whatever their inputs, each with
// the name of its tool where that is not the last part of its reference. Those
// under the empty activity do nothing of note, whatever their name says.
var simpleUsages = map[Activity]string{
	Apply: `
		actions/deploy-pages=github-pages peaceiris/actions-gh-pages=github-pages jamesives/github-pages-deploy-action=github-pages
		crazy-max/ghaction-github-pages=github-pages s0/git-publish-subdir-action=github-pages shalzz/zola-deploy-action=github-pages
		mhausenblas/mkdocs-deploy-gh-pages=github-pages aws-actions/amazon-ecs-deploy-task-definition=ecs
		aws-actions/amazon-app-runner-deploy=app-runner aws-actions/aws-lambda-deploy=lambda
		appleboy/lambda-action=lambda einaregilsson/beanstalk-deploy=elastic-beanstalk
		jakejarvis/s3-sync-action=s3 reggionick/s3-deploy=s3 shallwefootball/s3-upload-action=s3 webfactory/create-aws-codedeploy-deployment=codedeploy
		sourcetoad/aws-codedeploy-action=codedeploy azure/webapps-deploy=azure-app-service
		azure/functions-action=azure-functions azure/container-apps-deploy-action=azure-container-apps
		azure/aci-deploy=azure-container-instances azure/appservice-settings=azure-app-service
		azure/spring-apps-deploy=azure-spring-apps google-github-actions/deploy-cloudrun=cloud-run
		google-github-actions/deploy-cloud-functions=cloud-functions google-github-actions/deploy-appengine=app-engine
		google-github-actions/create-cloud-deploy-release=cloud-deploy google-github-actions/upload-cloud-storage=cloud-storage
		superfly/flyctl-actions/deploy=flyctl amondnet/vercel-action=vercel
		nwtgck/actions-netlify=netlify jsmrcaga/action-netlify-deploy=netlify south-paw/action-netlify-deploy=netlify
		firebaseextended/action-hosting-deploy=firebase cloudflare/pages-action=cloudflare-pages deployphp/action=deployer nais/deploy/actions/deploy=nais
		nais/fasit-deploy=nais burnett01/rsync-deployments=rsync easingthemes/ssh-deploy=rsync contention/rsync-deployments=rsync appleboy/scp-action=scp
		cross-the-world/ssh-scp-ssh-pipelines=ssh wlixcc/sftp-deploy-action=sftp samkirkland/ftp-deploy-action=ftp airvzxf/ftp-deployment-action=ftp
		ansible/ansible-runner-action=ansible
		bitovi/github-actions-deploy-docker-to-ec2=bitovi
		hashicorp/tfc-workflows-github/actions/apply-run=terraform-cloud dflook/terraform-apply=terraform dflook/tofu-apply=opentofu
		okteto/deploy=okteto okteto/deploy-preview=okteto
		okteto/pipeline=okteto omegion/argocd-app-actions=argocd guardian/actions-riff-raff=riff-raff
		octopusdeploy/deploy-release-action=octopus
		denoland/deployctl=deno-deploy johnbeynon/render-deploy-action=render aws-actions/aws-cloudformation-github-deploy=cloudformation
		scolladon/sf-deploy=salesforce arillso/action.playbook=ansible akhileshns/heroku-deploy=heroku 18f/cg-deploy-action=cloud-foundry digitalocean/app_action=digitalocean`,
	Build: `
		aws-actions/aws-codebuild-run-build=codebuild`,
	Plan: `
		hashicorp/tfc-workflows-github/actions/create-run=terraform-cloud dflook/terraform-plan=terraform dflook/tofu-plan=opentofu
		hashicorp/tfc-workflows-github/actions/plan-output=terraform-cloud corymhall/cdk-diff-action=cdk`,
	Validate: `
		dflook/terraform-validate=terraform dflook/tofu-validate=opentofu scottbrenner/cfn-lint-action=cfn-lint azure/k8s-lint=kubernetes
		yannh/kubeconform=kubeconform instrumenta/kubeval-action=kubeval docker://ghcr.io/yannh/kubeconform=kubeconform
		stefanprodan/kube-tools/kubeconform=kubeconform nrkno/yaml-schema-validator-github-action=yaml-schema cardinalby/schema-validator-action=json-schema
		home-assistant/actions/hassfest=hassfest hacs/action=hacs renovatebot/validate=renovate
		suzuki-shunsuke/github-action-renovate-config-validator=renovate bufbuild/buf-breaking-action=buf bufbuild/buf-action=buf
		oasdiff/oasdiff-action/breaking=oasdiff arduino/arduino-lint-action=arduino-lint gradle/wrapper-validation-action=gradle-wrapper`,
	Teardown: `
		dflook/terraform-destroy-workspace=terraform dflook/terraform-destroy=terraform digitalocean/app_action/delete=digitalocean`,
	Drift: `
		dflook/terraform-check=terraform dflook/tofu-check=opentofu snyk/driftctl-action=driftctl`,
	Test: `
		pactflow/actions/can-i-deploy=pact
		matt-ball/newman-action=newman anthonyvscode/newman-action=newman ansible-community/molecule-action=molecule gofrolist/molecule-action=molecule
		robertdebock/molecule-action=molecule hadenlabs/action-molecule=molecule dflook/terraform-test=terraform dflook/tofu-test=opentofu
		treosh/lighthouse-ci-action=lighthouse php-actions/phpunit=phpunit php-actions/behat=behat thollander/actions-pytest=pytest
		chromaui/action=chromatic saucelabs/saucectl-run-action=saucelabs robherley/go-test-action=go`,
	LoadTest: `
		grafana/k6-action=k6 grafana/run-k6-action=k6 k6io/action=k6 artilleryio/action-cli=artillery`,
	Lint: `
		golangci/golangci-lint-action=golangci-lint pre-commit/action=pre-commit clowdhaus/terraform-composite-actions/pre-commit=pre-commit pre-commit-ci/lite-action=pre-commit super-linter/super-linter=super-linter
		github/super-linter=super-linter oxsecurity/megalinter=megalinter terraform-linters/tflint=tflint reviewdog/action-tflint=tflint
		ansible/ansible-lint=ansible-lint ansible/ansible-lint-action=ansible-lint ansible-community/ansible-lint-action=ansible-lint
		ibiqlik/action-yamllint=yamllint karancode/yamllint-github-action=yamllint hadolint/hadolint-action=hadolint ludeeus/action-shellcheck=shellcheck
		azohra/shell-linter=shellcheck luizm/action-sh-checker=shellcheck psf/black=black astral-sh/ruff-action=ruff chartboost/ruff-action=ruff
		jpetrucciani/mypy-check=mypy rickstaa/action-black=black isort/isort-action=isort py-actions/flake8=flake8 wearerequired/lint-action=lint-action
		mongolyy/reviewdog-action-biome=biome raven-actions/actionlint=actionlint davidanson/markdownlint-cli2-action=markdownlint
		avto-dev/markdown-lint=markdownlint nosborn/github-action-markdown-cli=markdownlint articulate/actions-markdownlint=markdownlint
		gaurav-nelson/github-action-markdown-link-check=markdown-link-check tcort/github-action-markdown-link-check=markdown-link-check
		lycheeverse/lychee-action=lychee errata-ai/vale-action=vale crate-ci/typos=typos codespell-project/actions-codespell=codespell
		streetsidesoftware/cspell-action=cspell editorconfig-checker/action-editorconfig-checker=editorconfig-checker
		wagoid/commitlint-github-action=commitlint stackrox/kube-linter-action=kube-linter
		norwoodj/helm-docs=helm-docs losisin/helm-docs-github-action=helm-docs terraform-docs/gh-actions=terraform-docs dflook/terraform-fmt-check=terraform
		stoplightio/spectral-action=spectral bufbuild/buf-lint-action=buf trunk-io/trunk-action=trunk danger/danger-js=danger danger/kotlin=danger
		reviewdog/action-eslint=eslint reviewdog/action-shellcheck=shellcheck reviewdog/action-hadolint=hadolint reviewdog/action-actionlint=actionlint
		reviewdog/action-yamllint=yamllint reviewdog/action-golangci-lint=golangci-lint reviewdog/action-markdownlint=markdownlint
		reviewdog/action-misspell=misspell reviewdog/action-suggester=reviewdog reviewdog/action-detect-secrets=detect-secrets
		dominikh/staticcheck-action=staticcheck jidicula/clang-format-action=clang-format fsfe/reuse-action=reuse ruby/rubocop=rubocop
		standardrb/standard-ruby-action=standardrb php-actions/phpstan=phpstan actionshub/markdownlint=markdownlint sqlfluff/action=sqlfluff
		frenck/action-addon-linter=addon-linter frenck/action-yamllint=yamllint mszostok/codeowners-validator=codeowners`,
	Format: `
		creyd/prettier_action=prettier prettier/prettier=prettier axel-op/googlejavaformat-action=google-java-format dprint/check=dprint
		dflook/terraform-fmt=terraform`,
	Scan: `
		github/codeql-action/analyze=codeql returntocorp/semgrep-action=semgrep semgrep/semgrep-action=semgrep
		actions/dependency-review-action=dependency-review gitleaks/gitleaks-action=gitleaks zricethezav/gitleaks-action=gitleaks
		trufflesecurity/trufflehog=trufflehog gitguardian/ggshield-action=ggshield sonarsource/sonarcloud-github-action=sonarqube
		sonarsource/sonarqube-scan-action=sonarqube sonarsource/sonarqube-quality-gate-action=sonarqube securego/gosec=gosec
		golang/govulncheck-action=govulncheck pypa/gh-action-pip-audit=pip-audit google/osv-scanner-action=osv-scanner rustsec/audit-check=cargo-audit
		actions-rs/audit-check=cargo-audit embarkstudios/cargo-deny-action=cargo-deny pycqa/bandit-action=bandit mdegis/bandit-action=bandit
		checkmarx/ast-github-action=checkmarx veracode/veracode-pipeline-scan-action=veracode fossas/fossa-action=fossa zaproxy/action-baseline=zap
		zaproxy/action-full-scan=zap zaproxy/action-api-scan=zap stelligent/cfn_nag=cfn-nag instrumenta/conftest-action=conftest
		accurics/terrascan-action=terrascan tenable/terrascan-action=terrascan
		microsoft/security-devops-action=microsoft-security-devops
		crazy-max/ghaction-container-scan=trivy stackhawk/hawkscan-action=stackhawk dependency-check/dependency-check_action=dependency-check
		slsa-framework/slsa-verifier=slsa-verifier infracost/actions/comment=infracost kyverno/action=kyverno aquasecurity/tfsec-sarif-action=tfsec
		aquasecurity/tfsec-pr-commenter-action=tfsec`,
	Publish: `
		softprops/action-gh-release=github-release ncipollo/release-action=github-release actions/create-release=github-release
		marvinpinto/action-automatic-releases=github-release svenstaro/upload-release-action=github-release elgohr/github-release-action=github-release
		shogo82148/actions-upload-release-asset=github-release pypa/gh-action-pypi-publish=pypi cycjimmy/semantic-release-action=semantic-release
		codfish/semantic-release-action=semantic-release go-semantic-release/action=semantic-release
		python-semantic-release/python-semantic-release=semantic-release relekang/python-semantic-release=semantic-release
		googleapis/release-please-action=release-please google-github-actions/release-please-action=release-please js-devtools/npm-publish=npm
		primer/publish=npm rubygems/release-gem=rubygems katyo/publish-crates=cargo helm/chart-releaser-action=chart-releaser stefanprodan/helm-gh-pages=helm
		octopusdeploy/create-release-action=octopus appany/helm-oci-chart-releaser=helm elgohr/publish-docker-github-action=docker mr-smithers-excellent/docker-build-push=docker
		whoan/docker-build-with-cache-action=docker macbre/push-to-ghcr=docker mathieudutour/github-tag-action=git-tag anothrnick/github-tag-action=git-tag
		rickstaa/action-create-tag=git-tag negz/create-tag=git-tag songmu/tagpr=tagpr actions/publish-immutable-action=github-action
		actions/publish-action=github-action jreleaser/release-action=jreleaser r0adkll/upload-google-play=google-play
		apple-actions/upload-testflight-build=testflight hashicorp/ghaction-terraform-provider-release=terraform-registry
		slsa-framework/slsa-github-generator=slsa ansible-community/ansible-galaxy-action=ansible-galaxy robertdebock/galaxy-action=ansible-galaxy
		artis3n/ansible_galaxy_collection=ansible-galaxy buildsville/galaxy-action=ansible-galaxy shrink/actions-docker-registry-tag=docker
		redhat-actions/push-to-registry=podman akhilerm/tag-push-action=docker nais/platform-build-push-sign=docker nais/docker-build-push=docker
		home-assistant/builder=docker`,
	Bump: `
		peter-evans/repository-dispatch=repository-dispatch benc-uk/workflow-dispatch=workflow-dispatch
		convictional/trigger-workflow-and-wait=workflow-dispatch lasith-kg/dispatch-workflow=workflow-dispatch
		aurelien-baudet/workflow-dispatch=workflow-dispatch the-actions-org/workflow-dispatch=workflow-dispatch fjogeleit/yaml-update-action=yaml-update
		cloudposse/github-action-deploy-argocd=argocd karancode/kustomize-github-action=kustomize ahmadnassri/action-workflow-run=workflow-dispatch`,
	Notify: `
		slackapi/slack-github-action=slack 8398a7/action-slack=slack rtcamp/action-slack-notify=slack act10ns/slack=slack ravsamhq/notify-slack-action=slack
		marocchino/sticky-pull-request-comment=sticky-comment codecov/codecov-action=codecov coverallsapp/github-action=coveralls
		dorny/test-reporter=test-reporter enricomi/publish-unit-test-result-action=test-report mikepenz/action-junit-report=test-report
		github/codeql-action/upload-sarif=sarif datadog/junit-upload-github-action=datadog-ci getsentry/action-release=sentry actions/labeler=labeler
		peter-evans/create-or-update-comment=pr-comment thollander/actions-comment-pull-request=pr-comment borchero/terraform-plan-comment=plan-comment amannn/action-semantic-pull-request=semantic-pull-request`,
	"": `
		anchore/sbom-action digitalocean/app_action/archive digitalocean/app_action/unarchive
		actions/checkout actions/cache actions/setup-node actions/upload-artifact actions/download-artifact actions/upload-pages-artifact
		actions/configure-pages actions/upload-release-asset actions/stale hashicorp/setup-terraform aws-actions/configure-aws-credentials
		aws-actions/amazon-ecr-login aws-actions/amazon-ecs-render-task-definition azure/login azure/setup-helm docker/login-action docker/setup-buildx-action
		docker/setup-qemu-action docker/metadata-action google-github-actions/auth google-github-actions/setup-gcloud
		google-github-actions/get-gke-credentials helm/kind-action helm/chart-testing-action release-drafter/release-drafter peter-evans/create-pull-request
		aquasecurity/setup-trivy github/codeql-action/init github/codeql-action/autobuild pnpm/action-setup jdx/mise-action gradle/actions/wrapper-validation
		codecov/test-results-action actions/attest-build-provenance sigstore/cosign-installer trilom/file-changes-action dorny/paths-filter
		tj-actions/changed-files actions/first-interaction step-security/harden-runner actions/add-to-project mxschmitt/action-tmate
		jwalton/gh-find-current-pr int128/hide-comment-action styfle/cancel-workflow-action rokroskar/workflow-run-cleanup-action
		actions/delete-package-versions snok/container-retention-policy chrnorm/deployment-action chrnorm/deployment-status bobheadxi/deployments
		tibdex/github-app-token actions/create-github-app-token dependabot/fetch-metadata hmarr/auto-approve-action lewagon/wait-on-check-action
		peter-evans/enable-pull-request-automerge pascalgn/automerge-action mikepenz/release-changelog-builder-action metcalfc/changelog-generator
		pozil/auto-assign-issue actions/ai-inference stefanzweifel/git-auto-commit-action endbug/add-and-commit ad-m/github-push-action bcgov/action-get-pr
		bcgov/action-diff-triggers bcgov/actions/sysdig-monitor jlumbroso/free-disk-space rlespinasse/github-slug-action actions/dependency-graph
		cachix/install-nix-action cachix/cachix-action determinatesystems/nix-installer-action determinatesystems/magic-nix-cache-action
		aws-actions/aws-codeguru-reviewer nais/attest-sign nais/what-changed testlens-app/setup-testlens dopplerhq/cli-action hashicorp/vault-action
		hashicorp/tfc-workflows-github/actions/upload-configuration`,
}

// actionUsages are actions whose inputs tell more than their name.
var actionUsages = sync.OnceValue(func() map[string]usage {
	return map[string]usage{
		"docker/build-push-action":     {does: Build, tool: "docker", publishes: "push"},
		"docker/bake-action":           {does: Build, tool: "docker", publishes: "push"},
		"redhat-actions/buildah-build": {does: Build, tool: "buildah"},
		"depot/build-push-action":      {does: Build, tool: "docker", publishes: "push"},
		"aquasecurity/trivy-action":    {does: Scan, tool: "trivy", strict: "exit-code"},
		"bridgecrewio/checkov-action":  {does: Scan, tool: "checkov", soft: "soft_fail"},
		"aquasecurity/tfsec-action":    {does: Scan, tool: "tfsec", soft: "soft_fail"},
		"tfsec/tfsec-sarif-action":     {does: Scan, tool: "tfsec"},
		"checkmarx/kics-github-action": {does: Scan, tool: "kics", soft: "ignore_on_exit"},
		"checkmarx/kics-action":        {does: Scan, tool: "kics", soft: "ignore_on_exit"},
		"upbound/action-up-project":    {does: Build, tool: "up", publishes: "push-project"},
		"anchore/scan-action":          {does: Scan, tool: "grype", strict: "fail-build=true"},
		"docker/scout-action":          {does: Scan, tool: "docker-scout", strict: "exit-code"},
		"ossf/scorecard-action":        {does: Scan, tool: "scorecard", reports: "only-reports"},
		// With its results sent to GitHub as SARIF, which is the default, zizmor
		// never fails. Source: https://docs.zizmor.sh/usage/#exit-codes
		"zizmorcore/zizmor-action":                  {does: Scan, tool: "zizmor", reports: "advanced-security"},
		"woodruffw/zizmor-action":                   {does: Scan, tool: "zizmor", reports: "advanced-security"},
		"azure/static-web-apps-deploy":              {does: Apply, tool: "azure-static-web-apps", order: "action"},
		"azure/bicep-deploy":                        {does: Apply, tool: "bicep", order: "operation"},
		"azure/k8s-deploy":                          {does: Apply, tool: "kubernetes", order: "action"},
		"dawidd6/action-ansible-playbook":           {program: "ansible-playbook", from: "playbook options"},
		"koslib/helm-eks-action":                    {script: "command"},
		"wyrihaximus/github-action-helm3":           {script: "exec"},
		"steebchen/kubectl":                         {program: "kubectl", from: "command args"},
		"gruntwork-io/terragrunt-action":            {program: "terragrunt", from: "tg_command"},
		"clowdhaus/argo-cd-action":                  {program: "argocd", from: "command options"},
		"youyo/aws-cdk-github-actions":              {program: "cdk", from: "cdk_subcommand cdk_args"},
		"cloud-gov/cg-cli-tools":                    {does: Apply, tool: "cloud-foundry", script: "command"},
		"cypress-io/github-action":                  {does: Test, tool: "cypress", off: "runTests"},
		"reactivecircus/android-emulator-runner":    {does: Test, tool: "android", script: "script"},
		"devcontainers/ci":                          {does: Build, tool: "devcontainer", script: "runCmd"},
		"percy/exec-action":                         {does: Test, tool: "percy", script: "custom-command"},
		"ghcr.io/antonbabenko/pre-commit-terraform": {program: "pre-commit", from: "args"},
		"snyk/actions":                              {program: "snyk", from: "command args", otherwise: "test"},
		"pulumi/actions":                            {program: "pulumi", from: "command"},
		"actions-rs/cargo":                          {program: "cargo", from: "command args"},
		"gradle/gradle-build-action":                {program: "gradle", from: "arguments"},
		"gradle/actions/setup-gradle":               {program: "gradle", from: "arguments"},
		"burrunan/gradle-cache-action":              {program: "gradle", from: "arguments"},
		"eskatos/gradle-command-action":             {program: "gradle", from: "arguments"},
		"samuelmeuli/action-maven-publish":          {does: Publish, tool: "maven"},
		"goreleaser/goreleaser-action":              {program: "goreleaser", from: "args"},
		"cloudflare/wrangler-action":                {program: "wrangler", from: "command", otherwise: "deploy"},
		"superfly/flyctl-actions":                   {program: "flyctl", from: "args"},
		"netlify/actions/cli":                       {program: "netlify", from: "args"},
		"netlify/actions":                           {program: "netlify", from: "args"},
		"w9jds/firebase-action":                     {program: "firebase", from: "args"},
		"serverless/github-action":                  {program: "serverless", from: "args"},
		"azure/cli":                                 {script: "inlineScript"},
		"azure/arm-deploy":                          {does: Apply, tool: "arm", order: "deploymentMode"},
		"borales/actions-yarn":                      {program: "yarn", from: "cmd"},
		"helmfile/helmfile-action":                  {program: "helmfile", from: "helmfile-args"},
		"mamezou-tech/setup-helmfile":               {does: Setup},
		"changesets/action":                         {tool: "changesets", publishes: "publish"},
		"helm/chart-testing":                        {does: Validate, tool: "chart-testing"},
		"hashicorp/terraform-github-actions":        {program: "terraform", from: "tf_actions_subcommand"},
		"actions-hub/kubectl":                       {program: "kubectl", from: "args"},
		"actions-hub/gcloud":                        {program: "gcloud", from: "args"},
		"kubernetes-sigs/kustomize":                 {program: "kustomize", from: "args"},
		"kodermax/kubectl-aws-eks":                  {program: "kubectl", from: "args"},
		"tale/kubectl-action":                       {does: Setup},
		"open-policy-agent/opa":                     {program: "opa", from: "args"},
		"runatlantis/atlantis":                      {program: "atlantis", from: "args"},
		"spacelift-io/spacectl":                     {program: "spacectl", from: "args"},
		"earthly/actions-setup":                     {does: Setup},
		"php-actions/composer":                      {program: "composer", from: "command", otherwise: "install"},
		"bahmutov/npm-install":                      {does: Setup, tool: "npm"},
		"wagoid/commitlint":                         {does: Lint, tool: "commitlint"},
		"maierj/fastlane-action":                    {program: "fastlane", from: "lane"},
		"coursier/setup-action":                     {does: Setup},
		"appleboy/ssh-action":                       {does: Apply, tool: "ssh", remote: "script"},
		"garygrossgarten/github-action-ssh":         {does: Apply, tool: "ssh", remote: "command"},
		"fifsky/ssh-action":                         {does: Apply, tool: "ssh", remote: "command"},
	}
})
