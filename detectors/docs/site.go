package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// A site is a folder that a site generator makes pages of. What its links name
// is decided by the generator and not by the host that shows the files.
type site struct {
	dir string
	// content are the folders of its pages; statics those copied as they are.
	content, statics []string
}

// A generator is known by a file beside the content.
type generator struct {
	files []string
	// needs is a folder that must be there as well; content and statics are
	// relative to the site's folder, and count where they exist.
	needs            string
	content, statics []string
}

// generators are those in common use, with their default folders.
// Sources: https://www.mkdocs.org/user-guide/writing-your-docs/, https://docusaurus.io/docs/markdown-features/links,
// https://jekyllrb.com/docs/structure/, https://gohugo.io/getting-started/directory-structure/, https://vitepress.dev/guide/routing,
// https://middlemanapp.com/basics/directory-structure/, https://rust-lang.github.io/mdBook/format/summary.html,
// https://www.sphinx-doc.org/en/master/usage/configuration.html and https://docs.astro.build/en/basics/project-structure/
var generators = []generator{
	{files: []string{"mkdocs.yml", "mkdocs.yaml", "zensical.toml"}, content: []string{"docs", "doc"}},
	{files: scripted("docusaurus.config"), content: []string{"docs", "blog", "src/pages", "versioned_docs", "../docs"}, statics: []string{"static"}},
	{files: []string{"_config.yml", "_config.yaml"}, content: []string{"."}},
	{files: []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"}, needs: "content", content: []string{"content"}, statics: []string{"static", "assets"}},
	{files: slices.Concat(scripted(".vitepress/config"), scripted(".vuepress/config")), content: []string{"."}, statics: []string{"public", ".vuepress/public"}},
	{files: []string{"config.rb"}, needs: "source", content: []string{"source"}},
	{files: []string{"book.toml"}, content: []string{"src", "."}},
	{files: []string{"conf.py"}, content: []string{"."}, statics: []string{"_static"}},
	{files: []string{"antora.yml", "antora.yaml"}, content: []string{"modules"}},
	{files: scripted("astro.config"), content: []string{"src/content", "src/pages"}, statics: []string{"public"}},
	{files: scripted("gatsby-config"), content: []string{"content", "docs", "src"}, statics: []string{"static"}},
	{files: []string{"theme.config.jsx", "theme.config.tsx", "theme.config.js"}, content: []string{"pages", "content", "src"}, statics: []string{"public"}},
	{files: slices.Concat(scripted(".eleventy"), scripted("eleventy.config")), content: []string{"."}},
	{files: []string{"_sidebar.md", "mint.json", "docs.json", "SUMMARY.md", "myst.yml", "_toc.yml", "_quarto.yml", ".pages", ".nav.yml"}, content: []string{".", "docs"}},
}

// scripted are the names of settings that are written as a script.
func scripted(stem string) []string {
	return []string{stem + ".js", stem + ".ts", stem + ".mjs", stem + ".mts", stem + ".cjs", stem + ".cts"}
}

// sitesOf finds the sites of a tree, innermost first.
func sitesOf(t *detect.Tree) []site {
	byFile := map[string]generator{}
	for _, g := range generators {
		for _, name := range g.files {
			byFile[name] = g
		}
	}
	var found []site
	for _, e := range t.Entries() {
		dir, name := path.Split(e.Path)
		dir = path.Clean(dir)
		if parent := path.Base(dir); parent == ".vitepress" || parent == ".vuepress" {
			dir, name = path.Dir(dir), parent+"/"+name
		}
		g, ok := byFile[name]
		if ok && (g.needs == "" || t.Folder(path.Join(dir, g.needs))) {
			found = append(found, site{dir: dir, content: foldersIn(t, dir, g.content), statics: foldersIn(t, dir, g.statics)})
		}
	}
	slices.SortStableFunc(found, func(a, b site) int { return len(b.dir) - len(a.dir) })
	return found
}

// foldersIn are those of the folders, from another one, that exist.
func foldersIn(t *detect.Tree, dir string, names []string) []string {
	var found []string
	for _, n := range names {
		if full := path.Join(dir, n); full == "." || t.Folder(full) {
			found = append(found, full)
		}
	}
	return found
}

// around are the sites that a document is a page of, innermost first: some
// generators have a file of settings in each folder.
func around(sites []site, document string) []site {
	var found []site
	for _, s := range sites {
		if slices.ContainsFunc(s.content, func(folder string) bool { return within(document, folder) }) {
			found = append(found, s)
		}
	}
	return found
}

// within says whether a path lies in a folder.
func within(p, folder string) bool {
	return folder == "." || len(p) > len(folder) && p[len(folder)] == '/' && p[:len(folder)] == folder
}

// pageEndings are what a generator may find behind the name that a link gives.
var pageEndings = []string{
	".md", ".mdx", ".markdown", ".html.md.erb", ".html.md", ".md.erb", ".html.erb", ".rst", ".adoc", ".asciidoc", ".ipynb", ".html", ".tsx", ".jsx", ".js", ".astro", ".vue", ".yaml", ".json",
	"/index.md", "/index.mdx", "/README.md", "/readme.md", "/_index.md", "/index.html.md.erb", "/index.html.erb", "/index.rst", "/index.adoc", "/index.html", "/_index.html",
}

// made are pages that generators make of what other pages say.
var made = regex.New(`^/(?:[\w-]+/)?(?:tags?|categor(?:y|ies)|authors?|archives?|search|feed\.xml|atom\.xml|rss\.xml|sitemap\.xml|index\.xml)(?:/|$)`)

// included are folders of parts that are set into pages elsewhere: their links
// start from there.
var included = []string{"partials", "_partials", "includes", "_includes", "snippets", "_snippets", "shared"}

// resolves says whether the site has what a link of one of its pages names.
func (s site) resolves(t *detect.Tree, names pageNames, document string, l link) bool {
	for _, candidate := range s.candidates(document, l.path) {
		stem := strings.TrimSuffix(strings.TrimSuffix(candidate, ".html"), ".htm")
		if t.Has(candidate) || t.Has(stem) && stem != candidate {
			return true
		}
		for _, ending := range pageEndings {
			if t.Has(stem + ending) {
				return true
			}
		}
	}
	part := slices.ContainsFunc(foldersOf(document), func(f string) bool { return slices.Contains(included, f) })
	return names.has(s.dir, l.path) || made.MatchString(l.path) || part && !strings.HasPrefix(l.path, "/")
}

// candidates are the paths that a link may mean: from the file, from the
// page's own folder (pages get one each), and from the roots of the site, with
// or without the first part, under which the site or its documents may lie.
func (s site) candidates(document, target string) []string {
	trimmed := strings.Trim(target, "/")
	if !strings.HasPrefix(target, "/") {
		return []string{path.Join(path.Dir(document), target), path.Join(withoutEndings(document), target)}
	}
	var found []string
	_, rest, _ := strings.Cut(trimmed, "/")
	for _, root := range slices.Concat([]string{s.dir}, s.content, s.statics) {
		found = append(found, path.Join(root, trimmed))
		if rest != "" {
			found = append(found, path.Join(root, rest))
		}
	}
	return found
}

// withoutEndings is the path of a page without its extensions.
func withoutEndings(p string) string { return path.Join(path.Dir(p), stemOf(p)) }

// pageNames are the names by which pages can be addressed besides their paths,
// by folder of the site: slugs, and file names without number or date.
type pageNames map[string]map[string]bool

var numbered = regex.New(`^(?:\d{4}-\d\d-\d\d|\d+)[-_. ]+`)

func namesOfPages(sites []site, documents map[string]Document) pageNames {
	names := pageNames{}
	for p, d := range documents {
		for _, s := range around(sites, p) {
			names.add(s.dir, p, d.Slugs)
		}
	}
	return names
}

func (n pageNames) add(dir, document string, slugs []string) {
	if n[dir] == nil {
		n[dir] = map[string]bool{}
	}
	for _, slug := range slugs {
		n[dir][strings.ToLower(path.Base(slug))] = true
	}
	if stem := stemOf(document); numbered.MatchString(stem) {
		n[dir][strings.ToLower(numbered.ReplaceAllString(stem, ""))] = true
	}
}

// has says whether a page is addressed by the last part of a target.
func (n pageNames) has(dir, target string) bool {
	name := strings.ToLower(stemOf(strings.TrimRight(target, "/")))
	return n[dir][name] || n[dir][numbered.ReplaceAllString(name, "")]
}
