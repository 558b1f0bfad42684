package config

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxExtends bounds how many files a configuration may build on.
const maxExtends = 8

// A Loader reads a configuration with the files that it extends.
type Loader struct {
	Known Known
	// Read reads a file.
	Read func(path string) ([]byte, error)
	// Outside lets files lie anywhere: the person named the configuration. Else
	// they lie inside the repository, whose root paths start from.
	Outside bool
}

// Load reads the file at a path and those that it extends. What a file says
// goes before what the files say that it extends.
func (l Loader) Load(path string, data []byte) (Config, error) {
	return l.load(path, data, nil)
}

func (l Loader) load(file string, data []byte, chain []string) (Config, error) {
	p := &parser{path: file, known: l.Known}
	if err := p.parse(data); err != nil {
		return p.config, err
	}
	chain = append(chain, file)
	base := Config{}
	for _, n := range p.extends {
		extended, err := l.extended(p, n, chain)
		if err != nil {
			return p.config, err
		}
		base = merge(base, extended)
	}
	return merge(base, p.config), nil
}

// extended is the configuration of a file that another one extends.
func (l Loader) extended(p *parser, n *yaml.Node, chain []string) (Config, error) {
	wrong := func(format string, args ...any) error {
		return &Error{p.path, n.Line, n.Column, fmt.Sprintf(format, args...)}
	}
	file, ok := l.resolve(p.path, n.Value)
	switch {
	case !ok:
		return Config{}, wrong("%q lies outside of the repository: a configuration that is given by --config may extend any file", n.Value)
	case slices.Contains(chain, file):
		return Config{}, wrong("%s extends itself, by way of %s", file, strings.Join(chain, ", "))
	case len(chain) > maxExtends:
		return Config{}, wrong("more than %d files extend each other: join some", maxExtends)
	}
	data, err := l.Read(file)
	if err != nil {
		return Config{}, wrong("%s cannot be read: %v", file, unwrapped(err))
	}
	return l.load(file, data, chain)
}

// resolve is the path of a file that another one names.
func (l Loader) resolve(from, name string) (string, bool) {
	if l.Outside {
		if filepath.IsAbs(name) {
			return filepath.Clean(name), true
		}
		return filepath.Join(filepath.Dir(from), filepath.FromSlash(name)), true
	}
	file := path.Join(path.Dir(from), name)
	return file, !path.IsAbs(name) && !strings.Contains(name, `\`) && file != ".." && !strings.HasPrefix(file, "../")
}

// unwrapped is the innermost reason: the place is told already.
func unwrapped(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

// merge is what two configurations say together; over wins.
func merge(base, over Config) Config {
	if len(over.Roles) == 0 {
		over.Roles = base.Roles
	}
	over.ComponentRoles = mergeMaps(base.ComponentRoles, over.ComponentRoles)
	over.Criteria = mergeMaps(base.Criteria, over.Criteria)
	over.Components = slices.Concat(base.Components, over.Components)
	over.Exclude = slices.Concat(base.Exclude, over.Exclude)
	over.Suppressions = slices.Concat(base.Suppressions, over.Suppressions)
	over.Answers = mergeBy(base.Answers, over.Answers, func(a Answer) string { return a.ID })
	over.Checks = mergeBy(base.Checks, over.Checks, func(c Check) string { return c.ID })
	t := &over.Thresholds
	for own, inherited := range map[*Fraction]Fraction{&t.Held: base.Thresholds.Held, &t.Applies: base.Thresholds.Applies, &t.Tolerated: base.Thresholds.Tolerated} {
		if *own == (Fraction{}) {
			*own = inherited
		}
	}
	return over
}

func mergeMaps[V any](base, over map[string]V) map[string]V {
	if len(base)+len(over) == 0 {
		return nil
	}
	both := map[string]V{}
	maps.Copy(both, base)
	maps.Copy(both, over)
	return both
}

// mergeBy joins two lists; of two items with one key the later wins.
func mergeBy[T any](base, over []T, key func(T) string) []T {
	kept := slices.DeleteFunc(slices.Clone(base), func(b T) bool {
		return slices.ContainsFunc(over, func(o T) bool { return key(o) == key(b) })
	})
	return append(kept, over...)
}
