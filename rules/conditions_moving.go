package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

const agreedTools = "standard-tooling"

var (
	checkMovingSource = &Check{
		ID: "tasks/moving-source", Criterion: agreedTools, Level: Note, Beside: true,
		Title: "A command takes code from a moving branch",
		Why:   "What it gets changes when somebody pushes there, and what worked yesterday cannot be got again.",
		Fix:   "Name a tag or a commit in the address.",
	}
	checkBranchFile = &Check{
		ID: "provisioning/branch-file", Criterion: agreedTools, Level: Note, Beside: true,
		Title: "Configuration takes a file from a moving branch",
		Why:   "What it gets changes when somebody pushes there, without a commit or a review here.",
		Fix:   "Name a tag or a commit in the address, or keep a copy here.",
	}
	checkLatestTool = &Check{
		ID: "tooling/latest-tool", Criterion: agreedTools, Level: Note, Beside: true,
		Title: "A tool is installed at its latest version",
		Why:   "The next release of the tool changes the pipeline or the workplace without a commit here.",
		Fix:   "Name the version, and let an update bot raise it.",
	}
	checkMovingAction = &Check{
		ID: "ci/moving-action", Criterion: agreedTools, Level: Note, Beside: true,
		Title: "A pipeline uses an action or a part at a moving branch",
		Why:   "Whoever can push to the branch runs code in this pipeline, with its secrets.",
		Fix:   "Name a commit or a version of it.",
	}
	checkMovingRun = &Check{
		ID: "ci/moving-image", Criterion: agreedTools, Level: Note, Beside: true,
		Title: "A job or script runs in an image by a moving tag",
		Why:   "The tools in it change without a commit here.",
		Fix:   "Name a version tag or a digest.",
	}
)

// movingTools: what jobs, scripts, tasks and hooks fetch without a version.
var movingTools = All("tools, actions, images or files that pipelines, scripts, hooks and configuration take at a moving version",
	slices.Concat(pipelineDetectors, []*detect.Detector{tasks.Tasks, tasks.Scripts, containers.Builds, tooling.Tools, tooling.HookSets, provisioning.BranchFiles}),
	func(s *Scene) []Sign {
		return slices.Concat(s.movingUses(), s.movingCommands(), s.movingJobs(), s.movingSettings(), s.movingFiles())
	})

// toolsTaken is a sign about tools, by which a gap is shown: it decides only
// where nothing is agreed on.
func toolsTaken(at detect.Span, finding string, check *Check, note string) Sign {
	return Sign{Finding: finding, At: at}.of("tools taken").against(check, note).lesser()
}

// movingUses: actions at a branch, and those that are told to fetch the latest
// version of their tool. Blocks of the owner's own are judged as shared ones.
func (s *Scene) movingUses() []Sign {
	var signs []Sign
	owner := s.owner()
	for _, p := range s.livePipelines() {
		signs = append(signs, s.movingIncludes(p, owner)...)
		for _, u := range stepUsesOf(p) {
			if branch.MatchString(u.Version) && u.Owner != "" && !strings.EqualFold(u.Owner, owner) {
				signs = append(signs, toolsTaken(u.NamedAt(), s.seenBy[p.Path], checkMovingAction, p.Path+" uses "+u.Ref))
			}
			signs = append(signs, latestInputs(u, s.seenBy[p.Path])...)
		}
	}
	return signs
}

// stepUsesOf are the blocks of others' that steps, and jobs of orbs, are made of.
func stepUsesOf(p wiring.Pipeline) []wiring.Use {
	return slices.DeleteFunc(usesOf(p), func(u wiring.Use) bool { return u.Local || u.Kind == wiring.Workflow || u.Kind == wiring.Template })
}

// movingIncludes: parts of a pipeline that are taken from others' repositories at
// a branch, each repository once. GitLab takes the default branch where no ref is
// named.
// Source: https://docs.gitlab.com/ci/yaml/#includeproject
func (s *Scene) movingIncludes(p wiring.Pipeline, owner string) []Sign {
	var signs []Sign
	told := map[string]bool{}
	for _, u := range p.Includes {
		moves := branch.MatchString(u.Version) || u.Version == "" && u.Kind == wiring.Include
		if u.Local || !moves || u.Repo == "" || strings.EqualFold(u.Owner, owner) || told[u.Owner+"/"+u.Repo] {
			continue
		}
		told[u.Owner+"/"+u.Repo] = true
		signs = append(signs, toolsTaken(u.NamedAt(), s.seenBy[p.Path], checkMovingAction, p.Path+" takes "+u.Ref+", at a branch"))
	}
	return signs
}

func (s *Scene) livePipelines() []wiring.Pipeline {
	return slices.DeleteFunc(slices.Clone(s.pipelines), func(p wiring.Pipeline) bool { return p.Dead != "" })
}

