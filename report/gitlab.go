package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"

	"github.com/waymark-dev/waymark/rules"
)

// codeQuality is one entry of GitLab's Code Quality report.
type codeQuality struct {
	Description string       `json:"description"`
	CheckName   string       `json:"check_name"`
	Fingerprint string       `json:"fingerprint"`
	Severity    string       `json:"severity"`
	Location    codeLocation `json:"location"`
}

type codeLocation struct {
	Path  string    `json:"path"`
	Lines codeLines `json:"lines"`
}

type codeLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

var codeSeverities = map[rules.Level]string{rules.Error: "critical", rules.Warning: "minor", rules.Note: "info"}

// GitLab writes the located gaps as a Code Quality report, which GitLab shows
// in merge requests. See "Code Quality report format" in GitLab's documentation.
func GitLab(w io.Writer, r Report) error {
	list := []codeQuality{}
	seen := map[string]int{}
	for _, repo := range r.Repositories {
		for _, g := range repo.Gaps {
			if g.Located() && g.Counts() {
				list = append(list, codeQualityOf(repo, g, seen, len(r.Repositories) > 1))
			}
		}
	}
	return encodeJSON(w, list)
}

func codeQualityOf(r Repository, g rules.Gap, seen map[string]int, several bool) codeQuality {
	file := r.resolved(g.At.Path)
	if several {
		file = path.Join(r.Path, file)
	}
	return codeQuality{
		Description: Plain(rules.Sentence(g.Message) + " " + g.Fix), CheckName: g.Check.ID, Severity: codeSeverities[g.Check.Level],
		Fingerprint: distinct(Fingerprint(g)+" "+file, seen), Location: codeLocation{file, codeLines{g.At.Start.Line, max(g.At.Start.Line, g.At.End.Line)}},
	}
}

// distinct is a fingerprint that no other entry has: GitLab shows one of equal
// ones.
func distinct(print string, seen map[string]int) string {
	seen[print]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", print, seen[print]))
	return hex.EncodeToString(sum[:16])
}
