package manifest

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// branchAddress matches the address of a file, a folder or an archive at a
// branch of a usual name, and takes the branch.
var branchAddress = regex.New(`^https?://(?:raw\.githubusercontent\.com/[^/]+/[^/]+/|(?:www\.)?github\.com/[^/]+/[^/]+/(?:raw|archive)/|gitlab\.[^/]+/.+/-/(?:raw|archive)/)(?:refs/heads/)?(master|main|HEAD|develop|trunk)(?:/|\.zip$|\.tar\.gz$|$)`)

// BranchOf is the branch at which a web address of GitHub or GitLab names a
// file, a folder or an archive; empty for other addresses, for tags and commits,
// and for patterns of addresses.
func BranchOf(address string) string {
	found := branchAddress.FindStringSubmatch(address)
	if found == nil || strings.Contains(address, "{{") {
		return ""
	}
	return found[1]
}
