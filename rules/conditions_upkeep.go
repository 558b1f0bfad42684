package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

const inContext = "guardrails-in-context"

var (
	checkNoUpdates = &Check{
		ID: "tooling/missing-updates", Criterion: inContext, Level: Note,
		Title: "Nothing keeps these dependencies up to date",
		Why:   "Versions that a person has to remember stay until they break, or until a hole in them is used.",
		Fix:   "Switch on Renovate or Dependabot for the ecosystems that are here.",
	}
	checkUncovered = &Check{
		ID: "tooling/uncovered-ecosystem", Criterion: inContext, Level: Note,
		Title: "The update bot leaves out an ecosystem that is here",
		Why:   "What the bot does not watch grows old unseen, beside what it keeps fresh.",
		Fix:   "Add an entry for the ecosystem to the bot's settings.",
	}
	checkIdleUpdates = &Check{
		ID: "tooling/idle-updates", Criterion: inContext, Level: Note,
		Title: "The update bot watches a folder that holds nothing for it",
		Why:   "The entry does nothing, and what it was meant for may have moved out of its sight.",
		Fix:   "Point the entry at the folder of the manifests, or remove it.",
	}
)

var checkIgnoredPackages = &Check{
	ID: "tooling/ignored-lock-file", Criterion: agreedTools, Level: Note, Beside: true,
	Title: "Git ignores the lock file of a package",
	Why:   "What is ignored is not committed, and each machine and each run chooses versions for itself.",
	Fix:   "Take the line out of .gitignore, and commit the lock file.",
}

// ignoredPackages: lock files that git ignores, of packages that have none and
// are not made for others to build.
var ignoredPackages = All("a lock file of a package that git ignores", []*detect.Detector{tooling.IgnoredLocks, tasks.Manifests}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(tooling.IgnoredLocks) {
		l, _ := f.Value.(tooling.IgnoredLock)
		unlocked := slices.ContainsFunc(liveValues[tasks.Manifest](s, tasks.Manifests), func(m tasks.Manifest) bool {
			return l.Name != "uv.lock" && m.Ecosystem == l.Ecosystem && m.LockFile == "" && !m.Publishes && len(m.Dependencies) > 0 && (l.Dir == "." || within(m.Dir, l.Dir))
		})
		if unlocked {
			signs = append(signs, toolsTaken(f.At, f.Detector.ID, checkIgnoredPackages, f.At.Path+" keeps "+l.Name+" out of git"))
		}
	}
	return signs
})

// A pinned version is one in a file of an ecosystem that a bot could raise.
type pinnedVersion struct {
	ecosystem, what, finding string
	at                       detect.Span
}

// updatable are the first versions of each file that a bot could raise, by
// path.
func (s *Scene) updatable() []pinnedVersion {
	found := s.actionVersions()
	for _, f := range s.live(tasks.Manifests, terraform.ModuleCalls, terraform.RequiredProviders, containers.Bases, provisioning.Dependencies, kubernetes.Charts, kubernetes.Helmfiles) {
		if ecosystem, what := s.raisable(f); ecosystem != "" {
			found = append(found, pinnedVersion{ecosystem, what, f.Detector.ID, f.At})
		}
	}
	var first []pinnedVersion
	seen := map[[2]string]bool{}
	for _, p := range found {
		if key := [2]string{p.ecosystem, p.at.Path}; !seen[key] {
			seen[key] = true
			first = append(first, p)
		}
	}
	slices.SortStableFunc(first, func(a, b pinnedVersion) int { return strings.Compare(a.at.Path, b.at.Path) })
	return first
}

// actionVersions are the versions of actions that live pipelines use.
func (s *Scene) actionVersions() []pinnedVersion {
	var found []pinnedVersion
	for _, p := range s.livePipelines() {
		for _, u := range usesOf(p) {
			if p.Vendor == "github-actions" && !u.Local && u.Version != "" && !branch.MatchString(u.Version) { // a branch is always up to date
				found = append(found, pinnedVersion{"github-actions", u.Ref, s.seenBy[p.Path], u.At})
			}
		}
	}
	return found
}

