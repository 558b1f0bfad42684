// Package terraform detects Terraform, OpenTofu and Terragrunt: what a
// configuration is made of, how it keeps its state, and what it pins.
package terraform

import "github.com/waymark-dev/waymark/internal/detect"

// A Backend is where a configuration keeps its state.
type Backend struct {
	// Type is the label of the backend block, or "cloud" for a cloud block.
	Type string
	Dir  string
	// Shared says that the state is kept where others can reach it: every type
	// but "local".
	Shared bool
	// Locked says that concurrent changes are kept out: by the type itself
	// (azurerm, gcs, cloud, remote, http with a lock address …) or by a
	// setting (dynamodb_table, use_lockfile). Settings that are given at
	// "terraform init" count as locked: they cannot be seen.
	Locked bool
	// GeneratedBy is "terragrunt" where a remote_state block writes it.
	GeneratedBy string
}

// A Constraint is a version constraint on Terraform itself.
type Constraint struct {
	Dir  string
	Text string
	// Bounded says that a new major version cannot slip in.
	Bounded bool
}

// A RequiredProvider is a provider that a configuration needs.
type RequiredProvider struct {
	Dir, Name, Source string
	// Constraint is empty where none is given.
	Constraint string
	// Bounded says that the constraint has an upper bound or names one version.
	Bounded bool
}

// A SourceKind is where the source of a module lies.
type SourceKind string

// The kinds of module sources.
const (
	Local    SourceKind = "local"
	Registry SourceKind = "registry"
	Git      SourceKind = "git"
	Archive  SourceKind = "archive"
	// Computed sources cannot be told without evaluating them.
	Computed SourceKind = "computed"
)

// A Pin is how exactly a source names a version.
type Pin string

// The pins. A moving one may give other code tomorrow.
const (
	ByCommit  Pin = "commit"
	ByTag     Pin = "tag"
	ByVersion Pin = "version"
	// ByRange is a registry constraint that allows more than one version.
	ByRange Pin = "range"
	// ByBranch is a git ref that does not look like a version or a commit.
	ByBranch Pin = "branch"
	Unpinned Pin = "none"
)

// A ModuleCall is the use of a module: a module block, or the source of a
// Terragrunt unit.
type ModuleCall struct {
	Dir, Name, Source string
	Kind              SourceKind
	// Target is the folder of a local source.
	Target string
	// Owner and Repo are those of a git source, or the namespace and name of a
	// registry source.
	Owner, Repo string
	// Version is the constraint or the ref as written.
	Version string
	Pin     Pin
}

// Fixed says that the call gives the same code tomorrow: local, or pinned to a
// commit, tag, version or a registry range.
func (c ModuleCall) Fixed() bool {
	switch c.Kind {
	case Local, Computed:
		return true
	case Archive:
		return c.Pin != ByBranch
	}
	return c.Pin != ByBranch && c.Pin != Unpinned
}

// A Resource is a resource, data source or ephemeral block.
type Resource struct {
	Dir, Type, Name string
	// Data says that it is read and not made.
	Data bool
	// Settings are the known texts of its attributes and of those of its nested
	// blocks ("auto_rollback_configuration.enabled": "true"), and "" for a
	// nested block's own name.
	Settings map[string]string
}

// A Module is a folder of Terraform files, or a Terragrunt unit.
type Module struct {
	Dir string
	// Root says that it is applied by itself: it has a backend, a cloud block or
	// a provider's configuration, or is a Terragrunt unit, or nothing else is
	// root here and nobody's source names it while it takes no required inputs.
	Root bool
	// Because says why it is taken for a root or for a child.
	Because string
	// Terragrunt says that the folder is a Terragrunt unit.
	Terragrunt bool
	Resources  int
	// Inputs counts variables, Required those without a default.
	Inputs, Required int
	Outputs          int
	Calls            int
	// CalledBy are the folders whose module calls name it.
	CalledBy []string
	// Backend is nil where none is declared.
	Backend *Backend
	// LockFile is the path of its committed dependency lock file; empty where
	// there is none.
	LockFile string
	// Providers counts the providers it requires or configures.
	Providers int
	// First is the place to point at when the whole module is meant.
	First detect.Span
}

// An Environment is a file of values for one environment: *.tfvars, a
// Terragrunt environment file, a workspace.
type Environment struct{ Dir, Name string }

// A StateFile is a committed state or plan.
type StateFile struct {
	// Plan says that it is a saved plan.
	Plan bool
	// Empty says that it holds no resources.
	Empty bool
}

// A LockFile is a committed .terraform.lock.hcl.
type LockFile struct {
	Dir       string
	Providers int
}
