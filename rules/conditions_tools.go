package rules

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var (
	checkNoTestTask = &Check{
		ID: "tasks/missing-task", Criterion: "task-automation", Level: Note,
		Title: "The tasks do not cover set-up, test and build",
		Why:   "What is not a task is typed from memory.",
		Fix:   "Add the tasks that are missing to the runner that is there.",
	}
	checkDeadScript = &Check{
		ID: "tasks/dead-script", Criterion: "task-automation", Level: Warning,
		Title: "A task calls a script that is not there",
		Why:   "The task fails for whoever tries it next, and what it did has to be found out again.",
		Fix:   "Bring the script back, call what took its place, or remove the task.",
	}
	checkRivalVendors = &Check{
		ID: "ci/rival-vendors", Criterion: "standard-tooling", Level: Note,
		Title: "Pipelines of two vendors stand side by side",
		Why:   "Each rule has to be written twice, and one of the two is forgotten.",
		Fix:   "Move what is left to one vendor, and remove the other's files.",
	}
	checkDeadPipeline = &Check{
		ID: "ci/dead-pipeline", Criterion: "standard-tooling", Level: Note,
		Title: "A pipeline file that its vendor never runs",
		Why:   "Readers take it for a check that exists.",
		Fix:   "Remove the file, or move it to where the vendor reads it.",
	}
	checkRivalManagers = &Check{
		ID: "tooling/rival-package-managers", Criterion: "standard-tooling", Level: Note,
		Title: "Two package managers for one package",
		Why:   "Their lock files disagree, and which versions run depends on who installed.",
		Fix:   "Keep the one that the pipeline uses, and remove the other's lock file.",
	}
)

// taskVerbs are what tasks are for, by the words of their names.
var taskVerbs = map[string][]string{
	"set-up": {"setup", "install", "init", "bootstrap", "deps", "dev", "devenv", "env", "requirements", "up", "prepare", "venv", "tools", "configure", "start", "run", "serve"},
	"test":   {"test", "tests", "check", "verify", "spec", "ci", "e2e", "unit", "coverage", "validate", "lint"},
	"build":  {"build", "package", "compile", "image", "docker", "dist", "release", "deploy", "generate", "apply", "plan", "publish", "all"},
}

// verbsOf are the verbs that tasks cover.
func verbsOf(list []wiring.Task) map[string]bool {
	covered := map[string]bool{}
	for _, t := range list {
		for verb, names := range taskVerbs {
			if hasWord(t.Name, names...) {
				covered[verb] = true
			}
		}
	}
	return covered
}

// taskRunner: the tasks of all runners together, by what they cover.
var taskRunner = All("a task runner with set-up, test and build", []*detect.Detector{tasks.Tasks}, func(s *Scene) []Sign {
	found := s.live(tasks.Tasks)
	if len(found) == 0 {
		return nil
	}
	list := liveValues[wiring.Task](s, tasks.Tasks)
	covered := verbsOf(list)
	outermost := slices.MinFunc(found, func(a, b detect.Finding) int {
		return cmp.Compare(strings.Count(a.At.Path, "/"), strings.Count(b.At.Path, "/"))
	})
	sign := signOf(outermost, Good, s.tasksUsed()).of("tasks").says(fmt.Sprintf("%d tasks, by %s", len(list), strings.Join(runnersOf(list), ", ")))
	if len(covered) < 2 || len(list) < 3 {
		var missing []string
		for _, verb := range []string{"set-up", "test", "build"} {
			if !covered[verb] {
				missing = append(missing, verb)
			}
		}
		sign.At = detect.Span{Path: outermost.At.Path} // a task that is nowhere has no line
		if strings.Contains(outermost.At.Path, "/") {
			sign.At.Path = "Makefile" // the runners that are here serve a folder each
		}
		return []Sign{sign.weak(checkNoTestTask, "no task for "+strings.Join(missing, " or ")+" "+theTasks(len(list)))}
	}
	return []Sign{sign}
})

// deadScripts: one broken task takes nothing from the others, so that it is
// evidence about the same subject as they are.
var deadScripts = All("a task that calls a script which does not exist", []*detect.Detector{tasks.Tasks}, func(s *Scene) []Sign {
	var signs []Sign
	for _, m := range wiring.DeadScripts(s.Repo, liveValues[wiring.Task](s, tasks.Tasks)) {
		note := m.Name + " is called and " + left(m.Removed)
		sign := Sign{Subject: "tasks", Finding: tasks.Tasks.ID, At: m.At}.against(checkDeadScript, note)
		if m.Nearest != "" {
			sign.Fix = "Call " + m.Nearest + " instead."
		}
		signs = append(signs, sign)
	}
	return signs
})

