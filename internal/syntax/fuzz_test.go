package syntax_test

import (
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/hostile"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// inside fails where a span does not lie in its file.
func inside(t *testing.T, f *detect.File, spans ...detect.Span) {
	t.Helper()
	for _, s := range spans {
		if s != (detect.Span{}) && (s.Path != f.Path || s.Start.Line < 1 || s.End.Line > f.LineCount() || s.Start.Offset > s.End.Offset || s.End.Offset > len(f.Data)) {
			t.Errorf("%+v lies outside of a file of %d lines and %d bytes", s, f.LineCount(), len(f.Data))
		}
	}
}

func insideNode(t *testing.T, f *detect.File, n syntax.Node) {
	t.Helper()
	inside(t, f, n.Span(), n.Through())
	for k, v := range n.Pairs() {
		inside(t, f, k.Span())
		if got := n.Get(k.Text()); !got.Exists() {
			t.Errorf("the key %q is there and cannot be got", k.Text())
		}
		insideNode(t, f, v)
	}
	for _, item := range n.Items() {
		insideNode(t, f, item)
	}
}

func insideBody(t *testing.T, f *detect.File, b syntax.Body) {
	t.Helper()
	for _, a := range b.Attributes {
		insideAttribute(t, f, a)
	}
	for _, block := range b.Blocks {
		inside(t, f, block.At, block.Range)
		insideBody(t, f, block.Body)
	}
}

func insideAttribute(t *testing.T, f *detect.File, a syntax.Attribute) {
	t.Helper()
	inside(t, f, a.At)
	if a.Body != nil {
		insideBody(t, f, *a.Body)
	}
	for _, item := range append(a.List, a.Args...) {
		insideAttribute(t, f, item)
	}
}

// seed adds the files of real repositories that the fuzzer is given.
func seed(f *testing.F, endings ...string) {
	f.Helper()
	hostile.Seeds(f, func(_ string, data []byte) { f.Add(data) }, endings...)
}

func fuzzDocuments(f *testing.F, view *detect.View[syntax.Documents], seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	seed(f, ".yaml", ".yml", ".tpl")
	f.Fuzz(func(t *testing.T, data []byte) {
		file := detect.NewFile("a.yaml", data)
		docs, _ := view.Of(file)
		for _, d := range docs {
			insideNode(t, file, d)
		}
	})
}

var yamlSeeds = []string{
	"a: &x [1, {b: !Ref c}]\nd: *x\n<<: *x\n", "- |\n  a\n- >-\n  b\n- 'c''d'\n- \"e\\n\"\n", "---\na: b\n...\n---\n? c\n: d\n", "a: {{ x }}\n{{- if y }}\nb: \"{{ z }}\"\n{{- end }}\n", "\xff\xfea\x00:\x00", "a: \t# b\r\nc: 'd\r\n  e'\r\n",
}

func FuzzYAML(f *testing.F)          { fuzzDocuments(f, syntax.YAML, yamlSeeds...) }
func FuzzTemplatedYAML(f *testing.F) { fuzzDocuments(f, syntax.TemplatedYAML, yamlSeeds...) }

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"a": [1, -2e3, true, null, "b\u00e9\n"], // x` + "\n" + ` 'c': {d: 0x1,},}`))
	seed(f, ".json", ".jsonc", ".json5")
	f.Fuzz(func(t *testing.T, data []byte) {
		file := detect.NewFile("a.json", data)
		if n, err := syntax.JSON.Of(file); err == nil {
			insideNode(t, file, n)
		}
	})
}

func FuzzTOML(f *testing.F) {
	f.Add([]byte("[a.b]\nc = [1, {d = 2}]\n[[e]]\n'f' = \"\"\"\ng\"\"\"\n"))
	seed(f, ".toml")
	f.Fuzz(func(t *testing.T, data []byte) {
		file := detect.NewFile("a.toml", data)
		if n, err := syntax.TOML.Of(file); err == nil {
			insideNode(t, file, n)
		}
	})
}

func FuzzHCL(f *testing.F) {
	f.Add("a.tf", []byte("a \"b\" {\n  c = [1, \"${d}\", f(\"x\", {e = -1})]\n  g = <<-E\n  h\n  E\n}\n"))
	f.Add("a.tf.json", []byte(`{"resource": {"a": {"b": [{"c": {"d": "${e}"}}]}}, "terraform": {"backend": {"s3": {}}}}`))
	hostile.Seeds(f, func(path string, data []byte) { f.Add(path, data) }, ".tf", ".hcl", ".tfvars", ".tofu")
	f.Fuzz(func(t *testing.T, path string, data []byte) {
		file := detect.NewFile(path, data)
		if b, err := syntax.HCL.Of(file); err == nil {
			insideBody(t, file, b)
		}
	})
}

func fuzzPage(f *testing.F, view *detect.View[*syntax.Page], ending, text string) {
	f.Add([]byte(text))
	seed(f, ending)
	f.Fuzz(func(t *testing.T, data []byte) {
		file := detect.NewFile("a.md", data)
		p, err := view.Of(file)
		if err != nil {
			return
		}
		for _, h := range p.Headings {
			inside(t, file, h.At)
		}
		for _, l := range p.Links {
			inside(t, file, l.At)
		}
		for _, s := range append(p.Code, p.Prose...) {
			inside(t, file, s.At)
		}
		for _, c := range p.Fences {
			inside(t, file, c.At)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	fuzzPage(f, syntax.Markdown, ".md", "---\na: b\n---\n# A {#b}\n[c](<d e> \"f\") ![g][h] <a href='i'>\n\n> - `j`\n>   ```k\n>   l\n>   ```\n\n| m |\n|--|\n| [n](o) |\n\n[h]: p\n\n    q\n\n[^1]: r\n")
}

func FuzzRST(f *testing.F) {
	fuzzPage(f, syntax.RST, ".rst", "A\n=\n\n.. _b: c\n.. image:: d\n\n`e <f>`_ b_ ``g``::\n\n  h\n\n.. code:: i\n\n   j\n")
}

func FuzzAsciiDoc(f *testing.F) {
	fuzzPage(f, syntax.Asciidoc, ".adoc", "= A\n:imagesdir: b\n\n[[c]]\n== D\nlink:e[f] <<c,g>> image::h[] `i`\n\n[source,j]\n----\nk\n----\n////\nl\n")
}

func FuzzShell(f *testing.F) {
	f.Add("set -euo pipefail\ncd a && sudo b \"$(c)\" || exit 1\nf() { d; }\nif ! e; then f; fi\nbash -c 'g | h'\n${{ i }}\n", true, false)
	hostile.Seeds(f, func(_ string, data []byte) { f.Add(string(data), true, false) }, ".sh", ".bash")
	f.Fuzz(func(t *testing.T, text string, stops, pipefail bool) {
		commands, _ := syntax.Shell(text, stops, pipefail)
		for _, c := range commands {
			if len(c.Words) == 0 || c.Line < 0 || c.Last < c.Line {
				t.Errorf("%+v", c)
			}
		}
	})
}

func FuzzDockerfile(f *testing.F) {
	f.Add([]byte("FROM a AS b\nRUN --mount=c d && \\\n # e\n f\nRUN <<E\ng\nE\nCMD [\"h\"]\nONBUILD RUN i\n"))
	seed(f, "Dockerfile", "Containerfile")
	f.Fuzz(func(t *testing.T, data []byte) {
		file := detect.NewFile("Dockerfile", data)
		list, _ := syntax.Dockerfile.Of(file)
		for _, i := range list {
			inside(t, file, i.At)
			i.Script()
		}
	})
}
