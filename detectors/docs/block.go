package docs

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A block is a part of a document that a program writes.
type block struct {
	kind BlockKind
	at   detect.Span // its first line
	// sections are the tables of it, by what they list: "input", "output",
	// "requirement", "value"; each row's name with what it says.
	sections map[string][]row
	// unlisted are the headings that a table of contents leaves out.
	unlisted []string
}

// A BlockKind is what wrote a block, or what it is.
type BlockKind string

// The kinds of blocks.
const (
	TerraformDocs BlockKind = "terraform-docs"
	HelmDocs      BlockKind = "helm-docs"
	Contents      BlockKind = "table of contents"
)

// A row is one line of a table: the name, and the cell that is compared.
type row struct{ name, cell string }

// A marker is how a program marks what it writes.
// Sources: https://terraform-docs.io/user-guide/configuration/output/, https://github.com/antonbabenko/pre-commit-terraform,
// https://github.com/thlorenz/doctoc, https://github.com/jonschlinkert/markdown-toc and https://github.com/norwoodj/helm-docs
var (
	terraformMarks = [2]*regex.Pattern{
		regex.New(`(?m)^.*<!-{2,3} ?(?:BEGIN_TF_DOCS|BEGINNING OF (?:PRE-COMMIT-)?(?:TERRAFORM|OPENTOFU)[- ]DOCS HOOK|BEGINNING OF OPENTOFU-DOCS HOOK|BEGIN TFDOC)\b.*$`),
		regex.New(`(?m)^.*<!-{2,3} ?(?:END_TF_DOCS|END OF (?:PRE-COMMIT-)?(?:TERRAFORM|OPENTOFU)[- ]DOCS HOOK|END OF OPENTOFU-DOCS HOOK|END TFDOC)\b.*$`),
	}
	contentsMarks = [2]*regex.Pattern{
		regex.New(`(?im)^.*<!-{2,3} ?(?:START doctoc|toc|BEGIN[- ]TOC|ts|BEGIN-MARKDOWN-TOC|mdformat-toc start)\b.*$`),
		regex.New(`(?im)^.*<!-{2,3} ?(?:END doctoc|tocstop|/toc|END[- ]TOC|te|END-MARKDOWN-TOC|mdformat-toc end)\b.*$`),
	}
	helmMark = []byte("generated from chart metadata using [helm-docs")
)

// between is what stands between two marks.
func between(data []byte, marks [2]*regex.Pattern) (from, to int, ok bool) {
	begin := marks[0].FindIndex(data)
	if begin == nil {
		return 0, 0, false
	}
	end := marks[1].FindIndex(data[begin[1]:])
	if end == nil {
		return 0, 0, false
	}
	return begin[1], begin[1] + end[0], true
}

// blocksOf are the blocks of a page that programs write.
func blocksOf(f *detect.File, page *syntax.Page) []block {
	var found []block
	if !bytes.Contains(f.Data, []byte("<!--")) && !bytes.Contains(f.Data, helmMark) {
		return nil
	}
	if from, to, ok := between(f.Data, terraformMarks); ok {
		found = append(found, block{kind: TerraformDocs, at: f.Line(f.Bytes(from, from).Start.Line), sections: terraformRows(string(f.Data[from:to]))})
	}
	if bytes.Contains(f.Data, helmMark) {
		if b, ok := valuesBlock(f); ok {
			found = append(found, b)
		}
	}
	if from, to, ok := between(f.Data, contentsMarks); ok {
		if unlisted := unlistedIn(f, page, from, to); len(unlisted) > 0 {
			found = append(found, block{kind: Contents, at: f.Line(f.Bytes(from, from).Start.Line), unlisted: unlisted})
		}
	}
	return found
}

var (
	// namedRow is a row of terraform-docs with its anchors.
	namedRow = regex.New(`<a name="(input|output|requirement)_([\w.-]+)"></a> ?\[[^\]]*\]\([^)]*\)(?: \| ([^|]*) \|)?`)
	// sectionHead begins a table without anchors.
	sectionHead = regex.New(`(?i)^#+ *(?:(?:required |optional )?(inputs?|outputs?|variables|requirements))\s*$`)
	// underHeader is the line below the header of a table.
	underHeader = regex.New(`^\|[ :|-]+$`)
	// plainRow is the first cell of a row, and the second.
	plainRow = regex.New("^\\| *(?:\\[([\\w\\\\-]+)\\]\\([^)]*\\)|`?([\\w\\\\.-]+)`?) *\\| *([^|]*?) *(?:\\||$)")
)

