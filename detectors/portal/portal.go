// Package portal detects developer portals and what feeds them: catalogue
// entries, templates, API definitions, scorecards.
package portal

// An Entry is an entity of a catalogue.
type Entry struct {
	// Product is a kebab name: "backstage", "port", "cortex", "opslevel",
	// "compass", "datadog".
	Product string
	// Kind is the entity's kind: "Component", "API", "System", "Template" …
	Kind, Name, Owner, System string
	Lifecycle                 string
	// Annotated says that it links to CI, docs or monitoring; Docs that TechDocs
	// are named; Relations that it provides or consumes APIs or depends on others.
	Annotated, Docs, Relations bool
	// Missing are the paths that it names and that do not exist.
	Missing []string
	// Targets are the files of this repository that a Location registers.
	Targets []string
	// Provisions says that a template creates infrastructure.
	Provisions bool
}

// An App is a portal's own application or settings here.
type App struct {
	Product string
	// Locations are the paths of this repository that it registers.
	Locations []string
}

// A Template makes new repositories or parts of them.
type Template struct {
	// Tool is "backstage", "cookiecutter", "copier", "github-template" …
	Tool string
	Dir  string
}

// A Made is the trace of a template in what was made from it.
type Made struct {
	Tool string
	// From is the template's address; Version what it was made at.
	From, Version string
}

// An API is a published definition: OpenAPI, AsyncAPI, protobuf, GraphQL.
type API struct {
	Format, Title, Version string
	// Served says that no definition is kept here: a library makes it from the
	// code of the running program.
	Served bool
}

// An Integration ties a platform to a tool around it.
type Integration struct {
	// Kind is "secrets", "dns", "certificates", "webhook" or "chat".
	Kind string
}

// A Listing shows what is offered to those who look for it.
type Listing struct {
	// Registry is a kebab name: "artifact-hub", "terragrunt-catalog" …
	Registry string
}

// A Launch is a link that creates what a template describes.
type Launch struct{ Cloud string }
