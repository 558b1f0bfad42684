package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/waymark-dev/waymark/rules"
)

// writeSARIF writes the log whole. It adds what the library has no field for
// (the relationships of rules to taxa) and takes out the nulls that it writes
// for fields that are not set.
func writeSARIF(w io.Writer, log *sarif.Report) error {
	var b bytes.Buffer
	if err := log.Write(&b); err != nil {
		return fmt.Errorf("write SARIF: %w", err)
	}
	decoder := json.NewDecoder(&b)
	decoder.UseNumber()
	var doc map[string]any
	if err := decoder.Decode(&doc); err != nil {
		return fmt.Errorf("write SARIF: %w", err)
	}
	dropNulls(doc)
	relate(doc)
	return encodeJSON(w, doc)
}

func dropNulls(v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if x == nil {
				delete(v, k)
				continue
			}
			dropNulls(x)
		}
	case []any:
		for _, x := range v {
			dropNulls(x)
		}
	}
}

// relate adds to each rule its relationships to the characteristics that it
// speaks for, and to the run what its relative paths start from.
func relate(doc map[string]any) {
	for _, run := range asList(doc["runs"]) {
		run, _ := run.(map[string]any)
		run["originalUriBaseIds"] = map[string]any{"%SRCROOT%": map[string]any{"description": map[string]any{"text": "The root of the repository."}}}
		tool, _ := run["tool"].(map[string]any)
		driver, _ := tool["driver"].(map[string]any)
		for _, rule := range asList(driver["rules"]) {
			rule, _ := rule.(map[string]any)
			rule["relationships"] = relationships(fmt.Sprint(rule["id"]))
		}
	}
}

func asList(v any) []any {
	list, _ := v.([]any)
	return list
}

func relationships(id string) []any {
	all := slices.Concat(rules.Checks(), rules.Lacks())
	i := slices.IndexFunc(all, func(c *rules.Check) bool { return c.ID == id })
	if i < 0 {
		return []any{}
	}
	list := []any{}
	for _, characteristic := range rules.CriterionByID(all[i].Criterion).Characteristics {
		list = append(list, map[string]any{
			"target": map[string]any{"id": characteristic, "toolComponent": map[string]any{"name": taxonomy, "index": 0, "guid": taxonomyGUID}},
			"kinds":  []any{"relevant"},
		})
	}
	return list
}