// terraformRows reads the tables of a block.
func terraformRows(text string) map[string][]row {
	sections := map[string][]row{}
	kind, anchored := "", strings.Contains(text, `<a name="`)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if head := sectionHead.FindStringSubmatch(line); head != nil {
			kind = strings.TrimSuffix(strings.Replace(strings.ToLower(head[1]), "variables", "inputs", 1), "s")
			sections[kind] = append([]row{}, sections[kind]...)
		}
		for _, m := range namedRow.FindAllStringSubmatch(line, -1) {
			sections[m[1]] = append(sections[m[1]], row{m[2], strings.TrimSpace(m[3])})
		}
		if anchored || kind == "" {
			continue
		}
		if underHeader.MatchString(line) && len(sections[kind]) > 0 {
			sections[kind] = sections[kind][:len(sections[kind])-1]
		} else if m := plainRow.FindStringSubmatch(line); m != nil && !underHeader.MatchString(line) {
			sections[kind] = append(sections[kind], row{strings.ReplaceAll(m[1]+m[2], `\`, ""), m[3]})
		}
	}
	return sections
}

var (
	valuesHead = regex.New(`(?m)^## Values\s*$`)
	valueRow   = regex.New("^\\| *([\\w.\\[\\]/\"-]+) *\\| *([\\w/]+) *\\| *(.*?) *\\| ")
)

// valuesBlock is the table of values of a chart's README.
func valuesBlock(f *detect.File) (block, bool) {
	at := valuesHead.FindIndex(f.Data)
	if at == nil {
		return block{}, false
	}
	b := block{kind: HelmDocs, at: f.Line(f.Bytes(at[0], at[0]).Start.Line), sections: map[string][]row{}}
	for line := range strings.Lines(string(f.Data[at[1]:])) {
		if strings.HasPrefix(line, "#") {
			break
		}
		if m := valueRow.FindStringSubmatch(line); m != nil && m[1] != "Key" && strings.Trim(m[1], "-") != "" {
			b.sections["value"] = append(b.sections["value"], row{m[1], strings.Trim(m[3], "`")})
		}
	}
	return b, len(b.sections["value"]) > 0
}

// tocLink is an entry of a table of contents.
var tocLink = regex.New(`\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(#([^)\s]+)\)`)

// minEntries is how many entries a table has before anything is said of it.
const minEntries = 3

// unlistedIn are the headings behind a table of contents, of the levels that it
// lists, which it leaves out.
func unlistedIn(f *detect.File, page *syntax.Page, from, to int) []string {
	texts, anchors := map[string]bool{}, map[string]bool{}
	for _, m := range tocLink.FindAllSubmatch(f.Data[from:to], -1) {
		texts[lettersOnly(string(m[1]))] = true
		anchors[letters(unescape(string(m[2])))] = true // programs differ in what joins words
	}
	listed := func(h syntax.Heading) bool { return anchors[letters(h.Anchor)] || texts[lettersOnly(h.Text)] }
	low, high, known := 7, 0, 0
	for _, h := range page.Headings {
		if listed(h) {
			low, high, known = min(low, h.Level), max(high, h.Level), known+1
		}
	}
	if known < minEntries || known*2 < len(anchors) {
		return nil
	}
	var missing []string
	for _, h := range page.Headings {
		if h.At.Start.Offset > to && h.Level >= low && h.Level <= high && !listed(h) && !omitted(f, h) {
			missing = append(missing, h.Text)
		}
	}
	if len(missing) > known {
		return nil // made with other settings
	}
	return missing
}

// lettersOnly is a text without what marks it up or separates its words.
func lettersOnly(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// omitted says whether a comment beside a heading keeps it out of the table.
func omitted(f *detect.File, h syntax.Heading) bool {
	around := f.Lines(h.At.Start.Line-1, h.At.End.Line)
	return bytes.Contains(f.Data[around.Start.Offset:around.End.Offset], []byte("omit")) || h.Text == "" || strings.Contains(strings.ToLower(h.Text), "contents")
}
