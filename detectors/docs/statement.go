package docs

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A statement is a version of a tool that a document says is needed.
type statement struct {
	tool, version string
	// text is how the document says it; least that newer ones will do.
	text  string
	least bool
	at    detect.Span
}

// spoken names of tools, each with a version behind it. Go and Python have one
// major version; a node of a cluster has a small number.
var statedTools = []struct {
	tool, word string
	pattern    *regex.Pattern
}{
	{"go", "go", stated(`Go|[Gg]olang|GO`, `1\.\d{1,2}(?:\.\d+)?`)},
	{"node", "node", stated(`Node(?:\.?[jJ][sS])?|nodejs`, `(?:[89]|[1-3]\d)(?:\.\d+|\.x){0,2}`)},
	{"python", "python", stated(`[Pp]ython`, `3\.\d{1,2}(?:\.\d+)?`)},
	{"java", "j", stated(`Java|JDK|OpenJDK|JRE`, `(?:[789]|[1-3]\d)`)},
	{"terraform", "terraform", stated(`Terraform|terraform`, `[01]\.\d{1,2}(?:\.\d+)?`)},
	{"ruby", "ruby", stated(`[Rr]uby`, `[234]\.\d(?:\.\d+)?`)},
	{"php", "php", stated(`PHP`, `[5-9]\.\d(?:\.\d+)?`)},
	{"dotnet", ".net", stated(`\.NET(?: Core)?(?: SDK)?`, `(?:[5-9]|[1-3]\d)(?:\.\d)?`)},
}

func stated(name, version string) *regex.Pattern {
	return regex.New(`(^|[^\w./-])(?:` + name + `)[ *_:\x60(\[,-]{0,3}(?:[Vv]ersions? |v)?((?i:at least|minimum|>=?|≥|min)?)\s*v?(` + version + `)(\+|(?:[.\w-]*)(?i: (?:or|and) (?:newer|later|higher|above|greater|up|upwards)| ?\+)|[^\w.+-]|\.(?:\s|$)|$)`)
}

// needing is how a sentence, or the heading above it, says that the reader
// needs what it names.
var needing = regex.New(`(?i)\b(?:requir\w+|prerequisites?|pre-requisites?|install(?:s|ed|ing|ation)?|needs?|needed|must have|depend\w*|built (?:with|using|on)|written in|make sure|ensure|tech(?:nology)? stack|compil\w+|set-?up|getting started|developing|tooling|tools)\b`)

// telling of other times and places.
var elsewhen = regex.New(`(?i)\b(?:since|before|prior|older|earlier|below|deprecat\w+|remov\w+|upgrad\w+|migrat\w+|supports?|supported|compatib\w+|tested|introduc\w+|bugs?|issues?|end of life|eol|lambdas?|runtimes?|examples?|e\.g|layers?|was|were|used to|previous\w*|legacy|until|up to|only|either|not|instead|broken|fail\w*|error\w*|change\w*|releas\w+|added|alternativ\w+|templates?|if you|moved|from (?-i:[A-Z]))\b`)

// maxStatement bounds the text that is read for versions.
const maxStatement = 400

// statementsOf are the versions that a page says are needed.
func statementsOf(f *detect.File, page *syntax.Page, cs []typed) []statement {
	found := installed(cs)
	for _, t := range page.Prose {
		if len(t.Text) > 4*maxStatement || !strings.ContainsAny(t.Text, "0123456789") {
			continue
		}
		heading := ""
		if i := sectionAt(page, t.At.Start.Line); i >= 0 {
			heading = page.Headings[i].Text
		}
		for _, sentence := range sentences(t.Text) {
			if s, ok := statementIn(sentence, heading); ok {
				s.at = placeOf(f, t.At, s.text)
				found = append(found, s)
			}
		}
	}
	return append(found, badges(page)...)
}

// statementIn is the version that a sentence says is needed: one of one tool.
func statementIn(sentence, heading string) (statement, bool) {
	if len(sentence) > maxStatement || elsewhen.MatchString(sentence) || elsewhen.MatchString(heading) || !needing.MatchString(sentence) && !needing.MatchString(heading) {
		return statement{}, false
	}
	lower := strings.ToLower(sentence)
	for _, tool := range statedTools {
		if !strings.Contains(lower, tool.word) {
			continue
		}
		all := tool.pattern.FindAllStringSubmatch(sentence, 2)
		if len(all) != 1 || len(versionWord.FindAllString(sentence, 3)) > 1 {
			continue
		}
		m := all[0]
		least := m[2] != "" || strings.HasPrefix(m[4], "+") || strings.Contains(m[4], " or ") || strings.Contains(m[4], " and ") || strings.HasSuffix(m[4], "+")
		return statement{tool: tool.tool, version: m[3], text: strings.TrimSpace(strings.TrimLeft(m[0], " (*`")), least: least}, true
	}
	return statement{}, false
}

// managers are programs that install the version of a tool which they are given.
var managers = map[string]string{"tfenv": "terraform", "nvm": "node", "fnm": "node", "pyenv": "python", "rbenv": "ruby", "goenv": "go"}

// installed are the versions that commands install, or choose.
func installed(cs []typed) []statement {
	var found []statement
	for _, c := range cs {
		tool := managers[c.program()]
		if tool == "" || len(c.words) != 3 || !slices.Contains([]string{"install", "use", "local", "global"}, c.words[1]) {
			continue
		}
		if releaseText.FindString(c.words[2]) == c.words[2] {
			found = append(found, statement{tool: tool, version: c.words[2], text: c.text(), at: c.at})
		}
	}
	return found
}

// versionWord finds numbers that may be versions.
var versionWord = regex.New(`\d+\.\d+|\bv\d+|\b\d+\.x`)

// shield is the address of a badge that shows a fixed text.
// Source: https://shields.io/badges/static-badge
var shield = regex.New(`(?i)^https?://img\.shields\.io/badge/([\w.%]+)-((?:%3E|>)?(?:%3D|=)?)v?(\d+(?:\.\d+){0,2}(?:\+|%2B)?)-`)

// chartBadges are the labels that helm-docs gives the badges of a chart.
// Source: https://github.com/norwoodj/helm-docs
var chartBadges = map[string]string{"Version": "chart", "AppVersion": "app"}

// badges are the versions that badges show.
func badges(page *syntax.Page) []statement {
	var found []statement
	for _, l := range page.Links {
		m := shield.FindStringSubmatch(l.Target)
		if m == nil || !l.Image {
			continue
		}
		tool := toolNames[strings.ToLower(m[1])]
		if tool == "" {
			tool = chartBadges[m[1]]
		}
		if tool != "" {
			version, plus := strings.CutSuffix(strings.ReplaceAll(m[3], "%2B", "+"), "+")
			found = append(found, statement{tool: tool, version: version, text: "badge " + m[1] + " " + m[3], least: m[2] != "" || plus, at: l.At})
		}
	}
	return slices.Clip(found)
}
