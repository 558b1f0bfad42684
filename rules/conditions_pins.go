package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

const reproducible = "reproducible-infrastructure"

var (
	checkIgnoredLock = &Check{
		ID: "terraform/ignored-lock-file", Criterion: reproducible, Level: Note,
		Title: "Git ignores the dependency lock file",
		Why:   "What is ignored is not committed, and each machine chooses provider versions for itself.",
		Fix:   "Take the line out of .gitignore, and commit .terraform.lock.hcl.",
	}
	checkRunImage = &Check{
		ID: "containers/moving-image", Criterion: reproducible, Level: Note,
		Title: "Infrastructure code runs an image by a moving tag",
		Why:   "Which version runs depends on when it was started, and a rollback brings nothing back.",
		Fix:   "Name a version or a digest, and let the pipeline or an update bot write it.",
	}
	checkMovingSync = &Check{
		ID: "kubernetes/moving-source", Criterion: reproducible, Level: Note,
		Title: "A controller follows a branch of somebody else's repository",
		Why:   "A push elsewhere changes this cluster without a commit here.",
		Fix:   "Follow a tag or a commit, and let an update bot raise it.",
	}
	checkLocalState = &Check{
		ID: "terraform/local-state", Criterion: reproducible, Level: Warning,
		Title: "Terraform state stays on one machine",
		Why:   "State on a laptop is lost with it, cannot be locked, and keeps everybody else from applying.",
		Fix:   "Declare a shared backend with locking (S3 with use_lockfile, azurerm, gcs, HCP Terraform) and move the state with `terraform init -migrate-state`.",
	}
	checkUnlockedState = &Check{
		ID: "terraform/unlocked-state", Criterion: reproducible, Level: Note,
		Title: "Terraform state is shared without a lock",
		Why:   "Two applies at once corrupt the state.",
		Fix:   "Switch locking on: `use_lockfile = true` for S3, or the lock table that is already there.",
	}
	checkCommittedState = &Check{
		ID: "terraform/committed-state", Criterion: reproducible, Level: Warning,
		Title: "A state or plan file is committed",
		Why:   "State holds secrets in plain text, and a copy in git is out of date from the next apply on.",
		Fix:   "Remove the file from git, ignore it, rotate the secrets in it, and keep state in a shared backend.",
	}
	checkMovingModule = &Check{
		ID: "terraform/moving-module", Criterion: reproducible, Level: Warning,
		Title: "A module is taken from a moving source",
		Why:   "The same code gives other infrastructure when somebody pushes to the module.",
		Fix:   "Pin the module: a `version` for a registry source, `?ref=` with a tag or commit for git.",
	}
	checkUnboundedProvider = &Check{
		ID: "terraform/unbounded-provider", Criterion: reproducible, Level: Note,
		Title: "A provider has no upper version",
		Why:   "The next major version of the provider arrives with the next init, and breaks what worked.",
		Fix:   "Give the provider a bounded constraint (`~> 5.0`) in required_providers.",
	}
	checkUnboundedTerraform = &Check{
		ID: "terraform/any-terraform-version", Criterion: reproducible, Level: Note,
		Title: "A root does not say which Terraform it needs",
		Why:   "A newer Terraform upgrades the state, and older ones cannot read it any more.",
		Fix:   "Set `required_version` in the terraform block.",
	}
	checkNoLockFile = &Check{
		ID: "terraform/missing-lock-file", Criterion: reproducible, Level: Note,
		Title: "The dependency lock file of a root is not committed",
		Why:   "Without it, each machine chooses provider versions for itself.",
		Fix:   "Commit the .terraform.lock.hcl that `terraform init` writes.",
	}
	checkMovingImage = &Check{
		ID: "kubernetes/moving-image", Criterion: reproducible, Level: Warning,
		Title: "A workload runs an image by a moving tag",
		Why:   "Which version runs depends on when the pod was started, and a rollback brings nothing back.",
		Fix:   "Name a version or a digest, and let the pipeline or an update bot write it.",
	}
	checkMovingBase = &Check{
		ID: "containers/moving-base-image", Criterion: reproducible, Level: Note,
		Title: "An image is built on a moving base",
		Why:   "The same commit gives another image tomorrow.",
		Fix:   "Name a version tag or a digest in FROM.",
	}
	checkMovingChart = &Check{
		ID: "kubernetes/moving-chart", Criterion: reproducible, Level: Warning,
		Title: "A chart or base is taken at a moving version",
		Why:   "A release elsewhere changes this cluster without a commit here.",
		Fix:   "Name one version of the chart, or a tag or commit of the remote base.",
	}
	checkMovingDependency = &Check{
		ID: "provisioning/moving-dependency", Criterion: reproducible, Level: Note,
		Title: "A role, collection or plug-in is not pinned",
		Why:   "The next run installs another version than the last one.",
		Fix:   "Give it a version, a tag or a commit.",
	}
)

