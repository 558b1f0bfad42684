package ownership

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed knowledge.md
var knowledgeDoc string

// Knowledges sees how many people changed the repository, and its
// infrastructure, in the year before the scanned commit. Its values are a
// Knowledge each; its subjects "infrastructure" and "repository".
var Knowledges = &detect.Detector{ID: "ownership/knowledge", Doc: knowledgeDoc, Repo: knowledges}

// The spans that people are counted over, back from the scanned commit.
const (
	year   = 365 * 24 * time.Hour
	lately = 90 * 24 * time.Hour
)

func knowledges(p *detect.Pass) error {
	day, err := p.Repo.Day()
	if err != nil {
		return err
	}
	commits, err := p.Repo.History.Commits()
	if err != nil {
		return err
	}
	report(p, "repository", count(commits, day))
	commits, files, err := infrastructureCommits(p.Repo, day)
	if err == nil && files > 0 {
		report(p, "infrastructure", count(commits, day))
	}
	return err
}

func report(p *detect.Pass, subject string, k Knowledge) {
	p.Report(subject, detect.Span{}, fmt.Sprintf("%d people in a year, %d of them in its last 90 days", k.Authors, k.Active), k)
}

// infrastructureCommits are the commits of the year that changed an
// infrastructure file, each once, and how many such files there are.
func infrastructureCommits(r *detect.Repo, head time.Time) ([]detect.Commit, int, error) {
	var found []detect.Commit
	seen := map[string]bool{}
	files := 0
	for _, e := range r.Tree.Entries() {
		if !infrastructure(e.Path) || !r.Tree.Place(e.Path).Read() {
			continue
		}
		files++
		changes, err := r.History.Changes(e.Path)
		if err != nil {
			return nil, 0, err
		}
		for _, c := range changes {
			if head.Sub(c.When) > year {
				break
			}
			if !seen[c.ID] {
				seen[c.ID] = true
				found = append(found, c)
			}
		}
	}
	return found, files, nil
}

// count tells how many people made the commits of the year before head.
// Automata and merges are left out.
func count(commits []detect.Commit, head time.Time) Knowledge {
	var k Knowledge
	of, active := map[string]int{}, map[string]bool{}
	busiest := 0
	for _, c := range commits {
		age := head.Sub(c.When)
		if c.Bot || c.Merge || age < 0 || age > year {
			continue
		}
		k.Commits++
		of[c.Author]++
		busiest = max(busiest, of[c.Author])
		if age <= lately {
			active[c.Author] = true
		}
	}
	k.Authors, k.Active = len(of), len(active)
	if k.Commits > 0 {
		k.Share = busiest * 100 / k.Commits
	}
	return k
}
