package syntax_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func yamlOf(t *testing.T, view *detect.View[syntax.Documents], text string) syntax.Documents {
	t.Helper()
	docs, err := view.Of(detect.NewFile("a.yaml", []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// flat is everything in a node, a line for each.
func flat(n syntax.Node, route string) []string {
	list := []string{fmt.Sprintf("%s %s %q at %s", route, n.Tag(), n.Text(), at(n.Span()))}
	for k, v := range n.Pairs() {
		list = append(list, flat(v, route+"/"+k.Text())...)
	}
	for i, item := range n.Items() {
		list = append(list, flat(item, fmt.Sprintf("%s/%d", route, i))...)
	}
	return list
}

func TestYAML(t *testing.T) {
	text := `a: plain # comment
é: "quo\ted" # comment
s: 'it''s'
b: &anchor !Ref  name
c: *anchor
l: |
  one

  two
f: >-
  one
  two
m:
  <<: {x: 1, y: 2}
  y: 3
seq: [1, ~, yes]
long: one
  two
---
second: true
`
	docs := yamlOf(t, syntax.YAML, strings.ReplaceAll(text, "\n", "\r\n"))
	same(t, []string{
		` !!map "" at 1:1-19`,
		`/a !!str "plain" at 1:4-9`,
		`/é !!str "quo\ted" at 2:4-13`,
		`/s !!str "it's" at 3:4-11`,
		`/b !Ref "name" at 4:4-22`,
		`/c !Ref "name" at 5:4-11`,
		`/l !!str "one\n\ntwo\n" at 6:1-5`,
		`/f !!str "one two" at 10:1-6`,
		`/m !!map "" at 14:1-19`,
		`/m/y !!int "3" at 15:6-7`,
		`/m/x !!int "1" at 14:11-12`,
		`/seq !!seq "" at 16:1-17`,
		`/seq/0 !!int "1" at 16:7-8`,
		`/seq/1 !!null "" at 16:10-11`,
		`/seq/2 !!str "yes" at 16:13-16`,
		`/long !!str "one two" at 17:7-10`,
	}, flat(docs[0], ""))
	if len(docs) != 2 || !docs[1].Get("second").True() || docs[1].Line() != 20 {
		t.Errorf("%d documents", len(docs))
	}
	if l := docs[0].Get("l"); l.TextLine(2) != 9 || l.Through().End.Line != 9 {
		t.Errorf("text at %d, through %d", l.TextLine(2), l.Through().End.Line)
	}
	if n := docs[0].Get("seq", "x", "y"); n.Exists() || n.Span() != (detect.Span{}) {
		t.Error("something is where nothing is")
	}
}

func TestYAMLThatIsNotValid(t *testing.T) {
	for text, want := range map[string]string{
		"a: b\nc: [\n":        "is not valid YAML: line 2",
		"a: b\nc: d: e\n":     "is not valid YAML: line 2",
		"a: \xff\n":           "is not valid YAML",
		"{{- if x }}\na: b\n": syntax.ErrTemplated.Error(),
		"a: &a [*a]\n":        "alias inside",
		"a: b\n---\nc: [\n":   "is not valid YAML: line 3",
		strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000): "nested too deeply",
		strings.Repeat("[", 100_000):                            "exceeded max depth",
	} {
		_, err := syntax.YAML.Of(detect.NewFile("a.yaml", []byte(text)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, not %s", text, err, want)
		}
	}
	docs, err := syntax.YAML.Of(detect.NewFile("a.yaml", []byte("a: b\n---\nc: [\n--- # x\nd: e\n")))
	if err == nil || len(docs) != 2 || at(docs[1].Get("d").Span()) != "5:4-5" {
		t.Errorf("%d documents around the broken one, %v", len(docs), err)
	}
}

func TestYAMLOfOtherEncodings(t *testing.T) {
	utf16 := []byte{0xff, 0xfe}
	for _, r := range "é: x\nb: y\n" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, data := range map[string][]byte{"UTF-16": utf16, "UTF-8 with a mark": []byte("\xef\xbb\xbfé: x\nb: y\n")} {
		docs, err := syntax.YAML.Of(detect.NewFile("a.yaml", data))
		if err != nil || docs[0].Get("é").Text() != "x" || at(docs[0].Get("b").Span()) != "2:4-5" {
			t.Errorf("%s: %v %v", name, docs, err)
		}
	}
}

func TestYAMLThatIsHostile(t *testing.T) {
	bomb := "a0: &a0 x\n"
	for i := range 30 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	_, err := syntax.YAML.Of(detect.NewFile("a.yaml", []byte(bomb)))
	if err == nil || !strings.Contains(err.Error(), "aliases") {
		t.Errorf("alias bomb: %v", err)
	}
	for name, text := range map[string]string{
		"comments":  strings.Repeat("#\n", 300_000),
		"documents": strings.Repeat("---\na\n", 20_000),
		"flow":      strings.Repeat("[a,", 3_000),
		"maps":      strings.Repeat("{a: ", 3_000),
		"dashes":    strings.Repeat("- ", 9_000) + "a",
		"keys":      strings.Repeat("? ", 9_000) + "a",
		"quotes":    strings.Repeat("\"", 300_000),
		"anchors":   strings.Repeat("- &a b\n", 50_000),
		"merges":    "a: &a {b: c}\n" + strings.Repeat("d: {<<: *a}\n", 50_000),
		"tags":      strings.Repeat("- !a b\n", 50_000),
		"spaces":    strings.Repeat(" ", 1_000_000),
		"lines":     strings.Repeat("\n", 500_000) + "a: b",
		"long":      "a: " + strings.Repeat("b ", 1_000_000),
		"folded":    "a: >\n" + strings.Repeat("  b\n", 200_000),
		"nul":       "a: \x00",
		"empty":     "",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := syntax.YAML.Of(detect.NewFile("a.yaml", []byte(text)))
			t.Logf("%.80v", err)
		})
	}
}

func TestLargeMaps(t *testing.T) {
	var text strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&text, "key%d: %d\n", i, i)
	}
	docs := yamlOf(t, syntax.YAML, text.String())
	for i := range 60_000 {
		if docs[0].Get(fmt.Sprintf("key%d", i)).Text() != fmt.Sprint(i) {
			t.Fatal("not found")
		}
	}
}

