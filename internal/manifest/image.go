package manifest

import "strings"

// Moving says whether the tag of an image is expected to name other images
// over time: there is none, or it holds no digit and so names no version
// ("latest", "main", "stable", "nonroot", "bookworm").
func Moving(tag string) bool { return !strings.ContainsAny(tag, "0123456789") }

// SplitImage takes a redacted reference apart into name, tag and digest. Source: the
// grammar of https://pkg.go.dev/github.com/distribution/reference
func SplitImage(ref string) (name, tag, digest string) {
	name, digest, _ = strings.Cut(ref, "@")
	if at := strings.LastIndexByte(name, ':'); at > strings.LastIndexByte(name, '/') {
		name, tag = name[:at], name[at+1:]
	}
	return name, tag, digest
}
