// Package provisioning detects the other ways to write infrastructure down:
// Pulumi, Bicep, ARM, Ansible, Packer, Serverless, Nomad, app-platform
// manifests and their kin.
package provisioning

// A Project is one unit of infrastructure code of a tool.
type Project struct {
	// Tool is a kebab name: "pulumi", "bicep", "arm", "ansible", "packer",
	// "serverless", "nomad", "puppet", "chef", "salt", "nix", "crossplane",
	// "cdktf", "sst", "azd", "ecs", "eksctl", "bosh", "heat", "talos".
	Tool string
	Dir  string
	// Kind tells parts of a tool apart: for Ansible "playbook", "inventory",
	// "role", "requirements", "variables" (of one environment); for Pulumi
	// "project", "stack"; for Bicep and ARM "template", "module", "parameters";
	// else empty.
	Kind string
	// Environment is the environment that it is for; empty for all.
	Environment string
	// Resources counts what it declares, as far as can be seen.
	Resources int
}

// A Host is the manifest of a managed host that deploys the repository by
// itself: Netlify, Vercel, Heroku (Procfile, app.json), Fly, Render, App Engine,
// DigitalOcean, Cloud Foundry …
type Host struct {
	// Name is a kebab name: "netlify", "vercel", "heroku", "fly" …
	Name string
	Dir  string
}

// A SecretOutput is an output that hands out a secret in plain text.
type SecretOutput struct{ Name string }

// A Dependency is a pinned or unpinned dependency of infrastructure code: an
// Ansible role or collection, a Pulumi plug-in.
type Dependency struct {
	Tool, Name, Source, Version string
	// Pinned says that Version is one version, a tag or a commit.
	Pinned bool
}

// A BranchFile is what configuration takes from a branch of a repository.
type BranchFile struct {
	// Address is that of the file or of the repository, without credentials.
	Address string
	Branch  string
}
