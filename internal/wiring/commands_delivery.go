package wiring

import "sync"

// aws are the operations of the AWS command line that change what runs.
var aws = does{
	Apply: "cloudformation deploy, cloudformation create-stack, cloudformation update-stack, cloudformation execute-change-set, cloudformation create-stack-set, cloudformation update-stack-set, " +
		"ecs update-service, ecs create-service, ecs deploy, lambda update-function-code, lambda publish-version, lambda update-alias, lambda create-function, lambda update-function-configuration, " +
		"s3 sync, s3 cp --recursive, deploy create-deployment, elasticbeanstalk update-environment, elasticbeanstalk create-environment, apprunner start-deployment, apprunner update-service, " +
		"apigateway create-deployment, amplify start-job, amplify start-deployment, autoscaling start-instance-refresh, ec2 run-instances, codepipeline start-pipeline-execution, codebuild start-build, ssm send-command, batch register-job-definition, events put-rule, stepfunctions update-state-machine, eks update-nodegroup-version, rds modify-db-instance",
	Plan: "cloudformation deploy --no-execute-changeset, cloudformation create-change-set", Validate: "cloudformation validate-template",
	Rollback: "cloudformation rollback-stack, deploy stop-deployment", Teardown: "cloudformation delete-stack, s3 rm, ecs delete-service", Build: "cloudformation package",
	Publish: "s3 cp, s3 mv, ecr put-image, serverlessrepo create-application-version, ecr-public put-image, lambda publish-layer-version, codeartifact publish-package-version",
	Drift:   "cloudformation detect-stack-drift", "": "s3 sync --dryrun, s3 cp --dryrun",
}

var gcloud = does{
	Apply: "run deploy, run services update, run services replace, run services update-traffic, run jobs deploy, run jobs update, app deploy, functions deploy, deploy releases create, compute instance-groups managed rolling-action, compute instances create, compute instances update-container, " +
		"deployment-manager deployments create, deployment-manager deployments update, infra-manager deployments apply, endpoints services deploy, container clusters create, scheduler jobs create, scheduler jobs update, storage cp, storage rsync, sql instances patch",
	Build: "builds submit", Publish: "artifacts docker images, builds submit --tag, artifacts generic upload", Validate: "deployment-manager deployments create --preview",
}

var azure = does{
	Apply: "deployment group create, deployment sub create, deployment create, deployment mg create, deployment tenant create, group deployment create, stack group create, stack sub create, webapp deploy, webapp deployment, webapp up, webapp config container set, webapp create, webapp restart, functionapp deployment, functionapp deploy, functionapp create, " +
		"containerapp up, containerapp update, containerapp create, container create, aks create, aks upgrade, storage blob upload-batch, storage blob sync, storage blob upload, staticwebapp, spring app deploy, spring-cloud app deploy, vm create, group create, ml online-deployment create, ml online-deployment update, apim api import, datafactory create",
	Plan: "deployment group what-if, deployment sub what-if, deployment mg what-if", Validate: "deployment group validate, deployment sub validate, bicep build, bicep lint, deployment mg validate",
	Publish: "acr build, acr import, bicep publish, artifacts universal publish, ts create", Rollback: "webapp deployment slot swap --action=reset", Teardown: "group delete", Setup: "extension add", "": "webapp deployment list-publishing-profiles, functionapp deployment list-publishing-profiles",
}

