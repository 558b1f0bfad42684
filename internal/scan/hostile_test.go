package scan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/hostile"
	"github.com/waymark-dev/waymark/internal/scan"
)

// Each hostile file is either read or named as a blind spot of the one detector
// that wanted it, and what lies beside it is seen.
func TestHostileFiles(t *testing.T) {
	f := files{
		"bomb.yaml":           hostile.Bomb(),
		"map.yaml":            hostile.LargeMap(),
		"deep.yaml":           strings.Repeat("[", 100_000),
		"truncated.yaml":      "a: [1,\n  {b: \"c",
		"binary.yaml":         "\x7fELF\x00\x01",
		"invalid.yaml":        "a: \xff\xfe\xfd\n",
		"utf16.yaml":          "\xff\xfea\x00:\x00 \x00b\x00\n\x00",
		"crlf.yaml":           "a:\r\n  - b\r\n",
		"empty.yaml":          "",
		"helm.yaml":           "{{- if x }}\na: {{ y }}\n{{- end }}\n",
		"jinja.yaml":          "a: {% if x %}b{% endif %}\n",
		"erb.yaml":            "<% if x %>\na: <%= y %>\n<% end %>\n",
		"tags.yaml":           "a: !Ref b\nc: !Sub ['${d}', {e: !GetAtt f.g}]\nh: !If [i, !Select [0, !Split [',', j]], !Join ['', [k]]]\n",
		"huge.yaml":           strings.Repeat("a: b\n", 10<<20),
		"deep.json":           strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"good.json":           `{"a": 1}`,
		"deep.tf":             "a = " + strings.Repeat("[", 100_000),
		"broken.tf":           "resource {",
		"broken.tf.json":      "{",
		"good.tf":             "a = 1\n",
		"deep.md":             strings.Repeat(">", 1_000_000),
		"good.md":             "# A\n",
		"strange\n\"name%.md": "# B\n",
	}
	o := run(t, f, scan.Options{}, parsing()...)
	blind := map[string]string{}
	for _, b := range o.BlindSpots {
		blind[b.Path] = b.Err.Error()
	}
	for path, want := range map[string]string{
		"bomb.yaml": "aliases", "deep.yaml": "nested", "truncated.yaml": "not valid YAML", "binary.yaml": "binary", "invalid.yaml": "line 1", "helm.yaml": "templated",
		"jinja.yaml": "templated", "erb.yaml": "templated", "huge.yaml": "too large", "deep.json": "nested", "deep.tf": "nested", "broken.tf": "not valid HCL", "broken.tf.json": "not valid JSON", "deep.md": "nested",
	} {
		if !strings.Contains(blind[path], want) {
			t.Errorf("%s: %q does not name %q", path, blind[path], want)
		}
		delete(blind, path)
	}
	if len(blind) != 0 {
		t.Errorf("blind without a reason: %q", blind)
	}
}

// Files of formats that are looked at line by line are blind spots too where no
// parser could read them: what they hold is not known.
func TestDeepFilesOfEveryFormatAreBlind(t *testing.T) {
	deep := files{
		"Jenkinsfile": strings.Repeat("a{", 100_000), "a.toml": "a = " + strings.Repeat("[", 100_000), "a.rego": "package a\nx = " + strings.Repeat("[", 100_000),
		"a.bicep": "var a = " + strings.Repeat("[", 100_000), "flake.nix": strings.Repeat("{", 100_000), "a.jsonnet": strings.Repeat("[", 100_000),
		"Makefile": "a: " + strings.Repeat("$(", 100_000) + strings.Repeat(")", 100_000), "pom.xml": strings.Repeat("<a>", 200_000), "a.proj": strings.Repeat("<a>", 9_000) + strings.Repeat("</a>", 9_000),
		"a.tf": "a = " + strings.Repeat("(", 200_000) + "1" + strings.Repeat(")", 200_000),
	}
	all := &detect.Detector{ID: "test/all", Match: []string{"**/*"}, File: func(p *detect.Pass, f *detect.File) error {
		p.Report(f.Path, f.Whole(), "", nil)
		return nil
	}}
	fine := files{"fine.json": "[" + strings.Repeat("{\"a\": [(1)]},\n", 50_000) + "{}]", "fine.xml": "<a>" + strings.Repeat("<b c=\"d\"/><e></e>\n", 50_000) + "</a>"}
	for path, text := range fine {
		deep[path] = text
	}
	o := run(t, deep, scan.Options{}, all)
	if seen := slices.Collect(o.Findings()); len(o.BlindSpots) != len(deep)-len(fine) || len(seen) != len(fine) {
		t.Errorf("%d blind spots and %d findings in %d deep files and %d others", len(o.BlindSpots), len(seen), len(deep)-len(fine), len(fine))
	}
}
