package terraform

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed module.md
var moduleDoc string

// Modules sees the folders of configuration and the units of Terragrunt, and
// tells those that are applied by themselves, the roots, from those that others
// call.
var Modules = &detect.Detector{ID: "terraform/module", Doc: moduleDoc, Match: configurations, File: readable, Repo: modules}

func modules(p *detect.Pass) error {
	for _, m := range allModules(p) {
		note := "a child, since " + m.Because
		if m.Root {
			note = "a root, since " + m.Because
		}
		p.Report(in(m.Dir, "module"), m.First, note, m)
	}
	return nil
}

// allModules are the modules of the repository, by folder.
func allModules(p *detect.Pass) []Module {
	o := overview(p)
	var found []Module
	for _, dir := range o.moduleDirs() {
		found = append(found, o.module(p.Repo, dir))
	}
	rooted := slices.ContainsFunc(found, func(m Module) bool { return m.Root && p.Repo.Tree.Place(m.First.Path) == detect.Live })
	for i := range found {
		if m := &found[i]; !m.Root && !rooted && standsAlone(p.Repo.Name, *m) && len(o.callers[m.Dir]) == 0 {
			m.Root, m.Because = true, "nothing else here is a root, and it needs no inputs"
		}
	}
	return found
}

// standsAlone says whether a module could be applied as it is, and is not made
// for others by its name, place or outputs.
func standsAlone(repository string, m Module) bool {
	offered := m.Inputs > 0 && (m.Outputs > 0 || published(repository) || inModules(m.Dir))
	return m.Required == 0 && m.Resources+m.Calls > 0 && !offered
}

// published says whether the repository is named as the registry asks of a
// module's.
// Source: https://developer.hashicorp.com/terraform/registry/modules/publish
func published(repository string) bool {
	parts := strings.SplitN(repository, "-", 3)
	return len(parts) == 3 && parts[0] == "terraform"
}

func inModules(dir string) bool {
	return slices.ContainsFunc(strings.Split(dir, "/"), func(s string) bool { return s == "modules" || s == "module" })
}

// moduleDirs are the folders with configuration that a person wrote, and those
// of units, sorted.
func (o *repository) moduleDirs() []string {
	var dirs []string
	for dir, m := range o.folders {
		if slices.ContainsFunc(m.files, func(f File) bool { return !f.Generated }) {
			dirs = append(dirs, dir)
		}
	}
	for name := range o.units {
		if _, ok := o.unit(path.Dir(name)); ok {
			dirs = append(dirs, path.Dir(name))
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

func (o *repository) module(r *detect.Repo, dir string) Module {
	m := Module{Dir: dir, First: detect.Span{Path: dir}}
	if f := o.folders[dir]; f != nil {
		f.fill(&m)
	}
	place := r.Tree.Place(m.First.Path)
	for _, caller := range o.callers[dir] {
		if at := r.Tree.Place(caller + "/x"); at == detect.Live || at == place {
			m.CalledBy = append(m.CalledBy, caller)
		}
	}
	slices.Sort(m.CalledBy)
	if lock, ok := r.Tree.File(path.Join(dir, lockFileName)); ok {
		m.LockFile = lock.Path
	}
	m.Unread = unread(r.Tree, dir)
	m.Real = o.real(r.Tree, dir, map[string]bool{})
	if unit, ok := o.unit(dir); ok {
		o.fillUnit(&m, unit)
		m.Real = m.Real || m.Calls > 0 || len(unit.Includes) > 0
		return m
	}
	m.Root, m.Because = o.root(r.Tree, m)
	return m
}

// real says whether a folder makes something outside of the state: a resource,
// or a call of a module that does or that lies elsewhere.
func (o *repository) real(tree *detect.Tree, dir string, seen map[string]bool) bool {
	m := o.folders[dir]
	if m == nil || seen[dir] {
		return m == nil && (dir == "" || tree.Folder(dir))
	}
	seen[dir] = true
	return m.resources > m.helpers || m.calls > len(m.local) || slices.ContainsFunc(m.local, func(target string) bool { return o.real(tree, target, seen) })
}

// fill takes what the files of the folder say.
func (f *folder) fill(m *Module) {
	m.Resources, m.Helpers, m.Calls, m.Backend = f.resources, f.helpers, f.calls, f.backend
	rank := len(ranks) + 1
	providers := map[string]bool{}
	for _, file := range f.files {
		m.Inputs += len(file.Inputs)
		m.Required += len(file.Required)
		m.Outputs += len(file.Outputs)
		for _, u := range file.Providers {
			providers[u.Name] = true
		}
		for _, r := range file.requires {
			providers[r.name] = true
		}
		if file.Rank < rank && !file.Generated {
			m.First, rank = file.First, file.Rank
		}
	}
	m.Providers = len(providers)
}

func (o *repository) fillUnit(m *Module, unit TerragruntFile) {
	m.Root, m.Terragrunt, m.Because = true, true, "it is a "+string(unit.Kind)+" of Terragrunt"
	m.Stack = unit.Kind == Stack
	m.First = detect.Span{Path: unit.file.path}
	m.Calls = max(m.Calls, len(unit.file.body.All("unit"))+len(unit.file.body.All("stack")))
	if unit.file.hasSource() {
		m.Calls++
	}
	switch {
	case m.Backend != nil:
	case unit.Backend != nil:
		m.Backend = unit.Backend
	default:
		m.Backend = inherited(o.units, unit)
	}
}

// root tells whether a folder is applied by itself, and why.
func (o *repository) root(tree *detect.Tree, m Module) (bool, string) {
	if m.Backend != nil {
		return true, "it declares where its state is kept (" + m.Backend.Type + ")"
	}
	if len(m.CalledBy) > 0 {
		return false, "it is called by " + caller(m.CalledBy[0])
	}
	if len(o.callers[m.Dir]) > 0 {
		return false, "examples call it"
	}
	if name := o.configured(m.Dir); name != "" {
		return true, "it configures the provider " + name
	}
	if name := applied(tree, m.Dir); name != "" {
		return true, name + " lies beside it"
	}
	if m.Inputs > 0 {
		return false, "it takes inputs, and nothing here calls it"
	}
	return false, "nothing says that it is applied by itself"
}

// configured is the first provider that a folder sets up for itself.
func (o *repository) configured(dir string) string {
	for _, f := range o.folders[dir].files {
		for _, u := range f.Providers {
			if u.Configured && !f.Generated {
				return u.Name
			}
		}
	}
	return ""
}

// applied is the name of a file beside a configuration that only applying it
// needs or leaves: values of its inputs, or a state.
func applied(tree *detect.Tree, dir string) string {
	for _, e := range tree.Under(dir) {
		if name := path.Base(e.Path); path.Dir(e.Path) == dir && (isValues(name) || strings.HasSuffix(name, ".tfstate")) {
			return name
		}
	}
	return ""
}

// isValues says whether a file name is that of values of input variables.
func isValues(name string) bool {
	return strings.HasSuffix(strings.TrimSuffix(name, ".json"), ".tfvars")
}

// caller is a calling folder as people speak of it.
func caller(dir string) string {
	if dir == "." {
		return "the top of the repository"
	}
	return dir
}
