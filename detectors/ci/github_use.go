package ci

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// uses reads a reference to an action or a reusable workflow:
// "owner/repo/path@ref", "./path", "docker://image".
func (g githubFile) uses(kind wiring.UseKind, ref, with syntax.Node) *wiring.Use {
	text := ref.Text()
	switch {
	case text == "":
		return nil
	case strings.HasPrefix(text, "docker://"):
		u := imageUse(text, ref.Span())
		give(u, with)
		return u
	}
	u := &wiring.Use{Kind: kind, Ref: text, At: ref.Span()}
	give(u, with)
	if local, ok := strings.CutPrefix(text, "./"); ok {
		local, _, _ = strings.Cut(local, "@")
		u.Local, u.Path = true, path.Clean(local)
		return u
	}
	g.remote(u)
	return u
}

// remote splits "owner/repo/path@ref". A reference to this very repository is
// local.
func (g githubFile) remote(u *wiring.Use) {
	name, version, _ := strings.Cut(u.Ref, "@")
	if i := strings.Index(name, "://"); i >= 0 { // Forgejo and Gitea take whole addresses
		_, name, _ = strings.Cut(name[i+3:], "/")
	}
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 2 {
		u.Path = name
		return
	}
	u.Owner, u.Repo, u.Version, u.Pinned = parts[0], parts[1], version, pinned(version)
	if len(parts) == 3 {
		u.Path = path.Clean(parts[2])
	}
	u.Local = isOrigin(g.repo, u.Owner+"/"+u.Repo)
}

// isOrigin says whether owner and name are those of the scanned repository.
func isOrigin(r *detect.Repo, name string) bool {
	return r.Origin != "" && strings.EqualFold(name, r.Origin)
}
