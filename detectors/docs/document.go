package docs

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed document.md
var documentDoc string

// Documents sees documents: what they are for, which first questions they
// answer, and what they name. Its values are a Document each.
var Documents = &detect.Detector{ID: "docs/document", Doc: documentDoc, Match: documentFiles, File: documents}

// documentFiles are the formats that are read.
var documentFiles = []string{
	"**/*.md", "**/*.MD", "**/*.markdown", "**/*.mdx", "**/*.rst", "**/*.adoc", "**/*.asciidoc", "**/*.md.erb", "**/README", "**/README.txt",
}

func documents(p *detect.Pass, f *detect.File) error {
	if licence(f.Path) {
		return nil
	}
	page, err := papers.Of(f)
	if err != nil {
		return err
	}
	d := Document{Dir: path.Dir(f.Path), Title: title(page.Page), Words: words(page.Page), Anchors: page.Anchors, Kind: page.kind, Notice: page.notice, Generated: generated(f)}
	if d.Kind == Readme {
		d.Topics = topicsOf(page.Page, page.typed)
	}
	d.Slugs = append(slugsOf(page.Meta), labelsOf(f)...)
	d.stated = statementsOf(f, page.Page, page.typed)
	d.blocks = blocksOf(f, page.Page)
	d.links = linksOf(p.Repo.Origin, f.Path, page.Page)
	d.paths = mentionsOf(p.Repo, f, page.Page, page.typed)
	d.listed = listedOf(p.Repo.Name, f, page.Page)
	d.code, d.little = codeNames(page.Page, page.typed), saysLittle(page.Page)
	d.foreign = foreign(p.Repo.Tree, f.Path, d.paths)
	if isFilled(f) {
		d.links, d.paths = nil, nil // what it names is there when it is filled in, or is the reader's to make
	}
	d.Links = existing(p.Repo.Tree, d.links)
	d.Names = namesOf(p.Repo.Tree, f.Path, d)
	p.Report(f.Path, f.Whole(), string(d.Kind), d)
	return nil
}

// isFilled says whether a document is a template that a program fills in, or the
// page that a generator of applications wrote for what readers may add.
func isFilled(f *detect.File) bool {
	return slices.Contains(foldersOf(f.Path), "templates") && f.Contains("{% ") || f.Contains("bootstrapped with [Create React App]")
}

// licence says whether a file is the text of a licence, which documents
// nothing of the repository.
func licence(p string) bool {
	stem := strings.ToUpper(stemOf(p))
	return strings.HasPrefix(stem, "LICENSE") || strings.HasPrefix(stem, "LICENCE") || stem == "COPYING" || stem == "NOTICE"
}

// title is the title of the front matter, else the first heading.
func title(page *syntax.Page) string {
	if t := page.Meta.Get("title").Text(); t != "" {
		return t
	}
	if len(page.Headings) > 0 {
		return page.Headings[0].Text
	}
	return ""
}

func words(page *syntax.Page) int {
	n := 0
	for _, t := range page.Prose {
		n += fields(t.Text)
	}
	for _, h := range page.Headings {
		n += fields(h.Text)
	}
	return n
}

func fields(text string) (n int) {
	for range strings.FieldsSeq(text) {
		n++
	}
	return n
}

// slugsOf are the addresses that front matter gives a page in the usual site
// generators.
func slugsOf(meta syntax.Node) []string {
	var slugs []string
	for _, key := range []string{"slug", "permalink", "url", "id", "aliases", "redirect_from", "old_paths"} {
		for _, s := range meta.Get(key).Texts() {
			if s = strings.Trim(s, "/"); s != "" {
				slugs = append(slugs, s)
			}
		}
	}
	return slugs
}

// label is a line by which Markdown for Sphinx names the place that follows it.
// Source: https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html
var label = regex.New(`(?m)^ {0,3}\(([\w.:-]+)\)=[ \t]*$`)

// labelsOf are the names that links of the same site may give in place of a
// path.
func labelsOf(f *detect.File) []string {
	var found []string
	for _, m := range label.FindAllSubmatch(f.Data, 500) {
		found = append(found, string(m[1]))
	}
	return found
}

// stemOf is the base name without its extensions.
func stemOf(p string) string {
	stem, _, _ := strings.Cut(path.Base(p), ".")
	return stem
}
