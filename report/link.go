package report

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// lineLink is the address of a place at the scanned commit, on the hosts whose
// addresses are known; empty elsewhere.
func (r Repository) lineLink(at detect.Span) string {
	origin, err := url.Parse(r.Origin)
	if err != nil || r.Origin == "" || r.Commit == "" || at.Path == "" {
		return ""
	}
	file, line := uriOf(at.Path), at.Start.Line
	switch host := origin.Hostname(); {
	case host == "github.com":
		return fmt.Sprintf("%s/blob/%s/%s%s", r.Origin, r.Commit, file, githubLine(at))
	case host == "gitlab.com" || strings.HasPrefix(host, "gitlab."):
		return fmt.Sprintf("%s/-/blob/%s/%s%s", r.Origin, r.Commit, file, anchor("#L%d", line))
	case host == "bitbucket.org":
		return fmt.Sprintf("%s/src/%s/%s%s", r.Origin, r.Commit, file, anchor("#lines-%d", line))
	case host == "codeberg.org":
		return fmt.Sprintf("%s/src/commit/%s/%s%s", r.Origin, r.Commit, file, anchor("#L%d", line))
	}
	return ""
}

// commitLink is the address of a commit on the same hosts.
func (r Repository) commitLink(id string) string {
	if link := r.lineLink(detect.Span{Path: "x"}); link == "" || id == "" {
		return ""
	}
	if strings.Contains(r.Origin, "://bitbucket.org/") {
		return r.Origin + "/commits/" + id
	}
	return r.Origin + "/commit/" + id
}

func anchor(form string, line int) string {
	if line == 0 {
		return ""
	}
	return fmt.Sprintf(form, line)
}

// githubLine asks for the source of what GitHub would render without lines.
func githubLine(at detect.Span) string {
	if at.Start.Line == 0 {
		return ""
	}
	switch strings.ToLower(path.Ext(at.Path)) {
	case ".md", ".markdown", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb":
		return fmt.Sprintf("?plain=1#L%d", at.Start.Line)
	}
	return fmt.Sprintf("#L%d", at.Start.Line)
}