// left says how a path that is called left the repository.
func left(r detect.Removal) string {
	when := fmt.Sprintf("commit %.8s (%s)", r.Commit.ID, r.Commit.When.Format("2006-01-02"))
	switch {
	case r.Commit.ID == "":
		return "does not exist"
	case r.To != "":
		return "is not there; " + when + " moved it to " + r.To
	}
	return "is not there; " + when + " removed it"
}

func runnersOf(list []wiring.Task) []string {
	names := []string{}
	for _, t := range list {
		if !slices.Contains(names, t.Runner) {
			names = append(names, t.Runner)
		}
	}
	slices.Sort(names)
	return names
}

// tasksUsed is wired where a pipeline runs one of the tasks.
func (s *Scene) tasksUsed() Strength {
	for _, a := range s.Graph.Acts() {
		if a.Live && len(a.Via) > 0 {
			return Wired
		}
	}
	return Present
}

var workingEnvironment = All("environment set-up by one command (dev container, Compose, Nix, mise)", []*detect.Detector{tasks.Environments},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(tasks.Environments) {
			signs = append(signs, signOf(f, Good, Present).of("environment"))
		}
		if len(s.live(tasks.Tasks)) == 0 {
			for i := range signs {
				signs[i].Mark = Weak
			}
		}
		return signs
	})

var migrationsByTool = All("database migrations by a tool", []*detect.Detector{tasks.Migrations}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(tasks.Migrations) {
		signs = append(signs, signOf(f, Good, Present).of("migrations"))
	}
	return signs
})

var someScripts = Lesser(All("scripts without a runner", []*detect.Detector{tasks.Scripts, tooling.HookSets}, func(s *Scene) []Sign {
	if len(s.live(tasks.Tasks)) > 0 {
		return nil
	}
	for _, f := range s.live(tasks.Scripts, tooling.HookSets) {
		if script, ok := f.Value.(wiring.Script); ok && script.Language == "dockerfile" {
			continue
		}
		return []Sign{signOf(f, Weak, Present).of("tasks").says(f.At.Path + " automates a part, without a runner")}
	}
	return nil
}))

var codeChecker = All("a formatter or linter, configured or run by the pipeline", []*detect.Detector{tooling.Tools, tooling.HookSets}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(tooling.Tools) {
		if t, _ := f.Value.(tooling.Tool); t.Concern == tooling.Formatter || t.Concern == tooling.Linter || t.Concern == tooling.TypeChecker {
			signs = append(signs, signOf(f, Good, Present).of("checker"))
		}
	}
	for _, a := range s.Graph.Of(wiring.Lint, wiring.Format) {
		if a.Live && a.OnChange && a.Swallowed == "" {
			signs = append(signs, s.signOfAct(a, Good).of("checker"))
		}
	}
	for _, f := range s.live(tooling.HookSets) {
		if h, _ := f.Value.(tooling.HookSet); len(h.Hooks) > 2 {
			signs = append(signs, signOf(f, Good, Present).of("checker"))
		}
	}
	if len(signs) == 0 {
		return []Sign{{Subject: "checker", Mark: Bad, Note: "no formatter or linter is configured"}}
	}
	return signs
})

var editorOrHooks = All("settings for every editor, or hooks that run before a commit", []*detect.Detector{tooling.Tools, tooling.HookSets}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(tooling.Tools) {
		if t, _ := f.Value.(tooling.Tool); t.Concern == tooling.Editor || t.Concern == tooling.Hooks {
			signs = append(signs, signOf(f, Good, Present).of("editor or hooks"))
		}
	}
	for _, f := range s.live(tooling.HookSets) {
		signs = append(signs, signOf(f, Good, Present).of("editor or hooks"))
	}
	if len(signs) == 0 {
		return []Sign{{Subject: "editor or hooks", Mark: Bad, Note: "no editor settings and no hooks"}}
	}
	return signs
})

var pinnedToolchain = All("a toolchain pinned where the tools read it", []*detect.Detector{tooling.Tools}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(tooling.Tools) {
		if t, _ := f.Value.(tooling.Tool); t.Concern == tooling.Toolchain && t.Version != "" {
			signs = append(signs, signOf(f, Good, Present).of("toolchain"))
		}
	}
	return signs
})

// oneTool: one infrastructure tool throughout.
var oneTool = Lesser(All("one tool for the infrastructure throughout", nil, func(s *Scene) []Sign {
	tools := s.infrastructureTools()
	if len(tools) != 1 {
		return nil
	}
	return []Sign{{Subject: "one tool", Mark: Weak, Strength: Present, Note: "the one tool for infrastructure is " + tools[0]}}
}))

