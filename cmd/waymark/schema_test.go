package main

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/bmatcuk/doublestar/v4"
)

// What editors offer as examples while somebody writes a configuration exists.
func TestExamplesOfTheConfigurationSchemaExist(t *testing.T) {
	data, err := os.ReadFile("../../internal/config/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type list struct {
		Items struct {
			Properties map[string]struct{ Examples []string }
		}
	}
	var schema struct {
		Properties struct{ Suppressions, Checks list }
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		examples, ids []string
	}{
		{schema.Properties.Suppressions.Items.Properties["rule"].Examples, known().Checks},
		{schema.Properties.Checks.Items.Properties["seen"].Examples, known().Detectors},
	} {
		if len(c.examples) == 0 {
			t.Error("the schema gives no example of an id")
		}
		for _, e := range c.examples {
			if !slices.ContainsFunc(c.ids, func(id string) bool { return doublestar.MatchUnvalidated(e, id) }) {
				t.Errorf("the schema gives %s as an example, which does not exist", e)
			}
		}
	}
}
