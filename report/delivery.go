package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/waymark-dev/waymark/internal/delivery"
	"github.com/waymark-dev/waymark/rules"
)

// shownDelivery are the lines that a report shows: none for a single commit,
// which would make its author the only one who knows anything.
func shownDelivery(r Repository) []string {
	if _, err := r.Scene.Past(); err != nil {
		return nil
	}
	return deliveryLines(r)
}

// deliveryLines are what history tells about delivery, a line each; none where
// it cannot tell.
func deliveryLines(r Repository) []string {
	m, err := rules.DeliveryOf(r.Scene)
	if err != nil {
		return nil
	}
	way := m.Way.Says()
	if m.Way != delivery.Unknown && m.Frequency.PerYear == nil {
		way += ", and there were none in that year"
	}
	lines := []string{"delivery, told by proxies over the year before " + m.To.UTC().Format(time.DateOnly) + ": " + way}
	for _, p := range namedProxies(m) {
		if text := proxyText(p.Proxy); text != "" {
			lines = append(lines, p.name+": "+text)
		}
	}
	lines = append(lines, workText(m.Work))
	if k := m.Knowledge; k.Files > 0 {
		lines = append(lines, knowledgeText(k))
	}
	switch n := m.Newcomers; {
	case n.Landing != nil:
		lines = append(lines, fmt.Sprintf("newcomers: %d, whose first change landed after %s (median)", len(n.First), duration(*n.Landing)))
	case len(n.First) > 0:
		lines = append(lines, fmt.Sprintf("newcomers: %d", len(n.First)))
	}
	if a := m.Assistance; a.Commits > 0 || len(a.Files) > 0 {
		lines = append(lines, fmt.Sprintf("assistants: named in %d of %s; set up by %s", a.Commits, rules.Counted(a.Of, "commit"), assistantText(a.Files)))
	}
	return append(lines, fmt.Sprintf("active in the last 90 days: %s (a single repository does not tell whether the platform has the right size)", rules.Counted(m.Active, "author")))
}

// A namedProxy is a proxy with its name for people.
type namedProxy struct {
	name string
	delivery.Proxy
}

func namedProxies(m delivery.Measures) []namedProxy {
	return []namedProxy{{"deployment frequency", m.Frequency}, {"lead time", m.LeadTime}, {"change failure rate", m.FailureRate}, {"time to restore", m.RestoreTime}}
}

// proxyText is the value of a proxy with its band; empty where it has none.
func proxyText(p delivery.Proxy) string {
	text := ""
	switch {
	case p.PerYear != nil:
		text = fmt.Sprintf("%d in the year", *p.PerYear)
	case p.Percent != nil:
		text = fmt.Sprintf("%d %% (%s)", *p.Percent, rules.Counted(len(p.Events), "failure"))
	case p.Median != nil:
		text = fmt.Sprintf("%s (median of %d)", duration(*p.Median), len(p.Events))
	case p.Untold():
		return "not told, since most commits bear the one time at which they were squashed or pushed"
	default:
		return ""
	}
	if p.Band == "" {
		return text + ", of too few deployments for a band"
	}
	return text + ", " + p.Band + " in " + delivery.BandsOf
}

func workText(work []delivery.Share) string {
	var parts []string
	for _, s := range work {
		if s.Commits > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", s.Commits, workKind(s)))
		}
	}
	if len(parts) == 0 {
		return "work: no commit in the year"
	}
	return "work by commits: " + strings.Join(parts, ", ")
}

// workKind names a kind of work, as one or as several.
func workKind(s delivery.Share) string {
	if one, ok := map[string]string{"features": "feature", "fixes": "fix", "dependencies": "dependency"}[s.Kind]; ok && s.Commits == 1 {
		return one
	}
	return s.Kind
}

// knowledgeText says by how many people the files of the infrastructure are known.
func knowledgeText(k delivery.Knowledge) string {
	text := fmt.Sprintf("infrastructure: %s by %s, %d of them active", rules.Counted(k.Files, "file"), rules.Counted(k.Authors, "author"), k.Active)
	if k.Authors == 1 {
		text = fmt.Sprintf("infrastructure: %s by 1 author, %s active", rules.Counted(k.Files, "file"), map[bool]string{true: "still", false: "no longer"}[k.Active > 0])
	}
	var known []string
	if k.ByNone > 0 {
		known = append(known, fmt.Sprintf("%d known to no active author", k.ByNone))
	}
	if k.ByOne > 0 {
		known = append(known, fmt.Sprintf("%d known to one active author alone", k.ByOne))
	}
	if len(known) > 0 {
		text += "; " + strings.Join(known, ", ")
	}
	return text
}

func assistantText(files []string) string {
	if len(files) == 0 {
		return "no file here"
	}
	return rules.SomeOf(files, 3)
}

// duration is a time in the unit that people would take.
func duration(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return rules.Counted(int(d.Minutes()), "minute")
	case d < 48*time.Hour:
		return rules.Counted(int(d.Hours()), "hour")
	}
	return rules.Counted(int(d.Hours()/24), "day")
}

