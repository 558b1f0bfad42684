// Package delivery measures how a team delivers, by its history alone: proxies
// of the four metrics of DORA, the split of work, who knows the infrastructure,
// how newcomers start, and the part of assistants. No stage rests on them.
package delivery

import (
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A Way is what counts as a deployment in a repository.
type Way string

// The ways, each with the commits or tags that are its deployments.
const (
	Unknown  Way = ""         // nothing in git tells when it is deployed
	Releases Way = "releases" // version tags
	Merges   Way = "merges"   // what lands on a main line that deploys by itself
	Desired  Way = "desired"  // what lands and changes the desired state that a controller applies
)

// Says is the way in words.
func (w Way) Says() string {
	switch w {
	case Releases:
		return "deployments are version tags"
	case Merges:
		return "deployments are what landed on the branch that deploys by itself"
	case Desired:
		return "deployments are changes that landed in what a controller applies"
	}
	return "nothing in git tells when this is deployed"
}

// An Input is what is measured.
type Input struct {
	// To is the end of the year that is measured: the day of the scanned
	// commit, or the one that was asked for.
	To      time.Time
	Commits []detect.Commit
	Way     Way
	// Releases are the version tags, newest first; Shipped are the commits that
	// each is the first to contain.
	Releases []detect.Tag
	Shipped  [][]detect.Commit
	// Infrastructure are the commits that changed each file of it; Desired are
	// those that changed what a controller applies, Documents a document.
	Infrastructure map[string][]detect.Commit
	Desired        map[string]bool
	Documents      map[string]bool
	// Assistants are the files that set up AI assistants.
	Assistants []string
}

// Measures are what history tells about a year.
type Measures struct {
	From, To    time.Time
	Way         Way
	Frequency   Proxy
	LeadTime    Proxy
	FailureRate Proxy
	RestoreTime Proxy
	Work        []Share
	Knowledge   Knowledge
	Newcomers   Newcomers
	Assistance  Assistance
	// Active are the people with a commit in the last 90 days.
	Active int
}

// An Event is what was counted.
type Event struct {
	When   time.Time
	Commit string
	// What is the tag, or the first line of the message.
	What string
	// Took is how long it took, where that is measured.
	Took time.Duration
}

// lately is how long back people count as active.
const lately = 90 * 24 * time.Hour

// Measure measures the year before a day.
func Measure(in Input) Measures {
	m := Measures{From: in.To.AddDate(-1, 0, 0), To: in.To, Way: in.Way}
	y := year{Input: in, from: m.From, byID: map[string]detect.Commit{}}
	for _, c := range in.Commits {
		y.byID[c.ID] = c
	}
	deployments := y.deployments()
	failures := y.failures()
	m.Frequency = frequency(deployments)
	m.LeadTime = leadTime(y.lead())
	m.FailureRate = failureRate(failures, deployments)
	m.RestoreTime = restoreTime(failures)
	if in.Way == Unknown {
		m.LeadTime, m.FailureRate, m.RestoreTime = Proxy{}, Proxy{}, Proxy{}
	}
	active := y.active()
	m.Active = len(active)
	m.Work = y.work()
	m.Knowledge = y.knowledge(active)
	m.Newcomers = y.newcomers()
	m.Assistance = y.assistance()
	return m
}

// A year is the input with what lies in it.
type year struct {
	Input
	from time.Time
	byID map[string]detect.Commit
}

// holds says whether a time lies in the year.
func (y year) holds(t time.Time) bool { return t.After(y.from) && !t.After(y.To) }

// active are the people with a commit in the last 90 days.
func (y year) active() map[string]bool {
	active := map[string]bool{}
	for _, c := range y.Commits {
		if !c.Bot && !c.Merge && !c.When.After(y.To) && y.To.Sub(c.When) <= lately {
			active[c.Author] = true
		}
	}
	return active
}
