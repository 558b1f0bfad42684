package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A mention is a path that a document names in code.
type mention struct {
	// written is the word of the document, path what it names.
	written, path string
	// dir is the folder that the command it stands in runs in; "?" where that
	// cannot be told.
	dir string
	at  detect.Span
	// run says that the reader is told to run the file; read that a command
	// is given it to read.
	run, read bool
	// rooted says that it is named from the root of this very repository, by
	// the repository's address.
	rooted bool
	// getter says that the address is one for tools that fetch a folder, on the
	// default branch: "https://github.com/acme/shop//folder".
	getter bool
	// pattern says that path stands for several.
	pattern bool
	// beside says that it starts from the folder of the document: it stands in a
	// picture of folders.
	beside bool
	// gone says that the sentence or the commands around it tell that the path
	// is not there (any more, or yet).
	gone bool
}

// mentionsOf are the paths in the code of a page: in code spans, in the words
// of commands, and in the other blocks.
func mentionsOf(r *detect.Repo, f *detect.File, page *syntax.Page, cs []typed) []mention {
	var found []mention
	name, origin := r.Name, r.Origin
	for _, code := range page.Code[:min(len(page.Code), maxSpans)] {
		if strings.ContainsAny(code.Text, " \t") || linked(page, code) {
			continue // the words of commands come below, links are judged as such
		}
		if m, ok := mentioned(origin, code.Text); ok {
			m.at, m.gone, m.dir = code.At, tellsOfChange(name, f, page, code.At, false), "."
			m.run = script(code.Text) && tells(page, typed{words: []string{code.Text}, at: code.At, block: -1})
			found = append(found, m)
		}
	}
	for _, t := range cs {
		if t.block < 0 && linked(page, syntax.Text{Text: t.text(), At: t.at}) {
			continue
		}
		for _, m := range inCommand(origin, t) {
			if m.gone = t.block < 0 && tellsOfChange(name, f, page, t.at, m.read); t.block >= 0 {
				m.at = lineOf(f, t.at, m.written)
			}
			found = append(found, m)
		}
	}
	for i, fence := range page.Fences {
		if !slices.ContainsFunc(cs, func(t typed) bool { return t.block == i }) {
			found = append(found, inBlock(origin, f, page, fence)...)
		}
	}
	made := madeBy(cs)
	for i := range found {
		found[i].gone = found[i].gone || made[path.Clean(found[i].path)] || made[path.Base(found[i].path)]
	}
	return found
}

// maxContinued bounds the lines of one command.
const maxContinued = 12

// lineOf is the line on which a word of a command stands that begins at a
// place: a command may go on over several lines.
func lineOf(f *detect.File, at detect.Span, word string) detect.Span {
	for line := at.Start.Line; line < at.Start.Line+maxContinued; line++ {
		span := f.Line(line)
		text := string(f.Data[span.Start.Offset:span.End.Offset])
		if strings.Contains(text, word) {
			return span
		}
		if !strings.HasSuffix(strings.TrimRight(text, " \r\n"), "\\") {
			break
		}
	}
	return at
}

// linked says whether a code span is the text of a link.
func linked(page *syntax.Page, code syntax.Text) bool {
	return slices.ContainsFunc(page.Links, func(l syntax.Link) bool {
		return strings.Contains(l.Text, code.Text) && abs(l.At.Start.Line-code.At.Start.Line) < 3 || l.Text == code.Text
	})
}

func abs(n int) int { return max(n, -n) }

// interpreters run the file that they are given.
var interpreters = []string{"bash", "sh", "zsh", "source", ".", "python", "python3", "ruby", "perl", "pwsh"}

// reading are options that name a file which a command reads.
var reading = []string{"-f", "--file", "--filename", "--values", "-k", "--kustomize"}

// inCommand are the paths among the words of a command.
func inCommand(origin string, t typed) []mention {
	var found []mention
	for i, w := range t.words {
		run := i == 0 || i == 1 && slices.Contains(interpreters, t.words[0])
		if _, value, ok := strings.Cut(w, "="); ok && i > 0 {
			w = value
		}
		m, ok := mentioned(origin, strings.TrimPrefix(w, "@"))
		if !ok || i == 0 && !script(w) {
			continue
		}
		m.at, m.dir = t.at, t.dir
		m.read = i > 0 && slices.Contains(reading, t.words[i-1])
		m.run = run && script(w) || run && i == 1 && slices.Contains(scriptEndings, path.Ext(w))
		found = append(found, m)
	}
	return found
}

// pathWord finds words with a slash and an extension.
var pathWord = regex.New(`[\w.@-][\w.@/-]*/[\w.@/-]*\.\w+(?:@[\w./-]+)?`)