// deliveryPrograms deploy to a host or a cloud, publish, or tell somebody.
var deliveryPrograms = sync.OnceValue(func() map[string]program {
	return map[string]program{
		"aws":        {tool: "aws-cli", tools: map[string]string{"cloudformation": "cloudformation", "ecs": "ecs", "lambda": "lambda", "s3": "s3"}, does: aws, paths: "--template-file --template-body --zip-file"},
		"gcloud":     {does: gcloud, within: "alpha beta preview", paths: "--source"},
		"gsutil":     {tool: "gcloud", does: does{Apply: "rsync, cp -r, cp -R", Publish: "cp"}},
		"bq":         {tool: "bigquery", does: does{Apply: "mk, load, update"}},
		"gcrane":     {does: does{Publish: "cp"}},
		"az":         {tool: "azure-cli", does: azure, paths: "--template-file -f --src --src-path"},
		"azd":        {tool: "azure-developer-cli", does: does{Apply: "up, deploy, provision", Build: "package"}},
		"func":       {tool: "azure-functions", does: does{Apply: "azure functionapp publish"}},
		"bicep":      {does: does{Validate: "build, lint", Format: "format", Publish: "publish"}, args: true},
		"swa":        {tool: "azure-static-web-apps", does: does{Apply: "deploy"}},
		"doctl":      {tool: "digitalocean", does: does{Apply: "apps create-deployment, apps update, apps create, serverless deploy, kubernetes cluster create"}},
		"linode-cli": {tool: "linode", does: does{Apply: "*"}},
		"hcloud":     {tool: "hetzner", does: does{Apply: "server create"}},
		"scw":        {tool: "scaleway", does: does{Apply: "container container deploy, function function deploy"}},
		"oci": {tool: "oci-cli", does: does{
			Apply: "resource-manager job create-apply-job, fn function update, os object bulk-upload",
			Plan:  "resource-manager job create-plan-job",
		}},
		"ibmcloud":  {does: does{Apply: "ce app update, ce application update, cf push, schematics apply", Plan: "schematics plan"}},
		"aliyun":    {does: does{Apply: "*"}},
		"openstack": {does: does{Apply: "stack create, stack update"}},
		"heroku": {does: does{
			Apply:    "container:release, releases:promote, pipelines:promote, builds:create, deploy:jar",
			Publish:  "container:push",
			Rollback: "rollback, releases:rollback",
			Migrate:  "run",
		}},
		"flyctl":   {does: does{Apply: "deploy, machine update, machine run, apps create", Validate: "config validate"}},
		"vercel":   {does: does{Apply: "*", Build: "build", "": "pull, link, login, env, inspect"}},
		"now":      {tool: "vercel", does: does{Apply: "*"}},
		"netlify":  {does: does{Apply: "deploy", Build: "build"}},
		"ntl":      {tool: "netlify", does: does{Apply: "deploy"}},
		"surge":    {does: does{Apply: "*"}},
		"firebase": {does: does{Apply: "deploy, hosting:channel:deploy, appdistribution:distribute", Test: "emulators:exec"}},
		"wrangler": {does: does{
			Apply:    "deploy, publish, pages deploy, pages publish, versions deploy",
			Rollback: "rollback",
			Migrate:  "d1 migrations apply",
			"":       "deploy --dry-run",
		}},
		"cf": {tool: "cloud-foundry", does: does{
			Apply:    "push, deploy, restage, blue-green-deploy, create-service-push, v3-zdt-push, zero-downtime-push, bg-deploy",
			Rollback: "rollback",
		}},
		"dokku":               {does: does{Apply: "git:from-image, tags:deploy, git:sync"}},
		"caprover":            {does: does{Apply: "deploy"}},
		"kamal":               {does: does{Apply: "deploy, redeploy, setup, app boot", Rollback: "rollback", Build: "build", Validate: "config"}},
		"mrsk":                {tool: "kamal", does: does{Apply: "deploy"}},
		"cap":                 {tool: "capistrano", each: true, does: does{Apply: "deploy", Rollback: "deploy:rollback"}},
		"dep":                 {tool: "deployer", does: does{Apply: "deploy", Rollback: "rollback"}},
		"mina":                {does: does{Apply: "deploy", Rollback: "rollback"}},
		"fab":                 {tool: "fabric", each: true, named: true},
		"shipit":              {does: does{Apply: "deploy", Rollback: "rollback"}},
		"pm2":                 {does: does{Apply: "deploy, restart, reload, startOrRestart"}},
		"railway":             {does: does{Apply: "up, deploy, redeploy"}},
		"render":              {does: does{Apply: "deploys create"}},
		"gigalixir":           {does: does{Apply: "*"}},
		"platform":            {tool: "platform-sh", does: does{Apply: "push, environment:push, redeploy"}},
		"upsun":               {does: does{Apply: "push"}},
		"clever":              {tool: "clever-cloud", does: does{Apply: "deploy"}},
		"scalingo":            {does: does{Apply: "deploy, deploy-archive"}},
		"appcfg.py":           {tool: "app-engine", does: does{Apply: "update"}},
		"gh-pages":            {tool: "github-pages", does: does{Apply: "*"}},
		"angular-cli-ghpages": {tool: "github-pages", does: does{Apply: "*"}},
		"ghp-import":          {tool: "github-pages", does: does{Apply: "-p, --push"}},
		"supabase":            {does: does{Apply: "functions deploy, link", Migrate: "db push, migration up", Test: "test db, db test"}},
		"convex":              {does: does{Apply: "deploy"}},
		"hasura":              {does: does{Migrate: "migrate apply", Apply: "metadata apply, deploy"}},
		"astro-cli":           {does: does{Apply: "deploy"}},
		"databricks":          {does: does{Apply: "bundle deploy", Validate: "bundle validate"}},
		"snow":                {tool: "snowflake", does: does{Apply: "app deploy, streamlit deploy"}},
		"schemachange":        {does: does{Migrate: "*"}},
		"sfdx": {tool: "salesforce", does: does{
			Apply:    "force:source:deploy, force:source:push",
			Validate: "force:source:deploy --checkonly",
			Test:     "force:apex:test:run",
		}},
		"sf":                     {tool: "salesforce", does: does{Apply: "project deploy start, project deploy quick", Validate: "project deploy validate", Test: "apex run test"}},
		"modal":                  {does: does{Apply: "deploy"}},
		"eas":                    {tool: "expo", does: does{Build: "build", Publish: "submit, update"}},
		"codepush":               {does: does{Publish: "release"}},
		"goreleaser":             {does: does{Publish: "release, *", Build: "build, release --snapshot, --snapshot", Validate: "check", "": "--skip=publish, --skip-publish"}},
		"semantic-release":       {does: does{Publish: "*", "": "--dry-run"}},
		"multi-semantic-release": {tool: "semantic-release", does: does{Publish: "*"}},
		"release-it":             {does: does{Publish: "*"}},
		"standard-version":       {does: does{Build: "*"}},
		"release-please":         {does: does{Publish: "github-release, release-pr, manifest-release"}},
		"auto":                   {does: does{Publish: "shipit, release"}},
		"jreleaser":              {does: does{Publish: "release, full-release, deploy"}},
		"ghr":                    {does: does{Publish: "*"}},
		"hub":                    {tool: "github-cli", does: does{Publish: "release create", Bump: "pull-request"}},
		"gh": {tool: "github-cli", does: does{
			Publish: "release create, release upload",
			Bump:    "workflow run --repo, workflow run -R",
			Notify:  "pr comment, issue comment",
		}},
		"glab":          {tool: "gitlab-cli", does: does{Publish: "release create"}},
		"release-cli":   {tool: "gitlab-release", does: does{Publish: "create"}},
		"git-cliff":     {does: does{Build: "*"}},
		"cz":            {tool: "commitizen", does: does{Publish: "bump", Lint: "check"}},
		"jfrog":         {tool: "jfrog", does: does{Publish: "rt upload, rt u, rt docker-push, rt build-publish", Scan: "xray scan, scan, audit"}},
		"jf":            {tool: "jfrog", does: does{Publish: "rt upload, rt u, rt docker-push, rt build-publish, docker push", Scan: "scan, audit, docker scan"}},
		"cloudsmith":    {does: does{Publish: "push"}},
		"package_cloud": {does: does{Publish: "push"}},
		"vsce":          {does: does{Publish: "publish", Build: "package"}},
		"ovsx":          {does: does{Publish: "publish"}},
		"snapcraft":     {does: does{Publish: "push, upload, release"}},
		"dput":          {does: does{Publish: "*"}},
		"luarocks":      {does: does{Publish: "upload"}},
		"circleci":      {does: does{Validate: "config validate, orb validate", Publish: "orb publish"}},
		"launchable":    {does: does{Test: "*"}},
		"datadog-ci":    {does: does{Notify: "*"}},
		"sentry-cli":    {tool: "sentry", does: does{Notify: "releases"}},
		"newrelic":      {does: does{Notify: "*"}},
		"otel-cli":      {does: does{Notify: "*"}},
		"slack":         {does: does{Notify: "*"}},
		"buildevents":   {does: does{Notify: "*"}},
		"codecov":       {does: does{Notify: "*"}},
		"coveralls":     {does: does{Notify: "*"}},
	}
})
