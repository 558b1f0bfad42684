// Package tooling detects the agreed tools of a repository: formatters,
// linters, pinned toolchains, editors' settings, package managers, and the bots
// that keep dependencies up to date.
package tooling

import "github.com/waymark-dev/waymark/internal/detect"

// A Concern is what a tool is for.
type Concern string

// The concerns.
const (
	Formatter      Concern = "formatter"
	Linter         Concern = "linter"
	TypeChecker    Concern = "type checker"
	Toolchain      Concern = "toolchain"
	PackageManager Concern = "package manager"
	Editor         Concern = "editor"
	Hooks          Concern = "hooks"
)

// A Tool is one tool that the repository has settings for.
type Tool struct {
	Concern Concern
	// Name is a kebab name; for a toolchain the language or program ("node",
	// "go", "terraform").
	Name string
	Dir  string
	// Version is what a toolchain or a hook pins; empty where it pins nothing.
	Version string
	// Latest says of a toolchain that it asks for the latest version.
	Latest bool
}

// An IgnoredLock is a lock file that a .gitignore keeps out of git.
type IgnoredLock struct {
	// Dir is the folder of the .gitignore, Name that of the lock file.
	Dir, Ecosystem, Name string
}

// An Updater is the configuration of a dependency-update bot.
type Updater struct {
	// Name is "renovate", "dependabot" or another bot's.
	Name string
	// Ecosystems and Dirs are what it covers; empty for everything.
	Ecosystems, Dirs []string
	// Entries are those of Dependabot, by folder.
	Entries []UpdateEntry
	// Automerge says that updates are merged without a person.
	Automerge bool
	// Extends are shared presets of an owner, "github>owner/repo".
	Extends []string
	// Disabled says that it is switched off.
	Disabled bool
	// Command says that nobody runs it but a job of a pipeline.
	Command bool
}

// An UpdateEntry is what Dependabot watches in one folder.
type UpdateEntry struct {
	Ecosystem, Dir string
	At             detect.Span
}

// A HookSet is the configuration of hooks that run before a commit or a push.
type HookSet struct {
	// Name is "pre-commit", "husky", "lefthook" …
	Name string
	// Hooks are the ids of the hooks, in their order.
	Hooks []string
	// Moving are the repositories taken at a moving ref.
	Moving []string
}
