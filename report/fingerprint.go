package report

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/rules"
)

// volatile is what changes in a message while the gap stays the same: commit
// ids, dates and counts.
var volatile = regex.New(`\b[0-9a-f]{7,40}\b|\d+`)

// Fingerprint is a stable key of a gap: it holds while lines move and counts
// grow, and changes with the check, the path or the subject.
func Fingerprint(g rules.Gap) string {
	return hashOf(g.Check.ID, g.At.Path, g.Subject, volatile.ReplaceAllString(g.Message, "#"))
}

func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
