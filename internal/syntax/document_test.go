package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/syntax"
)

func outline(p *syntax.Page) []string {
	var list []string
	for _, h := range p.Headings {
		list = append(list, fmt.Sprintf("%d %s at %s", h.Level, h.Text, at(h.At)))
	}
	for _, f := range p.Fences {
		list = append(list, fmt.Sprintf("%s %q first %d at %s", f.Language, f.Body, f.First, at(f.At)))
	}
	for _, c := range p.Code {
		list = append(list, fmt.Sprintf("code %s at %s", c.Text, at(c.At)))
	}
	for _, c := range p.Prose {
		list = append(list, fmt.Sprintf("prose %s at %s", c.Text, at(c.At)))
	}
	return list
}

func TestRST(t *testing.T) {
	p := markdown(t, "docs/index.rst", strings.ReplaceAll(`====
Shop
====

.. _set-up:

Set up
------

See 'the guide <guide.rst>'_ and 'the
handbook <book/a.rst>'__, or ops_ and 'On Call'_; run ''make test''.
:ref:'elsewhere' https://example.org/x.

.. image:: img/logo.png
   :alt: x

.. code-block:: bash
   :linenos:

   make build

Type::

    cd shop
    ls

.. note::

   Read 'this <this.rst>'_.

.. a comment with 'a link <no.rst>'_
   and more

Deeper
~~~~~~

.. _ops: ops.rst
.. _On Call: oncall.rst
`, "'", "`"))
	same(t, []string{
		`link guide.rst "the guide" at 10:17-26`,
		`link book/a.rst "the handbook" at 11:11-21`,
		`link ops.rst "ops" at 37:10-17`,
		`link oncall.rst "On Call" at 38:14-24`,
		`link https://example.org/x "https://example.org/x" at 12:18-39`,
		`image img/logo.png "" at 14:12-24`,
		`link this.rst "this" at 29:16-24`,
	}, links(p))
	same(t, []string{
		"1 Shop at 2:1-5", "2 Set up at 7:1-7", "3 Deeper at 34:1-7",
		`bash "make build\n" first 20 at 17:1-21`,
		` "cd shop\nls\n" first 24 at 24:1-12`,
		"code make test at 11:57-66",
		"prose See the guide and the handbook, or ops_ and On Call; run make test. elsewhere https://example.org/x. at 10-12",
		"prose Type:: at 22:1-7",
		"prose Read this. at 29:1-28",
	}, outline(p))
	for _, anchor := range []string{"set-up", "shop", "deeper"} {
		if !p.Anchors[anchor] {
			t.Errorf("%q is no anchor", anchor)
		}
	}
}

func TestAsciiDoc(t *testing.T) {
	p := markdown(t, "README.adoc", strings.ReplaceAll(`= Shop
:imagesdir: img
:url: https://example.org

// a comment with link:no.adoc[x]
[[start]]
== Set up

See link:guide.adoc[the guide], xref:ops.adoc#run[ops], <<start,above>> and
https://example.org/x[there] or {url}/y. Run 'make test'.

image::logo.png[Logo]
link:{url}/z[z]

[source,bash]
----
make build
----

....
plain
....

////
link:hidden.adoc[x]
////

=== Deeper
'''ruby
x
'''
`, "'", "`"))
	same(t, []string{
		`link guide.adoc "the guide" at 9:10-20`,
		`link ops.adoc#run "ops" at 9:38-50`,
		`link #start "above" at 9:59-64`,
		`link https://example.org/x "there" at 10:1-22`,
		`image img/logo.png "Logo" at 12:8-16`,
	}, links(p))
	same(t, []string{
		"1 Shop at 1:1-7", "2 Set up at 7:1-10", "3 Deeper at 28:1-11",
		`bash "make build\n" first 17 at 15-16`,
		` "plain\n" first 21 at 20:1-5`,
		`ruby "x\n" first 30 at 29:1-8`,
		"code make test at 10:47-56",
		"prose See the guide, ops, above and there or {url}/y. Run make test. at 9-10",
		"prose Logo z at 12-13",
	}, outline(p))
	for _, anchor := range []string{"start", "_set_up", "set-up", "deeper"} {
		if !p.Anchors[anchor] {
			t.Errorf("%q is no anchor", anchor)
		}
	}
}
