// Package cloudformation detects CloudFormation templates, SAM applications
// and CDK apps, told from other YAML and JSON by their structure.
package cloudformation

// A Template is a CloudFormation template, in YAML or JSON.
type Template struct {
	// SAM says that it names the serverless transform.
	SAM       bool
	Resources []Resource
	// Parameters are the names of its parameters.
	Parameters []string
	// Nested are the paths, in this repository, of the templates of its nested
	// stacks and modules.
	Nested []string
	// Secrets are the names of parameters or properties that hold a secret in
	// plain text, by their line.
	Secrets []Secret
}

// A Resource is one resource of a template.
type Resource struct {
	ID, Type string
	Line     int
	// Settings are the scalar texts of its properties and attributes by dotted
	// path ("AutoRollbackConfiguration.Enabled": "true").
	Settings map[string]string
}

// A Secret is the place of a secret in plain text; its value is never kept.
type Secret struct {
	Name string
	Line int
}

// An Environment is a file of parameters or settings for one environment: a
// parameter file, a section of samconfig.
type Environment struct{ Dir, Name string }

// An App is a CDK application.
type App struct {
	Dir string
	// Command is how cdk.json starts it.
	Command string
	// Language is the one of its source, told by the command: "typescript",
	// "python"; "unknown" where it does not tell.
	Language string
	// Entry is the file or folder of this repository that the command starts,
	// from the root.
	Entry string
}
