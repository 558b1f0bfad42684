package tooling

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed hooks.md
var hooksDoc string

// HookSets sees the hooks that run before a commit or a push. Its values are a
// HookSet each.
var HookSets = &detect.Detector{
	ID: "tooling/hook-set", Doc: hooksDoc, File: hookSets,
	Match: slices.Concat([]string{
		".pre-commit-config.yaml", ".pre-commit-config.yml", "**/package.json", "**/.simple-git-hooks.json", ".overcommit.yml",
		"lefthook.yml", "lefthook.yaml", "lefthook.toml", "lefthook.json", ".lefthook.yml", ".lefthook.yaml", ".lefthook.toml", ".lefthook.json",
		".config/lefthook.yml", ".config/lefthook.yaml", ".config/lefthook.toml",
	}, hookFiles()),
}

// gitHooks are the hooks of git on the side of a person who commits.
// Source: https://git-scm.com/docs/githooks
var gitHooks = []string{
	"pre-commit", "commit-msg", "prepare-commit-msg", "pre-push", "post-commit", "post-checkout", "post-merge", "pre-rebase", "post-rewrite", "pre-merge-commit", "applypatch-msg", "pre-applypatch",
}

// hookFolders are the folders that git is told to take hooks from.
var hookFolders = []string{".husky", ".githooks", ".git-hooks"}

func hookFiles() []string {
	var patterns []string
	for _, hook := range gitHooks {
		for _, folder := range hookFolders {
			patterns = append(patterns, "**/"+folder+"/"+hook)
		}
	}
	return patterns
}

func hookSets(p *detect.Pass, f *detect.File) error {
	base := path.Base(f.Path)
	switch {
	case slices.Contains(hookFolders, path.Base(path.Dir(f.Path))):
		return hookFile(p, f)
	case strings.HasPrefix(base, ".pre-commit-config"):
		return preCommit(p, f)
	case strings.Contains(base, "lefthook"):
		return lefthook(p, f)
	case base == ".overcommit.yml":
		return overcommit(p, f)
	}
	return packageHooks(p, f)
}

// preCommit reads the hooks and the repositories taken at a moving ref.
// Source: https://pre-commit.com/#adding-pre-commit-plugins-to-your-project
func preCommit(p *detect.Pass, f *detect.File) error {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return err
	}
	set := HookSet{Name: "pre-commit"}
	for _, repo := range docs[0].Get("repos").Items() {
		for _, hook := range repo.Get("hooks").Items() {
			set.Hooks = add(set.Hooks, hook.Get("id").Text())
		}
		if name := repo.Get("repo").Text(); name != "local" && name != "meta" && moving(repo.Get("rev").Text()) {
			set.Moving = add(set.Moving, name)
		}
	}
	key, _ := docs[0].Pair("repos")
	report(p, key.Span(), set)
	return nil
}

func report(p *detect.Pass, at detect.Span, set HookSet) {
	if len(set.Hooks)+len(set.Moving) > 0 {
		p.Report(set.Name, at, "hooks "+someHooks(set.Hooks), set)
	}
}

var digit = regex.New(`\d`)

// moving says whether a ref is a branch: neither a commit nor a tag with a
// number.
func moving(ref string) bool { return !digit.MatchString(ref) }

// preludes are what hooks begin with; they check nothing.
var preludes = []string{".", "source", "dirname", "set", "exit", "cd", "export"}

// hookFile reports a hook that runs something, beside what husky needs itself.
func hookFile(p *detect.Pass, f *detect.File) error {
	commands, err := syntax.Shell(string(f.Data), true, false)
	runs := slices.ContainsFunc(commands, func(c syntax.Command) bool { return !slices.Contains(preludes, c.Program()) })
	if !runs && err == nil || !meant(f.Data) {
		return nil
	}
	name := "git-hooks"
	if strings.Contains(f.Path, ".husky/") {
		name = "husky"
	}
	report(p, f.Whole(), HookSet{Name: name, Hooks: []string{path.Base(f.Path)}})
	return nil
}

// lefthook reads the names of commands, scripts and jobs of each hook.
// Source: https://lefthook.dev/configuration/
func lefthook(p *detect.Pass, f *detect.File) error {
	doc, err := lefthookDocument(f)
	if err != nil {
		return err
	}
	set := HookSet{Name: "lefthook"}
	for key, hook := range doc.Pairs() {
		if !slices.Contains(gitHooks, key.Text()) {
			continue
		}
		for _, part := range []string{"commands", "scripts"} {
			for name := range hook.Get(part).Pairs() {
				set.Hooks = add(set.Hooks, name.Text())
			}
		}
		for _, job := range hook.Get("jobs").Items() {
			set.Hooks = add(set.Hooks, first(job.Get("name").Text(), job.Get("run").Text(), job.Get("script").Text(), job.Get("group", "name").Text(), "job"))
		}
	}
	for _, remote := range doc.Get("remotes").Items() {
		if moving(remote.Get("ref").Text()) {
			set.Moving = add(set.Moving, remote.Get("git_url").Text())
		}
		set.Hooks = append(set.Hooks, remote.Get("configs").Texts()...)
	}
	report(p, f.Whole(), set)
	return nil
}

func lefthookDocument(f *detect.File) (syntax.Node, error) {
	if path.Ext(f.Path) == ".toml" {
		return syntax.TOML.Of(f)
	}
	docs, err := syntax.Data(f)
	if err != nil || len(docs) == 0 {
		return syntax.Node{}, err
	}
	return docs[0], nil
}

// first is the first of the texts that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// overcommit reads the hooks that are switched on.
// Source: https://github.com/sds/overcommit#configuration
func overcommit(p *detect.Pass, f *detect.File) error {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return err
	}
	set := HookSet{Name: "overcommit"}
	for _, kind := range []string{"PreCommit", "CommitMsg", "PrePush", "PostCheckout", "PreRebase"} {
		for name, hook := range docs[0].Get(kind).Pairs() {
			if name.Text() != "ALL" && !hook.Get("enabled").False() {
				set.Hooks = add(set.Hooks, name.Text())
			}
		}
	}
	report(p, f.Whole(), set)
	return nil
}

// packageHooks reads the hooks of simple-git-hooks, of yorkie and of husky
// before its fifth version.
func packageHooks(p *detect.Pass, f *detect.File) error {
	doc, err := syntax.JSON.Of(f)
	if err != nil {
		return err
	}
	routes := map[string]syntax.Node{"simple-git-hooks": doc.Get("simple-git-hooks"), "yorkie": doc.Get("gitHooks"), "husky": doc.Get("husky", "hooks")}
	if path.Base(f.Path) == ".simple-git-hooks.json" {
		routes = map[string]syntax.Node{"simple-git-hooks": doc}
	}
	for name, hooks := range routes {
		set, at := HookSet{Name: name}, detect.Span{}
		for key, value := range hooks.Pairs() {
			if slices.Contains(gitHooks, key.Text()) && value.Exists() && !value.IsNull() {
				set.Hooks = append(set.Hooks, key.Text())
				at = key.Span()
			}
		}
		report(p, at, set)
	}
	return nil
}

// shownHooks bounds the hooks that a note names.
const shownHooks = 6

func someHooks(hooks []string) string {
	if more := len(hooks) - shownHooks; more > 1 {
		return strings.Join(hooks[:shownHooks], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(hooks, ", ")
}