// inBlock are the paths in a block that holds no commands: words with a slash
// and an extension. What leads to the block may say that it shows something
// else than what is there.
func inBlock(origin string, f *detect.File, page *syntax.Page, fence syntax.Fence) []mention {
	var found []mention
	lead := leadOf(page, fence)
	gone := isChange.MatchString(lead) || sample.MatchString(lead)
	for i, line := range strings.Split(fence.Body, "\n") {
		if printed.MatchString(line) {
			continue
		}
		for _, w := range pathWord.FindAllString(line, -1) {
			if m, ok := mentioned(origin, w); ok && len(found) < 500 && !strings.Contains(line, w+"..") {
				m.at, m.dir, m.gone = f.Line(fence.First+i), "?", gone
				m.beside = drawn(f, m.at)
				found = append(found, m)
			}
		}
	}
	return found
}

// printed is a line that a program printed to tell what failed.
var printed = regex.New(`(?i)^\W*(?:\w+ ){0,2}errors?\b.*:|\b(?:no such file|not found|cannot|failed to)\b`)

// sample is how a sentence leads to a picture of a repository that is not this
// one.
var sample = regex.New(`(?i)\bexamples? (?:of|repo\w*|structure|layout|directory|folder|project)\b`)

// leadOf is the paragraph that ends right above a block; empty where there is
// none.
func leadOf(page *syntax.Page, fence syntax.Fence) string {
	for _, t := range page.Prose {
		if above := fence.First - t.At.End.Line; above > 0 && above < 4 {
			return t.Text
		}
	}
	return ""
}

var (
	// pathText is what a path may consist of here.
	pathText = regex.New(`^[\w./@+,~-]+$`)
	// position is a line behind a path, revision a ref.
	position = regex.New(`(?::\d+(?:[:-]\d+)?|@[\w./-]+)$`)
	// branchPart is how a host names a branch in the address of a file.
	rawBranch  = regex.New(`^(?:refs/heads/)?(?:main|master|HEAD)/`)
	branchPart = regex.New(`^(?:-/)?(?:blob|tree|raw|edit|blame)/(?:main|master|HEAD)/`)
)

// plainNames are files that are known by their name alone.
var plainNames = []string{"Makefile", "Dockerfile", "Jenkinsfile", "Justfile", "justfile", "Vagrantfile", "Procfile", "Taskfile", "Gemfile", "Pipfile", "Rakefile", "CODEOWNERS", "Brewfile", "Tiltfile"}

// mentioned reads a word as a path of the repository; false where it is none.
func mentioned(origin, word string) (mention, bool) {
	m := mention{written: word, path: strings.Trim(word, `"'`)}
	if origin != "" {
		if before, rest, ok := cutFold(m.path, "/"+origin+"/"); ok {
			m.rooted, m.getter = true, strings.HasPrefix(rest, "/")
			if m.path = strings.TrimPrefix(branchPart.ReplaceAllString(rest, ""), "/"); strings.HasSuffix(before, "//raw.githubusercontent.com") {
				m.path = rawBranch.ReplaceAllString(rest, "")
			}
		}
	}
	m.path = strings.TrimRight(strings.TrimSuffix(m.path, ","), ".:;")
	m.path, _, _ = strings.Cut(m.path, "#")
	m.path = position.ReplaceAllString(m.path, "")
	if pattern, ok := patternOf(m.path); ok {
		m.path, m.pattern = pattern, true
		return m, true
	}
	switch {
	case m.path == "" || len(m.path) > 300 || !pathText.MatchString(m.path) || strings.Contains(m.path, "..."):
		return m, false
	case strings.HasPrefix(m.path, "~") || strings.HasPrefix(m.path, "/") || strings.HasPrefix(m.path, "@") || strings.HasPrefix(m.path, "-"):
		return m, false
	case strings.Contains(strings.TrimSuffix(m.path, "/"), "/") || m.getter:
		return m, true
	}
	return m, looksLikeFile(m.path)
}

