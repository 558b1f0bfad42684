package ci

import (
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// jenkinsLibraries are the shared libraries that a script loads.
// Source: https://www.jenkins.io/doc/book/pipeline/shared-libraries/
func jenkinsLibraries(f *detect.File, calls []groovy.Call) []wiring.Use {
	var uses []wiring.Use
	for _, c := range calls {
		switch c.Name {
		case "@Library", "library":
			for _, ref := range libraryRefs(c) {
				uses = append(uses, libraryUse(ref, f.Line(c.Line), c))
			}
		case "libraries":
			for _, lib := range c.Body {
				if lib.Name == "lib" {
					uses = append(uses, libraryUse(lib.Text(""), f.Line(lib.Line), lib))
				}
			}
		case "pipeline":
			uses = append(uses, jenkinsLibraries(f, c.Body)...)
		}
	}
	return uses
}

// libraryRefs are the references in @Library('a@b'), @Library(['a', 'b']),
// @Library(value='a'), library('a') and library(identifier: 'a').
func libraryRefs(c groovy.Call) []string {
	var refs []string
	for _, a := range c.Args {
		switch {
		case a.Literal && (a.Name == "" || a.Name == "identifier"):
			refs = append(refs, a.Text)
		case len(a.Items) > 0:
			for _, item := range a.Items {
				refs = append(refs, item.Text)
			}
		case strings.HasPrefix(a.Text, "value"):
			_, value, _ := strings.Cut(a.Text, "=")
			refs = append(refs, strings.Trim(strings.TrimSpace(value), `"'[]`))
		}
	}
	return refs
}

func libraryUse(ref string, at detect.Span, c groovy.Call) wiring.Use {
	u := wiring.Use{Kind: wiring.Library, Ref: ref, At: at}
	u.Path, u.Version, _ = strings.Cut(ref, "@")
	u.Pinned = pinned(u.Version)
	eachRemote(c.Args, func(remote string) { u.Owner, u.Repo = ownerAndRepo(remotePath(remote)) })
	return u
}

// remotePath is the path in an address of git: "https://host/owner/repo.git",
// "git@host:owner/repo.git".
func remotePath(remote string) string {
	_, rest, schemed := strings.Cut(remote, "://")
	separator := "/"
	if !schemed {
		rest, separator = remote, ":"
	}
	_, p, _ := strings.Cut(rest, separator)
	return strings.TrimSuffix(p, ".git")
}

// eachRemote visits the addresses of repositories among arguments.
func eachRemote(args []groovy.Argument, visit func(string)) {
	for _, a := range args {
		if a.Name == "remote" && a.Literal {
			visit(a.Text)
		}
		eachRemote(a.Items, visit)
		for _, c := range a.Calls {
			eachRemote(c.Args, visit)
		}
	}
}

// block is the use of what a call names that neither Jenkins nor this script
// defines: a step of a shared library, or of a plug-in.
func (j *jenkinsFile) block(c groovy.Call) *wiring.Use {
	u := &wiring.Use{Kind: wiring.Plugin, Ref: c.Name, Path: j.typed(c.Name), With: jenkinsInputs(c.Args), At: j.file.Line(c.Line)}
	name, _, _ := strings.Cut(c.Name, ".")
	local := "vars/" + name + ".groovy"
	switch {
	case j.repo.Tree.Has(local):
		u.Kind, u.Local, u.Path = wiring.Library, true, local
	case pluginSteps[name] || strings.HasPrefix(u.Path, "docker."):
	case len(j.libraries) > 0 || c.HasBody && strings.HasPrefix(name, "with"):
		u.Kind = wiring.Library
		if len(j.libraries) == 1 {
			lib := j.libraries[0]
			u.Owner, u.Repo, u.Version, u.Pinned = lib.Owner, lib.Repo, lib.Version, lib.Pinned
		}
	}
	return u
}

// typed puts what a variable holds in its place: app.push is
// docker.build.push where app is what docker.build gave.
func (j *jenkinsFile) typed(name string) string {
	variable, method, ok := strings.Cut(name, ".")
	made := j.types[variable]
	if !ok || made == "" || !strings.HasPrefix(made, "docker.") {
		return name
	}
	return made + "." + method
}

// jenkinsInputs are the arguments that are texts, numbers or names; those
// without a name by their number.
func jenkinsInputs(args []groovy.Argument) map[string]string {
	var with map[string]string
	for i, a := range args {
		if a.HasBody || a.Items != nil {
			continue
		}
		if with == nil {
			with = map[string]string{}
		}
		name := a.Name
		if name == "" {
			name = strconv.Itoa(i)
		}
		with[name] = a.Text
	}
	return with
}