func (s *Scene) infrastructureTools() []string {
	var tools []string
	if len(s.live(terraform.Modules)) > 0 {
		tools = append(tools, "Terraform")
	}
	if len(s.live(cloudformation.Templates, cloudformation.Apps)) > 0 {
		tools = append(tools, "CloudFormation")
	}
	if len(s.live(kubernetes.Objects, kubernetes.Charts, kubernetes.Helmfiles)) > 0 {
		tools = append(tools, "Kubernetes")
	}
	for _, p := range liveValues[provisioning.Project](s, provisioning.Projects) {
		if !slices.Contains(tools, p.Tool) {
			tools = append(tools, p.Tool)
		}
	}
	return tools
}

var rivalVendors = All("pipelines of two CI vendors, or pipeline files that never run", pipelineDetectors, func(s *Scene) []Sign {
	vendors := map[string]wiring.Pipeline{}
	var signs []Sign
	for _, p := range s.pipelines {
		if p.Dead != "" {
			sign := s.pipelineSign(p).against(checkDeadPipeline, p.Path+" never runs: "+p.Dead)
			if s.unasked(p) != "" {
				sign.Fix = unaskedFix
			}
			signs = append(signs, sign)
			continue
		}
		if len(p.Jobs) > 0 && s.standsAlone(p) {
			if _, ok := vendors[p.Vendor]; !ok {
				vendors[p.Vendor] = p
			}
		}
	}
	if names := sortedKeys(vendors); len(names) > 1 {
		p := vendors[names[1]]
		sign := s.pipelineSign(p).against(checkRivalVendors, "pipelines of "+strings.Join(names, " and ")+" stand side by side")
		if _, delivers := vendors["concourse"]; delivers {
			sign.At = detect.Span{Path: p.Path} // which often delivers what the other one tests
		}
		signs = append(signs, sign)
	}
	return signs
})

// startedElsewhere are vendors whose files say what to do and not when: jobs of
// another vendor, or a person, hand them over.
var startedElsewhere = []string{"cloud-build", "codebuild"}

// standsAlone says whether a pipeline rivals those of another vendor: it builds,
// tests or delivers. Atlantis applies what other vendors test.
func (s *Scene) standsAlone(p wiring.Pipeline) bool {
	if p.Vendor == "atlantis" || slices.Contains(startedElsewhere, p.Vendor) && strings.Contains(p.Path, "/") {
		return false
	}
	return slices.ContainsFunc(s.Graph.Of(wiring.Test, wiring.Validate, wiring.Plan, wiring.Build, wiring.Lint, wiring.Apply, wiring.Publish), func(a wiring.Act) bool {
		return a.Pipeline.Path == p.Path && a.Live
	})
}

func (s *Scene) pipelineSign(p wiring.Pipeline) Sign {
	return Sign{Subject: "pipeline " + p.Path, Finding: s.seenBy[p.Path], At: detect.AtLine(p.Path, 1)}
}

// rivals are package managers that serve the same packages.
var rivals = [][]string{
	{"npm", "yarn", "pnpm", "bun"},
	{"pip", "pipenv", "poetry", "uv", "pdm"},
}

var rivalManagers = All("two package managers for one package", []*detect.Detector{tooling.Tools}, func(s *Scene) []Sign {
	inFolder := map[string][]detect.Finding{}
	for _, f := range s.live(tooling.Tools) {
		if t, _ := f.Value.(tooling.Tool); t.Concern == tooling.PackageManager {
			inFolder[t.Dir] = append(inFolder[t.Dir], f)
		}
	}
	var signs []Sign
	for _, dir := range sortedKeys(inFolder) {
		if f, names := rivalsAmong(inFolder[dir]); len(names) > 1 {
			note := strings.Join(names, " and ") + " manage the packages of " + path.Clean(dir)
			signs = append(signs, signOf(f, Bad, None).of("managers of "+dir).against(checkRivalManagers, note))
		}
	}
	return signs
})

func rivalsAmong(found []detect.Finding) (detect.Finding, []string) {
	for _, family := range rivals {
		var names []string
		var last detect.Finding
		for _, f := range found {
			t, _ := f.Value.(tooling.Tool)
			if slices.Contains(family, t.Name) && !slices.Contains(names, t.Name) {
				names, last = append(names, t.Name), f
			}
		}
		if len(names) > 1 {
			slices.Sort(names)
			return last, names
		}
	}
	return detect.Finding{}, nil
}

// theTasks says in words among how many tasks one is missing.
func theTasks(n int) string {
	if n == 1 {
		return "beside the one that is there"
	}
	return fmt.Sprintf("among the %d that are there", n)
}