// raisable is the ecosystem of a finding that names a version which a bot could
// raise, and what it names; empty for others.
func (s *Scene) raisable(f detect.Finding) (ecosystem, what string) {
	switch v := f.Value.(type) {
	case tasks.Manifest:
		if len(v.Dependencies) > 0 {
			return v.Ecosystem, "the dependencies of " + f.At.Path
		}
	case terraform.ModuleCall:
		if v.Kind != terraform.Local && v.Fixed() && v.Version != "" && !strings.Contains(v.Source, "${") {
			return "terraform", v.Name + " at " + v.Version
		}
	case terraform.RequiredProvider:
		if v.Bounded || v.Constraint != "" && s.folders().locked[v.Dir] { // an open lower bound takes what is new by itself
			return "terraform", "provider " + v.Name + " " + v.Constraint
		}
	case containers.Base:
		if v.Tag != "" && !v.Argument && !kubernetes.Moving(v.Tag) {
			return "docker", v.Ref
		}
	case provisioning.Dependency:
		if v.Pinned && v.Tool == "ansible" {
			return "ansible", v.Name + " " + v.Version
		}
	case kubernetes.Chart:
		if len(v.Dependencies) > 0 && v.Dependencies[0].Pinned() {
			return "helm", "the charts of " + f.At.Path
		}
	case kubernetes.Helmfile:
		if v.Releases[0].Pinned() {
			return "helm", "the charts of " + f.At.Path
		}
	}
	return "", ""
}

// updatableTests are the packages that test the repository, whose dependencies
// grow old as well.
func (s *Scene) updatableTests() []pinnedVersion {
	var found []pinnedVersion
	for f, m := range detect.Each[tasks.Manifest](s.Observed, tasks.Manifests) {
		if f.Place == detect.Test && len(m.Dependencies) > 0 && !isFixture(f.At.Path) {
			found = append(found, pinnedVersion{m.Ecosystem, "the dependencies of " + f.At.Path, f.Detector.ID, f.At})
		}
	}
	return found
}

// isFixture says whether a file is what tests read, and no test itself.
func isFixture(p string) bool {
	return inFolder(p, "testdata", "fixtures", "fixture", "__fixtures__", "test-data", "test_data")
}

func usesOf(p wiring.Pipeline) []wiring.Use {
	var found []wiring.Use
	for _, j := range p.Jobs {
		if j.Uses != nil {
			found = append(found, *j.Uses)
		}
		for _, st := range j.Steps {
			if st.Uses != nil {
				found = append(found, *st.Uses)
			}
		}
	}
	return found
}

// missingUpdates: versions that no bot raises. That none is switched on is one
// gap, at the file that would do so.
var missingUpdates = All("versions that no update bot raises", updatableDetectors, func(s *Scene) []Sign {
	if len(scheduledUpdates.Signs(s)) > 0 {
		return nil
	}
	bots := slices.DeleteFunc(slices.Clone(s.live(tooling.Updaters)), func(f detect.Finding) bool { u, _ := f.Value.(tooling.Updater); return u.Disabled })
	for _, f := range s.live(kubernetes.Syncs) {
		if y, _ := f.Value.(kubernetes.Sync); raisesImages(y) {
			f.Value = tooling.Updater{Name: "flux", Ecosystems: []string{"docker"}}
			bots = append(bots, f)
		}
	}
	if len(bots) > 0 {
		return s.uncovered(bots)
	}
	versions := s.updatable()
	if len(versions) == 0 {
		return nil
	}
	first := versions[0]
	note := "nothing keeps " + first.what + " (" + first.at.Path + ") up to date"
	if others := len(versions) - 1; others > 0 {
		note += fmt.Sprintf(", nor the versions in %s", Counted(others, "other file"))
	}
	sign := Sign{Subject: "updates", Finding: first.finding, At: detect.Span{Path: ".github/dependabot.yml"}}
	return []Sign{sign.against(checkNoUpdates, note)}
})

