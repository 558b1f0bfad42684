package ownership

import (
	"path"
	"slices"
	"strings"
)

// The files that infrastructure, its pipelines and its deployment are made of,
// as data: by extension, by name, by the start of the path, and YAML by the
// name of a folder around it.
var (
	infrastructureExtensions = []string{".tf", ".tofu", ".tfvars", ".hcl", ".bicep", ".bicepparam", ".nomad", ".jsonnet", ".libsonnet"}

	infrastructureNames = []string{
		"Dockerfile", "Containerfile", "Jenkinsfile", "Vagrantfile", "Procfile", "Pulumi.yaml", "cdk.json", "ansible.cfg",
		"Chart.yaml", "helmfile.yaml", "kustomization.yaml", "kustomization.yml", "serverless.yml", "serverless.yaml", "samconfig.toml",
		"docker-compose.yml", "docker-compose.yaml", "compose.yaml", "compose.yml", "skaffold.yaml", "fly.toml", "app.yaml",
		".gitlab-ci.yml", ".travis.yml", ".drone.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "buildspec.yml", "cloudbuild.yaml", "appveyor.yml",
	}

	infrastructurePaths = []string{".github/workflows/", ".github/actions/", ".circleci/", ".buildkite/", ".tekton/", ".woodpecker/", ".gitlab/ci/", ".azure-pipelines/", "azure-pipelines/", ".teamcity/"}

	infrastructureFolders = []string{
		"k8s", "kubernetes", "helm", "charts", "chart", "clusters", "cluster", "apps", "manifests", "deploy", "deployment", "deployments", "overlays", "base",
		"infra", "infrastructure", "terraform", "ansible", "playbooks", "roles", "inventory", "group_vars", "host_vars",
		"cloudformation", "cfn", "templates", "gitops", "argocd", "flux", "flux-system", "environments", "envs", "pipelines", "azure-pipelines-templates",
	}

	infrastructureData = []string{".yaml", ".yml", ".json", ".j2", ".tpl", ".gotmpl"}
)

// infrastructure says whether a file is part of how things are provisioned,
// built or deployed.
func infrastructure(p string) bool {
	name, ext := path.Base(p), path.Ext(p)
	stem, _, _ := strings.Cut(name, ".")
	switch {
	case name == ".terraform.lock.hcl":
		return false // written by a program
	case slices.Contains(infrastructureExtensions, ext), slices.Contains(infrastructureNames, name):
		return true
	case slices.Contains([]string{"Dockerfile", "Containerfile", "Jenkinsfile"}, stem) || ext == ".Dockerfile":
		return true
	case slices.ContainsFunc(infrastructurePaths, func(start string) bool { return strings.HasPrefix(p, start) }):
		return true
	}
	return slices.Contains(infrastructureData, ext) && slices.ContainsFunc(strings.Split(path.Dir(p), "/"), isInfrastructureFolder)
}

func isInfrastructureFolder(name string) bool {
	return slices.Contains(infrastructureFolders, strings.ToLower(name))
}
