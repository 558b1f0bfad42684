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
	// Inherited is the constraint that the configurations which call this one
	// give; empty where they give none, or nothing here calls it.
	Inherited string
	// Implied says that no entry of required_providers names the provider: it is
	// configured, or used by a resource.
	Implied bool
	// Configured says of an implied one that a provider block sets it up; the
	// others are only used by a resource.
	Configured bool
	// GeneratedBy is "terragrunt" where a generate block writes it.
	GeneratedBy string
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
	// Target is the folder of a local source, or of one that names this very
	// repository; empty where it cannot be told.
	Target string
	// Owner and Repo are those of a git source, or the namespace and name of a
	// registry source.
	Owner, Repo string
	// System is the third part of a registry source, "aws": the registry's own
	// repository is Owner/terraform-System-Repo.
	System string
	// Version is the constraint or the ref as written.
	Version string
	Pin     Pin
	// Never says that it makes nothing: "count = 0".
	Never bool
	// Scales says that it switches autoscaling of the module on.
	Scales bool
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
	// nested block's own name and for a value that is computed. The values of
	// settings that hold secrets are left out.
	Settings map[string]string
}

// A File is a file of Terraform configuration: what it adds to the module of
// its folder besides resources and calls.
type File struct {
	Dir string
	// Generated says that Terragrunt wrote it.
	Generated bool
	// Inputs are the names of its variables, Required of those without a
	// default; Outputs are the names of its outputs.
	Inputs, Required, Outputs []string
	// Providers are the providers that it configures or uses.
	Providers []ProviderUse
	// First is the place to point at when the whole module is meant; Rank says
	// how well: the lower the better.
	First detect.Span
	Rank  int

	requires []requirement
}

// A ProviderUse is the first use of a provider in a file.
type ProviderUse struct {
	Name string
	// Configured says that a provider block sets it up, for itself: one that
	// holds an alias only is filled in by the caller.
	Configured bool
	// Constraint is the version in the provider block, as before Terraform 0.13.
	Constraint string
	At         detect.Span
}

// A UnitKind is the part that a file plays in Terragrunt.
type UnitKind string

// The parts that Terragrunt files play.
const (
	// Unit files are applied: terragrunt.hcl with a source, an include or a
	// configuration beside it.
	Unit UnitKind = "unit"
	// Stack files make units: terragrunt.stack.hcl.
	Stack UnitKind = "stack"
	// Parent files are included by units: the root configuration, shared parts.
	Parent UnitKind = "parent"
	// Values files hold locals for others to read: env.hcl, account.hcl.
	Values UnitKind = "values"
)

// A TerragruntFile is a file that Terragrunt reads.
type TerragruntFile struct {
	Dir  string
	Kind UnitKind
	// Includes are the paths of the files that it includes, where they can be
	// told.
	Includes []string
	// Backend is the one that it has Terragrunt write; nil where there is none.
	Backend *Backend

	file *terragruntFile
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
	// Unread says that it holds a file that is not read as its own, which may say
	// more: a symbolic link, or one that git attributes call generated.
	Unread bool
	// Terragrunt says that the folder is a Terragrunt unit, or a stack, which
	// makes its units in a folder that is not committed.
	Terragrunt, Stack bool
	// Resources counts those that are made, Helpers those of them that exist in
	// the state only: null, random, local, time and their kin.
	Resources, Helpers int
	// Real says that it makes something outside of the state, by itself or by a
	// module that it calls.
	Real bool
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
