package report

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// shownAs is the terminal report of the example after a change to it.
func shownAs(t *testing.T, terminal Terminal, change func(*Repository)) string {
	t.Helper()
	r := example(t)
	change(&r.Repositories[0])
	var b bytes.Buffer
	if err := terminal.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEqualGapsAreOneLineWithTheirNumber(t *testing.T) {
	text := shownAs(t, Terminal{}, func(r *Repository) {
		r.Gaps = nil
		for i := range 35 {
			r.Gaps = append(r.Gaps, deadLink(i+1, fmt.Sprint("page", i)))
		}
	})
	for _, want := range []string{"35 warnings", "35 × ", "README.md:1, README.md:2, README.md:3 and 32 more"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "page7") {
		t.Error("the short report lists every gap")
	}
	all := shownAs(t, Terminal{Verbose: true}, func(r *Repository) { r.Gaps = []rules.Gap{deadLink(1, "a"), deadLink(2, "b")} })
	if !strings.Contains(all, "a is not there") || !strings.Contains(all, "b is not there") {
		t.Error("the verbose report leaves gaps out")
	}
}

func TestGapsThatSayTheSameAreSaidOnceWithTheirPlaces(t *testing.T) {
	text := shownAs(t, Terminal{Verbose: true}, func(r *Repository) {
		r.Gaps = nil
		for _, dir := range []string{"prod/app", "prod/db"} {
			g := deadLink(1, "")
			g.At.Path, g.Message = dir+"/main.tf", "no pipeline applies the root "+dir
			r.Gaps = append(r.Gaps, g)
		}
	})
	for _, want := range []string{"prod/app/main.tf:1, prod/db/main.tf:1", "no pipeline applies the root …"} {
		if strings.Count(text, want) != 1 {
			t.Errorf("the report does not say %q once:\n%s", want, text)
		}
	}
}

func TestBlindSpotsReadAsSentences(t *testing.T) {
	for want, spots := range map[string][]detect.BlindSpot{
		"1 blind spot: a.yaml is not valid YAML.":                     {{Path: "a.yaml", Err: errors.New("is not valid YAML")}, {Path: "a.yaml", Err: errors.New("is not valid YAML")}},
		"1 blind spot: whether it is fresh cannot be told.":           {{Err: errors.New("whether it is fresh cannot be told")}},
		"2 blind spots, the first: a.tf: permission denied.":          {{Path: "a.tf", Err: errors.New("permission denied")}, {Path: "b.tf", Err: errors.New("is binary")}},
		"3 blind spots: a.tf, b.tf and 1 more: holds too many words.": {{Path: "a.tf", Err: errors.New("holds too many words")}, {Path: "b.tf", Err: errors.New("holds too many words")}, {Path: "c.tf", Err: errors.New("holds too many words")}},
	} {
		text := strings.Join(strings.Fields(shownAs(t, Terminal{Width: 120}, func(r *Repository) { r.Scene.BlindSpots = spots })), " ")
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
}

func TestTheNearestCriteriaAreNamedWhereTheShareIsTooSmall(t *testing.T) {
	text := shownAs(t, Terminal{Width: 120}, func(*Repository) {})
	if !strings.Contains(text, "67 % is needed") || !strings.Contains(text, "of the stage; ") {
		t.Errorf("the report does not say what is missing:\n%s", text)
	}
}

func TestTheHeadNamesCommitAndDate(t *testing.T) {
	text := shownAs(t, Terminal{}, func(r *Repository) {
		r.Commit, r.Date = "0123456789abcdef", time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	})
	if !strings.Contains(text, "01234567, 2026-05-01") {
		t.Errorf("the head of the report is %q", strings.SplitN(text, "\n", 2)[0])
	}
}

func TestAPathStaysWholeSoThatItCanBeCopied(t *testing.T) {
	path := "a/" + strings.Repeat("long-", 30) + "path.tf"
	if text := shownAs(t, Terminal{}, func(r *Repository) { r.Gaps = []rules.Gap{deadLink(1, path)} }); !strings.Contains(text, path) {
		t.Error("a path is broken into lines")
	}
}

func TestTheChartCountsPeopleBotsAndReleases(t *testing.T) {
	last := time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)
	var people, bots, releases [chartMonths]int
	people[chartMonths-1], bots[chartMonths-2], releases[chartMonths-1] = 4, 2, 1
	c := chartOf(last, people, bots, releases)
	if c.To != "May 2026" || c.From != "June 2023" || c.Max != 4 || len(c.Releases) != 1 || len(c.Bars) != chartMonths {
		t.Errorf("from %s to %s, at most %d, %d releases", c.From, c.To, c.Max, len(c.Releases))
	}
	if bar := c.Bars[chartMonths-1]; bar.People.Height != chartHeight || bar.People.Y != 0 {
		t.Errorf("the highest bar is %+v", bar)
	}
	if chartMonth(last, last.AddDate(0, -chartMonths, 0)) != -1 || chartMonth(last, last.AddDate(0, 0, 1)) != chartMonths-1 {
		t.Error("months are counted wrongly")
	}
}

func TestLinksLeadToTheLineAtTheCommit(t *testing.T) {
	at := detect.Span{Path: "a b/main.tf", Start: detect.Point{Line: 7}}
	for origin, want := range map[string]string{
		"https://github.com/shop/infra":         "https://github.com/shop/infra/blob/c0ffee/a%20b/main.tf#L7",
		"https://gitlab.example.org/shop/infra": "https://gitlab.example.org/shop/infra/-/blob/c0ffee/a%20b/main.tf#L7",
		"https://bitbucket.org/shop/infra":      "https://bitbucket.org/shop/infra/src/c0ffee/a%20b/main.tf#lines-7",
		"https://git.example.org/shop/infra":    "",
		"":                                      "",
	} {
		r := Repository{Origin: origin, Assessment: &rules.Assessment{Commit: "c0ffee"}}
		if got := r.lineLink(at); got != want {
			t.Errorf("%s: %q, want %q", origin, got, want)
		}
	}
	readme := detect.Span{Path: "README.md", Start: detect.Point{Line: 7}}
	if got := (Repository{Origin: "https://github.com/a/b", Assessment: &rules.Assessment{Commit: "c"}}).lineLink(readme); !strings.HasSuffix(got, "README.md?plain=1#L7") {
		t.Errorf("a line of a rendered document: %s", got)
	}
}

// A line is no wider than the page but for a path or an id, which stays whole:
// what stands beside it goes below.
func TestNothingStandsBesideWhatFillsTheLine(t *testing.T) {
	long := "infrastructure/environments/production/monitoring/alerts/dashboards.tf"
	for _, width := range []int{60, 80, 120} {
		text := shownAs(t, Terminal{Width: width}, func(r *Repository) {
			r.Name = "acme/" + strings.Repeat("platform-", 7) + "live"
			r.Gaps = []rules.Gap{deadLink(1, "a"), deadLink(2, "b")}
			r.Gaps[1].Check = &rules.Check{ID: "terraform/moving-module", Level: rules.Note, Title: "A"}
			r.Gaps[1].At.Path = long
		})
		for _, l := range strings.Split(text, "\n") {
			if lipgloss.Width(l) > width && strings.Contains(strings.TrimSpace(l), " ") && !strings.HasPrefix(l, "  note") {
				t.Errorf("%d columns: %q is %d wide", width, l, lipgloss.Width(l))
			}
		}
		if !strings.Contains(text, long+":2") {
			t.Errorf("%d columns: the path is broken", width)
		}
	}
}
