package report

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/waymark-dev/waymark/rules"
)

// RulesTable lists all criteria and checks for people.
func RulesTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "STAGE\tCRITERION\tWEIGHT\tSCOPE\tQUESTION")
	for _, c := range rules.Criteria {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\n", c.Stage, c.ID, weightWord(c.Weight), c.Scope, c.Ask)
	}
	fmt.Fprintln(t, "\nLEVEL\tCHECK\tOF\t\tGAP")
	for _, c := range rules.Checks() {
		fmt.Fprintf(t, "%s\t%s\t%s\t\t%s\n", c.Level, c.ID, c.Criterion, c.Title)
	}
	return t.Flush()
}

func weightWord(w rules.Weight) string {
	switch w {
	case rules.Core:
		return "core"
	case rules.Weighty:
		return "2"
	}
	return "1"
}

type jsonRules struct {
	SchemaVersion string         `json:"schemaVersion"`
	Criteria      []jsonRule     `json:"criteria"`
	Checks        []jsonRuleItem `json:"checks"`
}

type jsonRule struct {
	ID              string       `json:"id"`
	Stage           int          `json:"stage"`
	Weight          string       `json:"weight"`
	Scope           rules.Scope  `json:"scope"`
	Roles           []rules.Role `json:"roles"`
	Characteristics []string     `json:"characteristics"`
	Question        string       `json:"question"`
	Why             string       `json:"why"`
	Start           string       `json:"start"`
	MetBy           []string     `json:"metBy"`
	Against         []string     `json:"against"`
}

type jsonRuleItem struct {
	ID        string      `json:"id"`
	Criterion string      `json:"criterion"`
	Level     rules.Level `json:"level"`
	Title     string      `json:"title"`
	Why       string      `json:"why"`
	Fix       string      `json:"fix"`
}

// RulesJSON lists all criteria and checks for programs.
func RulesJSON(w io.Writer) error {
	out := jsonRules{SchemaVersion: SchemaVersion, Criteria: []jsonRule{}, Checks: []jsonRuleItem{}}
	for _, c := range rules.Criteria {
		out.Criteria = append(out.Criteria, jsonRule{
			c.ID, c.Stage, weightWord(c.Weight), c.Scope, c.Applies, c.Characteristics, c.Ask, c.Why, c.Step, sentences(c.For), sentences(c.Against),
		})
	}
	for _, c := range rules.Checks() {
		out.Checks = append(out.Checks, jsonRuleItem{c.ID, c.Criterion, c.Level, c.Title, c.Why, c.Fix})
	}
	return encodeJSON(w, out)
}

func sentences(conditions []rules.Condition) []string {
	list := make([]string, len(conditions))
	for i, c := range conditions {
		list[i] = c.String()
	}
	return list
}
