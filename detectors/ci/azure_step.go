package ci

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// azureMacro matches "$(name)", which Azure Pipelines replaces and a shell
// would take for a command.
var azureMacro = regex.New(`\$\([A-Za-z_][\w.-]*\)`)

func (a *azureFile) list(n syntax.Node, sh shell) []wiring.Step {
	var steps []wiring.Step
	for _, i := range items(n) {
		if a.steps++; a.steps > maxSteps {
			break
		}
		steps = append(steps, a.step(i, sh))
	}
	return steps
}

func (a *azureFile) step(n item, sh shell) wiring.Step {
	text := both(n.cond, n.Get("condition").Text())
	step := wiring.Step{Name: n.Get("displayName").Text(), At: n.Span(), If: oneLine(text), Dir: azureDir(n.Get("workingDirectory").Text())}
	if n.Get("continueOnError").True() {
		step.Ignored = "continueOnError"
	}
	step.Only, step.Never = a.when(text)
	if n.Get("enabled").False() {
		step.Never = "enabled: false"
	}
	a.does(&step, n.Node, sh)
	return step
}

// does reads what a step does: a script, a task or a template.
func (a *azureFile) does(step *wiring.Step, n syntax.Node, sh shell) {
	switch {
	case n.Get("script").Exists():
		step.Commands = a.commands(n.Get("script"), sh)
	case n.Get("bash").Exists():
		step.Commands = a.commands(n.Get("bash"), shell{macros: azureMacro})
	case n.Get("pwsh").Exists():
		step.Commands = a.commands(n.Get("pwsh"), shell{plain: true})
	case n.Get("powershell").Exists():
		step.Commands = a.commands(n.Get("powershell"), shell{plain: true})
	case n.Get("template").Exists():
		step.Uses = a.template(n)
	case n.Get("task").Exists():
		a.task(step, n, sh)
	}
}

func (a *azureFile) commands(n syntax.Node, sh shell) []wiring.Command {
	var s script
	s.add(a.file, n)
	return s.commands(sh)
}

// azureScripts are the inputs of tasks that hold a script, by task.
var azureScripts = map[string]string{"bash": "script", "cmdline": "script", "powershell": "script", "azurecli": "inlineScript", "shellscript": "inlineScript", "azurepowershell": "inline"}

func (a *azureFile) task(step *wiring.Step, n syntax.Node, sh shell) {
	ref := n.Get("task")
	u := &wiring.Use{Kind: wiring.Plugin, Ref: ref.Text(), At: ref.Span()}
	give(u, n.Get("inputs"))
	u.Path, u.Version, _ = strings.Cut(u.Ref, "@")
	u.Pinned = pinned(u.Version)
	name := strings.ToLower(u.Path)
	step.Manual = name == "manualvalidation" || name == "manualintervention"
	if dir := input(n, "workingDirectory").Text(); dir != "" {
		step.Dir = azureDir(dir)
	}
	key, scripted := azureScripts[name]
	if text := input(n, key); scripted && text.Exists() {
		step.Commands = a.commands(text, azureShell(name, n, sh))
		u.With, u.Lines = nil, nil // what it does is told by its commands
	}
	step.Uses = u
}

// input is an input of a task; their names ignore case.
func input(n syntax.Node, name string) syntax.Node {
	for key, value := range n.Get("inputs").Pairs() {
		if strings.EqualFold(key.Text(), name) {
			return value
		}
	}
	return syntax.Node{}
}

func azureShell(task string, n syntax.Node, sh shell) shell {
	kind := strings.ToLower(input(n, "scriptType").Text())
	switch {
	case task == "bash" || task == "shellscript" || kind == "bash":
		return shell{macros: azureMacro}
	case strings.Contains(task, "powershell") || kind != "":
		return shell{plain: true}
	}
	return sh
}

// azureDir is a working directory from the root of the checkout.
func azureDir(dir string) string {
	for _, home := range []string{"$(Build.SourcesDirectory)", "$(System.DefaultWorkingDirectory)", "$(Build.Repository.LocalPath)", "$(Pipeline.Workspace)/s"} {
		if rest, ok := strings.CutPrefix(dir, home); ok {
			return strings.Trim(rest, "/")
		}
	}
	return dir
}

// template is the use of "path" or "path@alias": relative to the file that
// names it, or to the root of the other repository.
// Source: https://learn.microsoft.com/azure/devops/pipelines/process/templates
func (a *azureFile) template(n syntax.Node) *wiring.Use {
	ref := n.Get("template")
	if ref.Text() == "" {
		return nil
	}
	u := &wiring.Use{Kind: wiring.Template, Ref: ref.Text(), With: inputs(n.Get("parameters")), At: ref.Span()}
	name, alias, elsewhere := strings.Cut(u.Ref, "@")
	if elsewhere && alias != "self" {
		u.Path = fromRoot(name)
		a.resource(u, alias)
		return u
	}
	u.Local, u.Path = true, fromRoot(name)
	if !strings.HasPrefix(name, "/") {
		u.Path = path.Join(path.Dir(a.file.Path), name)
	}
	return u
}

// resource fills in the repository that an alias stands for. A template does
// not tell: there, the alias is taken for the name, which it mostly is.
func (a *azureFile) resource(u *wiring.Use, alias string) {
	u.Repo = alias
	for _, r := range a.root.Get("resources", "repositories").Items() {
		if r.Get("repository").Text() != alias {
			continue
		}
		u.Owner, u.Repo = ownerAndRepo(r.Get("name").Text())
		u.Version = strings.TrimPrefix(strings.TrimPrefix(r.Get("ref").Text(), "refs/tags/"), "refs/heads/")
		u.Pinned = pinned(u.Version) && !strings.HasPrefix(r.Get("ref").Text(), "refs/heads/")
		u.Local = isOrigin(a.repo, r.Get("name").Text())
		if ref := r.Get("ref"); ref.Exists() {
			u.VersionAt = ref.Span()
		}
	}
}
