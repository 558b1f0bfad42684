package manifest

import "testing"

func TestRedacted(t *testing.T) {
	for text, want := range map[string]string{
		"runs ann:s3cr3t@r.io/a:1":                   "runs ann:…@r.io/a:1",
		"https://ann:s3cr3t@r.io/a":                  "https://ann:…@r.io/a",
		"git::ssh://0123456789abcdef@github.com/a/b": "git::ssh://…@github.com/a/b",
		"docs/x?token=s3cr3t&page=2":                 "docs/x?token=…&page=2",
		"@Library('x@AKIAIOSFODNN7EXAMPLE')":         "@Library('x@…')",
		"job ghp_0123456789abcdef0123":               "job …",

		"nginx:1.27@sha256:0123456789abcdef": "nginx:1.27@sha256:0123456789abcdef",
		"git@github.com:acme/shop":           "git@github.com:acme/shop",
		"ssh://git@github.com/acme/shop":     "ssh://git@github.com/acme/shop",
		"actions/checkout@v4":                "actions/checkout@v4",
		"?key_name=a&x=1":                    "?key_name=a&x=1",
	} {
		if got := Redacted(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}
