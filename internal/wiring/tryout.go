package wiring

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// tryOuts makes tests of the deployments that the same pipeline takes down
// again each time: what is launched to be tried out is none to an environment.
func tryOuts(acts []Act) {
	for i := range acts {
		after := acts[i+1:]
		if acts[i].Activity == Apply && acts[i].Environment == "" && slices.ContainsFunc(after, acts[i].takenDownBy) {
			acts[i].Activity = Test
		}
	}
}

// takenDownBy says whether a later act removes what this one has brought up,
// whenever this one runs.
func (a Act) takenDownBy(t Act) bool {
	if t.Activity != Teardown || t.Tool != a.Tool || t.WhyNot != "" || t.ManualGate || !t.Automatic {
		return false
	}
	whenever := (t.OnMain || !a.OnMain) && (t.OnMerge || !a.OnMerge) && (t.OnTag || !a.OnTag) && (t.OnSchedule || !a.OnSchedule)
	switch a.Tool {
	case "cloudformation":
		return whenever && sameStack(a.Command, t.Command)
	case "terraform", "opentofu", "terragrunt", "pulumi", "cdk":
		return whenever && a.Dir == t.Dir && slices.Equal(a.Paths, t.Paths)
	}
	return false
}

var (
	stackName = regex.New(`--stack-name[= ](\S+)`)
	other     = regex.New(`(?i)old|prev|last|blue|green|stale`)
)

// sameStack says whether two commands may name the same stack: with the same
// words, or both by variables of which none tells of another stack.
func sameStack(launch, remove string) bool {
	a, b := stackName.FindStringSubmatch(launch), stackName.FindStringSubmatch(remove)
	if a == nil || b == nil {
		return false
	}
	return a[1] == b[1] || strings.Contains(a[1], "$") && strings.Contains(b[1], "$") && !other.MatchString(b[1])
}
