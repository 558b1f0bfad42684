package wiring

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// A scope is how something comes to run.
type scope struct {
	pipeline *Pipeline
	job      *Job
	step     *Step
	instance *instance
	triggers []Trigger
	// called says that it runs for a caller.
	called bool
	// why says why it never runs.
	why         string
	environment string
	// manual says that a person must let it go on, heldAt where that is written.
	manual bool
	heldAt detect.Span
	// lost says how its failure is lost; doubt that it may be.
	lost   string
	lostAt detect.Span
	doubt  bool
	// inside says that it runs in a container or machine that is up already.
	inside bool
	// boxed says that it runs in an image whose files are not known here.
	boxed bool
	// aftermath says when it runs although something has failed before.
	aftermath Aftermath
	via       []detect.Span
	// inputs are what the caller gives; env are the variables that are set.
	inputs, env map[string]string
	// dir is where it runs, "?" where that cannot be told; home is the folder of
	// the task, script or action that it stands in.
	dir, home string
	// foreign says that it runs in other repositories alone.
	foreign bool
	// sourced says that it is read for its functions.
	sourced bool
	// checks says that only what checks something counts, as in an image build.
	checks bool
}

// losing is the scope in which a failure is lost, where it is not yet.
func (s scope) losing(how string, at detect.Span) scope {
	if s.lost == "" && how != "" {
		s.lost, s.lostAt = how, at
	}
	return s
}

// held is the scope in which a person must let things go on, where none must
// yet.
func (s scope) held(manual bool, at detect.Span) scope {
	if manual && !s.manual {
		s.manual, s.heldAt = true, at
	}
	return s
}

// through is the scope of what a call leads to.
func (s scope) through(at detect.Span) scope {
	s.via = append(slices.Clip(s.via), at)
	return s
}

// in is the scope in another folder.
func (s scope) in(dir string) scope {
	s.dir = join(s.dir, s.fill(dir))
	return s
}

// join is a folder relative to another; "?" where it cannot be told.
func join(base, dir string) string {
	dir = workspace.ReplaceAllString(dir, "/")
	switch {
	case dir == "" || dir == ".":
		return base
	case strings.HasPrefix(dir, "//"):
		return path.Clean("./" + strings.TrimLeft(dir, "/"))
	case dir == "/":
		return "."
	case dir == "?" || strings.ContainsAny(dir, "$`{") || path.IsAbs(dir) || strings.HasPrefix(dir, "~"):
		return "?"
	case base == "?":
		return "?"
	}
	joined := path.Join(base, dir)
	if strings.HasPrefix(joined, "..") {
		return "?"
	}
	return joined
}

// workspace is how vendors write the root of the checked out repository.
var workspace = regex.New(`^(\$\{\{ *github\.workspace *\}\}|\$\{?(GITHUB_WORKSPACE|CI_PROJECT_DIR|WORKSPACE|CIRCLE_WORKING_DIRECTORY|BITBUCKET_CLONE_DIR|TRAVIS_BUILD_DIR|BUILD_SOURCESDIRECTORY|SYSTEM_DEFAULTWORKINGDIRECTORY|BUILDKITE_BUILD_CHECKOUT_PATH|DRONE_WORKSPACE|CI_WORKSPACE|CODEBUILD_SRC_DIR|PWD|GITHUB_ACTION_PATH)\}?|\$\(pwd\)|\$\((System\.DefaultWorkingDirectory|Build\.SourcesDirectory|Pipeline\.Workspace)\)|/workspace|/github/workspace)`)

var inputName = regex.New(`\$\{\{ *inputs\.([A-Za-z0-9_-]+) *\}\}|\$\[\[ *inputs\.([A-Za-z0-9_-]+) *\]\]|<< *parameters\.([A-Za-z0-9_-]+) *>>|\$\{\{ *parameters\.([A-Za-z0-9_-]+) *\}\}`)

var variable = regex.New(`\$\{\{ *env\.(\w+) *\}\}|\$\{(\w+)\}|\$(\w+)|\$\(([\w.]+)\)`)

// maxFilled bounds a value that is put into a text.
const maxFilled = 500

// fill puts what the caller gives and the variables that are set into a text.
func (s scope) fill(text string) string {
	text = replaceNames(text, inputName, s.inputs)
	return replaceNames(text, variable, s.env)
}

// replaceNames puts values in the place of names; those that are not known
// stay.
func replaceNames(text string, names *regex.Pattern, values map[string]string) string {
	if len(values) == 0 || !strings.ContainsAny(text, "$<") {
		return text
	}
	return names.ReplaceAllStringFunc(text, func(found string) string {
		m := names.FindStringSubmatch(found)
		value, ok := values[cmp.Or(m[1:]...)]
		if !ok || len(value) > maxFilled {
			return found
		}
		return value
	})
}

// fillAll fills each of the words; one that becomes several is split.
func (s scope) fillAll(words []string) []string {
	var all []string
	for _, w := range words {
		if filled := s.fill(w); filled != w {
			all = append(all, strings.Fields(filled)...)
		} else {
			all = append(all, w)
		}
	}
	return all
}

// given are the inputs of a call, with those of the caller's own caller put in.
func (s scope) given(u Use) map[string]string {
	given := make(map[string]string, len(u.With))
	for name, value := range u.With {
		given[name] = s.fill(value)
	}
	return given
}

// setting is the scope with more variables set. What may be a secret is left
// out: it is not needed, and must not be shown.
func (s scope) setting(env map[string]string) scope {
	if len(env) == 0 {
		return s
	}
	all := maps.Clone(s.env)
	if all == nil {
		all = map[string]string{}
	}
	for name, value := range env {
		if filled := s.fill(value); !confidential.MatchString(name) && !strings.Contains(filled, "secrets.") {
			all[name] = filled
		} else {
			delete(all, name)
		}
	}
	s.env = all
	return s
}
