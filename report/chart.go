package report

import (
	"fmt"
	"time"

	"github.com/waymark-dev/waymark/rules"
)

// The measures of the chart of activity, in units of its drawing.
const (
	chartMonths = 36
	chartWidth  = 720
	chartHeight = 120
	chartBar    = chartWidth / chartMonths
)

// An activityChart is the commits of each month, by people and by bots, with
// the releases: bars that grow from the base line.
type activityChart struct {
	Width, Height int
	Bars          []activityBar
	Releases      []int // the middles of the months that had one
	Max           int
	From, To      string
	// Says is the chart in words.
	Says string
}

type activityBar struct {
	Month        string
	X, Width     int
	People, Bots activityPart
}

type activityPart struct {
	Count     int
	Y, Height float64
}

// activityOf is the chart of a repository; nil where history tells nothing to
// draw.
func activityOf(r Repository) *activityChart {
	commits, err := r.Scene.Repo.History.Commits()
	if err != nil || len(commits) == 0 || r.Date.IsZero() {
		return nil
	}
	var people, bots, releases [chartMonths]int
	for _, c := range commits {
		if i := chartMonth(r.Date, c.When); i >= 0 && !c.Merge {
			if c.Bot {
				bots[i]++
			} else {
				people[i]++
			}
		}
	}
	if tags, err := r.Scene.Repo.History.Tags(); err == nil {
		for _, t := range tags {
			if i := chartMonth(r.Date, t.When); i >= 0 {
				releases[i]++
			}
		}
	}
	return chartOf(r.Date, people, bots, releases)
}

// chartMonth is the place of a time among the months up to the last one; below
// zero outside of them.
func chartMonth(last, t time.Time) int {
	last, t = last.UTC(), t.UTC()
	months := (last.Year()-t.Year())*12 + int(last.Month()) - int(t.Month())
	if months < 0 || months >= chartMonths {
		return -1
	}
	return chartMonths - 1 - months
}

func chartOf(last time.Time, people, bots, releases [chartMonths]int) *activityChart {
	c := &activityChart{Width: chartWidth, Height: chartHeight}
	first := time.Date(last.UTC().Year(), last.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
	for i := range chartMonths {
		c.Max = max(c.Max, people[i]+bots[i])
	}
	if c.Max == 0 {
		return nil
	}
	unit := float64(chartHeight) / float64(c.Max)
	sumPeople, sumBots, sumReleases := 0, 0, 0
	for i := range chartMonths {
		p, b := float64(people[i])*unit, float64(bots[i])*unit
		c.Bars = append(c.Bars, activityBar{
			Month: first.AddDate(0, i-chartMonths+1, 0).Format("January 2006"), X: i*chartBar + 2, Width: chartBar - 4,
			People: activityPart{people[i], chartHeight - p, p}, Bots: activityPart{bots[i], chartHeight - p - b, b},
		})
		if releases[i] > 0 {
			c.Releases = append(c.Releases, i*chartBar+chartBar/2)
		}
		sumPeople, sumBots, sumReleases = sumPeople+people[i], sumBots+bots[i], sumReleases+releases[i]
	}
	c.From, c.To = c.Bars[0].Month, c.Bars[chartMonths-1].Month
	c.Says = fmt.Sprintf("From %s to %s, merges left out: %s by people and %s by bots, at most %d in a month; %s.", c.From, c.To, rules.Counted(sumPeople, "commit"), rules.Counted(sumBots, "commit"), c.Max, rules.Counted(sumReleases, "tag"))
	return c
}
