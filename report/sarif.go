package report

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	projectURI  = "https://github.com/waymark-dev/waymark"
	taxonomy    = "platform-maturity-model"
	// maxResults is how many results of one run GitHub shows.
	maxResults = 5000
	// maxNotifications bounds the blind spots that one run lists.
	maxNotifications = 1000
	// maxJoined bounds the gaps that one result tells of.
	maxJoined = 10
	// fingerprintKey is the key of the fingerprint that holds while lines move.
	fingerprintKey = "waymark/v1"
)

// A SARIF writes one repository as SARIF 2.1.0, as GitHub's code scanning takes
// it: the located gaps, every rule in every run, constant texts, one result for
// a rule and a line, nothing without a line. The stage goes to the properties
// of the run, and so do the absences.
type SARIF struct {
	// Absences are results too, anchored at the narrowest thing that a change
	// would touch.
	Absences bool
	// Full adds the criteria that are met, that cannot be seen and that do not
	// apply, each with its kind. GitHub shows them all as open alerts.
	Full bool
}

// Write writes the report.
func (s SARIF) Write(w io.Writer, r Report) error {
	if len(r.Repositories) != 1 {
		return errors.New("SARIF is for one repository: scan each one with its own output file")
	}
	checks := s.checks(r.Repositories[0])
	run := newRun(r.Version, checks)
	s.fill(run, r.Repositories[0])
	return writeSARIF(w, run, checks)
}

// checks are the rules of the runs.
func (s SARIF) checks(r Repository) []*rules.Check {
	if s.Absences || s.Full {
		return append(r.Checks(), rules.Lacks()...)
	}
	return r.Checks()
}

func (s SARIF) fill(run *sarif.Run, r Repository) {
	invocation := run.AddInvocation(true)
	invocation.ToolExecutionNotifications = blindNotifications(r)
	if r.Commit != "" && r.Origin != "" {
		run.AddVersionControlProvenance(&sarif.VersionControlDetails{RepositoryURI: text(r.Origin), RevisionID: text(r.Commit), Branch: text(r.Scene.Repo.Branch), MappedTo: sarif.NewArtifactLocation().WithUriBaseId("%SRCROOT%")})
	}
	results := newResults(r)
	for _, g := range r.Gaps {
		if g.Suppressed == nil || s.Full {
			results.add(g)
		}
	}
	if s.Absences {
		results.absences()
	}
	if s.Full {
		results.criteria()
	}
	for _, set := range r.Settings() {
		if set.Loud {
			invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, notice("idle-setting", set.Text))
		}
	}
	list := results.list()
	if cut := len(list) - maxResults; cut > 0 {
		list = list[:maxResults]
		message := fmt.Sprintf("%d results of the least importance were left out: GitHub shows %d of a run", cut, maxResults)
		invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, notice("results-cut", message))
	}
	for _, result := range list {
		run.AddResult(result)
	}
	run.Properties = sarif.Properties{"stage": r.Verdict.Stage, "stageName": r.Verdict.Name, "headline": r.Verdict.Headline(), "absences": absences(r)}
}

// absences are the gaps without a line, by criterion.
func absences(r Repository) map[string]string {
	list := map[string]string{}
	for _, g := range r.Gaps {
		if !g.Located() {
			list[g.Check.Criterion] = Plain(g.Message)
		}
	}
	return list
}

func notice(id, message string) *sarif.Notification {
	n := sarif.NewNotification().WithDescriptor(&sarif.ReportingDescriptorReference{Id: text(id)})
	n.Message = sarif.NewTextMessage(escapeLinks(Plain(message)))
	n.Level = string(rules.Note)
	return n
}

// blindNotifications are the blind spots, one for each file and reason however
// many detectors asked for it.
func blindNotifications(r Repository) []*sarif.Notification {
	list := []*sarif.Notification{}
	kinds := blindKinds(r.Scene.BlindSpots)
	for _, k := range kinds {
		if len(k.paths) == 0 {
			list = append(list, notice("blind-spot", k.reason))
		}
		for _, p := range k.paths {
			if len(list) == maxNotifications {
				return append(list, notice("results-cut", fmt.Sprintf("%d more blind spots are left out here; the JSON report has them all", blindCount(kinds)-len(list))))
			}
			list = append(list, blindNotification(r, blindKind{k.reason, []string{p}}))
		}
	}
	return list
}

func blindNotification(r Repository, k blindKind) *sarif.Notification {
	n := notice("blind-spot", k.text(1))
	if e, ok := r.Scene.Repo.Tree.File(k.paths[0]); ok && e.Mode != detect.Symlink {
		n.Locations = []*sarif.Location{sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(artifact(k.paths[0])))}
	}
	return n
}

// escapeLinks keeps text from being read as an embedded link.
func escapeLinks(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(s)
}

func artifact(p string) *sarif.ArtifactLocation {
	return sarif.NewArtifactLocation().WithUri(uriOf(p)).WithUriBaseId("%SRCROOT%")
}

// uriOf is a path as a relative URI, each segment percent-encoded.
func uriOf(p string) string {
	segments := strings.Split(p, "/")
	for i, s := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	return strings.Join(segments, "/")
}
