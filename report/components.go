package report

import (
	"fmt"
	"strings"

	"github.com/waymark-dev/waymark/rules"
)

// shownComponents bounds those that the terminal report lists.
const shownComponents = 8

// components lists the components of a monorepo with their stages, lowest
// first: those hold the repository back.
func (p *page) components(r Repository, verbose bool) {
	if len(r.Components) == 0 {
		return
	}
	byStage := map[int][]string{}
	for _, c := range r.Components {
		byStage[c.Verdict.Stage] = append(byStage[c.Verdict.Stage], Plain(c.Dir))
	}
	p.line(p.bold(fmt.Sprintf("Components (%d)", len(r.Components))))
	for stage := range 6 {
		names := byStage[stage]
		if len(names) == 0 {
			continue
		}
		most := shownComponents
		if verbose {
			most = len(names)
		}
		text := rules.SomeOf(names, most)
		lead := fmt.Sprintf("  %-11s ", stageWord(stage))
		p.wrap(lead, strings.Repeat(" ", len(lead)), text)
	}
	p.line("")
}

func stageWord(stage int) string {
	if stage == 0 {
		return "not judged"
	}
	return fmt.Sprintf("stage %d", stage)
}