func TestTemplatedYAML(t *testing.T) {
	docs := yamlOf(t, syntax.TemplatedYAML, `{{- if .Values.on }}
apiVersion: v1
kind: {{ .Values.kind | default "Pod" }} # comment
metadata:
  name: "{{ include "x" . }}-web"
  labels:
    {{- include "labels" . | nindent 4 }}
  é{{ .Key }}: a
  image: {{ .Values.image }}:{{ .Values.tag }}
spec:
  {{- range .Values.items }}
  - {{ . }}
  {{- end }}
  - last
multi: {{ include "y"
   . }}
jinja: {% if x %}a{% endif %}
erb: <%= y %>
text: |
  {{ .Files.Get "x" }} z
{{- end }}
`)
	same(t, []string{
		` !!map "" at 2:1-15`,
		`/apiVersion !!str "v1" at 2:13-15`,
		`/kind !!str "{{ .Values.kind | default \"Pod\" }}" at 3:7-41`,
		`/metadata !!map "" at 5:1-34`,
		`/metadata/name !!str "{{ include \"x\" . }}-web" at 5:9-34`,
		`/metadata/labels !!null "" at 6:10-10`,
		`/metadata/é{{ .Key }} !!str "a" at 8:16-17`,
		`/metadata/image !!str "{{ .Values.image }}:{{ .Values.tag }}" at 9:10-47`,
		`/spec !!seq "" at 12:1-12`,
		`/spec/0 !!str "{{ . }}" at 12:5-12`,
		`/spec/1 !!str "last" at 14:5-9`,
		"/multi !!str \"{{ include \\\"y\\\"\\n   . }}\" at 15:8-22",
		`/jinja !!str "a" at 17:18-19`,
		`/erb !!str "<%= y %>" at 18:6-14`,
		"/text !!str \"{{ .Files.Get \\\"x\\\" }} z\\n\" at 19:1-8",
	}, flat(docs[0], ""))
	first := docs[0]
	docs = yamlOf(t, syntax.TemplatedYAML, "a:\n%{ for x in y ~}\n  - ${x} %{ if z }b%{ endif }\n%{ endfor }\n")
	if got := docs[0].Get("a").Texts(); len(got) != 1 || got[0] != "${x}          b" {
		t.Errorf("%q", got)
	}
	docs = yamlOf(t, syntax.TemplatedYAML, `a:
  b: |- {{ include "x" . }}
{{- /* a comment with {{ braces }} */ -}}
{{- define "y" }}
{{- if z }}
- c: {{ d }}
{{- end }}
{{- end }}
e: f
`)
	if len(docs) != 3 || docs[1].Items()[0].Get("c").Text() != "{{ d }}" || docs[2].Get("e").Line() != 9 {
		t.Errorf("%d documents", len(docs))
	}
	if !first.Get("kind").Templated() || first.Get("apiVersion").Templated() {
		t.Error("what is templated is not told from what is not")
	}
	if _, err := syntax.TemplatedYAML.Of(detect.NewFile("a.yaml", []byte("a: [{{ x }}\nb"))); err == nil || errors.Is(err, syntax.ErrTemplated) {
		t.Errorf("%v", err)
	}
}

func TestTemplatedYAMLKeepsTheIndentationOfWhatIsConditional(t *testing.T) {
	docs := yamlOf(t, syntax.TemplatedYAML, "a:\n  {{ if .x }}b: 1{{ end }}\n  {{ if .y }}{{ if .z }}c: 2{{ end }}{{ end }}\n  d: {{ if .v }}3{{ end }}\n")
	for key, want := range map[string]detect.Point{"b": {Line: 2, Column: 17, Offset: 19}, "c": {Line: 3, Column: 28, Offset: 57}, "d": {Line: 4, Column: 17, Offset: 93}} {
		n := docs[0].Get("a", key)
		if got := n.Span().Start; got != want || n.Text() == "" {
			t.Errorf("%s: %q at %+v, want %+v", key, n.Text(), got, want)
		}
	}
}
