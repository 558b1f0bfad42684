package repo

import (
	"net/url"
	"path"
	"strings"
)

// hostPrefixes come before owner and name in the paths of some hosts: Bitbucket
// Data Center, Azure DevOps over SSH, AWS CodeCommit.
var hostPrefixes = []string{"scm/", "v3/", "v1/repos/"}

// originOf is the owner and name that the URL of a remote shows, as
// "hmcts/cnp-plum" or "group/sub/name"; only the name where it shows no owner,
// and empty where the URL is a path on the disk. Credentials, host and query
// are left out.
func originOf(remote string) string {
	_, p, ok := remoteParts(strings.TrimSpace(remote))
	if !ok {
		return ""
	}
	p = strings.Trim(path.Clean("/"+p), "/")
	for _, prefix := range hostPrefixes {
		p = strings.TrimPrefix(p, prefix)
	}
	p = strings.Replace("/"+p, "/_git/", "/", 1) // Azure DevOps
	return strings.Trim(strings.TrimSuffix(p, ".git"), "/")
}

// hostOf is the host of the URL of a remote in lower case, without user and
// port; empty where the URL is a path on the disk.
func hostOf(remote string) string {
	host, _, ok := remoteParts(strings.TrimSpace(remote))
	if !ok {
		return ""
	}
	return strings.ToLower(host)
}

// remoteParts are the host and the path in a URL, or in the form
// "user@host:path" that SSH takes; false where the remote is a path on the
// disk.
func remoteParts(remote string) (host, p string, ok bool) {
	if strings.Contains(remote, "://") {
		u, err := url.Parse(remote)
		if err != nil || u.Scheme == "file" || u.Host == "" {
			return "", "", false
		}
		return u.Hostname(), u.Path, true
	}
	host, p, ok = strings.Cut(remote, ":")
	if !ok || len(host) < 2 || strings.ContainsAny(host, `/\`) || strings.HasPrefix(p, ":") {
		return "", "", false // "C:\src" is a path, and "ext::x" names a program
	}
	return host[strings.LastIndexByte(host, '@')+1:], p, true
}