// branch matches the names of branches and tags that move.
var branch = regex.New(`(?i)^(refs/heads/)?(master|main|develop|trunk|head|latest|edge|nightly|volatile)$`)

// latestWithout are actions that install the latest version where an input
// does not name one.
var latestWithout = map[string]string{
	"hashicorp/setup-terraform": "terraform_version", "hashicorp/setup-packer": "version", "opentofu/setup-opentofu": "tofu_version",
	"azure/setup-helm": "version", "azure/setup-kubectl": "version", "terraform-linters/setup-tflint": "tflint_version",
}

// latest matches a version, or the last word of a line of versions or of an
// expression with a default, that is the latest.
var latest = regex.New(`(?im)(^|[\s'"])latest['"]?\s*(\}\})?\s*$`)

func latestInputs(u wiring.Use, finding string) []Sign {
	var signs []Sign
	for _, input := range sortedKeys(u.With) {
		if name := strings.TrimSuffix(strings.ToLower(input), "s"); strings.HasSuffix(name, "version") && latest.MatchString(u.With[input]) {
			signs = append(signs, toolsTaken(onLine(u.At, u.Lines[input]), finding, checkLatestTool, u.Ref+" takes the latest version"))
		}
	}
	name, _, _ := strings.Cut(strings.ToLower(u.Ref), "@")
	if input, ok := latestWithout[name]; ok && u.With[input] == "" && u.With[input+"_file"] == "" && u.With[input+"-file"] == "" {
		signs = append(signs, toolsTaken(u.At, finding, checkLatestTool, u.Ref+" takes the latest version: no "+input+" is given"))
	}
	return signs
}

// movingSettings: toolchains and hooks at moving versions.
func (s *Scene) movingSettings() []Sign {
	var signs []Sign
	for _, f := range s.live(tooling.Tools) {
		if t, _ := f.Value.(tooling.Tool); t.Concern == tooling.Toolchain && t.Latest {
			signs = append(signs, toolsTaken(f.At, f.Detector.ID, checkLatestTool, f.At.Path+" takes the latest "+t.Name))
		}
	}
	for _, f := range s.live(tooling.HookSets) {
		if h, _ := f.Value.(tooling.HookSet); len(h.Moving) > 0 {
			signs = append(signs, toolsTaken(f.At, f.Detector.ID, checkMovingSource, "hooks of "+SomeOf(h.Moving, shownNames)+" follow a branch"))
		}
	}
	return signs
}

// movingFiles: what configuration takes from a branch.
func (s *Scene) movingFiles() []Sign {
	var signs []Sign
	for _, f := range s.live(provisioning.BranchFiles) {
		b, _ := f.Value.(provisioning.BranchFile)
		signs = append(signs, toolsTaken(f.At, f.Detector.ID, checkBranchFile, fmt.Sprintf("%s is taken at the branch %s, which moves", b.Address, b.Branch)))
	}
	return signs
}

// movingCommands: what the commands of pipelines, tasks, scripts and image
// builds fetch.
func (s *Scene) movingCommands() []Sign {
	var signs []Sign
	s.eachCommand(func(finding string, c wiring.Command) {
		if f, ok := fetched(c.Words); ok && !s.isOwn(f) {
			signs = append(signs, toolsTaken(c.At, finding, f.check, f.note))
		}
	})
	return signs
}

// eachCommand calls yield for the commands of pipelines, tasks, scripts and
// image builds, with the detector that saw each.
func (s *Scene) eachCommand(yield func(finding string, c wiring.Command)) {
	each := func(finding string, list []wiring.Command) {
		for _, c := range list {
			if len(c.Words) > 0 {
				yield(finding, c)
			}
		}
	}
	for _, p := range s.livePipelines() {
		for _, j := range p.Jobs {
			for _, st := range j.Steps {
				each(s.seenBy[p.Path], st.Commands)
			}
		}
	}
	for _, f := range s.live(tasks.Tasks, tasks.Scripts, containers.Builds) {
		switch v := f.Value.(type) {
		case wiring.Task:
			each(f.Detector.ID, v.Commands)
		case wiring.Script:
			each(f.Detector.ID, v.Commands)
		case containers.Build:
			each(f.Detector.ID, v.Commands)
		}
	}
}

// A fetch is what a command takes from elsewhere at a moving version: an image, an
// address, a branch or a package, by which check, and in words.
type fetch struct {
	check      *Check
	what, note string
}

// isOwn says whether a fetch is of this repository itself: an image that is built
// here, or a file by its web address.
func (s *Scene) isOwn(f fetch) bool {
	switch f.check {
	case checkMovingRun:
		return slices.Contains(imageParts(f.what), strings.ToLower(s.Repo.Name)) || s.builtByCommand()[f.what]
	case checkMovingSource:
		return s.Repo.Holds(f.what)
	}
	return false
}