// deliveryHere lists what was measured, and each event that was counted.
func deliveryHere(b *strings.Builder, r Repository) {
	m, err := rules.DeliveryOf(r.Scene)
	if err != nil {
		fmt.Fprintf(b, "  %s\n", Plain(rules.Sentence("Not told: "+err.Error())))
		return
	}
	for _, l := range deliveryLines(r) {
		fmt.Fprintf(b, "  %s\n", Plain(l))
	}
	for _, p := range namedProxies(m) {
		eventsHere(b, p.name, p.Events)
	}
	eventsHere(b, "first changes of newcomers", m.Newcomers.First)
	if len(m.Knowledge.Orphans) > 0 {
		fmt.Fprintf(b, "\n  infrastructure that nobody active ever changed (%d)\n", len(m.Knowledge.Orphans))
		for _, p := range m.Knowledge.Orphans {
			fmt.Fprintf(b, "    %s\n", Plain(p))
		}
	}
}

// eventsHere lists events: when, which commit, how long it took, what it was.
func eventsHere(b *strings.Builder, name string, events []delivery.Event) {
	if len(events) == 0 {
		return
	}
	fmt.Fprintf(b, "\n  %s: %s\n", name, rules.Counted(len(events), "event"))
	for _, e := range events {
		took := ""
		if e.Took > 0 {
			took = duration(e.Took)
		}
		fmt.Fprintf(b, "    %s  %.8s  %-18s %s\n", e.When.UTC().Format("2006-01-02 15:04"), e.Commit, took, Plain(e.What))
	}
}

type jsonDelivery struct {
	From               string         `json:"from"`
	To                 string         `json:"to"`
	Way                delivery.Way   `json:"way"`
	Bands              string         `json:"bands"`
	Frequency          jsonProxy      `json:"deploymentFrequency"`
	LeadTime           jsonProxy      `json:"leadTime"`
	FailureRate        jsonProxy      `json:"changeFailureRate"`
	RestoreTime        jsonProxy      `json:"timeToRestore"`
	Work               map[string]int `json:"work"`
	Infrastructure     jsonKnowledge  `json:"infrastructure"`
	Newcomers          jsonProxy      `json:"newcomers"`
	Assistance         jsonAssistance `json:"assistance"`
	ActiveContributors int            `json:"activeContributors"`
}

// A jsonProxy has a value in the unit that its name says, where something was
// counted: a number of the year, percent, or seconds.
type jsonProxy struct {
	PerYear *int   `json:"perYear,omitempty"`
	Percent *int   `json:"percent,omitempty"`
	Seconds *int   `json:"seconds,omitempty"`
	Band    string `json:"band,omitempty"`
	Events  int    `json:"events"`
}

type jsonKnowledge struct {
	Files   int `json:"files"`
	ByNone  int `json:"knownToNoneActive"`
	ByOne   int `json:"knownToOneActive"`
	Authors int `json:"authors"`
	Active  int `json:"activeAuthors"`
}

type jsonAssistance struct {
	Commits int      `json:"commits"`
	Of      int      `json:"of"`
	Files   []string `json:"files"`
}

func jsonDeliveryOf(r Repository) *jsonDelivery {
	m, err := rules.DeliveryOf(r.Scene)
	if err != nil {
		return nil
	}
	out := &jsonDelivery{
		From: m.From.UTC().Format(time.RFC3339), To: m.To.UTC().Format(time.RFC3339), Way: m.Way, Bands: delivery.BandsOf,
		Frequency: jsonProxyOf(m.Frequency), LeadTime: jsonProxyOf(m.LeadTime), FailureRate: jsonProxyOf(m.FailureRate), RestoreTime: jsonProxyOf(m.RestoreTime),
		Work: map[string]int{}, Infrastructure: jsonKnowledge{m.Knowledge.Files, m.Knowledge.ByNone, m.Knowledge.ByOne, m.Knowledge.Authors, m.Knowledge.Active},
		Newcomers:  jsonProxyOf(delivery.Proxy{Median: m.Newcomers.Landing, Events: m.Newcomers.First}),
		Assistance: jsonAssistance{m.Assistance.Commits, m.Assistance.Of, append([]string{}, m.Assistance.Files...)}, ActiveContributors: m.Active,
	}
	for _, s := range m.Work {
		out.Work[s.Kind] = s.Commits
	}
	return out
}

func jsonProxyOf(p delivery.Proxy) jsonProxy {
	out := jsonProxy{PerYear: p.PerYear, Percent: p.Percent, Band: p.Band, Events: len(p.Events)}
	if p.Median != nil {
		seconds := int(p.Median.Seconds())
		out.Seconds = &seconds
	}
	return out
}

func plainAll(lines []string) []string {
	for i, l := range lines {
		lines[i] = Plain(l)
	}
	return lines
}
