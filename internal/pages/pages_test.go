package pages_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/pages"
)

var doc = strings.ReplaceAll(`# terraform/backend

A backend that keeps
the state.

## Why it matters

State is lost. # seen: this is no mark

## How to mend

'''hcl
backend "s3" {}
'''

## Seen

'''hcl envs/main.tf 2024-05-31x3=ann seen:0=whole
terraform {
  backend "s3" { # seen: s3 # seen: again
}
'''

'''''markdown "docs/a b.md" blind
# Title <!-- seen: title -->
'''sh
ls // seen: in a fence
'''
{{/* seen: helm */}}
-- seen: sql
.. seen: rst
'''''

### In JSON

'''json a.json seen:3="two words" link:b.json executable
{}
'''

## Not seen

'''text ./ origin:acme/web tag:v1=2024-05-31 removed:2024-01-01
'''
`, "'", "`")

func TestText(t *testing.T) {
	text := pages.Text(doc)
	for _, line := range []string{"```hcl envs/main.tf", "  backend \"s3\" {", "`````markdown docs/a b.md", "# Title", "State is lost. # seen: this is no mark", "```json a.json"} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("the line %q is not shown", line)
		}
	}
	if strings.Count(text, "seen:") != 1 || strings.Count(text, "\n") != strings.Count(doc, "\n") {
		t.Errorf("marks are shown:\n%s", text)
	}
}

func TestParts(t *testing.T) {
	if pages.Title(doc) != "terraform/backend" || pages.Summary(doc) != "A backend that keeps the state." {
		t.Errorf("%q: %q", pages.Title(doc), pages.Summary(doc))
	}
	var titles []string
	for _, s := range pages.Sections(doc) {
		titles = append(titles, s.Title)
	}
	if diff := cmp.Diff([]string{"Why it matters", "How to mend", "Seen", "Not seen"}, titles); diff != "" {
		t.Error(diff)
	}
	if got := pages.Find(doc, "How to mend"); got != "```hcl\nbackend \"s3\" {}\n```" || pages.Find(doc, "Blind") != "" {
		t.Errorf("%q", got)
	}
}

func TestExamples(t *testing.T) {
	examples, err := pages.Examples(doc)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range examples {
		got = append(got, fmt.Sprintf("%s (%s) from line %d", e.Title, e.Kind, e.Line))
		for _, f := range e.Files {
			got = append(got, fmt.Sprintf("%s %q line %d marks %v blind %t", f.Path, f.Data, f.Line, f.Marks, f.Blind))
		}
	}
	want := []string{
		"Seen (Seen) from line 16",
		`envs/main.tf "terraform {\n  backend \"s3\" {\n}\n" line 19 marks [{0 whole} {2 s3} {2 again}] blind false`,
		"docs/a b.md \"# Title\\n```sh\\nls\\n```\\n\\n\\n\\n\" line 25 marks [{1 title} {3 in a fence} {5 helm} {6 sql} {7 rst}] blind true",
		"Seen: In JSON (Seen) from line 34",
		`a.json "{}\n" line 37 marks [{3 two words}] blind false`,
		"Not seen (Not seen) from line 40",
		`./ "" line 43 marks [] blind false`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +is:\n%s", diff)
	}
	f := examples[0].Files[0]
	last := examples[2].Files[0]
	if f.Dates[0] != "2024-05-31x3=ann" || examples[1].Files[0].Link != "b.json" || !examples[1].Files[0].Executable ||
		last.Origin != "acme/web" || last.Tags[0] != "v1=2024-05-31" || last.Removed != "2024-01-01" || !last.Folder() {
		t.Errorf("%+v %+v", f, last)
	}
}

func TestMistakesAreNamed(t *testing.T) {
	for info, want := range map[string]string{
		"hcl": "names no file", "hcl a.tf blnd": `"blnd"`, "hcl a.tf seen:x=y": `"x" is not a line`, "hcl a.tf seen:3": "names no subject", "hcl a.tf sen:3=x": `"sen:"`,
	} {
		_, err := pages.Examples("# a/b\n\n## Seen\n\n```" + info + "\n```\n")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "line 5") {
			t.Errorf("%s: %v", info, err)
		}
	}
}
