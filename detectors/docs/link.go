package docs

import (
	"path"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A link is a link or an image of a document that leads to the repository
// itself.
type link struct {
	// target is as written; path what it names, without query and fragment and
	// with escapes resolved; empty for the document itself.
	target, path, fragment string
	at                     detect.Span
	// address says that it is written as the web address of the repository, its
	// default branch or a file there.
	address bool
}

// linksOf are the links of a page that lead to its own repository, each place
// once.
func linksOf(origin, p string, page *syntax.Page) []link {
	var found []link
	type place struct {
		target string
		offset int
	}
	seen := map[place]bool{}
	for _, l := range page.Links {
		local, ok := addressLink(origin, l.Target)
		if !ok {
			local, ok = localLink(l.Target)
		}
		if ok && inHostForm(p) {
			local = local.fromHost()
		}
		if !ok || onlyOnHost(p, local.path) {
			continue
		}
		local.at = l.At
		if at := (place{l.Target, l.At.Start.Offset}); !seen[at] {
			seen[at] = true
			found = append(found, local)
		}
	}
	return found
}

// scheme is how a target begins that leads elsewhere.
var scheme = regex.New(`^[A-Za-z][A-Za-z0-9+.-]*:|^//`)

// fill is what a target is that somebody, or a template engine, is to fill in.
var fill = regex.New(`(?i)[{}<>]|\$\(|\$[A-Z_]{2,}|%7B|^\W*$|^(?:url|link|href|todo|tbd|\.{3}|your[-_ ].*|insert.*|path/to.*|x{2,})$`)

// localLink reads the target of a link; false where it leads elsewhere.
func localLink(target string) (link, bool) {
	target = strings.TrimSpace(target)
	if rest, ok := strings.CutPrefix(target, "file:"); ok {
		return link{target: target, path: "file:" + rest}, true // leads to somebody's own disk
	}
	anchor := strings.HasPrefix(target, "#")
	if target == "" || scheme.MatchString(target) || !anchor && fill.MatchString(target) {
		return link{}, false
	}
	l := link{target: target}
	rest, fragment, _ := strings.Cut(target, "#")
	rest, _, _ = strings.Cut(rest, "?")
	l.path, l.fragment = unescape(rest), unescape(fragment)
	return l, l.path != "" || l.fragment != ""
}

// addressLink reads a web address of the repository itself; false for what is
// not the repository, or not a file on its default branch.
func addressLink(origin, target string) (link, bool) {
	if origin == "" {
		return link{}, false
	}
	if _, rest, ok := cutFold(target, "://raw.githubusercontent.com/"+origin+"/"); ok {
		file := rawBranch.ReplaceAllString(rest, "")
		return link{target: target, path: "/" + unescape(file), address: true}, file != rest
	}
	_, rest, ok := cutFold(target, "://github.com/"+origin)
	if !ok {
		return link{}, false
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if strings.HasPrefix(query, "tab=") {
		return link{}, false // another document, in the box of the README
	}
	file := branchPart.ReplaceAllString(strings.TrimPrefix(rest, "/"), "")
	switch {
	case rest == "" || rest == "/":
		file = "."
	case rest[0] != '/' || file == rest[1:]:
		return link{}, false
	}
	return link{target: target, path: "/" + unescape(file), fragment: unescape(fragment), address: true}, true
}

var escape = regex.New(`%[0-9A-Fa-f]{2}`)

// unescape resolves the percent escapes of an address.
func unescape(s string) string {
	return escape.ReplaceAllStringFunc(s, func(hex string) string {
		code, err := strconv.ParseUint(hex[1:], 16, 8)
		if err != nil {
			return hex
		}
		return string([]byte{byte(code)})
	})
}

// hostPages are pages that a host has for each repository.
var hostPages = regex.New(`^(?:issues|pulls?|pull-requests|merge_requests|actions|wiki|releases?|tags|discussions|projects|security|settings|compare|commits?|branches|graphs|network|pulse|packages|deployments|milestones?|labels|new|edit|blob|tree|raw|blame|stargazers|watchers|fork|contributors|issues/.*|-)(?:/|$)`)

// onlyOnHost says whether a relative link leads above the root of the tree, to
// a page that the host has for the repository ("../../issues" from its root),
// or to another repository beside it.
func onlyOnHost(document, target string) bool {
	if up := strings.TrimLeft(target, "./"); inHostForm(document) && strings.HasPrefix(target, ".") && hostPages.MatchString(up) {
		return true // shown below the host's own address
	}
	full := path.Join(path.Dir(document), target)
	above := 0
	for strings.HasPrefix(full, "../") {
		full = full[3:]
		above++
	}
	switch {
	case strings.HasPrefix(target, "/") || above < 1:
		return false
	case above == 2:
		return hostPages.MatchString(full)
	}
	return above > 2 && strings.Count(full, "/") < 2 && path.Ext(full) == ""
}

// fromHost is a link of a form, which starts from the address of the repository
// on its host, as one that starts from the root of the tree, where it names a
// file on the default branch: "./blob/main/README.md".
func (l link) fromHost() link {
	onHost := strings.TrimLeft(l.path, "./")
	if file := branchPart.ReplaceAllString(onHost, ""); file != onHost {
		l.path = "/" + file
	}
	return l
}

// inHostForm says whether a document is a form that the host shows as an issue
// or a change, where relative links start from another address.
func inHostForm(p string) bool {
	lower := strings.ToLower(p)
	return strings.Contains(lower, "issue_template") || strings.Contains(lower, "pull_request_template") || strings.Contains(lower, "merge_request_templates")
}

// existing are the paths, from the root, that links lead to and that exist.
func existing(t *detect.Tree, links []link) []string {
	var found []string
	seen := map[string]bool{}
	for _, l := range links {
		if p, ok := l.from(l.at.Path); ok && p != "." && !seen[p] && t.Has(p) {
			seen[p] = true
			found = append(found, p)
		}
	}
	return found
}

// from is the path from the root that a link in a document names by the rules
// of a host that shows files: a leading slash is the root. False for places in
// the document itself, on a disk, or above the root.
func (l link) from(document string) (string, bool) {
	if l.path == "" || strings.HasPrefix(l.path, "file:") {
		return "", false
	}
	full := path.Join(path.Dir(document), l.path)
	if strings.HasPrefix(l.path, "/") {
		full = path.Clean(strings.TrimLeft(l.path, "/"))
	}
	return full, full != ".." && !strings.HasPrefix(full, "../")
}
