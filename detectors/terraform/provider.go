package terraform

import (
	_ "embed"
	"path"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed provider.md
var providerDoc string

// RequiredProviders sees the providers that configurations need, and how they
// bound their versions: entries of required_providers, and providers that are
// only configured or used.
var RequiredProviders = &detect.Detector{
	ID: "terraform/required-provider", Doc: providerDoc, Match: configurations, File: readable, Repo: requiredProviders,
}

func requiredProviders(p *detect.Pass) error {
	o := overview(p)
	for _, dir := range o.dirs {
		m := o.folders[dir]
		for _, f := range m.files {
			for _, r := range f.requires {
				report(p, r.at, RequiredProvider{Dir: dir, Name: r.name, Source: r.source, Constraint: r.constraint, Inherited: o.inherits(dir, r.name)})
			}
		}
		if unread(p.Repo.Tree, dir) {
			continue // an entry may stand there
		}
		for _, u := range m.implied() {
			value := RequiredProvider{Dir: dir, Name: u.Name, Constraint: u.Constraint, Implied: true, Configured: u.Configured, Inherited: o.inherits(dir, u.Name)}
			if u.Constraint != "" || value.Inherited == "" {
				report(p, u.At, value)
			}
		}
	}
	reportWritten(p, o)
	return nil
}

// unread says whether a folder holds configuration that is not read as its own:
// a link to a file that folders share, or what git attributes call generated.
func unread(t *detect.Tree, dir string) bool {
	for name, folder := range t.Children(dir) {
		if e, ok := t.File(path.Join(dir, name)); ok && !folder && isConfiguration(name) && (e.Mode == detect.Symlink || !t.Place(e.Path).Read()) {
			return true
		}
	}
	return false
}

func report(p *detect.Pass, at detect.Span, r RequiredProvider) {
	r.Bounded = bounded(r.Constraint)
	note := "any version"
	if r.Constraint != "" {
		note = "version " + r.Constraint
	}
	p.Report(in(r.Dir, "provider."+r.Name), at, note, r)
}

// reportWritten reports the providers of what Terragrunt writes into its units.
func reportWritten(p *detect.Pass, o *repository) {
	for _, name := range sortedKeys(o.units) {
		t := o.units[name]
		required := []string{}
		for _, f := range t.file.written {
			for _, r := range f.requires {
				required = append(required, r.name)
				report(p, r.at, RequiredProvider{Dir: t.Dir, Name: r.name, Source: r.source, Constraint: r.constraint, GeneratedBy: "terragrunt"})
			}
		}
		for _, f := range t.file.written {
			for _, u := range f.Providers {
				if !slices.Contains(required, u.Name) {
					report(p, u.At, RequiredProvider{Dir: t.Dir, Name: u.Name, Constraint: u.Constraint, Implied: true, Configured: u.Configured, GeneratedBy: "terragrunt"})
				}
			}
		}
	}
}

// implied are the providers of a folder that no entry names: the place is that
// of the block that sets it up, else of the first use.
func (m *folder) implied() []ProviderUse {
	var found []ProviderUse
	for _, f := range m.files {
		for _, u := range f.Providers {
			i := slices.IndexFunc(found, func(old ProviderUse) bool { return old.Name == u.Name })
			switch {
			case m.requires(u.Name):
			case i < 0:
				found = append(found, u)
			case u.Configured && !found[i].Configured:
				found[i] = u
			}
		}
	}
	return found
}

func (m *folder) requires(name string) bool {
	return slices.ContainsFunc(m.files, func(f File) bool {
		return slices.ContainsFunc(f.requires, func(r requirement) bool { return r.name == name })
	})
}

// constraintOf is the constraint that files give a provider; empty where they
// give none.
func constraintOf(files []File, name string) string {
	for _, f := range files {
		for _, r := range f.requires {
			if r.name == name && r.constraint != "" {
				return r.constraint
			}
		}
		for _, u := range f.Providers {
			if u.Name == name && u.Constraint != "" {
				return u.Constraint
			}
		}
	}
	return ""
}

// inherits is the constraint that the callers of a folder give a provider, the
// nearest first; empty where one of them gives none.
func (o *repository) inherits(dir, name string) string {
	key := [2]string{dir, name}
	if given, known := o.inherited[key]; known {
		return given
	}
	// A folder that calls itself in a circle gives nothing.
	o.inherited[key] = ""
	given := ""
	for _, caller := range o.callers[dir] {
		if given = o.constraint(caller, name); given == "" {
			given = o.inherits(caller, name)
		}
		if given == "" {
			break
		}
	}
	o.inherited[key] = given
	return given
}

// constraint is the one that a folder, or what Terragrunt writes into it, gives
// a provider.
func (o *repository) constraint(dir, name string) string {
	if m := o.folders[dir]; m != nil {
		if c := constraintOf(m.files, name); c != "" {
			return c
		}
	}
	unit, ok := o.units[path.Join(dir, unitFile)]
	if !ok {
		return ""
	}
	for _, file := range append([]string{path.Join(dir, unitFile)}, unit.Includes...) {
		if t, ok := o.units[file]; ok {
			if c := constraintOf(t.file.written, name); c != "" {
				return c
			}
		}
	}
	return ""
}
