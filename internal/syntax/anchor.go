package syntax

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/waymark-dev/waymark/internal/regex"
)

// anchors gives headings the fragments that the sites which render them do.
type anchors struct {
	taken map[string]int
	also  []string
}

func newAnchors() *anchors { return &anchors{taken: map[string]int{}} }

var emojiCode = regex.New(`:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:`)

// heading is the fragment that GitHub gives the next heading with the text: in
// lower case, punctuation left out, spaces as hyphens, and a number behind all
// but the first of equal ones. The spellings of GitLab, MkDocs and kin are
// kept aside.
func (a *anchors) heading(text string) string {
	plain := slug(emojiCode.ReplaceAllString(text, ""))
	if strings.Contains(text, ":") {
		a.also = append(a.also, slug(text))
	}
	anchor := plain
	if n := a.taken[plain]; n > 0 {
		a.also = append(a.also, plain+"_"+strconv.Itoa(n))
		anchor = a.free(plain, n)
	}
	a.taken[plain]++
	if anchor != plain {
		a.taken[anchor]++
	}
	a.also = append(a.also, strings.Trim(collapseHyphens(anchor), "-"))
	return anchor
}

// free is the first numbered spelling that no other heading has.
func (a *anchors) free(plain string, n int) string {
	for a.taken[plain+"-"+strconv.Itoa(n)] > 0 {
		n++
	}
	return plain + "-" + strconv.Itoa(n)
}

func (a *anchors) addTo(set map[string]bool) {
	for anchor := range a.taken {
		set[anchor] = true
	}
	for _, anchor := range a.also {
		set[anchor] = true
	}
}

func slug(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return '-'
		case r == '-' || r == '_' || unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Pc, unicode.Nl):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

var hyphens = regex.New(`-{2,}`)

func collapseHyphens(anchor string) string { return hyphens.ReplaceAllString(anchor, "-") }

var explicitID = regex.New(`\s*\{:?\s*#([^\s}]+)[^}]*\}\s*$`)

// headingID takes the ID that a heading names for itself off its text.
func headingID(text string) (string, string) {
	m := explicitID.FindStringSubmatchIndex(text)
	if m == nil {
		return text, ""
	}
	return text[:m[0]], text[m[2]:m[3]]
}
