package syntax_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func markdown(t *testing.T, path, text string) *syntax.Page {
	t.Helper()
	p, err := syntax.Document(detect.NewFile(path, []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// at is a span as line:column-column, of a span of several lines as line-line.
func at(s detect.Span) string {
	if s.Start.Line != s.End.Line {
		return fmt.Sprintf("%d-%d", s.Start.Line, s.End.Line)
	}
	return fmt.Sprintf("%d:%d-%d", s.Start.Line, s.Start.Column, s.End.Column)
}

func links(p *syntax.Page) []string {
	var list []string
	for _, l := range p.Links {
		kind := "link"
		if l.Image {
			kind = "image"
		}
		list = append(list, fmt.Sprintf("%s %s %q at %s", kind, l.Target, l.Text, at(l.At)))
	}
	return list
}

func same(t *testing.T, want, is []string) {
	t.Helper()
	if diff := cmp.Diff(want, is); diff != "" {
		t.Errorf("-want +is:\n%s", diff)
	}
}

func TestMarkdownLinks(t *testing.T) {
	p := markdown(t, "README.md", `# Shop

See [the guide](docs/guide.md "Title") and ![a chart](<img/a b.png>), [é](docs/x\_y.md#top).
[![Build](https://ci.example/badge.svg)](ci.md) or [by reference][ops] or [ops].
Bare https://example.org/x and <https://example.org/y>.

> quoted [link](q.md)

- item [one](1.md)
  - deeper [two](2.md) `+"`code [no](no.md)`"+`

| a | b |
| - | - |
| [cell](cell.md) | x |

<p align="center"><img src="logo.svg" alt="x"> <a href='site/'>site</a></p>

Inline <a href="inline.html">html</a>. A footnote[^1].

<!-- [hidden](hidden.md) <a href="hidden.html"> -->

[^1]: With [a link](note.md).

[ops]: docs/ops.md
[unused]: docs/unused.md

    [indented](code.md)
`)
	same(t, []string{
		`link docs/guide.md "the guide" at 3:17-30`,
		`image img/a b.png "a chart" at 3:56-67`,
		`link docs/x_y.md#top "é" at 3:75-91`,
		`link ci.md "" at 4:42-47`,
		`image https://ci.example/badge.svg "Build" at 4:11-39`,
		`link docs/ops.md "by reference" at 24:8-19`,
		`link docs/ops.md "ops" at 24:8-19`,
		`link https://example.org/x "https://example.org/x" at 5:6-27`,
		`link https://example.org/y "https://example.org/y" at 5:33-54`,
		`link q.md "link" at 7:17-21`,
		`link 1.md "one" at 9:14-18`,
		`link 2.md "two" at 10:18-22`,
		`link cell.md "cell" at 14:10-17`,
		`image logo.svg "" at 16:29-37`,
		`link site/ "" at 16:57-62`,
		`link inline.html "" at 18:17-28`,
		`link note.md "a link" at 22:21-28`,
	}, links(p))
}

func TestMarkdownAnchors(t *testing.T) {
	p := markdown(t, "a.md", `# Hello, World!
## :rocket: Launch it
## 🚀 Launch it
## `+"`waymark --help`"+` & more
## Hello World
### Hello World
Setext *Heading*
================
## C'est déjà l'été_2
## With [a link](x.md) ![img](y.png)
## Named {#own-id}
<h2 align="center">In <b>HTML</b></h2>

<a name="by-name"></a> <span id="by-id">x</span>
`)
	var got []string
	for _, h := range p.Headings {
		got = append(got, fmt.Sprintf("%d %s #%s at %s", h.Level, h.Text, h.Anchor, at(h.At)))
	}
	same(t, []string{
		"1 Hello, World! #hello-world at 1:1-16",
		"2 :rocket: Launch it #-launch-it at 2:1-22",
		"2 🚀 Launch it #-launch-it-1 at 3:1-15",
		"2 waymark --help & more #waymark---help--more at 4:1-27",
		"2 Hello World #hello-world-1 at 5:1-15",
		"3 Hello World #hello-world-2 at 6:1-16",
		"1 Setext Heading #setext-heading at 7:1-17",
		"2 C'est déjà l'été_2 #cest-déjà-lété_2 at 9:1-22",
		"2 With a link #with-a-link- at 10:1-37",
		"2 Named #named at 11:1-19",
		"2 In HTML #in-html at 12:1-39",
	}, got)
	for _, anchor := range []string{"hello-world", "own-id", "by-name", "by-id", "waymark-help-more", "hello-world_1"} {
		if !p.Anchors[anchor] {
			t.Errorf("%q is no anchor", anchor)
		}
	}
}

func TestMarkdownCodeAndProse(t *testing.T) {
	p := markdown(t, "a.md", strings.ReplaceAll(`---
title: The title
tags: [a]
---
# Heading

Some *text* with ''code'' and
a [link](x.md).

'''bash title=x
make test
'''

1. First

   '''Go
   x := 1
   '''

~~~
~~~

    indented

<details>
<summary>More &amp; more</summary>

inside

</details>
`, "'", "`"))
	if p.Meta.Get("title").Text() != "The title" || p.Meta.Get("tags").Span().Start.Line != 3 {
		t.Errorf("front matter: %v", p.Meta.Get("tags").Span())
	}
	var got []string
	for _, f := range p.Fences {
		got = append(got, fmt.Sprintf("%s %q first %d at %s", f.Language, f.Body, f.First, at(f.At)))
	}
	same(t, []string{
		`bash "make test\n" first 11 at 10:1-16`,
		`go "x := 1\n" first 17 at 16:1-9`,
		` "" first 21 at 20:1-4`,
		` "indented\n" first 23 at 23:1-13`,
	}, got)
	got = nil
	for _, s := range slices.Concat(p.Prose, p.Code) {
		got = append(got, s.Text+" at "+at(s.At))
	}
	same(t, []string{
		"Some text with code and a link. at 7-8", "First at 14:1-9", "More & more at 26:1-35", "inside at 28:1-7", "code at 7:20-24",
	}, got)
}

func TestMarkdownOfOtherPrograms(t *testing.T) {
	p := markdown(t, "guide.mdx", "import Tabs from '@theme/Tabs';\n\n# Title\n\n<Tabs>\n\n[a](a.md)\n\n</Tabs>\n{/* [b](b.md) */}\n<a href={useBaseUrl('c')}>c</a>\n")
	same(t, []string{`link a.md "a" at 7:5-9`}, links(p))
	p = markdown(t, "guide.html.md.erb", "---\ntitle: x\n---\n<% if x %>\n[a](<%= url %>)\n[b](b.md)\n<% end %>\n")
	same(t, []string{`link b.md "b" at 6:5-9`}, links(p))
}

func TestMarkdownThatIsHostile(t *testing.T) {
	for name, text := range map[string]string{
		"quotes":     strings.Repeat(">", 1_000_000) + "x",
		"lists":      strings.Repeat("- ", 500_000) + "x",
		"brackets":   strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000),
		"images":     strings.Repeat("![", 50_000) + strings.Repeat("](x)", 50_000),
		"emphasis":   strings.Repeat("*a **b ", 50_000) + strings.Repeat("** *", 50_000),
		"code":       strings.Repeat("`` ` ", 50_000),
		"html":       strings.Repeat("<a ", 200_000),
		"comments":   strings.Repeat("<!-- ", 200_000),
		"links":      strings.Repeat("[a](", 50_000),
		"autolinks":  strings.Repeat("http://a.", 50_000),
		"mail":       strings.Repeat("a@b.c", 50_000),
		"headings":   strings.Repeat("# a\n", 50_000),
		"entities":   strings.Repeat("&#", 200_000),
		"table":      strings.Repeat("|a", 20_000) + "\n" + strings.Repeat("|-", 20_000) + "\n" + strings.Repeat("|x\n", 2_000),
		"references": strings.Repeat("[a]: b\n", 50_000),
		"footnotes":  strings.Repeat("[^1]", 50_000) + "\n\n[^1]: x\n",
		"utf8":       "# \xff\xfe[\xc3](\xe2\x82)\n",
		"nul":        "# a\x00b\n",
		"empty":      "",
	} {
		t.Run(name, func(t *testing.T) {
			_, _ = syntax.Document(detect.NewFile("a.md", []byte(text)))
		})
	}
}
