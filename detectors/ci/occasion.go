package ci

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// An occasion is one way in which a pipeline may start, as its conditions see
// it: a trigger, and for pushes one branch or any other.
type occasion struct {
	wiring.Trigger
	// trigger is the number of the trigger; several occasions share one.
	trigger int
	// event is the vendor's name of what happened, where Kind does not tell.
	event string
	given bool
	// ref is the name of the branch or tag.
	ref condition.Value
	// name is that of ref where it is one name.
	name string
}

// A start is a trigger with the vendor's name of its event.
type start struct {
	wiring.Trigger
	event string
	// given says that inputs come from a caller, whatever the event.
	given bool
}

// maxNames bounds the branches of one trigger that are looked at by name.
const maxNames = 50

// occasions are those of the triggers, pushes by the branches that conditions
// speak of and any other.
func occasions(triggers []start, s speech) []occasion {
	var all []occasion
	for i, t := range triggers {
		o := occasion{Trigger: t.Trigger, trigger: i, event: t.event, given: t.given}
		switch t.Kind {
		case wiring.Push:
			all = append(all, o.pushes(s)...)
		case wiring.Tag:
			o.ref = condition.Other("")
			all = append(all, o)
		default:
			all = append(all, o)
		}
	}
	return all
}

// pushes are the occasions of a push: each branch that is spoken of, and any
// other one, which has a name that nobody gives.
func (o occasion) pushes(s speech) []occasion {
	var all []occasion
	add := func(name, example string) {
		known := slices.ContainsFunc(all, func(b occasion) bool { return b.name == name })
		if !known && len(all) < maxNames && admits(o.Branches, example) {
			one := o
			one.name, one.ref = name, condition.Text(example)
			all = append(all, one)
		}
	}
	for _, name := range slices.Concat(plainNames(o.Branches), s.names) {
		add(name, name)
	}
	if !open(o.Branches) {
		return all
	}
	for _, p := range s.patterns {
		add(p.Text, p.Example)
	}
	o.ref = condition.Text("\uFFFE")
	if s.vague {
		o.ref = condition.Other("")
	}
	return append(all, o)
}

// plainNames are the patterns that are one name.
func plainNames(patterns []string) []string {
	return slices.DeleteFunc(slices.Clone(patterns), func(p string) bool {
		return strings.ContainsAny(p, "!*?[]{}+\\^$") || strings.HasPrefix(p, "/")
	})
}

// open says whether patterns let names in that they do not spell out.
func open(patterns []string) bool {
	return len(patterns) == 0 || len(plainNames(patterns)) < len(patterns)
}

// admits says whether a name may pass the patterns; regular expressions are
// taken to let it.
func admits(patterns []string, name string) bool {
	admitted := len(patterns) == 0 || strings.HasPrefix(patterns[0], "!")
	for _, p := range patterns {
		p, negative := strings.CutPrefix(p, "!")
		if strings.HasPrefix(p, "/") {
			admitted = admitted || !negative
			continue
		}
		if ok, err := doublestar.Match(p, name); ok && err == nil {
			admitted = !negative
		}
	}
	return admitted
}

// A narrowing is on which occasions something runs.
type narrowing struct {
	// only are the triggers that are left; nil where all are.
	only []wiring.Trigger
	// never says that none is left.
	never bool
}

// narrow tells on which occasions something runs for which runs is not False.
func narrow(all []occasion, runs func(occasion) condition.Truth) narrowing {
	truths := make([]bool, len(all))
	for i, o := range all {
		truths[i] = runs(o) != condition.False
	}
	return narrowTo(all, truths)
}

// narrowTo tells the same where it is known for each occasion.
func narrowTo(all []occasion, runs []bool) narrowing {
	left := map[int][]occasion{}
	kept, number := 0, 0
	for i, o := range all {
		if runs[i] {
			left[o.trigger] = append(left[o.trigger], o)
			kept++
		}
		number = max(number, o.trigger+1)
	}
	switch kept {
	case len(all):
		return narrowing{}
	case 0:
		return narrowing{never: true}
	}
	var n narrowing
	for i := range number {
		if len(left[i]) > 0 {
			n.only = append(n.only, narrowed(i, all, left[i]))
		}
	}
	return n
}

// narrowed is a trigger with the branches that are left of it.
func narrowed(trigger int, all, left []occasion) wiring.Trigger {
	t := left[0].Trigger
	others := slices.ContainsFunc(left, func(o occasion) bool { return o.name == "" })
	var names []string
	for _, o := range all {
		if o.trigger != trigger || o.name == "" {
			continue
		}
		kept := slices.ContainsFunc(left, func(l occasion) bool { return l.name == o.name })
		switch {
		case others && !kept:
			names = append(names, "!"+o.name)
		case !others && kept:
			names = append(names, o.name)
		}
	}
	if others {
		names = append(slices.Clone(t.Branches), names...)
	}
	t.Branches = names
	return t
}

// distinct leaves out triggers that say the same as one before.
func distinct(triggers []wiring.Trigger) []wiring.Trigger {
	var kept []wiring.Trigger
	for _, t := range triggers {
		if !slices.ContainsFunc(kept, func(k wiring.Trigger) bool {
			return k.Kind == t.Kind && slices.Equal(k.Branches, t.Branches) && slices.Equal(k.Paths, t.Paths) && slices.Equal(k.Names, t.Names)
		}) {
			kept = append(kept, t)
		}
	}
	return kept
}

// A speech is what conditions say of branches.
type speech struct {
	names    []string
	patterns []condition.Pattern
	// vague says that they ask for branches that cannot be told.
	vague bool
}

// heard is what conditions say, and the names that are spoken of besides.
func heard(es []condition.Expression, names ...string) speech {
	var s speech
	s.name(names...)
	for _, e := range es {
		s.name(e.Literals()...)
		patterns, whole := e.Patterns()
		s.vague = s.vague || !whole
		for _, p := range patterns {
			s.pattern(p)
		}
	}
	return s
}

// name notes texts that may be names of branches.
func (s *speech) name(texts ...string) {
	for _, text := range texts {
		name := strings.TrimPrefix(text, branchRefs)
		if name == "" || strings.HasPrefix(name, "refs/") || strings.ContainsAny(name, " \t\n\"'*{}[]:") || isBoolean[name] {
			continue
		}
		if len(s.names) < maxNames && !slices.Contains(s.names, name) {
			s.names = append(s.names, name)
		}
	}
}

const branchRefs = "refs/heads/"

var isBoolean = map[string]bool{"true": true, "false": true}

func (s *speech) pattern(p condition.Pattern) {
	p.Text, p.Example = strings.TrimPrefix(p.Text, branchRefs), strings.TrimPrefix(p.Example, branchRefs)
	if p.Text == "**" || strings.HasPrefix(p.Text, "refs/") || strings.ContainsAny(p.Text, " \t\n") || len(s.patterns) == maxNames {
		return
	}
	s.patterns = append(s.patterns, p)
}
