package rules_test

import (
	"testing"

	"github.com/waymark-dev/waymark/rules"
)

// TestASecretIsSetWhereItIsKept holds what a document may have its reader set in
// a console.
func TestASecretIsSetWhereItIsKept(t *testing.T) {
	for text, want := range map[string]rules.Outcome{
		"Update the value in the AWS Secrets Manager console.": rules.Met,
		"Change the size of the disk in the AWS console.":      rules.Partial,
	} {
		a := assess(t, map[string][]byte{
			"main.tf":        []byte("terraform {\n  backend \"s3\" {\n    bucket = \"state\"\n  }\n}\ndata \"aws_secretsmanager_secret_version\" \"key\" {\n  secret_id = \"key\"\n}\n"),
			"docs/upkeep.md": []byte("# Upkeep\n\n" + text + "\n"),
		})
		told := 0
		for _, g := range a.Gaps {
			if g.Check.ID == "docs/console-setting" {
				told++
			}
		}
		for _, r := range a.Results {
			if r.Criterion.ID == "configuration-in-version-control" && (r.Outcome != want || told != 1) {
				t.Errorf("%q: %s (%s), told %d times", text, r.Outcome, r.Because, told)
			}
		}
	}
}
