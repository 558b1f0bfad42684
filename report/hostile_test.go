package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/waymark-dev/waymark/internal/detect"
)

// attacks are texts that somebody who controls file names and contents would
// try on each format.
var attacks = []string{
	"\x1b[2J\x1b]0;title\x07", "\r\n::error::injected", "\n::set-output name=x::injected", "::add-mask::x", "%0A::warning::injected",
	"<script>window.injected=1</script>", "\"><img src=x onerror=window.injected=1>", "javascript:window.injected=1", "</style><script>window.injected=1</script>", "'--><svg/onload=window.injected=1>",
	"</summary></details><marquee>", "{{.Style}}", "[x](javascript:window.injected=1)", "![x](https://tracker.example/x.png)", "`code` </code> ``", "\n\n# heading", "| a | b |\n| --- | --- |",
	"@everybody see #1 and https://evil.example or www.evil.example", "\u202egnp.exe", "<!-- ", "&lt;b&gt;", "\x00\u009b31m", "<https://evil.example>", "[ref]: https://evil.example",
}

// hostileReport is a report in which every text that the repository decides is
// an attack.
func hostileReport(t *testing.T) Report {
	t.Helper()
	r := example(t)
	repo := &r.Repositories[0]
	all := strings.Join(attacks, " ")
	repo.Name, repo.Commit, repo.Origin = all, "0123456789abcdef", "https://github.com/shop/shop"
	gap := repo.Gaps[0]
	repo.Gaps = nil
	for _, a := range attacks {
		g := gap
		g.At = detect.Span{Path: hostile, Start: detect.Point{Line: 2}}
		g.Message, g.Subject = a, a
		repo.Gaps = append(repo.Gaps, g)
		repo.NextSteps = append(repo.NextSteps, repo.NextSteps[0])
		repo.NextSteps[len(repo.NextSteps)-1].Text = a
		repo.NextSteps[0].At = detect.Span{Path: a, Start: detect.Point{Line: 1}}
		repo.Scene.BlindSpots = append(repo.Scene.BlindSpots, detect.BlindSpot{Path: a, Err: errors.New(a)})
		repo.Remarks = append(repo.Remarks, a)
	}
	for i := range repo.Results {
		repo.Results[i].Because = all
		for j := range repo.Results[i].Signs {
			repo.Results[i].Signs[j].Note = all
		}
	}
	for i := range repo.Documents {
		repo.Documents[i].Path = all
	}
	return r
}

// formats are all formats, by name.
func allFormats() map[string]Writer {
	return map[string]Writer{
		"table": Terminal{Verbose: true, Color: true}.Write, "json": JSON, "sarif": SARIF{Full: true, Absences: true}.Write,
		"markdown": Markdown, "github": GitHub, "gitlab": GitLab, "html": HTML,
	}
}

func hostileIn(t *testing.T, format string) string {
	t.Helper()
	var b bytes.Buffer
	if err := allFormats()[format](&b, hostileReport(t)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNoFormatLetsControlSequencesThrough(t *testing.T) {
	styles := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for name := range allFormats() {
		text := hostileIn(t, name)
		if name == "table" {
			text = styles.ReplaceAllString(text, "")
		}
		if at := strings.IndexFunc(text, func(r rune) bool { return r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0x202e }); at >= 0 {
			t.Errorf("%s: %q", name, text[at:min(at+30, len(text))])
		}
	}
}

func TestAnnotationsAreTheProgramsOwn(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(hostileIn(t, "github")), "\n")
	if len(lines) > 3*maxAnnotations {
		t.Errorf("%d annotations", len(lines))
	}
	for _, l := range lines {
		if !regexp.MustCompile(`^::(error|warning|notice) (file=[^,:]*,line=\d+,endLine=\d+,)?title=[^,:]*::`).MatchString(l) {
			t.Errorf("not an annotation of the program: %q", l)
		}
	}
}

// TestMarkdownShowsHostileTextAsText renders the report as GitHub does, and
// looks for elements that the program does not write.
func TestMarkdownShowsHostileTextAsText(t *testing.T) {
	source := hostileIn(t, "markdown")
	if len(source) > maxMarkdown {
		t.Errorf("%d bytes", len(source))
	}
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert([]byte(source), &b); err != nil {
		t.Fatal(err)
	}
	own := regexp.MustCompile(`^<(p|ul|ol|li|code|strong|details|summary|table|thead|tbody|tr|th|td|h2|h3|blockquote|br)\b[^=]*>$`)
	link := regexp.MustCompile(`^<a href="https://github.com/shop/shop/blob/[^"]*">$`)
	for _, tag := range regexp.MustCompile(`<[a-zA-Z!][^>]*>`).FindAllString(b.String(), -1) {
		if !own.MatchString(tag) && !link.MatchString(tag) && !strings.HasPrefix(tag, "<h2 ") && !strings.HasPrefix(tag, "<h3 ") {
			t.Errorf("the Markdown brings %s", tag)
		}
	}
	if strings.Contains(source, "@everybody") || strings.Contains(source, "#1 ") {
		t.Error("a text calls somebody, or an issue")
	}
}

func TestHTMLHoldsNothingButTheProgramsOwnElements(t *testing.T) {
	page := hostileIn(t, "html")
	for _, bad := range []string{"<script", "<img", "<marquee", "<svg/onload", "href=\"javascript:", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the HTML brings %s", bad)
		}
	}
	if strings.Count(page, "<style>") != 1 || strings.Count(page, "</style>") != 1 {
		t.Error("a style sheet was brought, or ended")
	}
}

func TestCodeQualityIsWhatGitLabTakes(t *testing.T) {
	var list []codeQuality
	if err := json.Unmarshal([]byte(hostileIn(t, "gitlab")), &list); err != nil {
		t.Fatal(err)
	}
	prints := map[string]bool{}
	for _, e := range list {
		if prints[e.Fingerprint] {
			t.Errorf("two entries with the fingerprint %s", e.Fingerprint)
		}
		prints[e.Fingerprint] = true
		if e.CheckName == "" || e.Description == "" || e.Location.Lines.Begin < 1 || strings.HasPrefix(e.Location.Path, "./") {
			t.Errorf("incomplete: %+v", e)
		}
	}
	if len(list) != len(attacks) {
		t.Errorf("%d entries for %d gaps", len(list), len(attacks))
	}
}

func TestEveryFormatWritesAnEmptyReport(t *testing.T) {
	for name, write := range allFormats() {
		if err := write(&bytes.Buffer{}, Report{Version: "1"}); err != nil && name != "sarif" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