var sharedState = Each("Terraform state in a shared backend with locking", terraform.Modules,
	func(s *Scene, f detect.Finding, m terraform.Module) (Sign, bool) {
		if !m.Root || m.Resources+m.Calls == 0 && !m.Terragrunt || s.isRecipe(m) {
			return Sign{}, false
		}
		sign := signOf(f, Good, Present).of("state of " + m.Dir)
		switch {
		case m.Backend == nil && m.Terragrunt:
			return Sign{}, false
		case m.Backend == nil && (s.makesBackend(m.Dir) || s.handsStateOn()):
			return Sign{}, false
		case m.Backend == nil:
			return sign.against(checkLocalState, fmt.Sprintf("the root %s declares no backend: its state stays where it is applied", m.Dir)), true
		case !m.Backend.Shared:
			return sign.against(checkLocalState, fmt.Sprintf("the root %s keeps its state in a local backend", m.Dir)), true
		case !m.Backend.Locked:
			return sign.weak(checkUnlockedState, fmt.Sprintf("the %s backend of %s sets no lock", m.Backend.Type, m.Dir)), true
		}
		return sign.says(fmt.Sprintf("state of %s in a shared %s backend", m.Dir, m.Backend.Type)), true
	})

// handsStateOn says whether a pipeline names the file of the state when it applies,
// and so keeps it somewhere by itself.
func (s *Scene) handsStateOn() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Apply), func(a wiring.Act) bool {
		return a.Live && slices.ContainsFunc(strings.Fields(a.Command), func(w string) bool { return strings.HasPrefix(strings.TrimPrefix(w, "-"), "-state=") })
	})
}

// stateHomes are words of folders whose root makes what keeps the state of
// others, which has to begin without it.
var stateHomes = []string{"bootstrap", "backend", "tfstate", "state"}

// makesBackend says whether a root makes the place that keeps state: by its name
// and by what it declares.
func (s *Scene) makesBackend(dir string) bool {
	return hasWord(dir, stateHomes...) &&
		slices.ContainsFunc(liveValues[terraform.Resource](s, terraform.Resources), func(r terraform.Resource) bool {
			return !r.Data && r.Dir == dir && slices.Contains([]string{"aws_s3_bucket", "google_storage_bucket", "azurerm_storage_container", "azurerm_storage_account", "aws_dynamodb_table"}, r.Type)
		})
}

var boundedProviders = Each("provider constraints that keep a new major version out", terraform.RequiredProviders,
	func(s *Scene, f detect.Finding, p terraform.RequiredProvider) (Sign, bool) {
		sign := signOf(f, Good, Present).of("provider " + p.Name + " of " + p.Dir)
		switch {
		case p.Bounded || p.Inherited != "":
			return sign, true
		case unconstrained(p) && s.folders().units[p.Dir]:
			return Sign{}, false // the module that the unit takes bounds it, or is judged for it
		case unconstrained(p) && p.Implied && !p.Configured:
			return sign.weak(checkUnboundedProvider, fmt.Sprintf("provider %s is used and has no entry in required_providers", p.Name)), true
		case unconstrained(p):
			return sign.against(checkUnboundedProvider, fmt.Sprintf("provider %s has no version constraint", p.Name)), true
		case !s.folders().roots[p.Dir]:
			return Sign{}, false
		}
		return sign.weak(checkUnboundedProvider, fmt.Sprintf("provider %s allows any later version (%s)", p.Name, p.Constraint)), true
	})

// unconstrained says that neither a folder nor those that call it constrain a
// provider.
func unconstrained(p terraform.RequiredProvider) bool { return p.Constraint == "" && p.Inherited == "" }

