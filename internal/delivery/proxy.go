package delivery

import (
	"slices"
	"time"
)

// BandsOf is the report whose bands are used: DORA, Accelerate State of DevOps
// 2024, the last that has them. There, teams called medium fail less often than
// those called high, and both restore within a day; so these two share a band.
const BandsOf = "DORA 2024"

// A Proxy stands in for a metric of DORA. Its value is nil where nothing was
// counted.
type Proxy struct {
	// PerYear is a number of events, Percent a share, Median a time.
	PerYear *int
	Percent *int
	Median  *time.Duration
	Band    string
	Events  []Event
}

// Untold says that events were counted and that git tells no time of most.
func (p Proxy) Untold() bool {
	return p.PerYear == nil && p.Percent == nil && p.Median == nil && len(p.Events) > 0
}

const (
	elite        = "elite"
	high         = "high"
	medium       = "medium"
	highOrMedium = "high or medium"
	low          = "low"
)

const (
	day   = 24 * time.Hour
	week  = 7 * day
	month = 30 * day
)

// frequency is the number of deployments in the year: elite on demand (here:
// one a day), high up to one a week, medium up to one a month.
func frequency(events []Event) Proxy {
	n := len(events)
	p := Proxy{PerYear: &n, Events: events, Band: low}
	switch {
	case n == 0:
		return Proxy{}
	case n >= 365:
		p.Band = elite
	case n >= 52:
		p.Band = high
	case n >= 12:
		p.Band = medium
	}
	return p
}

// leadTime is the median time from a commit to its deployment: elite below a
// day, high below a week, medium below a month.
func leadTime(events []Event) Proxy {
	p := Proxy{Events: events, Median: median(events)}
	switch {
	case p.Median == nil:
	case *p.Median < day:
		p.Band = elite
	case *p.Median < week:
		p.Band = high
	case *p.Median < month:
		p.Band = medium
	default:
		p.Band = low
	}
	return p
}

// few is how many deployments a rate needs before it has a band: of fewer, one
// failure more or less is another band.
const few = 5

// failureRate is how many failures there were for each hundred deployments:
// elite up to 5, high or medium up to 20; of too few deployments it has no band.
func failureRate(failures, deployments []Event) Proxy {
	if len(deployments) == 0 {
		return Proxy{}
	}
	share := min(100, (len(failures)*100+len(deployments)/2)/len(deployments))
	p := Proxy{Percent: &share, Events: failures, Band: low}
	switch {
	case len(deployments) < few:
		p.Band = ""
	case share <= 5:
		p.Band = elite
	case share <= 20:
		p.Band = highOrMedium
	}
	return p
}

// restoreTime is the median time from what failed to what mended it, where both
// are known: elite below an hour, high or medium below a day.
func restoreTime(failures []Event) Proxy {
	events := slices.DeleteFunc(slices.Clone(failures), func(e Event) bool { return e.Took == 0 })
	p := Proxy{Events: events, Median: median(events)}
	switch {
	case p.Median == nil:
	case *p.Median < time.Hour:
		p.Band = elite
	case *p.Median < day:
		p.Band = highOrMedium
	default:
		p.Band = low
	}
	return p
}

// median is that of the times of events; nil where there are none, or where most
// took none: what is squashed, or pushed as it was written, bears one time alone.
func median(events []Event) *time.Duration {
	if len(events) == 0 {
		return nil
	}
	times := make([]time.Duration, len(events))
	for i, e := range events {
		times[i] = e.Took
	}
	slices.Sort(times)
	if middle := times[len(times)/2]; middle > 0 {
		return &middle
	}
	return nil
}
