package kubernetes

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

// home tells which syncs take their files from the scanned repository.
type home struct {
	repo *detect.Repo
	// elsewhere holds the URLs that some sync takes a path from which is not
	// here.
	elsewhere map[string]bool
}

// learn remembers a sync whose path is not in the scanned tree.
func (h home) learn(s Sync) {
	if s.Path != "" && !manifest.Filled(s.Path) && !h.repo.Tree.Has(s.Path) {
		h.elsewhere[s.URL] = true
	}
}

// holds says whether a sync takes its files from this repository: its URL is
// that of the origin, or has the repository's name and the path is here. In a
// fork or a mirror the URL is the original's: then every path that is taken
// from the URL must be here, and this one be more than one folder deep.
func (h home) holds(s Sync) bool {
	name := repository(s.URL)
	if name == "" {
		return false
	}
	origin := strings.ToLower(h.repo.Origin)
	if origin != "" && (name == origin || strings.HasSuffix(name, "/"+origin)) {
		return true
	}
	there := s.Path != "" && s.Chart == "" && h.repo.Tree.Has(s.Path)
	if there && path.Base(name) == strings.ToLower(h.repo.Name) {
		return true
	}
	return there && strings.Contains(s.Path, "/") && !h.elsewhere[s.URL]
}

// repository is the path of a repository's URL without its scheme, user, host
// and ending, in lower case; empty where it cannot be told.
func repository(url string) string {
	if url == "" || manifest.Filled(url) {
		return ""
	}
	url = strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(url, "/"), ".git"))
	if _, rest, ok := strings.Cut(url, "://"); ok {
		_, rest, _ = strings.Cut(rest, "/")
		return rest
	}
	if _, rest, ok := strings.Cut(url, ":"); ok {
		return strings.TrimPrefix(rest, "/")
	}
	return url
}
