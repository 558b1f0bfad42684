package docs

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

//go:embed deadanchor.md
var deadAnchorDoc string

// DeadAnchors sees links to headings that do not exist, in the same document
// or another one, by the rules of the hosts that show Markdown. Its values are
// a Reference each; the subject is the target as written.
var DeadAnchors = &detect.Detector{ID: "docs/dead-anchor", Doc: deadAnchorDoc, Repo: deadAnchors}

func deadAnchors(p *detect.Pass) error {
	s := shelfOf(p)
	for _, f := range p.Findings(Documents) {
		d, ok := f.Value.(Document)
		if !ok || s.onSite(f.At.Path) || !markdown(f.At.Path) {
			continue // generators make anchors by rules of their own
		}
		for _, l := range d.links {
			to, ok := s.anchored(f.At.Path, l)
			if !ok || s.hasAnchor(to, l.fragment) {
				continue
			}
			p.Report(short(l.target), l.at, "no heading of "+to+" has this anchor", Reference{
				Target: l.target, Path: to, Nearest: nearestAnchor(s.documents[to].Anchors, l.fragment),
			})
		}
	}
	return nil
}

func markdown(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".markdown":
		return true
	}
	return false
}

// anchored is the document that a link with a fragment leads to; false where
// there is none whose headings are known.
func (s *shelf) anchored(document string, l link) (string, bool) {
	if l.fragment == "" || special.MatchString(l.fragment) {
		return "", false
	}
	if l.path == "" {
		return document, true
	}
	to, ok := l.from(document)
	if !ok {
		return "", false
	}
	if s.repo.Tree.Folder(to) {
		to = path.Join(to, "README.md")
	}
	_, ok = s.documents[to]
	return to, ok && !s.onSite(to) && markdown(to)
}

func (s *shelf) onSite(document string) bool { return len(around(s.sites, document)) > 0 }

// special are fragments that name no heading: lines of code, the top, text, the
// box in which a host shows a README, footnotes, routes of an application, parts
// of the host's own pages.
var special = regex.New(`(?i)^(?:L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|top|readme|readme-ov-file|/.*|:~:.*|!.*|fn:?\S*|fnref:?\S*|user-content-fn\S*|.*=.*|issuecomment-\d+|discussioncomment-\d+|diff-\S+|start-of-content|js-\S+|\S+-(?:box|container|dialog|modal|tab|pjax-\S+))$`)

// hasAnchor says whether a document has the anchor that is meant. Hosts put a
// prefix before the anchors of what people write, and take no notice of case;
// emoji leave hyphens and selectors that nobody can be sure of.
func (s *shelf) hasAnchor(document, fragment string) bool {
	fragment = strings.TrimPrefix(fragment, "user-content-")
	anchors := s.documents[document].Anchors
	if anchors[fragment] || anchors[strings.ToLower(fragment)] {
		return true
	}
	if s.plain[document] == nil {
		s.plain[document] = map[string]bool{}
		for a := range anchors {
			s.plain[document][plainAnchor(a)] = true
		}
	}
	return s.plain[document][plainAnchor(fragment)]
}

func plainAnchor(a string) string {
	return strings.Trim(strings.ReplaceAll(strings.ToLower(a), "\ufe0f", ""), "-")
}

// maxAnchors bounds the anchors among which the one that was meant is looked for.
const maxAnchors = 2_000

// nearestAnchor is the anchor that was probably meant: one with the same
// letters and digits, or with one slip.
func nearestAnchor(anchors map[string]bool, fragment string) string {
	best := ""
	want := letters(fragment)
	if len(anchors) > maxAnchors {
		return ""
	}
	for a := range anchors {
		if (letters(a) == want || slip(letters(a), want)) && (best == "" || a < best) {
			best = a
		}
	}
	return best
}

func letters(a string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(plainAnchor(a))
}