var boundedTerraform = All("each root says which Terraform it needs", []*detect.Detector{terraform.Constraints, terraform.Modules, tooling.Tools},
	func(s *Scene) []Sign {
		says := map[string]bool{}
		var signs []Sign
		for _, f := range s.live(terraform.Constraints) {
			c, _ := f.Value.(terraform.Constraint)
			says[c.Dir] = true
			signs = append(signs, signOf(f, Good, Present).of("terraform of "+c.Dir))
		}
		for _, f := range s.live(terraform.Modules) {
			m, _ := f.Value.(terraform.Module)
			if m.Root && !m.Terragrunt && !m.Unread && m.Resources+m.Calls > 0 && !says[m.Dir] {
				if pin, ok := s.pinnedTerraform(m.Dir); ok {
					signs = append(signs, signOf(pin, Good, Present).of("terraform of "+m.Dir))
					continue
				}
				signs = append(signs, signOf(f, Bad, None).of("terraform of "+m.Dir).against(checkUnboundedTerraform, fmt.Sprintf("the root %s sets no required_version", m.Dir)))
			}
		}
		return signs
	})

// pinnedTerraform is the file of a version manager that fixes Terraform or
// OpenTofu for a folder: it lies there or in a folder above.
func (s *Scene) pinnedTerraform(dir string) (detect.Finding, bool) {
	for _, f := range s.live(tooling.Tools) {
		t, ok := f.Value.(tooling.Tool)
		if !ok || t.Concern != tooling.Toolchain || t.Version == "" || t.Name != "terraform" && t.Name != "opentofu" {
			continue
		}
		if t.Dir == "." || t.Dir == "" || t.Dir == dir || strings.HasPrefix(dir, t.Dir+"/") {
			return f, true
		}
	}
	return detect.Finding{}, false
}

var lockedProviders = Each("a committed lock file for each root", terraform.Modules,
	func(s *Scene, f detect.Finding, m terraform.Module) (Sign, bool) {
		sign := signOf(f, Good, Present).of("lock file of " + m.Dir)
		switch {
		case !m.Root || m.Providers == 0 && m.LockFile == "" && !m.Terragrunt || m.Terragrunt && inCatalogue(m.Dir) || m.Stack:
			return Sign{}, false
		case m.LockFile != "":
			return sign.says("lock file " + m.LockFile), true
		}
		sign = sign.against(checkNoLockFile, fmt.Sprintf("the root %s has no committed .terraform.lock.hcl", m.Dir)).at(lineOf(f))
		if m.Terragrunt {
			sign.Fix = "Commit the .terraform.lock.hcl that `terragrunt init` writes beside the unit."
		}
		if s.lockIgnored(m) {
			sign.Check = nil // the line that ignores it is the gap
		}
		return sign, true
	})

// lockIgnored says whether git is told to ignore the lock file of a root.
func (s *Scene) lockIgnored(m terraform.Module) bool {
	return slices.ContainsFunc(liveValues[tooling.IgnoredLock](s, tooling.IgnoredLocks), func(l tooling.IgnoredLock) bool {
		return hidesLock(l, m)
	})
}

// inCatalogue says whether a folder of Terragrunt holds units that stacks stamp
// out elsewhere: what Terragrunt's catalogue offers is no root.
func inCatalogue(dir string) bool {
	return slices.ContainsFunc(strings.Split(dir, "/"), func(part string) bool { return part == "catalog" || part == "catalogue" })
}

var fixedModules = Each("module sources pinned to a version, tag or commit", terraform.ModuleCalls,
	func(s *Scene, f detect.Finding, c terraform.ModuleCall) (Sign, bool) {
		sign := signOf(f, Good, Present)
		switch {
		case c.Kind == terraform.Local || c.Kind == terraform.Computed && c.Version == "":
			return Sign{}, false
		case s.fixed(c):
			return sign, true
		case c.Version == "":
			return sign.against(checkMovingModule, moduleRepository(c.Source)+" is taken without a version"), true
		}
		return sign.against(checkMovingModule, fmt.Sprintf("%s is taken at %q, which moves", moduleRepository(c.Source), c.Version)), true
	})

// fixed says whether a module is taken at one version: by the form of its
// reference or, where the reference names this very repository, because it is
// one of its tags.
func (s *Scene) fixed(c terraform.ModuleCall) bool {
	if c.Fixed() || c.Version == "" || s.Repo.Origin == "" || !strings.EqualFold(c.Owner+"/"+c.Repo, s.Repo.Origin) {
		return c.Fixed()
	}
	tags, err := s.Repo.History.Tags()
	return err == nil && slices.ContainsFunc(tags, func(t detect.Tag) bool { return t.Name == c.Version })
}

