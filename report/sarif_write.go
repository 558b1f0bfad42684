package report

import (
	"fmt"
	"io"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/waymark-dev/waymark/rules"
)

// The types below are the library's with what it has no field for, and without
// what it writes as null: a field of theirs stands in the place of one of the same
// name in JSON.
type (
	wholeLog struct {
		Version string     `json:"version"`
		Schema  string     `json:"$schema"`
		Runs    []wholeRun `json:"runs"`
	}
	wholeRun struct {
		*sarif.Run
		Tool    wholeTool     `json:"tool"`
		Results []wholeResult `json:"results"`
	}
	wholeTool struct {
		Driver wholeDriver `json:"driver"`
	}
	wholeDriver struct {
		*sarif.ToolComponent
		Rules []wholeRule `json:"rules"`
	}
	wholeRule struct {
		*sarif.ReportingDescriptor
		Relationships []relationship `json:"relationships"`
	}
	relationship struct {
		Target sarif.ReportingDescriptorReference `json:"target"`
		Kinds  []string                           `json:"kinds"`
	}
	wholeResult struct {
		*sarif.Result
		Suppressions []wholeSuppression `json:"suppressions,omitempty"`
	}
	wholeSuppression struct {
		Kind          string  `json:"kind"`
		Justification *string `json:"justification,omitempty"`
	}
)

// writeSARIF writes a log of one run. Checks are what its rules were made of, in
// their order.
func writeSARIF(w io.Writer, run *sarif.Run, checks []*rules.Check) error {
	log := wholeLog{Version: string(sarif.Version210), Schema: sarifSchema, Runs: []wholeRun{wholeRunOf(run, checks)}}
	if err := encodeJSON(w, log); err != nil {
		return fmt.Errorf("write SARIF: %w", err)
	}
	return nil
}

func wholeRunOf(run *sarif.Run, checks []*rules.Check) wholeRun {
	driver := wholeDriver{ToolComponent: run.Tool.Driver, Rules: []wholeRule{}}
	for i, rule := range run.Tool.Driver.Rules {
		driver.Rules = append(driver.Rules, wholeRule{rule, relationshipsOf(checks[i])})
	}
	out := wholeRun{Run: run, Tool: wholeTool{driver}, Results: []wholeResult{}}
	for _, result := range run.Results {
		one := wholeResult{Result: result}
		for _, s := range result.Suppressions {
			one.Suppressions = append(one.Suppressions, wholeSuppression{s.Kind, s.Justification})
		}
		out.Results = append(out.Results, one)
	}
	return out
}

// relationshipsOf relate the rule of a check to the characteristics of the model
// that its criterion speaks for.
func relationshipsOf(c *rules.Check) []relationship {
	list := []relationship{}
	for _, characteristic := range rules.CriterionByID(c.Criterion).Characteristics {
		target := sarif.ReportingDescriptorReference{Id: text(characteristic), ToolComponent: taxonomyReference()}
		list = append(list, relationship{target, []string{"relevant"}})
	}
	return list
}
