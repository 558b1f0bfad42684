package docs

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// noticeLines is how far down a notice about the whole repository stands.
const noticeLines = 40

// What a sentence calls the repository, or the document.
const itself = `(?:this|the) (?:\w+[ -]){0,3}?(?:repo(?:sitory)?|project|module|library|package|chart|code ?base|plugin|provider|role|collection|action|service|application|app|tool|template|document|page|guide|runbook|file|adr|example)s?`

// notices are sentences by which a README says it of the repository itself.
// They are tried in their order on one paragraph or heading at a time that has
// one of the words, in lower case.
var notices = []struct {
	kind    string
	words   []string
	pattern *regex.Pattern
}{
	{"archived", over, regex.New(`(?i)\b` + itself + `\b.{0,40}?\b(?:is|has been|have been|was) (?:now |been )?(?:archived|retired|decommissioned|discontinued|mothballed)\b`)},
	{"archived", over, regex.New(`(?i)^\W*(?:archived|retired|discontinued)\W*$|^\W*(?:archived|retired|unmaintained)\s*[:–—-]`)},
	{"deprecated", outdated, regex.New(`(?i)\b` + itself + `\b.{0,40}?\b(?:is|has been|are|was) (?:now |being |officially )*(?:deprecated|obsolete|superseded|replaced by|no longer (?:actively )?(?:maintained|supported|developed|used|in use)|unmaintained|not (?:actively )?maintained|not currently maintained|end[ -]of[ -]life)\b`)},
	{"deprecated", outdated, regex.New(`(?i)^\W*(?:this (?:repo(?:sitory)?|project) is )?(?:deprecated|deprecation notice|no longer (?:actively )?maintained|unmaintained|obsolete|not maintained)\W*$|^\W*(?:deprecated|deprecation notice)\s*[:–—!-]|^\W*no longer (?:actively )?maintained\b`)},
	{"deprecated", outdated, regex.New(`(?i)^\W*[\w-]+(?: [\w-]+){0,2} (?:is|are) (?:now )?(?:deprecated\W+)?(?:dead|deprecated|retired|obsolete)\W*$`)},
	{"deprecated", outdated, regex.New(`(?i)^\W*(?:(?:it|this) )?(?:is |has been |was )?(?:now )?superseded by\b`)},
	{"mirror", []string{"mirror"}, regex.New(`(?i)\b` + itself + ` is (?:a |an )?(?:\S+ ){0,3}mirror\b|^\W*(?:read-?only |official )?mirror of\b`)},
	{"fork", []string{"fork"}, regex.New(`(?i)\b` + itself + ` is (?:a |an )?(?:\S+ ){0,3}fork (?:of|from)\b|\bthis is (?:a |an |our )?(?:\S+ ){0,3}fork (?:of|from)\b|^\W*(?:a )?fork of\b|\b` + itself + ` (?:was|has been) forked from\b`)},
	{"template", []string{"template", "skeleton", "boilerplate", "cookiecutter", "starter kit"}, regex.New(`(?i)\b` + itself + ` (?:is|provides|serves as) (?:a |an |as a )?(?:\S+ ){0,3}(?:template|skeleton|boilerplate|cookiecutter|starter kit)\b|\bthis is (?:a |an |the )?(?:\S+ ){0,3}(?:template|skeleton|boilerplate)(?: (?:repo(?:sitory)?|project))?\b`)},
}

// Words of which the notices that something is over, or no longer up to date,
// have at least one each.
var (
	over     = []string{"archived", "retired", "decommissioned", "discontinued", "mothballed", "unmaintained"}
	outdated = []string{"deprecat", "obsolete", "superseded", "replaced", "no longer", "maintained", "end-of", "end of", " dead"}
)

// superseded is how another document says that it no longer holds.
var superseded = regex.New(`(?i)^\W*(?:status\W+)?(?:superseded|replaced|obsoleted) by\b|\b` + itself + `\b.{0,30}?\b(?:is|has been) (?:now )?(?:superseded|replaced|deprecated|archived|obsolete|outdated|no longer (?:maintained|valid|accurate|up to date))\b|^\W*(?:archived|deprecated|obsolete|superseded|outdated)\W*$`)

// shelved are folders in which documents are kept that no longer hold.
var shelved = []string{"archive", "archives", "archived", ".archive", "_archive", "old", ".old", "_old", "deprecated", "attic", "obsolete", "superseded"}

// noticeOf is what a document says of the repository, or of itself, near its
// top.
func noticeOf(p string, kind Kind, page *syntax.Page) string {
	if slices.ContainsFunc(foldersOf(p), func(f string) bool { return slices.Contains(shelved, f) }) {
		return "superseded"
	}
	if strings.EqualFold(page.Meta.Get("status").Text(), "superseded") || page.Meta.Get("archived").True() {
		return "superseded"
	}
	for _, t := range top(page) {
		if kind != Readme {
			if superseded.MatchString(t) {
				return "superseded"
			}
			continue
		}
		lower := strings.ToLower(t)
		for _, n := range notices {
			if !holdsOne(lower, n.words) {
				continue
			}
			phrase := n.pattern.FindString(t)
			if phrase == "" || ofWhole[n.kind] && (!atRoot(p) || otherTemplate.MatchString(phrase)) {
				continue
			}
			return n.kind
		}
	}
	return ""
}

func holdsOne(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// ofWhole are notices that a README of a folder cannot give of the repository.
var ofWhole = map[string]bool{"mirror": true, "fork": true, "template": true}

// otherTemplate is a template of something else than repositories.
var otherTemplate = regex.New(`(?i)\b(?:cloudformation|cfn|helm|terraform|arm|bicep|sam|jinja2?|e-?mail|pdf|html|page|issue|latex|word)\b[\w -]*templates?\b`)

func atRoot(p string) bool {
	switch foldersOf(p)[0] {
	case ".", ".github", "docs":
		return len(foldersOf(p)) == 1
	}
	return false
}

// top are the headings and paragraphs near the top of a page.
func top(page *syntax.Page) []string {
	var found []string
	for _, h := range page.Headings {
		if h.At.Start.Line <= noticeLines {
			found = append(found, h.Text)
		}
	}
	for i, t := range page.Prose {
		if t.At.Start.Line <= noticeLines && i < 12 {
			found = append(found, t.Text)
		}
	}
	return found
}

// generatedMark is how a program says, in the head of a file, that it wrote it.
var generatedMark = regex.New(`(?i)(?:auto[- ]?(?:matically )?)?generated (?:by|from|with|file|using)|(?:automatically|auto-?) ?generated|do not edit|don't edit`)

// headLines is where such marks stand.
const headLines = 60

// generated says whether the head of a file holds such a mark in a comment.
func generated(f *detect.File) bool {
	head := f.Data[:f.Lines(1, headLines).End.Offset]
	if !generatedMark.Match(head) {
		return false
	}
	for _, comment := range comments.FindAll(head, -1) {
		if generatedMark.Match(comment) {
			return true
		}
	}
	return false
}

// comments are those of Markdown (HTML's), reStructuredText and AsciiDoc.
var comments = regex.New(`(?s)<!--.*?-->|(?m:^\.\. [A-Za-z].*$)|(?m:^//[^/].*$)`)
