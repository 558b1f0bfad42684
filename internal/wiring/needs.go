package wiring

import "github.com/waymark-dev/waymark/internal/detect"

// A kindSet is a set of kinds of triggers.
type kindSet uint16

var allKinds = []TriggerKind{Push, MergeRequest, Tag, Release, Schedule, Manual, Called, After, Event}

func kindsOf(triggers []Trigger) kindSet {
	var set kindSet
	for _, t := range triggers {
		for i, k := range allKinds {
			if t.Kind == k {
				set |= 1 << i
			}
		}
	}
	return set
}

// needs fills in which acts come after tests. Runs are the acts of each
// pipeline.
func (b *builder) needs(runs map[*Pipeline][2]int) {
	acts := b.graph.acts
	for i := range acts {
		if gate := gateOf(&acts[i]); gate != 0 {
			for in := acts[i].instance; in != nil; in = in.parent {
				in.gates |= gate
			}
		}
	}
	before := map[*instance]kindSet{}
	for i := range acts {
		a := &acts[i]
		a.NeedsTests = before[a.instance]&kindsOf(a.Triggers) != 0 || b.testedBefore(a, runs)
		if a.Activity == Test { // what is rendered and then applied in one job is no test of it
			before[a.instance] |= gateOf(a)
		}
	}
}

// gateOf are the occasions on which an act is a test that stops what comes
// after it.
func gateOf(a *Act) kindSet {
	if a.Swallowed != "" || a.WhyNot != "" || a.Activity != Test && a.Activity != Validate {
		return 0
	}
	return kindsOf(a.Triggers)
}

// testedBefore says whether tests run in a job that the job of an act needs, or
// in a pipeline that it follows.
func (b *builder) testedBefore(a *Act, runs map[*Pipeline][2]int) bool {
	kinds := kindsOf(a.Triggers)
	for in := a.instance; in != nil; in = in.parent {
		if in.job.Regardless {
			return false
		}
		if in.neededGates()&kinds != 0 {
			return true
		}
		for _, p := range in.follows {
			run := runs[p]
			for i := run[0]; i < run[1]; i++ {
				if gateOf(&b.graph.acts[i]) != 0 {
					return true
				}
			}
		}
	}
	return false
}

// neededGates are the occasions on which tests run in the jobs that a job
// needs.
func (in *instance) neededGates() kindSet {
	if in.counted {
		return in.needed
	}
	in.counted = true // also ends a circle of needs
	for _, id := range in.job.Needs {
		if before := in.beside[id]; before != nil {
			in.needed |= before.gates
			if !before.job.Regardless {
				in.needed |= before.neededGates()
			}
		}
	}
	return in.needed
}

// waits says whether a job, or one that it needs, waits for a person.
func (in *instance) waits() bool {
	if in == nil || in.asked {
		return in != nil && in.waiting
	}
	in.asked, in.waiting = true, in.job.Manual
	for _, id := range in.job.Needs {
		if in.beside[id].waits() {
			in.waiting = true
		}
	}
	return in.waiting
}

// gateAt is where the job stands that makes a job wait for a person.
func (in *instance) gateAt() detect.Span { return in.gate(map[*instance]bool{}) }

func (in *instance) gate(seen map[*instance]bool) detect.Span {
	if in == nil || seen[in] || !in.waits() {
		return detect.Span{}
	}
	seen[in] = true
	if in.job.Manual {
		return in.job.At
	}
	for _, id := range in.job.Needs {
		if at := in.beside[id].gate(seen); at.Path != "" {
			return at
		}
	}
	return detect.Span{}
}
