package manifest

import (
	"slices"
	"strings"
)

// codenames are the names by which distributions call their versions.
var codenames = strings.Fields("stretch buster bullseye bookworm trixie xenial bionic focal jammy noble")

// Moving says whether the tag of an image is expected to name other images
// over time: there is none, or it holds no digit and no version by its name
// ("latest", "main", "stable", "nonroot").
func Moving(tag string) bool {
	release, _, _ := strings.Cut(tag, "-")
	return !strings.ContainsAny(tag, "0123456789") && !slices.Contains(codenames, release)
}

// SplitImage takes a redacted reference apart into name, tag and digest. Source: the
// grammar of https://pkg.go.dev/github.com/distribution/reference
func SplitImage(ref string) (name, tag, digest string) {
	name, digest, _ = strings.Cut(ref, "@")
	if at := strings.LastIndexByte(name, ':'); at > strings.LastIndexByte(name, '/') {
		name, tag = name[:at], name[at+1:]
	}
	return name, tag, digest
}