// moduleRepository is the source of a module without the folder and the
// reference in it: what is to be released by version.
func moduleRepository(source string) string {
	source = strings.TrimPrefix(source, "git::")
	source, _, _ = strings.Cut(source, "?")
	scheme, place, ok := strings.Cut(source, "://")
	if !ok {
		scheme, place = "", source
	}
	place, _, _ = strings.Cut(place, "//")
	place = strings.TrimSuffix(place, ".git")
	if scheme == "" || scheme == "https" {
		return place
	}
	return scheme + "://" + place
}

// foreignBranches: controllers that follow a branch of a repository of somebody
// else. Following a branch of one's own is what GitOps is.
var foreignBranches = Each("(against) controllers that follow a branch of somebody else's repository", kubernetes.Syncs,
	func(s *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
		git := sync.Chart == "" && (sync.Path != "" || sync.Kind == "GitRepository")
		if !git || sync.Here || !s.elsewhere(sync.URL) || !branch.MatchString(cmp.Or(sync.Revision, "HEAD")) {
			return Sign{}, false
		}
		sign := signOf(f, Weak, Present).of("sources of controllers")
		if sync.RevisionAt.Start.Line > 0 {
			sign.At = sync.RevisionAt
		}
		return sign.weak(checkMovingSync, fmt.Sprintf("%s follows %s of %s: what that owner pushes is applied here", f.Subject, cmp.Or(sync.Revision, "the default branch"), sync.URL)), true
	})

// elsewhere says whether the address of a repository is that of another owner
// at the same host, so that it is known to be somebody else's.
func (s *Scene) elsewhere(url string) bool {
	owner, host := s.owner(), strings.ToLower(cmp.Or(s.Repo.Host, "github.com"))
	_, rest, ok := strings.Cut(strings.ToLower(url), "://"+host+"/")
	return ok && owner != "" && !strings.Contains(rest, owner) && !strings.ContainsAny(url, "{$<") && !strings.HasPrefix(rest, "your-")
}

// ignoredLocks: the lock files of Terraform that git ignores, where a root is
// here whose lock file is not.
var ignoredLocks = Each("a lock file that git ignores", tooling.IgnoredLocks,
	func(s *Scene, f detect.Finding, l tooling.IgnoredLock) (Sign, bool) {
		var unlocked []string
		for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
			if m.Root && m.LockFile == "" && m.Providers > 0 && hidesLock(l, m) {
				unlocked = append(unlocked, m.Dir)
			}
		}
		note := fmt.Sprintf("%s keeps the .terraform.lock.hcl of %s out of git", f.At.Path, Counted(len(unlocked), "root"))
		return signOf(f, Bad, None).of("ignored lock files").against(checkIgnoredLock, note), len(unlocked) > 0
	})

// hidesLock says whether a line of .gitignore is about the lock file of a root.
func hidesLock(l tooling.IgnoredLock, m terraform.Module) bool {
	return l.Ecosystem == "terraform" && (l.Dir == "." || within(m.Dir, l.Dir))
}

var pinnedDependencies = Each("roles, collections and plug-ins at one version", provisioning.Dependencies,
	func(_ *Scene, f detect.Finding, d provisioning.Dependency) (Sign, bool) {
		sign := signOf(f, Good, Present)
		if d.Pinned {
			return sign, true
		}
		return sign.weak(checkMovingDependency, unpinnedWords(d)), true
	})

func unpinnedWords(d provisioning.Dependency) string {
	switch {
	case d.Version == "":
		return fmt.Sprintf("%s names no version of %s", d.Tool, d.Name)
	case branch.MatchString(d.Version):
		return fmt.Sprintf("%s follows the branch %s of %s", d.Tool, d.Version, d.Name)
	}
	return fmt.Sprintf("%s takes %s at %q, which is not one version", d.Tool, d.Name, d.Version)
}

var committedState = Each("a state or plan file in git", terraform.StateFiles,
	func(_ *Scene, f detect.Finding, st terraform.StateFile) (Sign, bool) {
		if st.Empty {
			return Sign{}, false
		}
		return signOf(f, Bad, None).against(checkCommittedState, f.At.Path+" is committed"), true
	})

// noCodeToReproduce exempts what holds no infrastructure code.
func noCodeToReproduce(s *Scene) string {
	if s.provisions() {
		return ""
	}
	return "there is no infrastructure code to reproduce"
}