var updatableDetectors = slices.Concat(pipelineDetectors, []*detect.Detector{
	tooling.Updaters, kubernetes.Syncs, tasks.Manifests, terraform.Modules, terraform.ModuleCalls, terraform.RequiredProviders, containers.Bases, provisioning.Dependencies, kubernetes.Charts, kubernetes.Helmfiles,
})

// managers are the names that bots give an ecosystem.
// Source: https://docs.renovatebot.com/modules/manager/ and
// https://docs.github.com/code-security/dependabot/ecosystems-supported-by-dependabot
var managers = map[string][]string{
	"github-actions": {"github-actions"}, "npm": {"npm", "bun", "pnpm", "yarn"}, "go": {"gomod"}, "cargo": {"cargo"}, "maven": {"maven", "gradle"}, "gradle": {"gradle", "gradle-wrapper", "maven"},
	"nuget": {"nuget", "dotnet-sdk"}, "bundler": {"bundler"}, "composer": {"composer"}, "docker": {"docker", "dockerfile"}, "terraform": {"terraform", "opentofu", "terragrunt"},
	"pip": {"pip", "uv", "pip_requirements", "pip_setup", "pipenv", "poetry", "pep621", "pip-compile", "setup-cfg"},
}

// uncovered are the ecosystems that are here and that no bot watches, at the
// settings of the first bot.
func (s *Scene) uncovered(bots []detect.Finding) []Sign {
	var watched []string
	for _, f := range bots {
		u, _ := f.Value.(tooling.Updater)
		if len(u.Ecosystems) == 0 {
			return nil
		}
		watched = append(watched, u.Ecosystems...)
	}
	var signs []Sign
	told := map[string]bool{}
	for _, p := range slices.Concat(s.updatable(), s.updatableTests()) {
		names, known := managers[p.ecosystem]
		if !known || told[p.ecosystem] || slices.ContainsFunc(names, func(n string) bool { return slices.Contains(watched, n) }) {
			continue
		}
		told[p.ecosystem] = true
		note := fmt.Sprintf("%s leaves out %s, which %s names", bots[0].At.Path, p.ecosystem, p.at.Path)
		signs = append(signs, signOf(bots[0], Bad, None).of("updates").against(checkUncovered, note))
	}
	return signs
}

// manifestFiles are the names of files that Dependabot looks for in the folder
// of an entry, as patterns.
var manifestFiles = map[string][]string{
	"npm": {"package.json"}, "gomod": {"go.mod"}, "cargo": {"Cargo.toml"}, "bundler": {"Gemfile", "*.gemspec", "gems.rb"}, "composer": {"composer.json"}, "maven": {"pom.xml"},
	"gradle": {"build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"}, "terraform": {"*.tf", "*.hcl", "*.tofu"}, "opentofu": {"*.tf", "*.hcl", "*.tofu"},
}

// idleUpdates: entries of Dependabot for folders that hold nothing of their
// ecosystem.
var idleUpdates = Each("entries of an update bot for folders that hold nothing for it", tooling.Updaters,
	func(s *Scene, f detect.Finding, u tooling.Updater) (Sign, bool) {
		for _, e := range u.Entries {
			patterns, known := manifestFiles[e.Ecosystem]
			if known && !strings.ContainsAny(e.Dir, "*") && !s.holdsOne(strings.Trim(e.Dir, "/"), patterns) {
				return signOf(f, Bad, None).of("updates").against(checkIdleUpdates, fmt.Sprintf("the entry for %s watches %s, which holds none of its files", e.Ecosystem, e.Dir)).at(e.At), true
			}
		}
		return Sign{}, false
	})

// holdsOne says whether a folder itself holds a file of one of the patterns.
func (s *Scene) holdsOne(folder string, patterns []string) bool {
	folder = path.Clean(folder)
	return slices.ContainsFunc(s.Repo.Tree.Under(folder), func(e detect.Entry) bool {
		return path.Dir(e.Path) == folder && slices.ContainsFunc(patterns, func(p string) bool { ok, _ := path.Match(p, path.Base(e.Path)); return ok })
	})
}
