// Package tasks detects how repeated work is written down: task runners,
// package scripts, scripts, environment set-up and database migrations.
// Its findings of tasks and scripts are wiring.Task and wiring.Script values.
package tasks

// An Environment is a way to get a working environment by one command.
type Environment struct {
	// Kind is a kebab name: "devcontainer", "compose", "nix", "vagrant", "mise",
	// "asdf", "gitpod", "devbox", "direnv", "codespaces".
	Kind string
	Dir  string
}

// A Migration is a set of database migrations run by a tool.
type Migration struct {
	// Tool is a kebab name: "flyway", "liquibase", "alembic", "django", "rails",
	// "prisma", "goose", "golang-migrate", "knex", "typeorm", "ef-core" …
	Tool string
	Dir  string
}

// A Manifest is the manifest of a package: package.json, go.mod, Cargo.toml,
// pyproject.toml, pom.xml, build.gradle, *.csproj, Gemfile, composer.json …
type Manifest struct {
	// Ecosystem is a kebab name: "npm", "go", "cargo", "pip", "maven", "gradle",
	// "nuget", "bundler", "composer", "mix", "sbt" …
	Ecosystem string
	Dir       string
	Name      string
	// Publishes says that it is meant for a registry: not private, with a name
	// and a version, or with publishing settings.
	Publishes bool
	// Starts says that it has a way to start something: a start script, a binary,
	// a web plug-in.
	Starts bool
	// Workspaces are the folders of its members, from the root.
	Workspaces []string
	// LockFile is the path of its committed lock file.
	LockFile string
	// Dependencies are the names of its direct dependencies, development ones
	// included.
	Dependencies []string
}