// fetched is what a command fetches at a moving version; false where it fetches
// nothing, or what it fetches is fixed.
func fetched(words []string) (fetch, bool) {
	if len(words) < 2 || strings.HasSuffix(words[0], "echo") {
		return fetch{}, false
	}
	for _, w := range words[1:] {
		if manifest.BranchOf(w) != "" && !strings.Contains(w, "/Homebrew/install/") { // has no versions
			return fetch{checkMovingSource, w, manifest.Redacted(w) + " is taken at a branch, which moves"}, true
		}
	}
	program, rest := words[0][strings.LastIndexByte(words[0], '/')+1:], words[1:]
	switch program {
	case "git":
		if b := clonedBranch(rest); b != "" {
			return fetch{checkMovingSource, b, "git clones the branch " + b + ", which moves"}, true
		}
		return fetch{}, false
	case "docker", "podman", "nerdctl", "kubectl", "oc":
		if image := ranImage(program, rest); movingImage(image) {
			return fetch{checkMovingRun, image, program + " runs " + image + untagged(image)}, true
		}
		return fetch{}, false
	}
	if name := latestPackage(program, rest); name != "" {
		return fetch{checkLatestTool, name, program + " installs " + name + " without a version"}, true
	}
	return fetch{}, false
}

// clonedBranch is the branch that a clone names and that moves; else empty.
func clonedBranch(words []string) string {
	named := valueOf(words, "-b", "--branch")
	if words[0] != "clone" || !branch.MatchString(named) {
		return ""
	}
	return named
}

// An installer is a program that installs tools of one kind.
type installer struct {
	// does are the words that make it install for the whole machine.
	does [][]string
	// version is what a name holds that has a version.
	version string
	// option is the option that names the version instead.
	option []string
	// local are options with which it installs something else: a list, the
	// folder it stands in.
	local []string
}

var installers = map[string]installer{
	"npm":  {does: [][]string{{"install", "-g"}, {"i", "-g"}, {"install", "--global"}, {"i", "--global"}, {"-g", "install"}, {"-g", "i"}}, version: "@"},
	"gem":  {does: [][]string{{"install"}}, version: ":", option: []string{"-v", "--version"}, local: []string{"--local"}},
	"pipx": {does: [][]string{{"install"}}, version: "="},
	"pip":  {does: [][]string{{"install"}}, version: "=", local: pipLists},
	"pip3": {does: [][]string{{"install"}}, version: "=", local: pipLists},
}

// pipLists are options with which pip installs what a file or folder lists.
var pipLists = []string{"-r", "--requirement", "-e", "--editable", "-c", "--constraint", "--no-index", "--target", "-t"}

// ownTools are the package managers themselves, which upgrade in place.
var ownTools = []string{"pip", "setuptools", "wheel", "npm", "pipx", "bundler"}

// latestPackage is the first package that a command installs without a version;
// empty where there is none.
func latestPackage(program string, words []string) string {
	if program == "go" && len(words) > 1 && (words[0] == "install" || words[0] == "run" || words[0] == "get") {
		for _, w := range words[1:] {
			if name, version, ok := strings.Cut(w, "@"); ok && branch.MatchString(version) {
				return cmp.Or(name, w)
			}
		}
	}
	in, ok := installers[program]
	if !ok || slices.ContainsFunc(words, func(w string) bool { return optionOf(in.option, w) || slices.Contains(in.local, w) }) {
		return ""
	}
	for _, does := range in.does {
		if !containsAll(words[:min(3, len(words))], does) {
			continue
		}
		for _, w := range words {
			if !strings.HasPrefix(w, "-") && !slices.Contains(does, w) {
				return unversioned(w, in.version)
			}
		}
	}
	return ""
}

func optionOf(options []string, word string) bool {
	return slices.ContainsFunc(options, func(o string) bool { return word == o || strings.HasPrefix(word, o+"=") })
}

func containsAll(words, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(words, w) })
}

// unversioned is the name of a package that names no version, or the latest;
// empty for others, and for paths, addresses and variables.
func unversioned(word, mark string) string {
	if strings.ContainsAny(word, "$`\\") || strings.HasPrefix(word, ".") || strings.HasPrefix(word, "/") || strings.Contains(word, "://") || strings.HasSuffix(word, ".tgz") {
		return ""
	}
	name, version, found := strings.Cut(strings.TrimPrefix(word, "@"), mark)
	if found && !branch.MatchString(version) || strings.ContainsAny(name, "<>~") || slices.Contains(ownTools, name) {
		return ""
	}
	return name
}