// cutFold is strings.Cut without regard to case.
func cutFold(s, sep string) (before, after string, found bool) {
	if i := strings.Index(strings.ToLower(s), strings.ToLower(sep)); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// fileEndings are extensions by which a bare word is taken for a file.
var fileEndings = []string{
	".bash", ".bicep", ".cfg", ".conf", ".csv", ".env", ".go", ".gradle", ".hcl", ".html", ".ini", ".j2", ".js", ".json", ".jsonnet", ".just", ".kts", ".lock", ".md", ".mk", ".mod", ".php", ".pl", ".png", ".properties",
	".ps1", ".py", ".rb", ".rs", ".rst", ".sh", ".sql", ".svg", ".tf", ".tfvars", ".tmpl", ".toml", ".tpl", ".ts", ".tsx", ".txt", ".xml", ".yaml", ".yml",
}

func looksLikeFile(word string) bool {
	if strings.HasSuffix(word, "/") {
		return true
	}
	return slices.Contains(plainNames, word) || slices.Contains(fileEndings, path.Ext(word)) && len(word) > len(path.Ext(word))
}

// past is how a sentence tells that something is not there any more, or is
// elsewhere; coming that it is yet to be made.
const (
	past   = `(?:in|of|from|to) (?:that|your|their|the other|another|each) (?:own )?(?:\w+ )?(?:repo(?:sitory)?|project|application|app|service)s?|org(?:anisation|anization)?-level|ssh(?:ing)?|retired|removed?|removes|removing|deleted?|renamed?|replaced?|replaces|deprecated|no longer|used to|formerly|previously|legacy|obsolete|moved|(?:was|were|been) move|migrated?|dropped|superseded|gone|old|instead of|was split|for example,? an?`
	coming = `will be|not yet|create|creates|created|creating|generated?|generates|rendered|empty|ignored|gitignored|copy|rename|add a|add an|new file|ends? up in|not (?:yet )?(?:checked in|committed|tracked|(?:under|in) version control)`
)

var (
	isPast   = regex.New(`(?i)\b(?:` + past + `)\b`)
	isChange = regex.New(`(?i)\b(?:` + past + `|` + coming + `)\b`)
)

// tellsOfChange says whether the sentence around a place does so, or speaks of
// another repository than the one of a name. What is given to a command to read
// is not yet to be made by it.
func tellsOfChange(name string, f *detect.File, page *syntax.Page, at detect.Span, read bool) bool {
	sentence := sentenceAt(f, page, at)
	return elsewhere(name, sentence) || isPast.MatchString(sentence) || !read && isChange.MatchString(sentence)
}

// sentenceAt is the sentence around a place; empty outside of paragraphs.
func sentenceAt(f *detect.File, page *syntax.Page, at detect.Span) string {
	for _, t := range page.Prose {
		if t.At.Start.Offset <= at.Start.Offset && at.Start.Offset <= t.At.End.Offset {
			return sentenceAround(f, t.At, at)
		}
	}
	return ""
}

// sentenceAround is the source of a paragraph from the end of the sentence
// before a place to the end of its own.
func sentenceAround(f *detect.File, paragraph, at detect.Span) string {
	before := string(f.Data[paragraph.Start.Offset:at.Start.Offset])
	after := string(f.Data[at.End.Offset:max(at.End.Offset, paragraph.End.Offset)])
	if i := strings.LastIndex(before, ". "); i >= 0 {
		before = before[i+2:]
	}
	if i := strings.Index(after, ". "); i >= 0 {
		after = after[:i]
	}
	return before + after
}

// madeBy are the paths that the reader's commands make: targets of copies and
// downloads, outputs, folders, and what a clone of another repository brings.
func madeBy(cs []typed) map[string]bool {
	made := map[string]bool{}
	for _, t := range cs {
		switch t.program() {
		case "cp", "mv", "touch", "mkdir", "ln", "tee", "vim", "vi", "nano", "code", "openssl", "ssh-keygen", "virtualenv", "tar", "unzip", "sops", "age-keygen":
			for _, w := range t.words[1:] {
				made[path.Clean(w)] = true
			}
			if t.program() == "cp" && len(t.words) > 1 {
				delete(made, path.Clean(t.words[1])) // what is copied must be there
			}
		case "curl", "wget", "git":
			made[path.Base(t.words[len(t.words)-1])] = true
		}
		for i, w := range t.words[:len(t.words)-1] {
			if w == "-o" || w == "-O" || w == "--output" || w == "--out" || w == "-out" || w == "--target" && strings.HasPrefix(t.program(), "pip") {
				made[path.Clean(t.words[i+1])] = true
			}
		}
	}
	delete(made, ".")
	return made
}

// namesOf are the files and folders that a document names and that exist: the
// targets of its links, and the paths in its code.
func namesOf(t *detect.Tree, p string, d Document) []string {
	seen := map[string]bool{"": true, ".": true, p: true}
	var names []string
	add := func(full string) {
		if !seen[full] && t.Has(full) && !strings.HasPrefix(p, full+"/") {
			seen[full] = true
			names = append(names, full)
		}
	}
	for _, l := range d.Links {
		add(l)
	}
	for _, m := range d.paths {
		for _, base := range m.bases(p) {
			full := path.Join(base, m.path)
			if m.pattern {
				for _, one := range matching(t, base, m.path) {
					add(one)
				}
			} else if t.Has(full) {
				add(full)
				break
			}
		}
	}
	slices.Sort(names)
	return names
}

// bases are the folders that a mention in a document may start from: where the
// document lies, where its command runs, the root.
func (m mention) bases(document string) []string {
	dir := path.Dir(document)
	if m.rooted {
		return []string{"."}
	}
	if m.beside {
		return []string{dir}
	}
	bases := []string{dir, "."}
	if m.dir != "?" && m.dir != "." && m.dir != "" {
		bases = append(bases, path.Join(dir, m.dir), path.Clean(m.dir))
	}
	for up := path.Dir(dir); up != "." && up != "/"; up = path.Dir(up) {
		bases = append(bases, up)
	}
	return bases
}

// nearBases are those of the bases that a slip of the pen is looked for in: the
// first two.
func (m mention) nearBases(document string) []string {
	bases := m.bases(document)
	return bases[:min(2, len(bases))]
}
