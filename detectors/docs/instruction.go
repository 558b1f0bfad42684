package docs

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed instruction.md
var instructionDoc string

// Instructions sees sentences that send the reader to a person, a channel, a
// ticket or a console for access, deployment or configuration. Its values are
// an Instruction each; the subject says to whom for what ("ticket for access").
var Instructions = &detect.Detector{ID: "docs/manual-instruction", Doc: instructionDoc, Match: documentFiles, File: instructions}

func instructions(p *detect.Pass, f *detect.File) error {
	page, ok := advice(f)
	if !ok || page.kind == Roadmap {
		return nil
	}
	consoles := consoleTexts(page.Page)
	led := -2 // the section whose console has been told
	for n, t := range page.Prose {
		if t.At.Start.Offset < len(f.Data) && f.Data[t.At.Start.Offset] == '|' {
			continue // a row of a table describes a setting
		}
		section := sectionAt(page.Page, t.At.Start.Line)
		for _, sentence := range sentences(withConsoles(t.Text, consoles)) {
			s := spoken{text: sentence, lower: strings.ToLower(sentence), after: func() string { return steps(page.Page, n, section) }}
			i, phrase, ok := s.instruction()
			if !ok || i.To == console && (section == led || section >= 0 && onTheSide.MatchString(page.Headings[section].Text)) {
				continue // the first step of a procedure speaks for the others
			}
			if i.To == console {
				led = section
			}
			p.Report(i.To+" for "+i.For, placeOf(f, t.At, phrase), short(sentence), i)
		}
	}
	return nil
}

// onTheSide are headings of sections in which something is tried out, looked at
// or taken away.
var onTheSide = regex.New(`(?i)\b(?:test\w*|verif\w*|validat\w*|clean[- ]?up|tear\w*|troubleshoot\w*|debug\w*|how (?:it|to test|can we test)\b.*)\b`)

// sectionAt is the number of the heading that a line stands below; -1 above
// the first one.
func sectionAt(page *syntax.Page, line int) int {
	below := func(h syntax.Heading, line int) int { return h.At.Start.Line - line }
	i, found := slices.BinarySearchFunc(page.Headings, line, below)
	if found {
		return i
	}
	return i - 1
}

// maxSteps is how many paragraphs after one that leads somewhere are looked at
// for what is done there.
const maxSteps = 6

// steps are the paragraphs that follow one in its section.
func steps(page *syntax.Page, n, section int) string {
	var b strings.Builder
	for _, t := range page.Prose[n+1 : min(n+1+maxSteps, len(page.Prose))] {
		if sectionAt(page, t.At.Start.Line) != section {
			break
		}
		b.WriteString(t.Text)
		b.WriteString("\n")
	}
	return b.String()
}

// consoleAddress are addresses of pages on which hosts keep settings.
var consoleAddress = regex.New(`^https?://(?:[\w.-]*console\.(?:aws\.amazon|cloud\.google)\.com|portal\.azure\.com|dash\.cloudflare\.com|cloud\.digitalocean\.com|github\.com/\S*\bsettings/\S+)`)

// consoleTexts are the texts of a page's links to such addresses.
func consoleTexts(page *syntax.Page) []string {
	var texts []string
	for _, l := range page.Links {
		if len(l.Text) > 3 && consoleAddress.MatchString(l.Target) && !strings.HasSuffix(strings.ToLower(l.Text), "console") {
			texts = append(texts, l.Text)
		}
	}
	return texts
}

// withConsoles is a text in which the links to consoles are called what they
// are.
func withConsoles(text string, consoles []string) string {
	for _, c := range consoles {
		if strings.Contains(text, c+" console") {
			continue
		}
		text = strings.Replace(text, c, c+" console", 1)
	}
	return text
}

// sentenceEnd is where one sentence ends and another begins.
var sentenceEnd = regex.New(`[.!?][)"']* +(?:[A-Z*_(\["']|$)`)

func sentences(text string) []string {
	var found []string
	for {
		at := sentenceEnd.FindStringIndex(text)
		if at == nil {
			return append(found, text)
		}
		found = append(found, text[:at[0]+1])
		text = strings.TrimSpace(text[at[0]+1:])
	}
}

// placeOf is the line of a paragraph on which a phrase of it begins.
func placeOf(f *detect.File, paragraph detect.Span, phrase string) detect.Span {
	words := strings.Fields(phrase)
	if len(words) > 3 {
		words = words[:3]
	}
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	pattern, err := regexp.Compile(strings.Join(words, `[\s>*_\[]+`))
	if err == nil {
		if at := pattern.FindIndex(f.Data[paragraph.Start.Offset:paragraph.End.Offset]); at != nil {
			return f.Line(f.Bytes(paragraph.Start.Offset+at[0], paragraph.Start.Offset+at[1]).Start.Line)
		}
	}
	return f.Line(paragraph.Start.Line)
}
