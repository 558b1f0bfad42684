package wiring

import "slices"

// needs fills in which acts come after tests. Runs are the acts of each
// pipeline, by path.
func (b *builder) needs(runs map[string][2]int) {
	acts := b.graph.acts
	for i := range acts {
		a := &acts[i]
		a.NeedsTests = b.testedBefore(a, i, runs)
	}
}

func (b *builder) testedBefore(a *Act, at int, runs map[string][2]int) bool {
	acts := b.graph.acts
	in := a.instance
	if gates(acts[in.from:at], a) {
		return true
	}
	for ; in != nil; in = in.parent {
		if in.job.Regardless {
			return false
		}
		if b.needed(in, a, map[*instance]bool{in: true}) {
			return true
		}
		for _, p := range in.follows {
			if run := runs[p.Path]; gates(acts[run[0]:run[1]], nil) {
				return true
			}
		}
	}
	return false
}

// needed says whether tests run in the jobs that a job needs.
func (b *builder) needed(in *instance, a *Act, seen map[*instance]bool) bool {
	for _, id := range in.job.Needs {
		before := in.beside[id]
		if before == nil || seen[before] {
			continue
		}
		seen[before] = true
		if gates(b.graph.acts[before.from:before.to], a) || !before.job.Regardless && b.needed(before, a, seen) {
			return true
		}
	}
	return false
}

// gates says whether one of the acts is a test that stops what comes after, on
// an occasion on which that runs. Rendering what is then applied is no test.
func gates(before []Act, a *Act) bool {
	return slices.ContainsFunc(before, func(t Act) bool {
		if t.Swallowed != "" || t.WhyNot != "" || t.Activity != Test && t.Activity != Validate {
			return false
		}
		if a == nil {
			return true
		}
		renders := t.Activity == Validate && t.instance == a.instance
		return !renders && together(t.Triggers, a.Triggers)
	})
}

// together says whether there is an occasion for both.
func together(a, b []Trigger) bool {
	return slices.ContainsFunc(a, func(t Trigger) bool {
		return slices.ContainsFunc(b, func(o Trigger) bool { return t.Kind == o.Kind })
	})
}
